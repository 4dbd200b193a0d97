"""Filing drafts without their forms: all that are valid as one operation; the others stay, each with what is wrong."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.parse import parse
from zjtui.domain.show import label
from zjtui.errors import Cancelled, Refused, RefusedMany, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.read import drafts
from zjtui.store.write.tx import Tx
from zjtui.usecases import follow_up, records, register
from zjtui.usecases.session import Outcome, Session

Progress = Callable[[int, int], None]  # done, total


@dataclass(frozen=True)
class Waiting:
    """A draft: its key and subject, and what is wrong with it as (label of the field or "", why); nothing: valid."""

    key: str
    subject: str
    faults: list[tuple[str, str]] = field(default_factory=list)


class _Undone(Exception):
    """Ends a rehearsal so that nothing of it is kept."""


def waiting(session: Session) -> list[Waiting]:
    """Return every draft with what is wrong with it, the oldest first, by filing them all and taking it back."""
    found: list[Waiting] = []
    left = drafts.everything(session.reader())[::-1]
    if session.workspace.read_only:
        return [Waiting(draft["key"], draft["subject"]) for draft in left]

    def work(tx: Tx) -> None:
        for draft in left:
            tx.connection.execute("SAVEPOINT draft")
            faults: list[tuple[str, str]] = []
            try:
                _file(tx, session, draft)
            except ZjtuiError as error:
                tx.connection.execute("ROLLBACK TO draft")
                faults = told(draft["key"], error)
            finally:
                tx.connection.execute("RELEASE draft")
            found.append(Waiting(draft["key"], draft["subject"], faults))
        raise _Undone

    with suppress(_Undone):
        session.operate("draft.file", work)
    return found


def file_all(
    session: Session, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> tuple[Outcome | None, list[Waiting], list[Waiting]]:
    """File every valid draft as one operation; return it, the filed ones and those that stay. Raises `Cancelled`.

    A draft goes in the same transaction in which its record comes, so that neither is ever missing.
    """
    all_left = waiting(session)
    wrong = [item for item in all_left if item.faults]
    right = [item for item in all_left if not item.faults]
    by_key = {draft["key"]: draft for draft in drafts.everything(session.reader())}
    if not right:
        return None, [], wrong

    def work(tx: Tx) -> None:
        for number, item in enumerate(right):
            if cancelled and cancelled():
                raise Cancelled(N_("Stopped; nothing was changed"))
            if progress:
                progress(number, len(right))
            _file(tx, session, by_key[item.key])
            tx.connection.execute("DELETE FROM draft WHERE key = ?", (item.key,))

    tx, _nothing = session.operate("draft.file", work)
    return Outcome("", tx.operation, [], tx.created), right, wrong


def told(key: str, error: ZjtuiError) -> list[tuple[str, str]]:
    """Return what is wrong with a draft, field by field."""
    entity = key.partition(".")[0]
    refusals = error.refusals if isinstance(error, RefusedMany) else [error]
    found = []
    for refusal in refusals:
        part, dot, name = refusal.field.rpartition(".")
        kind = part if dot else entity
        fields = registry.model(kind).fields() if kind in registry.ENTITIES else {}
        found.append((label(fields[name]) if name in fields else "", str(refusal)))
    return found


def _file(tx: Tx, session: Session, draft: dict[str, Any]) -> None:
    """Do what the draft's form would do on saving."""
    what, _colon, rest = str(draft["key"]).partition(":")
    entity, _dot, verb = what.partition(".")
    if entity not in registry.ENTITIES or verb not in ("add", "set", "move"):
        raise Refused(N_("Open it and finish it by hand"))
    values = _parsed(session, entity, draft["typed"])
    if verb == "set":
        before = tx.get(entity, rest).__dict__
        resolved = records.resolve(tx, registry.model(entity), values)
        register.edit_in(tx, session, entity, rest, {k: v for k, v in resolved.items() if before.get(k) != v})
    elif verb == "move":
        uid, _colon, target = rest.partition(":")
        day: date = session.today
        register.move_in(tx, session, entity, uid, target, _given(values), day)
    elif entity == "follow_up":
        follow_up.log_in(tx, session, rest, *follow_up.parts_of(values))
    elif entity == "issue":
        visit = tx.row("follow_up", rest)
        more = {"follow_up_uid": rest} if visit else {}
        register.add_in(tx, session, "issue", visit["project_uid"] if visit else rest, {**_given(values), **more})
    else:
        register.add_in(tx, session, entity, rest or None, _given(values))


def _parsed(session: Session, entity: str, typed: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    refusals = []
    for name, text in typed.items():
        part, dot, bare = name.rpartition(".")
        fields = registry.model(part if dot else entity).fields()
        if bare not in fields:  # a field of a newer version
            raise Refused(N_("Open it and finish it by hand"))
        try:
            values[name] = parse(fields[bare], text, session.today)
        except Refused as refusal:
            refusal.field = name
            refusals.append(refusal)
    if refusals:
        raise RefusedMany(refusals)
    return values


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def reason(item: Waiting) -> str:
    """Return what is wrong with a draft in one line."""
    return "; ".join(f"{name}: {why}" if name else why for name, why in item.faults)
