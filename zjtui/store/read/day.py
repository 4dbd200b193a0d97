"""What a day left behind: visits without what they raised, without a photo, questions without an answer."""

from typing import Any

from zjtui.store.sqlite import Connection


def unlinked(connection: Connection, day: str, person: str) -> list[tuple[str, str]]:
    """Return (follow-up uid, project name) of a person's visits of `day` that say a problem was raised, without one."""
    return _visits(
        connection, day, person,
        "f.result = 'issue_raised' AND NOT EXISTS (SELECT 1 FROM issue i WHERE i.follow_up_uid = f.uid)",
    )  # fmt: skip


def without_photo(connection: Connection, day: str, person: str) -> list[tuple[str, str]]:
    """Return (follow-up uid, project name) of a person's visits on site of `day` to which no file is attached."""
    return _visits(
        connection, day, person,
        "f.form = 'onsite' AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.about_uid = f.uid)",
    )  # fmt: skip


def unanswered(connection: Connection, day: str, person: str) -> list[tuple[str, str]]:
    """Return (project uid, project name) of a person's visits of `day` to projects with a question still asked."""
    rows = connection.execute(
        "SELECT DISTINCT p.uid, p.name FROM follow_up f JOIN project p ON p.uid = f.project_uid "
        "WHERE f.visit_date = :day AND (:person = '' OR instr(f.people, :person)) "
        "AND EXISTS (SELECT 1 FROM question q WHERE q.project_uid = p.uid AND q.state = 'asked') ORDER BY p.id",
        {"day": day, "person": person},
    )
    return [(row[0], row[1]) for row in rows]


def changes_since(connection: Connection, seq: int) -> int:
    """Return how many entries the change log has after `seq`."""
    return int(connection.execute("SELECT count(*) FROM change WHERE seq > ?", (seq,)).fetchone()[0])


def last_change(connection: Connection) -> int:
    """Return the number of the newest entry of the change log."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def done_on(connection: Connection, day: str, person: str) -> dict[str, int]:
    """Return how many records of each kind a person added on `day` (Beijing time)."""
    found: dict[str, set[str]] = {}
    for row in connection.execute("SELECT at, person, entity, uid, kind FROM change ORDER BY seq DESC"):
        if row["at"][:10] < day:  # the log is in the order of time: nothing of that day comes before
            break
        if row["kind"] == "add" and row["at"][:10] == day and person in ("", row["person"]):
            found.setdefault(row["entity"], set()).add(row["uid"])
    return {entity: len(uids) for entity, uids in sorted(found.items(), key=lambda item: -len(item[1]))}


def _visits(connection: Connection, day: str, person: str, where: str) -> list[Any]:
    rows = connection.execute(
        "SELECT f.uid, p.name FROM follow_up f JOIN project p ON p.uid = f.project_uid "
        f"WHERE f.visit_date = :day AND (:person = '' OR instr(f.people, :person)) AND {where} ORDER BY f.id",
        {"day": day, "person": person},
    )
    return [(row[0], row[1]) for row in rows]
