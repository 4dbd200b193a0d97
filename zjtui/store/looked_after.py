"""How every project is looked after, derived from its follow-ups and contacts: what the findings of a province read.

`looked_after` has a row for each project with a visit or a contact: its last visit and the day for the next one that
was named then, whether anybody was ever on site, and from which day on (`settled`) all its visits were made, and its
contacts begun or ended. From that day on `contact_due` says, for each project and mechanism, which contact's next visit
is due first and when; before it, the visits and contacts themselves have to be asked. Kept up to date in the same
transaction, made anew by `zjtui check --repair`; it is not in the change log.
"""

from collections.abc import Mapping

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
_FORGET = "DELETE FROM {} WHERE id IN ({})"
# Of a few projects: their newest visit and what else is needed are found by indexes, however many visits there were.
_SOME = "uid IN (SELECT value FROM json_each(:uids))"
_VISITS = (
    "INSERT OR REPLACE INTO looked_after SELECT p.id, max(coalesce((SELECT max(max(from_date, "
    "coalesce(date(to_date, '+1 day'), ''))) FROM contact INDEXED BY contact_seen WHERE project_uid = p.uid), ''), "
    "coalesce(f.visit_date, '')) AS settled, f.visit_date, EXISTS (SELECT 1 FROM follow_up INDEXED BY follow_up_seen "
    "WHERE project_uid = p.uid AND form = 'onsite'), f.id, f.next_visit FROM project p LEFT JOIN follow_up f ON f.id = "
    "(SELECT id FROM follow_up WHERE project_uid = p.uid ORDER BY visit_date DESC, id DESC LIMIT 1) "
    f"WHERE p.{_SOME} AND settled <> ''"
)
# What is due first as a number, with the record behind the day: of those due on one day it is the oldest.
_DUE = (
    "INSERT OR REPLACE INTO contact_due "
    "SELECT d.id, d.mechanism, d.first & 1099511627775, date((d.first >> 40) + 0.5), t.cycle_days FROM "
    "(SELECT p.id, c.mechanism, "
    "min(((CAST(julianday(max(c.from_date, coalesce({last}, ''))) AS INTEGER) + c.cycle_days) << 40) | c.id) AS first "
    "FROM {contacts} WHERE c.to_date IS NULL {some} "
    "GROUP BY p.id, c.mechanism) d CROSS JOIN contact t ON t.id = d.first & 1099511627775"
)
_CONTACTS = _DUE.format(
    last="(SELECT max(visit_date) FROM follow_up INDEXED BY follow_up_seen "
    "WHERE project_uid = c.project_uid AND mechanism = c.mechanism)",
    contacts="project p CROSS JOIN contact c INDEXED BY contact_seen ON c.project_uid = p.uid",
    some=f"AND p.{_SOME}",
)
# Of all, in one pass over the tables: it needs no index.
_ALL_VISITS = (
    "INSERT INTO looked_after SELECT p.id, max(u.begun, coalesce(f.visit_date, '')), f.visit_date, u.onsite, f.id, "
    "f.next_visit FROM (SELECT project_uid, max(begun) AS begun, max(onsite) AS onsite, max(newest) AS newest FROM "
    "(SELECT project_uid, '' AS begun, form = 'onsite' AS onsite, visit_date || printf('%016d', id) AS newest "
    "FROM follow_up UNION ALL "
    "SELECT project_uid, max(from_date, coalesce(date(to_date, '+1 day'), '')), 0, '' FROM contact) "
    "GROUP BY project_uid) u CROSS JOIN project p ON p.uid = u.project_uid "
    "LEFT JOIN follow_up f ON f.id = CAST(substr(u.newest, 11) AS INTEGER)"
)
_ALL_CONTACTS = _DUE.format(
    last="v.last",
    contacts="contact c CROSS JOIN project p ON p.uid = c.project_uid LEFT JOIN (SELECT project_uid, mechanism, "
    "max(visit_date) AS last FROM follow_up GROUP BY 1, 2) v "
    "ON v.project_uid = c.project_uid AND v.mechanism = c.mechanism",
    some="",
)


def concerns(entity: str) -> bool:
    """Tell whether a record says how its project is looked after."""
    return entity in ("follow_up", "contact")


def refresh(connection: Connection, projects: Mapping[str, bool]) -> None:
    """Make the rows of projects anew, given by their uids; with whether anything of them was changed or taken out."""
    if not projects:
        return
    given = {"uids": to_json(list(projects))}
    if any(projects.values()):  # what was only added to has the same rows or more
        for table in TABLES:
            connection.execute(_FORGET.format(table, f"SELECT id FROM project WHERE {_SOME}"), given)
    connection.execute(_VISITS, given)
    connection.execute(_CONTACTS, given)


def refresh_all(connection: Connection) -> None:
    """Make every row anew."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    for statement in (_ALL_VISITS, _ALL_CONTACTS):
        connection.execute(statement)


def forget(connection: Connection, project_id: int) -> None:
    """Take out the rows of a project, given by its local id."""
    for table in TABLES:
        connection.execute(_FORGET.format(table, "?"), (project_id,))
