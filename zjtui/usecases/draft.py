"""Drafts: what is typed into a form is in the database as it is typed, and comes back after a crash."""

from concurrent.futures import Future

from zjtui.store.changes import now_ms, wall_time
from zjtui.store.read import drafts
from zjtui.store.rows import to_json
from zjtui.usecases.session import Session


def keep(session: Session, key: str, form: str, subject: str, typed: dict[str, str]) -> "Future[None]":
    """Store what is typed so far under `key`; the caller need not wait. Drafts are local and not in the log."""
    row = (key, form, subject, to_json(typed), wall_time(now_ms()))
    return session.workspace.submit(
        lambda connection: connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", row) and None
    )


def drop(session: Session, key: str) -> None:
    """Forget a draft: it was saved, or the person said so."""
    session.workspace.transact(lambda connection: connection.execute("DELETE FROM draft WHERE key = ?", (key,)))


def find(session: Session, key: str) -> dict[str, str] | None:
    """Return what was typed under `key`."""
    return drafts.one(session.reader(), key)
