"""Is a workspace, or a backup of one, what its change log says? Everything is looked at, nothing is changed.

What is looked at is a list of named parts. To have one more thing proved, add a `Part` to `PARTS`: its function gets
the `Checking` and yields a problem for each thing that is wrong.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from zjtui.domain import registry
from zjtui.errors import Damaged, Msg
from zjtui.files import scratch
from zjtui.i18n import N_
from zjtui.store import migrations, sqlite
from zjtui.store.read import history, verify
from zjtui.store.read.breaches import breaches
from zjtui.store.sqlite import Connection
from zjtui.store.write import fresh, replay
from zjtui.usecases import attachment
from zjtui.usecases.session import Session

Progress = Callable[[int, int, str], None]  # done, total, message id of the stage
LAST = verify.LAST
SHAPE = "schema"  # among what is to be made anew: indexes and guards


@dataclass
class Report:
    """What a check found. `identical` is None where nothing was replayed; `stale` names what can be made anew.

    `skipped` says what a partial check did not look at; `unseen` how many of the last entries nobody else has seen.
    """

    records: int = 0
    entries: int = 0
    head: str = ""
    problems: list[Msg] = field(default_factory=list)
    derived: list[Msg] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    identical: bool | None = None
    skipped: list[Msg] = field(default_factory=list)
    unseen: int = 0
    unseen_since: str = ""


@dataclass
class Checking:
    """A check under way: what its parts read, all of one moment, and where they tell what is derived and wrong."""

    session: Session
    reader: Connection
    report: Report
    progress: Progress
    whole: bool

    def tick(self, stage: str, total: int) -> Callable[[int], None]:
        """Return what tells how far a stage is."""
        return lambda done: self.progress(done, total, stage)

    def derived(self, found: Iterator[tuple[str, Msg]]) -> None:
        """Take problems of what is derived from the records and can be made anew."""
        for name, problem in found:
            self.report.derived.append(problem)
            if name not in self.report.stale:
                self.report.stale.append(name)


@dataclass(frozen=True)
class Part:
    """One thing that is looked at; `whole`: only by a whole check."""

    name: str
    find: Callable[[Checking], Iterator[Msg]]
    whole: bool = False


def _chains(checking: Checking) -> Iterator[Msg]:
    return verify.chains(checking.reader, checking.tick(N_("Checking the change log"), checking.report.entries))


def _made_of(checking: Checking) -> Iterator[Msg]:
    for name, problem in verify.schema(checking.reader):
        if name.split()[0] == "table":
            yield problem
        else:
            checking.derived(iter([(SHAPE, problem)]))


def _replayed(checking: Checking) -> Iterator[Msg]:
    """Make every record anew from the log alone, then what is derived from the records, and compare."""
    report, found = checking.report, 0
    with scratch(checking.session.workspace.folder) as folder:
        with replay.scratch(folder / "replay.db") as target:
            yield from replay.replay(
                checking.reader, target, checking.tick(N_("Replaying the change log"), report.entries)
            )
            for problem in replay.differences(
                checking.reader, target, checking.tick(N_("Comparing the tables"), report.records)
            ):
                found += 1
                yield problem
            report.identical = not found
        with replay.scratch(folder / "fresh.db") as target:
            checking.derived(fresh.differences(checking.reader, target, checking.tick(N_("Indexing"), report.records)))


def _quickly(checking: Checking) -> Iterator[Msg]:
    checking.derived(verify.not_undone(checking.reader))
    if not checking.whole:
        checking.derived(verify.derived(checking.reader))
    yield from ()


def _rules(checking: Checking) -> Iterator[Msg]:
    """Rules are asked of records that can be read."""
    if not checking.report.problems:
        tick = checking.tick(N_("Checking the rules"), checking.report.records)
        yield from breaches(checking.reader, checking.session.today, tick)


def _told(checking: Checking) -> Iterator[Msg]:
    """Yield freezes whose figures were changed, and freezes and forms that were made from another log."""
    reader = checking.reader
    for row in reader.execute("SELECT name, figures, digest FROM freeze ORDER BY id"):
        if hashlib.sha256(str(row["figures"]).encode()).hexdigest() != row["digest"]:
            yield Msg(N_("The figures of “{name}” are not those that were frozen"), name=row["name"])
    heads = reader.execute(
        "SELECT name, head FROM freeze UNION ALL SELECT file_name, head FROM sent ORDER BY 1, 2"
    ).fetchall()
    known = history.of_heads(reader, {row["head"] for row in heads})
    for row in heads:
        if row["head"] not in known:
            yield Msg(N_("“{name}” was made from a change log that is not this one"), name=row["name"])


PARTS = [
    Part(N_("check|the file"), lambda checking: verify.file(checking.reader)),
    Part(N_("check|what the database is made of"), _made_of),
    Part(N_("check|the change log"), _chains),
    Part(N_("check|the number of records"), lambda checking: verify.counts(checking.reader)),
    Part(N_("check|the last entries"), lambda checking: verify.last_entries(checking.reader)),
    Part(N_("check|the values"), lambda checking: verify.values(checking.reader)),
    Part(N_("check|the rules of the records"), _rules),
    Part(N_("check|attachments and forms"), lambda checking: iter(attachment.problems(checking.session))),
    Part(N_("check|freezes and forms sent"), _told),
    Part(N_("check|the search index"), _quickly),
    Part(N_("check|all records, full text, pinyin and sums"), _replayed, whole=True),
]


def check(session: Session, *, whole: bool = False, progress: Progress | None = None) -> Report:
    """Check the file, the log, the rows, what is told and derived; `whole`: replay the log and compare everything.

    Everything is read at one moment and nothing is written to the workspace, so that one which is held by another
    process, or cannot be written, can be checked too. Whatever is damaged is told; it never ends the check.
    """
    report = Report()
    reader = sqlite.open_checker(session.workspace.path)
    try:
        checking = Checking(session, reader, report, progress or _silent, whole)
        with_numbers = Part("", partial(_numbers))
        for part in (with_numbers, *PARTS):
            if part.whole and not whole:
                report.skipped.append(Msg(part.name))
                continue
            checking.progress(0, 0, part.name or PARTS[0].name)
            _look(checking, part)
    finally:
        reader.close()
    if whole and report.identical is None:
        report.identical = False
    return report


def _look(checking: Checking, part: Part) -> None:
    """Run one part; what keeps it from being finished is a problem like any other."""
    known = set(map(str, checking.report.problems))
    try:
        for problem in part.find(checking):
            if str(problem) not in known:
                checking.report.problems.append(problem)
                known.add(str(problem))
    except Exception as error:
        checking.report.problems.append(
            Msg(
                N_("Not looked at to the end: {part} ({reason})"),
                part=Msg(part.name or PARTS[0].name),
                reason=str(error)[:200] or type(error).__name__,
            )
        )


def _numbers(checking: Checking) -> Iterator[Msg]:
    reader, report = checking.reader, checking.report
    reader.execute("BEGIN")
    report.records = sum(verify.size(reader, entity) for entity in registry.ENTITIES)
    report.entries = verify.size(reader, "change")
    report.head = history.head(reader)
    sent = {row[0] for row in reader.execute("SELECT head FROM sent")}
    kept = checking.session.settings.backup
    seen = [entry["seq"] for entry in history.of_heads(reader, sent).values()]
    if kept.get("apart") and isinstance(kept.get("seq"), int):
        seen.append(kept["seq"])
    report.unseen, since = reader.execute(
        "SELECT count(*), min(at) FROM change WHERE seq > ?", (max(seen, default=0),)
    ).fetchone()
    report.unseen_since = str(since or "")[:10]
    yield from ()


def head(session: Session, wanted: str) -> tuple[dict[str, Any] | None, int]:
    """Return the entry whose hash begins with `wanted`, if the log up to it is unbroken, and how many came after it."""
    reader = session.reader()
    entry = history.of_heads(reader, {wanted}).get(wanted)
    if entry is None:
        return None, 0
    for problem in verify.chains(reader, lambda _done: None, until=entry["seq"]):
        raise Damaged(N_("The head is there, but the log before it is not what it was: {problem}"), problem=problem)
    after = reader.execute("SELECT count(*) FROM change WHERE seq > ?", (entry["seq"],)).fetchone()[0]
    return entry, int(after)


def repair(session: Session, stale: list[str], progress: Progress | None = None) -> None:
    """Make what is derived from the records anew, and put indexes and guards back. Records and log stay as they are."""
    shown = progress or _silent

    def work(connection: Connection) -> None:
        if SHAPE in stale:
            migrations.reshape(connection)
        for entity in stale:
            if entity != SHAPE:
                total = 0 if entity in replay.DERIVED else verify.size(connection, entity)
                replay.reindex(connection, entity, lambda done, total=total: shown(done, total, N_("Indexing")))  # type: ignore[misc]

    session.workspace.transact(work)


def _silent(_done: int, _total: int, _stage: str) -> None:
    pass
