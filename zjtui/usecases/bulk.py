"""One change to many records: previewed row by row, made as one operation, taken back as one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.show import show
from zjtui.errors import Cancelled, Notice, RefusedMany, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.read import find
from zjtui.store.sqlite import Connection
from zjtui.store.write.tx import Tx
from zjtui.usecases import records, register
from zjtui.usecases.session import Outcome, Session

Progress = Callable[[int, int], None]  # done, total
_EVERY = 100  # rows between two looks at progress and cancellation


@dataclass(frozen=True)
class Job:
    """What is done to each record. `kind` is "set" (values), "move" (target and values) or "assign" (a contact)."""

    kind: str
    entity: str
    values: Mapping[str, Any] = field(default_factory=dict)
    target: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """What the job does to one record: `before` and `after` as shown, or `refusal`: why it cannot."""

    uid: str
    title: str
    before: str = ""
    after: str = ""
    refusal: str = ""


class _Undone(Exception):
    """Ends a rehearsal so that nothing of it is kept."""


def preview(
    session: Session,
    job: Job,
    uids: Sequence[str],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Line]:
    """Return what `run` would do to each record, by doing it and taking the whole of it back. Raises `Cancelled`."""
    lines: list[Line] = []

    def work(tx: Tx) -> None:
        for uid in _watched(uids, progress, cancelled):
            lines.append(_rehearse(tx, session, job, uid))
        raise _Undone

    with suppress(_Undone):
        session.operate(f"bulk.{job.kind}", work)
    return lines


def run(
    session: Session,
    job: Job,
    uids: Sequence[str],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Change all of `uids` as one operation, or none: one that is refused stops it. Raises `Cancelled`."""
    notices: list[Notice] = []

    def work(tx: Tx) -> None:
        for uid in _watched(uids, progress, cancelled):
            notices.extend(_do(tx, session, job, uid))

    tx, _nothing = session.operate(f"bulk.{job.kind}", work)
    return Outcome(uids[0] if uids else "", tx.operation, notices[:3], tx.created)


def _watched(uids: Sequence[str], progress: Progress | None, cancelled: Callable[[], bool] | None) -> Iterator[str]:
    for number, uid in enumerate(uids):
        if number % _EVERY == 0:
            if cancelled and cancelled():
                raise Cancelled(N_("Stopped; nothing was changed"))
            if progress:
                progress(number, len(uids))
        yield uid
    if cancelled and cancelled():
        raise Cancelled(N_("Stopped; nothing was changed"))
    if progress:
        progress(len(uids), len(uids))


def _do(tx: Tx, session: Session, job: Job, uid: str) -> list[Notice]:
    if job.kind == "set":
        return register.edit_in(tx, session, job.entity, uid, job.values)[1]
    if job.kind == "move":
        day = records.day_of(session.today, job.day)
        return register.move_in(tx, session, job.entity, uid, job.target, job.values, day)
    return register.add_in(tx, session, "contact", _project_of(tx, job.entity, uid), job.values)[1]


def _rehearse(tx: Tx, session: Session, job: Job, uid: str) -> Line:
    before = tx.row(job.entity, uid)
    if before is None:
        return Line(uid, uid, refusal=str(ZjtuiError(N_("It is not there any more"))))
    kind = registry.model(job.entity)
    title = str(before[kind.title_field] or uid)
    try:
        with tx.part():
            _do(tx, session, job, uid)
    except RefusedMany as refused:
        return Line(uid, title, refusal="; ".join(str(refusal) for refusal in refused.refusals))
    except ZjtuiError as error:
        return Line(uid, title, refusal=str(error))
    names = _changed(job)
    after = tx.row(job.entity, uid)
    if job.kind == "assign":
        return Line(uid, title, "", _told(tx.connection, "contact", job.values, job.values))
    return Line(
        uid, title, _told(tx.connection, job.entity, before, names), _told(tx.connection, job.entity, after, names)
    )


def _changed(job: Job) -> list[str]:
    if job.kind == "move":
        return [registry.workflow(job.entity).state_field]
    return list(job.values)


def _told(connection: Connection, entity: str, row: Any, names: Any) -> str:
    """Return the values of `names` as a person reads them."""
    from zjtui.store.rows import restore

    parts = []
    for name in names:
        declared = registry.model(entity).fields().get(name)
        if declared is None or row[name] in (None, "", False, []):
            continue
        value = row[name] if isinstance(row, Mapping) else restore(declared.kind, row[name])
        uids = set(value) if isinstance(value, list) else {str(value)}
        known = find.names(connection, declared.ref, uids) if declared.ref else {}
        parts.append(show(declared, value, known))
    return " · ".join(part for part in parts if part)


def _project_of(tx: Tx, entity: str, uid: str) -> str:
    return uid if entity == "project" else str(tx.row(entity, uid)["project_uid"])
