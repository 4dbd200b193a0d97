"""What a visit's page says beside its fields: the problems and promises that came of it, its photos and files."""

from typing import TYPE_CHECKING, Any

from textual.content import Content

from zjtui.domain import issue_codes, promise, told
from zjtui.i18n import N_, _
from zjtui.store.read import visits
from zjtui.ui.project_text import assembled

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

_MARK = "bold $accent"


def visit_text(session: "Session", record: Any, fields: Content) -> Content:
    """Return the fields of a visit, and under them what came of it, a line each."""
    reader = session.reader()
    problems = [
        f"{row['title_text']} · {issue_codes.STATES.label(row['state'])} · {row['no']}"
        for row in visits.came(reader, "problems", record.uid)
    ]
    promises = [
        " · ".join(part for part in (row["text"], promise.STATES.label(row["state"]), row["due_on"] or "") if part)
        for row in visits.came(reader, "promises", record.uid)
    ]
    files = [f"{row['name']} · {told.size(row['size'])}" for row in visits.files(reader, record.uid)]
    parts: list[tuple[str, str]] = []
    for heading, lines in (
        (_(N_("Problems raised")), problems),
        (_(N_("Promises made")), promises),
        (_(N_("Photos and files")), files),
    ):
        if lines:
            parts += [("\n", ""), (heading, _MARK), ("\n", "")]
            for line in lines:
                parts += [(f"· {line}", ""), ("\n", "")]
    return Content.assemble(fields, assembled(parts))
