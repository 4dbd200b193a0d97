"""Taking a list in: each row rehearsed by the same rules as a form, shown before anything is kept, one operation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.errors import Cancelled, Locked, Msg, Refused, RefusedMany, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.write.tx import Tx
from zjtui.store.write.waiting import unpacked
from zjtui.usecases import import_row
from zjtui.usecases.import_base import Base
from zjtui.usecases.import_match import Matcher, Twin
from zjtui.usecases.import_state import Back
from zjtui.usecases.session import Outcome, Session

Progress = Callable[[int, int], None]  # done, total
Part = tuple[str, str]  # entity, period ("" for what the row itself is about)
Change = tuple[str, str, str]  # label, before, after
_EVERY = 100  # rows between two looks at progress and cancellation
WHATS = Codes(
    new=N_("row|New"),
    changed=N_("row|Changed"),
    same=N_("row|Same"),
    refused=N_("row|Refused"),
    skipped=N_("row|No data"),
)
DECISIONS = ("new", "same")  # of a row that may be a project of the register: another one, or that one


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: the column's heading ("": the whole row), what stood there, the reason, the rule.

    `about` is (entity, period, field) where it is one field's fault.
    """

    column: str
    value: str
    why: Any  # Msg or an error: told in the reader's language
    rule: str = ""
    about: tuple[str, str, str] | None = None

    def __str__(self) -> str:
        told = str(self.why)
        told = told if not self.rule or self.rule in told else f"{told} [{self.rule}]"
        place = f"{self.column}: " if self.column else ""
        return f"{place}{told}"


@dataclass
class Entry:
    """What one line of a list says. `skipped` names why it is no data; `empty` are fields of an exported sheet that
    somebody cleared; `texts` what stood in the cells, `heads` over them, by (entity, period, field). `by_site`: the
    region is what stands in the site's cell, which may name none: then it is `other_place`.
    """

    number: int
    skipped: str
    cells: tuple[Any, ...] = ()
    uid: str = ""
    parts: dict[Part, dict[str, Any]] = field(default_factory=dict)
    texts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    heads: dict[tuple[str, str, str], str] = field(default_factory=dict)
    empty: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    by_site: bool = False
    other_place: str = ""

    def put(self, entity: str, period: str, name: str, value: Any, text: str) -> None:
        """Note what the line says of a field."""
        self.parts.setdefault((entity, period), {})[name] = value
        self.texts[(entity, period, name)] = text


@dataclass(frozen=True, slots=True)
class Line:
    """What comes of a line: a code of `WHATS`, the record, its changes field by field, or why it is refused."""

    number: int
    what: str
    title: str = ""
    uid: str = ""
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[Any, ...] = ()
    cells: tuple[Any, ...] = ()
    twin: Twin | None = None
    back: Back | None = None  # a state that it would take back, if somebody says so


@dataclass
class Result:
    """What comes of a list: its lines, and how many of each kind. `head` is the change log's newest entry it was on.

    `ready` holds the rows to be written where all that the list does is to add, `created` the names added with them.
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
    def asking(self) -> list[Line]:
        """The lines that would take a state back, which nobody has decided on."""
        return [line for line in self.lines if line.back]

    def of(self, what: str) -> list[Line]:
        """Return the lines of one kind."""
        return [line for line in self.lines if line.what == what]


class _Undone(Exception):
    """Ends a rehearsal so that nothing of it is kept."""


@dataclass
class Job:
    """A list to be taken in: its kind, how its entries are read anew each time, how many lines there are at most.

    `decisions` are of rows that may be in the register already: {row number: "new" or "same"}; `twins` holds for the
    others ("" leaves them out until somebody decides). `backs` are of rows that would take a state back: what the move
    asks for, None where the state stays; `lower` holds for the others. `head` names the state of the register that an
    exported sheet was written from.
    """

    kind: str
    entries: Callable[[], Iterable[Entry]]
    total: int
    decisions: Mapping[int, str] = field(default_factory=dict)
    twins: str = ""
    head: str = ""
    backs: Mapping[int, Mapping[str, Any] | None] = field(default_factory=dict)
    lower: Mapping[str, Any] | None = None


def preview(
    session: Session, job: Job, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> Result:
    """Return what `run` would do, by doing all of it and taking it back. Raises `Cancelled`."""
    found: list[Result] = []

    def work(tx: Tx) -> None:
        found.append(_taken(tx, session, job, progress, cancelled))
        waiting = tx.gather()
        waiting.pack()
        if not tx.count:  # nothing had to be written to go on
            found[0].ready, found[0].created = waiting.packs, list(tx.created)
        raise _Undone

    with suppress(_Undone):
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
        if _head(tx) != seen.head:
            raise Refused(N_("The register was changed since the list was looked at: look at it again"), rule="L-05")
        if seen.ready:
            found.append(_written(tx, seen, progress, cancelled))
            return
        found.append(_taken(tx, session, job, progress, cancelled))
        if found[0].counts != counts:
            raise Refused(N_("The list was changed since it was looked at: look at it again"), rule="L-05")

    tx, _nothing = session.operate("list.import", work)
    return Outcome("", tx.operation, created=tx.created), found[0]


def _head(tx: Tx) -> int:
    return int(tx.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def _taken(
    tx: Tx, session: Session, job: Job, progress: Progress | None, cancelled: Callable[[], bool] | None
) -> Result:
    result = Result(head=_head(tx))
    tx.gather()
    taking = import_row.Taking(tx, session, job.kind, Matcher(tx.reading), Base(tx.reading, job.head))
    for number, entry in enumerate(job.entries()):
        if number % _EVERY == 0:
            _stop(cancelled)
            if progress:
                progress(number, job.total)
        result.lines.append(_line(taking, entry, job))
    _stop(cancelled)
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
    title = _title(entry, job.kind)
    if entry.skipped:
        return Line(entry.number, "skipped", title or entry.skipped, cells=entry.cells)
    if entry.faults:
        return Line(entry.number, "refused", title, faults=tuple(entry.faults), cells=entry.cells)
    done = import_row.Done()
    try:
        with taking.tx.part():
            taking.walker.given = job.backs.get(entry.number, job.lower)
            taking.walker.decided = entry.number in job.backs
            done = taking.take(entry, job.decisions.get(entry.number, job.twins))
            if done.faults:
                raise _Undone
            taking.keep(entry, done)
    except _Undone:
        pass
    except Locked:
        raise
    except ZjtuiError as error:
        done = import_row.Done(faults=_told(entry, error))
    if done.faults:
        taking.forget()
        return Line(
            entry.number, "refused", title, done.uid, faults=tuple(done.faults), cells=entry.cells, twin=done.twin
        )
    what = "new" if done.new else "changed" if done.changes else "same"
    notices = tuple(done.notices)
    return Line(entry.number, what, done.title or title, done.uid, tuple(done.changes), notices=notices, back=done.back)


def _told(entry: Entry, error: ZjtuiError) -> list[Fault]:
    """Return an error as faults, each under the heading of its column."""
    refusals: Sequence[ZjtuiError] = error.refusals if isinstance(error, RefusedMany) else [error]
    found = []
    for refusal in refusals:
        places = [key for key in entry.texts if key[2] == refusal.field]
        head = entry.heads.get(places[0], "") if places else ""
        value = entry.texts[places[0]] if places else ""
        why = Msg(refusal.msgid, **refusal.params)
        found.append(Fault(head, value, why, refusal.rule, places[0] if places else None))
    return found


def _title(entry: Entry, kind: str) -> str:
    """Return what a line calls what it is about."""
    if entry.skipped:
        cells = (int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in entry.cells)
        return " ".join(str(cell) for cell in cells if cell not in (None, ""))[:80]
    model = registry.model(kind)
    names = ("project_uid", "name", model.title_field) if "project_uid" in model.fields() else ("name",)
    texts = [entry.texts.get((kind, "", name), "") for name in dict.fromkeys(names)]
    return " · ".join(text for text in texts if text)
