"""What keeps closing honest: similar open issues, and closings that look hasty."""

from collections.abc import Mapping
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.i18n import N_
from zjtui.store.search import phrase, tokens
from zjtui.store.sqlite import Connection

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
DOUBTS = F(
    N_("In doubt"),
    Kind.CODES,
    codes=Codes(solved=N_("doubt|Solved within a day, no proof"), many=N_("doubt|Many closed at once")),
    width=24,
)
_ALIKE = 0.4  # share of common pairs of characters from which two titles are called similar


def similar(connection: Connection, project_uid: str, title: str, besides: str = "", limit: int = 3) -> list[Any]:
    """Return open issues that may be the same: of the same project by their words, then any with the whole title.

    Each is {uid, no, title_text, state, project_uid}.
    """
    wanted = _pairs(title)
    if not wanted:
        return []
    own = connection.execute(
        f"SELECT uid, no, title_text, state, project_uid FROM issue WHERE project_uid = ? AND state IN ({_OPEN}) "
        "AND uid <> ? ORDER BY id DESC LIMIT 500",
        (project_uid, besides),
    ).fetchall()
    scored = [(_likeness(wanted, _pairs(row["title_text"])), number, row) for number, row in enumerate(own)]
    found = [
        dict(row) for score, _number, row in sorted(scored, key=lambda item: (-item[0], item[1])) if score >= _ALIKE
    ]
    query = phrase(title)
    if len(found) < limit and query and len(title.strip()) > 3:
        others = connection.execute(
            "SELECT uid, no, title_text, state, project_uid FROM (SELECT rowid AS hit FROM issue_fts WHERE issue_fts "
            f"MATCH ? ORDER BY rowid DESC LIMIT 50) JOIN issue ON id = hit WHERE state IN ({_OPEN}) "
            "AND project_uid <> ? AND uid <> ? LIMIT ?",
            (f'"{tokens(title)}"', project_uid, besides, limit - len(found)),
        )
        found += [dict(row) for row in others]
    return found[:limit]


def open_of_project(connection: Connection, project_uid: str) -> list[dict[str, Any]]:
    """Return the open issues of a project, the newest first, as {uid, no, title_text, state, project_uid}."""
    rows = connection.execute(
        f"SELECT uid, no, title_text, state, project_uid FROM issue WHERE project_uid = ? AND state IN ({_OPEN}) "
        "ORDER BY id DESC LIMIT 200",
        (project_uid,),
    )
    return [dict(row) for row in rows]


def doubtful(connection: Connection, limits: Mapping[str, float]) -> dict[str, list[str]]:
    """Return closings that look hasty as {uid of the issue: ["solved" | "many"]}.

    "solved": solved within a day with neither document nor visit; "many": one person closed more than ten within five
    minutes. Looked at, not accused: it is a list of questions.
    """
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        "SELECT i.uid FROM issue i WHERE i.state = 'closed' AND julianday(i.solved_on) - julianday(i.found_on) <= ? "
        "AND i.evidence IS NULL AND NOT EXISTS (SELECT 1 FROM follow_up f WHERE f.project_uid = i.project_uid "
        "AND f.visit_date BETWEEN i.solved_on AND i.closed_on) ORDER BY i.id",
        (limits["hasty_solving"],),
    )
    for row in rows:
        found.setdefault(row[0], []).append("solved")
    closings = connection.execute(
        "SELECT uid, person, unixepoch(at) AS moment FROM deed WHERE entity = 'issue' AND kind = 'set' "
        "AND fields ->> '$.state[1]' = 'closed' ORDER BY person, seq"
    ).fetchall()
    window = limits["hasty_minutes"] * 60
    most = int(limits["hasty_count"])
    for number, last in enumerate(closings):
        if number < most:
            continue
        first = closings[number - most]
        if first["person"] == last["person"] and last["moment"] - first["moment"] <= window:
            for item in closings[number - most : number + 1]:
                reasons = found.setdefault(item["uid"], [])
                if "many" not in reasons:
                    reasons.append("many")
    return found


def _pairs(text: str) -> set[str]:
    letters = tokens(text).replace(" ", "")
    return {letters[number : number + 2] for number in range(len(letters) - 1)} or ({letters} if letters else set())


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(min(len(one), len(other)), 1)
