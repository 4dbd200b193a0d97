"""What the change log tells of an issue: its days on each level of the ladder, how it came along, and relapses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain.issue import WORKFLOW
from zjtui.domain.issue_codes import LADDER
from zjtui.domain.recheck import Recheck, is_relapse, rechecks
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_
from zjtui.store.read import find, history
from zjtui.store.sqlite import Connection


def levels(connection: Connection, record: Any, today: date) -> list[dict[str, Any]]:
    """Return the issue's stays on the ladder, the first one first, as {level, since, until, days, reason}.

    The first begins when the issue was assigned (or found), the last ends with its solution, or is still running.
    """
    start = record.assigned_on or record.found_on
    found: list[dict[str, Any]] = [{"level": "L1", "since": start, "reason": None}]
    for entry in history.deeds_of(connection, record.uid):
        pair = entry["fields"].get("escalation")
        if entry["kind"] == "set" and pair and pair[1] != found[-1]["level"]:
            day = entry["fields"].get("level_on", (None, None))[1] or entry["at"][:10]
            reason = entry["fields"].get("level_reason", (None, None))[1]
            found.append({"level": pair[1], "since": date.fromisoformat(day), "reason": reason})
    if found[-1]["level"] != record.escalation:  # taken over with its level: the log knows no earlier one
        found = [{"level": record.escalation, "since": record.level_on or start, "reason": record.level_reason}]
    ends = [*(stay["since"] for stay in found[1:]), record.solved_on]
    for stay, until in zip(found, ends, strict=True):
        stay["until"] = until
        stay["days"] = max(((until or today) - stay["since"]).days, 0)
    return found


def story(connection: Connection, record: Any) -> list[tuple[date, str, Msg]]:
    """Return what happened to an issue in the order of time, as (day, who, what)."""
    entries = history.deeds_of(connection, record.uid)
    people = find.names(connection, "person", {entry["person"] for entry in entries})
    found: list[tuple[date, str, Msg]] = [(record.found_on, "", Msg(N_("Found")))]
    moved = any(entry["kind"] == "set" and "state" in entry["fields"] for entry in entries)
    if record.assigned_on and not moved:  # taken over from a list: the log has not seen it
        found.append((record.assigned_on, "", Msg(N_("Assigned"))))
    since = None
    for entry in entries:
        fields = entry["fields"]
        since = fields.get("state_on", (None, since))[1]
        what = _told(connection, entry) if entry["kind"] == "set" else None
        if what:
            moved_on = since if "state" in fields else None  # also where it is the day of the move before
            found.append((_day(entry, moved_on), people.get(entry["person"], entry["person"]), what))
    return sorted(found, key=lambda item: item[0])


def _told(connection: Connection, entry: Mapping[str, Any]) -> Msg | None:
    """Return what an entry did in words, None where it moved nothing."""
    fields: Mapping[str, tuple[Any, Any]] = entry["fields"]
    if entry["action"] == "record.correct":
        return _correction(connection, entry["operation"])
    if "extended_count" in fields:
        return Msg(
            N_("Extended from {old} to {new}: {why}"),
            old=fields["due_on"][0],
            new=fields["due_on"][1],
            why=fields.get("extend_reason", (None, None))[1] or "-",
        )
    if "state" in fields:
        old, new = fields["state"]
        try:
            label = Msg(WORKFLOW.find(old, new).label)
        except Refused:  # taken over from elsewhere, by a way that no move goes
            label = Msg(WORKFLOW.states.labels[new] if new in WORKFLOW.states else str(new))
        why = next((fields[name][1] for name in _REASONS if fields.get(name, (None, None))[1]), "")
        return Msg(N_("{what}: {why}"), what=label, why=why) if why else label
    if "escalation" in fields:
        level = fields["escalation"][1]
        why = fields.get("level_reason", (None, None))[1] or ""
        told = Msg(N_("Taken to {level}"), level=Msg(LADDER.labels.get(level, str(level))))
        return Msg(N_("{what}: {why}"), what=told, why=why) if why else told
    return None


_REASONS = ("state_reason", "verify_note", "outcome", "measure")
_DAYS = ("extended_on", "level_on", "closed_on", "solved_on", "assigned_on")  # of older entries: the rest


def _correction(connection: Connection, operation: str) -> Msg | None:
    """Return what a correction changed, and why."""
    row = connection.execute(
        "SELECT told, reason FROM correction WHERE uid IN (SELECT uid FROM change WHERE operation = ? "
        "AND entity = 'correction')",
        (operation,),
    ).fetchone()
    return Msg(N_("Corrected ({what}): {why}"), what=row["told"], why=row["reason"]) if row else None


def _day(entry: Mapping[str, Any], moved_on: str | None) -> date:
    """Return the day of an entry: the one it is said to be of, else the one on which it was typed."""
    days = [moved_on] if moved_on else [pair[1] for name in _DAYS if (pair := entry["fields"].get(name)) and pair[1]]
    return date.fromisoformat(days[0] if days else entry["at"][:10])


def rechecks_of(connection: Connection, record: Any, limits: Mapping[str, float]) -> list[Recheck]:
    """Return the re-checks of a closed issue."""
    if record.state != "closed" or record.closed_on is None:
        return []
    rows = connection.execute(
        "SELECT visit_date FROM follow_up WHERE project_uid = ? AND visit_date > ? ORDER BY visit_date",
        (record.project_uid, record.closed_on.isoformat()),
    )
    return rechecks(record.closed_on, [date.fromisoformat(row[0]) for row in rows], limits)


def relapses(connection: Connection, limits: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return issues that came back in time to count against their unit: {uid, unit, closed_on, reopened_on}."""
    found = []
    for row in connection.execute("SELECT uid FROM issue WHERE reopened_count > 0 ORDER BY id").fetchall():
        for entry in history.deeds_of(connection, row["uid"]):
            fields = entry["fields"]
            if entry["kind"] != "set" or fields.get("state") != ("closed", "doing") or not fields.get("closed_on"):
                continue
            closed = date.fromisoformat(fields["closed_on"][0])
            reopened = date.fromisoformat(fields.get("reopened_on", (None, None))[1] or entry["at"][:10])
            if is_relapse(closed, reopened, limits):
                found.append({"uid": row["uid"], "closed_on": closed, "reopened_on": reopened})
    return found
