"""Upkeep: is the workspace sound, a copy of it, all of it written out."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from zjtui.domain import registry
from zjtui.errors import Msg
from zjtui.files import scratch
from zjtui.i18n import N_
from zjtui.store import backup as copies
from zjtui.store import sqlite
from zjtui.store.read import day, verify
from zjtui.store.read import dump as dumping
from zjtui.store.read.breaches import breaches
from zjtui.store.sqlite import Connection
from zjtui.store.write import replay
from zjtui.usecases import attachment
from zjtui.usecases.session import Session

Progress = Callable[[int, int, str], None]  # done, total, message id of the stage
_RULES = N_("Checking the rules")


@dataclass
class Report:
    """What a check found. `identical` is None where nothing was replayed; `stale` names tables to be indexed anew."""

    records: int = 0
    entries: int = 0
    problems: list[Msg] = field(default_factory=list)
    index_problems: list[Msg] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    identical: bool | None = None


def check(session: Session, *, rebuild: bool = False, progress: Progress | None = None) -> Report:
    """Check the file, the log's hash chains, the rows and the search index; with `rebuild`, replay the whole log.

    Everything is read at one moment and nothing is written to the workspace, so that one which is held by another
    process, or cannot be written, can be checked too.
    """
    reader = session.reader()
    report = Report()
    try:
        reader.execute("BEGIN")
        _check(session, reader, report, rebuild, progress or _silent)
    except sqlite.DatabaseError as error:
        report.problems.append(Msg(N_("The database file: {reason}"), reason=str(error)))
        report.identical = False if rebuild else None
    finally:
        if reader.in_transaction:
            reader.execute("ROLLBACK")
    return report


def _check(session: Session, reader: Connection, report: Report, rebuild: bool, progress: Progress) -> None:
    progress(0, 0, N_("Checking the file"))
    report.problems += verify.file(reader)
    report.records = sum(verify.size(reader, entity) for entity in registry.ENTITIES)
    report.entries = verify.size(reader, "change")
    report.problems += verify.chains(reader, lambda done: progress(done, report.entries, N_("Checking the change log")))
    progress(0, 0, N_("Checking the records"))
    for part in (verify.counts, verify.last_entries, verify.values):
        report.problems += part(reader)
    if not report.problems:  # rules are asked of records that can be read
        report.problems += breaches(reader, session.today, lambda done: progress(done, report.records, _RULES))
    progress(0, 0, N_("Checking the attachments"))
    report.problems += attachment.problems(session)
    for entity, problem in verify.derived(reader):
        report.index_problems.append(problem)
        if entity not in report.stale:
            report.stale.append(entity)
    if not rebuild:
        return
    with scratch(session.workspace.folder) as folder, replay.scratch(folder / "replay.db") as target:
        found = list(
            replay.replay(reader, target, lambda done: progress(done, report.entries, N_("Replaying the change log")))
        )
        found += replay.differences(
            reader, target, lambda done: progress(done, report.records, N_("Comparing the tables"))
        )
    report.identical = not found
    known = set(map(str, report.problems))
    report.problems += [problem for problem in found if str(problem) not in known]


def reindex(session: Session, entities: list[str], progress: Progress | None = None) -> None:
    """Make the search index of `entities` anew."""
    shown = progress or _silent

    def work(connection: Connection) -> None:
        for entity in entities:
            total = verify.size(connection, entity)
            replay.reindex(connection, entity, partial(_indexing, shown, total))

    session.workspace.transact(work)


def backup(session: Session, target: Path, *, force: bool = False) -> int:
    """Write a checked copy of the database to `target`; return its size in bytes. Its file and state are noted."""
    newest = day.last_change(session.reader())
    size = copies.write(session.workspace.path, target, force=force)
    session.settings.backup = {"file": str(target.absolute()), "seq": newest}
    with contextlib.suppress(OSError):  # the copy is there, whatever becomes of the note
        session.save_settings()
    return size


def dump(session: Session) -> Iterator[str]:
    """Yield every record and every entry of the log as one line of JSON."""
    return dumping.lines(session.reader())


def verdict(problems: int) -> Msg:
    """Return how a check ended, in words."""
    return Msg(N_("{count} problems"), count=problems) if problems else Msg(N_("no problem"))


def _indexing(progress: Progress, total: int, done: int) -> None:
    progress(done, total, N_("Indexing"))


def _silent(_done: int, _total: int, _stage: str) -> None:
    pass
