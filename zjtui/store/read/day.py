"""What a day left behind: visits without a photo, promises that came due, changes that no backup has."""

from datetime import date

from zjtui.domain.actions import FOUNDATIONS
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection


def visits(connection: Connection, day: str, person: str) -> list[tuple[str, str]]:
    """Return (follow-up uid, project uid) of a person's follow-ups of `day`; without a person, of everybody's."""
    rows = connection.execute(
        "SELECT uid, project_uid FROM follow_up WHERE visit_date = :day AND (:person = '' OR instr(people, :person)) "
        "ORDER BY id",
        {"day": day, "person": person},
    )
    return [(row[0], row[1]) for row in rows]


def without_photo(connection: Connection, day: str, person: str) -> list[tuple[str, str]]:
    """Return (follow-up uid, project name) of a person's visits on site of `day` without a file.

    One that was attached on that day to the project itself counts: which of two visits it shows is not asked.
    """
    rows = connection.execute(
        "SELECT f.uid, p.name FROM follow_up f JOIN project p ON p.uid = f.project_uid "
        "WHERE f.visit_date = :day AND (:person = '' OR instr(f.people, :person)) AND f.form = 'onsite' "
        "AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.about_uid = f.uid) AND NOT EXISTS "
        "(SELECT 1 FROM attachment a WHERE a.project_uid = p.uid AND a.about IS NULL AND a.added_on = :day) "
        "ORDER BY f.id",
        {"day": day, "person": person},
    )
    return [(row[0], row[1]) for row in rows]


def promises_due(connection: Connection, day: str, projects: list[str]) -> list[tuple[str, str, str]]:
    """Return (promise uid, project name, text) of the open promises of `projects` that were due by `day`."""
    rows = connection.execute(
        "SELECT t.uid, p.name, t.text FROM promise t JOIN project p ON p.uid = t.project_uid WHERE t.project_uid IN "
        "(SELECT value FROM json_each(?)) AND t.state = 'open' AND t.due_on <= ? ORDER BY t.due_on, t.id",
        (to_json(projects), day),
    )
    return [(row[0], row[1], row[2]) for row in rows]


def changes_since(connection: Connection, seq: int) -> int:
    """Return how many entries the change log has after `seq`."""
    return int(connection.execute("SELECT count(*) FROM change WHERE seq > ?", (seq,)).fetchone()[0])


def last_change(connection: Connection) -> int:
    """Return the number of the newest entry of the change log."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def done_on(connection: Connection, day: str, person: str) -> dict[str, int]:
    """Return how many records of each kind a person added on `day` (Beijing time), without those taken out again."""
    found: dict[str, set[str]] = {}
    gone: set[str] = set()
    for row in connection.execute("SELECT at, action, person, entity, uid, kind FROM deed ORDER BY seq DESC"):
        # The log is in the order of time; what a register was set up with is nobody's work.
        if row["at"][:10] < day or row["action"] in FOUNDATIONS:
            break
        if row["kind"] == "remove":
            gone.add(row["uid"])
        elif (
            row["kind"] == "add" and row["at"][:10] == day and person in ("", row["person"]) and row["uid"] not in gone
        ):
            found.setdefault(row["entity"], set()).add(row["uid"])
    return {entity: len(uids) for entity, uids in sorted(found.items(), key=lambda item: -len(item[1]))}


def visits_after(connection: Connection, today: date) -> tuple[int, str]:
    """Return how many visits are dated after `today`, and the last day of them."""
    count, last = connection.execute(
        "SELECT count(*), coalesce(max(visit_date), '') FROM follow_up WHERE visit_date > ?", (today.isoformat(),)
    ).fetchone()
    return count, last
