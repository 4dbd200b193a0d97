"""Taking a list in: each row rehearsed by the same rules as a form, shown before anything is kept, one operation."""

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from zjtui.domain import registry
from zjtui.errors import Cancelled, Locked, Refused, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.memory import spared
from zjtui.store.write.tx import Tx
from zjtui.store.write.waiting import unpacked
from zjtui.usecases import import_row
from zjtui.usecases.import_base import Base
from zjtui.usecases.import_line import WHATS, Entry, Line, faults_of, title_of
from zjtui.usecases.import_match import Matcher
from zjtui.usecases.import_state import day_missing
from zjtui.usecases.import_sure import beyond
from zjtui.usecases.session import Outcome, Session

Progress = Callable[[int, int], None]  # done, total
_EVERY = 100  # rows between two looks at progress and cancellation


@dataclass
class Result:
    """What comes of a list: its lines, and how many of each kind. `head` is the change log's newest entry it was on.

    `created` names the organisations and persons that it adds on the way; `ready` holds the rows to be written where
    all that the list does is to add.
    """

    lines: list[Line] = field(default_factory=list)
    head: int = 0
    ready: list[bytes] = field(default_factory=list)
    created: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Number of lines by code of `WHATS`."""
        found = dict.fromkeys(WHATS, 0)
        for line in self.lines:
            found[line.what] += 1
        return found

    @property
    def by_kind(self) -> dict[str, dict[str, int]]:
        """How many records of each kind the rows that stand add and change: {entity: {"new": …, "changed": …}}."""
        found: dict[str, dict[str, int]] = {}
        for (entity, what), count in Counter(made for line in self.lines for made in line.made).items():
            found.setdefault(entity, {"new": 0, "changed": 0})[what] = count
        return {entity: found[entity] for entity in registry.ENTITIES if entity in found}

    @property
    def asking(self) -> list[Line]:
        """The lines that would take a state back, which nobody has decided on."""
        return [line for line in self.lines if line.back]

    @property
    def undated(self) -> list[Line]:
        """The lines whose state needs a day that the list does not give."""
        return [line for line in self.lines if line.undated]

    @property
    def behind(self) -> list[Line]:
        """The lines whose state the register does not follow, for a reason that nobody is asked about."""
        return [
            line
            for line in self.lines
            if not (line.back or line.undated) and any(said.rule == "L-11" for said in line.notices)
        ]

    @property
    def empty(self) -> bool:
        """Whether none of the lines is data, though there are lines."""
        return bool(self.lines) and all(line.what == "skipped" for line in self.lines)

    def of(self, what: str) -> list[Line]:
        """Return the lines of one kind."""
        return [line for line in self.lines if line.what == what]


class Undone(Exception):
    """Ends a rehearsal so that nothing of it is kept."""


@dataclass
class Job:
    """A list to be taken in: its kind, how its entries are read anew each time, how many lines there are at most.

    `decisions` are of rows that may be in the register already: {row number: "new" or "same"}; `twins` holds for the
    others ("" leaves them out until somebody decides). `backs` are of rows that would take a state back: what the move
    asks for, None where the state stays; `lower` holds for the others. `head` names the state of the register that an
    exported sheet was written from. `sure` are rows whose amounts somebody confirmed that are larger than what can be,
    `all_sure`: those of all rows. `sums` says what becomes of totals up to a month, a code of `import_sums.SUMS`.
    """

    kind: str
    entries: Callable[[], Iterable[Entry]]
    total: int
    decisions: Mapping[int, str] = field(default_factory=dict)
    twins: str = ""
    head: str = ""
    backs: Mapping[int, Mapping[str, Any] | None] = field(default_factory=dict)
    lower: Mapping[str, Any] | None = None
    sure: Collection[int] = ()
    all_sure: bool = False
    sums: str = ""


def preview(
    session: Session, job: Job, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> Result:
    """Return what `run` would do, by doing all of it and taking it back. Raises `Cancelled`."""
    found: list[Result] = []

    def work(tx: Tx) -> None:
        found.append(taken(tx, session, job, progress, cancelled))
        waiting = tx.gather()
        waiting.pack()
        if not tx.log.count:  # nothing had to be written to go on
            found[0].ready = waiting.packs
        raise Undone

    with suppress(Undone), _alone(session):
        session.operate("list.import", work)
    return found[0]


def run(
    session: Session,
    job: Job,
    seen: Result,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Outcome | None, Result]:
    """Take the list in as one operation; rows that are refused stay out. Nothing is written where nothing changes.

    `seen` is the preview: where the register was changed since, nothing is done. Rule L-05. Raises `Cancelled`.
    """
    counts = seen.counts
    if not counts["new"] and not counts["changed"]:
        return None, seen
    found: list[Result] = []

    def work(tx: Tx) -> None:
        if head_of(tx) != seen.head:
            raise Refused(N_("The register was changed since the list was looked at: look at it again"), rule="L-05")
        if seen.ready:
            found.append(_written(tx, seen, progress, cancelled))
            return
        found.append(taken(tx, session, job, progress, cancelled))
        if found[0].counts != counts:
            raise Refused(N_("The list was changed since it was looked at: look at it again"), rule="L-05")

    with _alone(session):
        tx, _nothing = session.operate("list.import", work)
    return Outcome("", tx.operation, created=tx.created), found[0]


@contextmanager
def _alone(session: Session) -> Iterator[None]:
    """Leave memory and time to a list of 100,000 rows: few pages of the file, no search for garbage."""
    searching = gc.isenabled()
    gc.disable()
    try:
        with spared(session.workspace):
            yield
    finally:
        if searching:
            gc.enable()


def head_of(tx: Tx) -> int:
    """Return the number of the change log's newest entry."""
    return int(tx.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def taken(
    tx: Tx, session: Session, job: Job, progress: Progress | None, cancelled: Callable[[], bool] | None
) -> Result:
    """Take the rows of a list one by one, as parts of an operation. Raises `Cancelled`."""
    result = Result(head=head_of(tx))
    tx.gather()
    taking = import_row.Taking(tx, session, job.kind, Matcher(tx.reading), Base(tx.reading, job.head), job.sums)
    for number, entry in enumerate(job.entries()):
        if number % _EVERY == 0:
            _stop(cancelled)
            if progress:
                progress(number, job.total)
        result.lines.append(_line(taking, entry, job))
    _stop(cancelled)
    result.created = list(tx.created)
    return result


def _stop(cancelled: Callable[[], bool] | None) -> None:
    if cancelled and cancelled():
        raise Cancelled(N_("Stopped; nothing was changed"))


def _written(tx: Tx, seen: Result, progress: Progress | None, cancelled: Callable[[], bool] | None) -> Result:
    """Write what the preview found, as it was shown."""
    for number, pack in enumerate(seen.ready):
        _stop(cancelled)
        if progress:
            progress(len(seen.lines) * number // len(seen.ready), len(seen.lines))
        for entity, stored in unpacked(pack).items():
            tx.insert_rows(entity, stored)
    _stop(cancelled)
    tx.created += seen.created
    return seen


def _line(taking: import_row.Taking, entry: Entry, job: Job) -> Line:
    """Do what one entry says, or take all of it back and say why not."""
    title, project = title_of(entry, job.kind), entry.texts.get((job.kind, "", "project_uid"), "")
    if entry.skipped:
        return _at(
            entry,
            Line(entry.number, "skipped", title or entry.skipped, notices=tuple(entry.notices), cells=entry.cells),
        )
    if entry.faults:
        faults, notices = tuple(entry.faults), tuple(entry.notices)
        return _at(entry, Line(entry.number, "refused", title, faults=faults, notices=notices, cells=entry.cells))
    done = import_row.Done()
    try:
        with taking.tx.part():
            taking.walker.given = job.backs.get(entry.number, job.lower)
            taking.walker.decided = entry.number in job.backs
            done = taking.take(entry, job.decisions.get(entry.number, job.twins))
            if not job.all_sure and entry.number not in job.sure:
                done.faults += beyond(taking, entry, done)
            if done.faults:
                raise Undone
            taking.keep(entry, done)
    except Undone:
        pass
    except Locked:
        raise
    except ZjtuiError as error:
        done = import_row.Done(faults=faults_of(entry, error), undated=day_missing(job.kind, error))
    if done.faults:
        taking.forget()
        refused = Line(
            entry.number, "refused", title, done.uid, faults=tuple(done.faults), cells=entry.cells, twin=done.twin,
            undated=done.undated,
        )  # fmt: skip
        return _at(entry, refused)
    what = "new" if done.new else "changed" if done.changes else "same"
    if not project:
        title = done.title or title
    elif done.title:
        title = f"{project} · {done.title}"
    notices = taking.alike.notices((*entry.notices, *done.notices))
    line = Line(entry.number, what, title, done.uid, tuple(done.changes), notices=notices, back=done.back,
                undated=done.undated, made=taking.alike.made(done.made))  # fmt: skip
    return _at(entry, line)


def _at(entry: Entry, line: Line) -> Line:
    """Return a line with the sheet and row that it stands in, where its number does not say it."""
    return replace(line, sheet=entry.sheet, row=entry.row) if entry.row else line
