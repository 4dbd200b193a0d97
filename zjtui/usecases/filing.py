"""Filing drafts without their forms: all that are valid as one operation; the others stay, each with what is wrong."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.actions import OPERATIONS
from zjtui.domain.parse import parse_sure
from zjtui.domain.show import label
from zjtui.errors import Cancelled, Locked, Notice, Refused, RefusedMany, ZjtuiError
from zjtui.i18n import N_, joined
from zjtui.store.read import drafts
from zjtui.store.write.tx import Tx
from zjtui.usecases import draft as kept
from zjtui.usecases import follow_up, records, register
from zjtui.usecases.session import Outcome, Session

Progress = Callable[[int, int], None]  # done, total
_BY_HAND = N_("Open it and finish it by hand")
_IN_GRID = N_("{cells}: not saved; Enter opens it")  # of the grid of months
_CELLS = 3  # named
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A draft: its key and subject, and what is wrong with it as (label of the field or "", why); nothing: valid."""

    key: str
    subject: str
    faults: list[tuple[str, str]] = field(default_factory=list)


class _Undone(Exception):
    """Ends a rehearsal so that nothing of it is kept."""


def waiting(
    session: Session, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> list[Waiting]:
    """Return every draft with what is wrong with it, the oldest first, by filing them all and taking it back.

    Where nothing can be written they cannot be tried, and each says so. Raises `Cancelled`.
    """
    left = drafts.everything(session.reader())[::-1]
    found: list[Waiting] = []

    def work(tx: Tx) -> None:
        for number, draft in enumerate(left):
            _look_up(number, 2 * len(left), progress, cancelled)
            found.append(Waiting(draft["key"], draft["subject"], _rehearse(tx, session, draft)))
        raise _Undone

    try:
        with suppress(_Undone):
            if left:
                session.operate("draft.file", work)
    except Locked:
        untried = str(Locked(N_("Not tried: the workspace is open for reading only")))
        return [Waiting(draft["key"], draft["subject"], [("", untried)]) for draft in left]
    return found


def _rehearse(tx: Tx, session: Session, draft: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what is wrong with a draft; whatever it is, it must not keep the others from being filed."""
    try:
        with tx.part():
            _file(tx, session, draft)
    except ZjtuiError as error:
        return told(draft["key"], error)
    except Exception as error:
        log.error("draft %s", draft["key"], exc_info=error)
        return told(draft["key"], Refused(_BY_HAND))
    return []


def _look_up(done: int, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
    """Say how far it is; stop where the person wants that."""
    if cancelled and cancelled():
        raise Cancelled(N_("Stopped; nothing was changed"))
    if progress:
        progress(done, total)


def file_all(
    session: Session, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> tuple[Outcome | None, list[Waiting], list[Waiting]]:
    """File every valid draft as one operation; return it, the filed ones and those that stay. Raises `Cancelled`.

    A draft goes in the same transaction in which its record comes, so that neither is ever missing; undoing the
    operation brings both back to where they were.
    """
    seen = {draft["key"]: draft for draft in drafts.everything(session.reader())}
    tried = waiting(session, progress, cancelled)
    wrong = [item for item in tried if item.faults or item.key not in seen]
    right = [item for item in tried if item not in wrong]
    filed: list[Waiting] = []
    notices: list[Notice] = []

    def work(tx: Tx) -> None:
        for number, item in enumerate(right, len(right)):
            _look_up(number, 2 * len(right), progress, cancelled)
            if drafts.one(tx.connection, item.key) != seen[item.key]["typed"]:
                wrong.append(Waiting(item.key, item.subject, told(item.key, Refused(_BY_HAND))))
                continue  # typed on since it was tried: that was not tried
            notices.extend(_file(tx, session, seen[item.key]))
            filed.append(item)
        _look_up(2 * len(right), 2 * len(right), progress, cancelled)
        kept.taken(tx.connection, tx.operation, [item.key for item in filed])

    if not right:
        return None, [], wrong
    tx, _nothing = session.operate("draft.file", work)
    return Outcome("", tx.operation, notices, tx.created), filed, wrong


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


def _file(tx: Tx, session: Session, draft: dict[str, Any]) -> list[Notice]:
    """Do what the draft's form would do on saving; return what is worth checking."""
    what, _colon, rest = str(draft["key"]).partition(":")
    entity, _dot, verb = what.partition(".")
    if verb == "grid":
        raise Refused(_IN_GRID, cells=_cells(tx, draft["typed"]))
    # Without a text it could not be read, or is of another version: it is opened before it goes.
    if entity not in registry.ENTITIES or verb not in ("add", "set", "move") or not draft["typed"]:
        raise Refused(_BY_HAND)
    values = _parsed(session, entity, draft["typed"])
    if verb == "set":
        _refuse_overtaken(tx, rest, draft["at"])
        before = tx.get(entity, rest).__dict__
        resolved = records.resolve(tx, registry.model(entity), values)
        changed = {name: value for name, value in resolved.items() if before.get(name) != value}
        return register.edit_in(tx, session, entity, rest, changed)[1]
    if verb == "move":
        uid, _colon, target = rest.partition(":")
        day: date = session.today
        return register.move_in(tx, session, entity, uid, target, _given(values), day)
    if entity == "follow_up":
        return follow_up.log_in(tx, session, rest, *follow_up.parts_of(values))[1]
    if entity == "issue":
        visit = tx.row("follow_up", rest)
        more = {"follow_up_uid": rest} if visit else {}
        project = visit["project_uid"] if visit else rest
        return register.add_in(tx, session, "issue", project, {**_given(values), **more})[1]
    return register.add_in(tx, session, entity, rest or None, _given(values))[1]


def _cells(tx: Tx, typed: dict[str, str]) -> str:
    """Return the cells of the grid of months that are not saved; of several projects with their names."""
    found = [(name.partition(" ")[0], text) for name, text in typed.items() if " " in name]
    several = len({uid for uid, _text in found}) > 1
    names = {uid: row["name"] if several and (row := tx.row("project", uid)) else "" for uid, _text in found}
    told = [f"{names[uid]} “{text}”".strip() for uid, text in found[:_CELLS]]
    return joined(told) + ("…" if len(found) > _CELLS else "")


def _refuse_overtaken(tx: Tx, uid: str, typed_until: str) -> None:
    """Refuse to edit a record that was changed after the draft was typed: the form holds all its old values."""
    newer = tx.connection.execute(
        "SELECT action, at FROM change WHERE uid = ? AND at > ? AND operation <> ? ORDER BY seq DESC LIMIT 1",
        (uid, typed_until, tx.operation),
    ).fetchone()
    if newer:
        raise Refused(
            N_("The record was changed after this was typed ({action}, {at}); open it and compare"),
            rule="G-40",
            action=OPERATIONS.label(newer["action"]),
            at=newer["at"].replace("T", " "),
        )


def _parsed(session: Session, entity: str, typed: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    refusals = []
    for name, text in typed.items():
        if name == "files" and not text.strip():
            continue  # files are copied by the form that they were chosen in
        part, dot, bare = name.rpartition(".")
        fields = registry.model(part if dot else entity).fields()
        if bare not in fields:  # a field of a newer version
            raise Refused(_BY_HAND)
        try:
            values[name] = parse_sure(fields[bare], text, session.today)
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
