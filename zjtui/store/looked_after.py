"""How every project is looked after, derived from its follow-ups and contacts: what the findings of a province read.

`looked_after` has a row for each project with a visit or a contact: its last visit and the day for the next one that
was named then, whether anybody was ever on site, and from which day on (`settled`) all its visits were made, and its
contacts begun or ended. From that day on `contact_due` says, for each project and mechanism, which contact's next visit
is due first and when; before it, the visits and contacts themselves have to be asked. Kept up to date in the same
transaction, made anew by `zjtui check --repair`; it is not in the change log.
"""

from collections.abc import Iterable, Sequence

from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection

TABLES = {
    "looked_after": ("id", "settled", "last", "onsite", "newest", "next_visit"),
    "contact_due": ("id", "mechanism", "contact", "due", "cycle"),
}
SCHEMA = (
    "CREATE TABLE looked_after (id INTEGER PRIMARY KEY, settled TEXT NOT NULL, last TEXT, onsite INTEGER NOT NULL, "
    "newest INTEGER, next_visit TEXT) STRICT",
    "CREATE TABLE contact_due (id INTEGER NOT NULL, mechanism TEXT NOT NULL, contact INTEGER NOT NULL, "
    "due TEXT NOT NULL, cycle INTEGER NOT NULL, PRIMARY KEY (id, mechanism)) STRICT, WITHOUT ROWID",
)
_MEANT = "project_uid IN (SELECT value FROM json_each(:uids))"
_VISITS = (
    "INSERT INTO looked_after SELECT p.id, max(u.begun, coalesce(f.visit_date, '')), f.visit_date, u.onsite, f.id, "
    "f.next_visit FROM (SELECT project_uid, max(begun) AS begun, max(onsite) AS onsite, max(newest) AS newest FROM "
    "(SELECT project_uid, '' AS begun, form = 'onsite' AS onsite, visit_date || printf('%016d', id) AS newest "
    "FROM follow_up WHERE {0} UNION ALL "
    "SELECT project_uid, max(from_date, coalesce(date(to_date, '+1 day'), '')), 0, '' FROM contact "
    "WHERE {0}) GROUP BY project_uid) u CROSS JOIN project p ON p.uid = u.project_uid "
    "LEFT JOIN follow_up f ON f.id = CAST(substr(u.newest, 11) AS INTEGER)"
)
# What is due first as a number, with the record behind the day: of those due on one day it is the oldest.
_CONTACTS = (
    "INSERT INTO contact_due SELECT d.id, d.mechanism, d.first & 1099511627775, date((d.first >> 40) + 0.5), "
    "t.cycle_days FROM (SELECT p.id, c.mechanism, "
    "min(((CAST(julianday(max(c.from_date, coalesce(v.last, ''))) AS INTEGER) + c.cycle_days) << 40) | c.id) AS first "
    "FROM (SELECT * FROM contact WHERE {0} AND to_date IS NULL) c "
    "CROSS JOIN project p ON p.uid = c.project_uid LEFT JOIN (SELECT project_uid, mechanism, max(visit_date) AS last "
    "FROM follow_up WHERE {0} GROUP BY 1, 2) v ON v.project_uid = c.project_uid AND v.mechanism = c.mechanism "
    "GROUP BY p.id, c.mechanism) d CROSS JOIN contact t ON t.id = d.first & 1099511627775"
)


def concerns(entity: str) -> bool:
    """Tell whether a record says how its project is looked after."""
    return entity in ("follow_up", "contact")


def refresh(connection: Connection, project_uids: Iterable[str]) -> None:
    """Make the rows of projects anew."""
    uids = list(project_uids)
    if uids:
        given = {"uids": to_json(uids)}
        query = f"SELECT id FROM project WHERE {_MEANT.replace('project_uid', 'uid')}"
        forget(connection, [row[0] for row in connection.execute(query, given)])
        _make(connection, _MEANT, given)


def refresh_all(connection: Connection) -> None:
    """Make every row anew."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    _make(connection, "1", {})


def forget(connection: Connection, project_ids: Sequence[int]) -> None:
    """Take out the rows of projects, given by their local ids."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (to_json(project_ids),))


def _make(connection: Connection, meant: str, given: dict[str, str]) -> None:
    for statement in (_VISITS, _CONTACTS):
        connection.execute(statement.format(meant), given)
