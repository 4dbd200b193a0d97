"""Forms of other offices and what was sent in them: SELECTs only."""

from typing import Any

from zjtui.store.read import records
from zjtui.store.sqlite import Connection


def templates(connection: Connection) -> list[Any]:
    """Return the forms, by name."""
    return [records.get(connection, "report_template", row[0]) for row in
            connection.execute("SELECT uid FROM report_template ORDER BY name, id").fetchall()]  # fmt: skip


def ledger(connection: Connection, template: str = "", limit: int = 1000) -> list[Any]:
    """Return what was sent, the newest first; `template` asks for one form."""
    where = "WHERE template_uid = ?1" if template else ""
    rows = connection.execute(
        f"SELECT uid FROM sent {where} ORDER BY id DESC LIMIT {limit:d}", (template,) if template else ()
    ).fetchall()
    return [records.get(connection, "sent", row[0]) for row in rows]


def last_sent(connection: Connection, template: str) -> Any | None:
    """Return what was last sent in a form, None where nothing was."""
    found = ledger(connection, template, limit=1)
    return found[0] if found else None


def sent_of_month(connection: Connection, month: str, but: str) -> list[Any]:
    """Return what stands of a month ("YYYY-MM") with others: the last one sent in each form apart from `but`."""
    rows = connection.execute(
        "SELECT uid FROM sent WHERE id IN (SELECT max(id) FROM sent WHERE month = ? AND template_uid <> ? "
        "GROUP BY template_uid) ORDER BY id DESC",
        (month, but),
    ).fetchall()
    return [records.get(connection, "sent", row[0]) for row in rows]
