"""A session: who works on which workspace, and which day it is. Every use-case takes one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from zjtui import config
from zjtui.domain.limits import Limits, limits
from zjtui.errors import Notice
from zjtui.store.changes import now_ms, read_clock, wall_time
from zjtui.store.read import find, history, work_calendars
from zjtui.store.read.finding_scope import Asked, Scope
from zjtui.store.read.lights import Judge
from zjtui.store.sqlite import Connection
from zjtui.store.workspace import Workspace
from zjtui.store.write.tx import Tx

_EVERYTHING = Scope()
_MADE_OF: ContextVar[tuple[str, ...]] = ContextVar("drafts", default=())


@dataclass(frozen=True)
class Outcome:
    """What an operation did: the record's uid, the operation's id (it is on the disk), and what is worth checking.

    `created` names records that had to be added on the way (a unit or person named for the first time).
    """

    uid: str
    operation: str
    notices: list[Notice] = field(default_factory=list)
    created: list[str] = field(default_factory=list)


@dataclass
class Session:
    """An open workspace with its person and its day. `person` is a uid or, before one is chosen, a login name."""

    workspace: Workspace
    settings: config.Settings
    today: date
    person: str
    standing: bool = False  # the day was given, or is a demonstration's: it does not turn

    def turn_day(self) -> bool:
        """Take today anew from the clock; tell whether it is another day."""
        before = self.today
        if not self.standing:
            self.today = beijing_today()
        return self.today != before

    @property
    def limits(self) -> Limits:
        """The thresholds in force: the product's, with those that this workspace changed and the calendars it has."""
        return limits(self.settings.limits, self.settings.overtime, work_calendars.given(self.reader()))

    @property
    def judge(self) -> Judge:
        """By which day, profile and thresholds lights are judged here."""
        return Judge(self.today, self.settings.profile, self.limits)

    def asked(self, scope: Scope = _EVERYTHING) -> Asked:
        """Return what findings are asked for: of whom, today, as this person sees them, by these thresholds."""
        return Asked(self.today, scope, self.person, self.limits, self.settings.profile)

    def reader(self) -> Connection:
        """Return this thread's read-only connection."""
        return self.workspace.reader()

    def operate(self, action: str, work: Callable[[Tx], Any], undoes: str | None = None) -> tuple[Tx, Any]:
        """Run `work` as one operation; when this returns it is saved, durable and logged."""
        from zjtui.usecases import draft, questions

        keys = _MADE_OF.get()
        operations: list[str] = []

        def run(connection: Connection) -> tuple[Tx, Any]:
            clock = read_clock(connection, self.workspace.device)
            tx = Tx(connection, clock, action, self.person, self.today, undoes=undoes)
            operations.append(tx.operation)
            result = work(tx)
            projects = list(tx.touched)
            tx.finish()
            questions.settle(tx, self, projects)
            tx.ask()
            for key in keys:
                draft.gone(connection, self, key)
            return tx, result

        done = self.workspace.transact(run, lambda connection: history.is_there(connection, operations[0]))
        for key in keys:
            self.workspace.beside.forget(key)
        return done

    @contextmanager
    def made_of(self, *keys: str) -> Iterator[None]:
        """Let the operation in this block make a record of the drafts `keys`: they go in the same transaction."""
        token = _MADE_OF.set(keys)
        try:
            yield
        finally:
            _MADE_OF.reset(token)

    def save_settings(self) -> None:
        """Keep the settings beside the database; a folder that cannot be written keeps its old ones."""
        if not self.workspace.read_only:
            config.save_settings(self.workspace.folder, self.settings)

    def close(self) -> None:
        """Let go of the workspace."""
        self.workspace.close()


def open_session(
    folder: Path | None = None, *, today: date | None = None, person: str = "", write: bool = True, wait: float = 0
) -> Session:
    """Open the workspace in `folder` (or the default one) as `person` on `today`; both default to its settings."""
    workspace = Workspace.open(folder or config.default_workspace(), write=write, wait=wait)
    session = _session(workspace, today, person)
    if write and not workspace.read_only and not session.reader().execute("SELECT 1 FROM change LIMIT 1").fetchone():
        from zjtui.usecases.setup import load_regions

        session.operate("workspace.new", load_regions)  # an earlier version was killed while it made this one
    return session


def view_session(file: Path) -> Session:
    """Look at a backup where it lies."""
    return _session(Workspace.view(file), None, "")


def new_session(folder: Path, *, today: date | None = None, person: str = "") -> Session:
    """Make a new workspace in `folder` and open it."""
    return _session(Workspace.create(folder), today, person)


def _session(workspace: Workspace, today: date | None, person: str) -> Session:
    settings = config.load_settings(workspace.folder)
    standing = date.fromisoformat(settings.today) if _is_day(settings.today) else None
    day = today or standing
    who = _person(workspace, person) or settings.person or login()
    return Session(workspace, settings, day or beijing_today(), who, standing=day is not None)


def beijing_today() -> date:
    """Return the day that it is in Beijing."""
    return date.fromisoformat(wall_time(now_ms())[:10])


def _person(workspace: Workspace, named: str) -> str:
    """Return the uid of the person that `named` means, or the name itself before there is such a person."""
    if not named:
        return ""
    found = find.exact(workspace.reader(), "person", named)
    return found[0] if len(found) == 1 else named


def login() -> str:
    """Return the name under which this computer knows the person."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
