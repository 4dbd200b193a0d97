"""The short grammar of the palette: `跟进 舟山云礁石化 现场 用地已报批 +7` is a follow-up, after a preview."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zjtui.domain.dates import parse_date
from zjtui.domain.follow_up import FORMS
from zjtui.domain.understood import day_named
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.store.read import find

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp
    from zjtui.usecases.session import Session

_VERBS = ("跟进", "follow-up", "followup", "gj")
_LEAST = 3  # verb, project, text


@dataclass(frozen=True)
class Quick:
    """A follow-up that was typed in one line."""

    project_uid: str
    project: str
    values: dict[str, Any]

    def told(self) -> str:
        """Return it in words."""
        form = FORMS.label(self.values.get("form", "onsite"))
        parts = [self.project, form, self.values["findings"]]
        if "next_visit" in self.values:
            parts.append(_(N_("next on {day}")).format(day=day_named(self.values["next_visit"])))
        return " · ".join(parts)


def understood(session: "Session", line: str) -> Quick | None:
    """Return the follow-up that `line` means, None where it is none or names no single project."""
    words = unicodedata.normalize("NFKC", line).split()
    if len(words) < _LEAST or words[0].casefold() not in _VERBS:
        return None
    reader = session.reader()
    found = find.exact(reader, "project", words[1]) or find.containing(reader, "project", words[1], 2)
    if len(found) != 1:
        return None
    rest = words[2:]
    values: dict[str, Any] = {}
    if len(rest) > 1 and (form := _form(rest[0])):
        values["form"], rest = form, rest[1:]
    if len(rest) > 1 and (day := _day(rest[-1], session.today)):
        values["next_visit"], rest = day, rest[:-1]
    values["findings"] = " ".join(rest)
    return Quick(found[0], find.names(reader, "project", set(found))[found[0]], values)


def confirm(app: "ZjtuiApp", quick: Quick) -> None:
    """Show what was understood, and log it once it is confirmed."""
    from zjtui.ui.base import BaseScreen
    from zjtui.ui.dialogs.confirm import Question
    from zjtui.usecases import follow_up

    screen = app.screen
    if not isinstance(screen, BaseScreen) or not screen.writable():
        return

    def answered(answer: str | None) -> None:
        if answer == "log":
            work = screen.save(
                lambda: follow_up.add(app.session, quick.project_uid, quick.values), _(N_("Follow-up logged"))
            )
            screen.run_worker(work)

    answers = [("log", N_("Log it")), ("no", N_("Leave it"))]
    app.push_screen(Question(N_("Log this follow-up?"), quick.told(), answers), answered)


def _form(word: str) -> str:
    try:
        return FORMS.find(word)
    except Refused:
        return ""


def _day(word: str, today: date) -> date | None:
    """Return the day ahead that the last word names; a bare number belongs to the text."""
    if word.isdigit():
        return None
    try:
        day = parse_date(word, today, ahead=True)
    except Refused:
        return None
    return day if day > today else None
