"""What every command shares: the parser, the options before and after the command, and how a session is opened."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from zjtui import __version__
from zjtui.errors import UsageError
from zjtui.i18n import LANGUAGES, N_, _

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

COMMANDS = {  # command: (module, what it does)
    "project": ("project", N_("list, show, add and change projects")),
    "follow-up": ("follow_up", N_("list and log follow-ups")),
    "issue": ("issue", N_("list, raise and move issues")),
    "service": ("entries", N_("green-channel services with their clocks: list, add, move, why")),
    "month": ("month", N_("monthly reports: list, set, submit, approve, return")),
    "contact": ("entries", N_("who contacts which project; hand over")),
    "element": ("entries", N_("element needs: land, energy, money, labour")),
    "policy": ("entries", N_("policies, and the projects they fit")),
    "match": ("entries", N_("policies matched to projects, from suggestion to grant")),
    "promise": ("entries", N_("what was promised on visits, and whether it was kept")),
    "plan": ("entries", N_("annual plans")),
    "today": ("findings", N_("what is due for one person, the weightiest first")),
    "gaps": ("findings", N_("what is missing or forgotten, by kind")),
    "set-aside": ("entries", N_("findings that are left alone until a day")),
    "visit-plan": ("entries", N_("visits that are planned")),
    "questions": ("questions", N_("figures that call for a question")),
    "question": ("entries", N_("questions asked about figures, and their answers")),
    "correction": ("correction", N_("facts that a state stands on: correct one, list what was corrected")),
    "person": ("entries", N_("people")),
    "org": ("entries", N_("organisations")),
    "attachment": ("attachment", N_("photos and documents: list, add")),
    "apply": ("apply", N_("run a file of calls, one JSON object a line")),
    "import": ("import_", N_("take a list in: Excel, CSV or JSON; shows first what it would do")),
    "export": ("export", N_("write a list to a file: Excel, CSV, JSON, Markdown")),
    "template": ("export", N_("write an empty list to be filled in, with drop-downs")),
    "keys": ("keys", N_("print every key of every screen")),
    "day": ("day", N_("what is still open today; file the drafts and make a backup")),
    "calendar": ("calendar", N_("the calendars of working days; take in a year that is not known yet")),
    "limits": ("limits", N_("the thresholds of the rules, and what counts as overtime")),
    "indicators": ("figures", N_("how we stand against the targets, with what each figure is made of")),
    "league": ("figures", N_("who leads: regions, fields, departments, teams")),
    "freeze": ("freeze", N_("keep a month's figures as they are told; what changed since")),
    "report": ("report", N_("briefs, bulletins, ledgers and letters, on the screen or as files")),
    "fill": ("fill", N_("fill workbooks of other offices; what was sent to whom")),
    "overview": ("look", N_("count and sum the register")),
    "search": ("look", N_("find words in projects, issues and follow-ups")),
    "history": ("log", N_("show what happened to a record")),
    "undo": ("log", N_("take back the last operation, or a named one")),
    "redo": ("log", N_("do again what was undone last")),
    "new": ("workspace", N_("make a new workspace")),
    "demo": ("workspace", N_("make the demonstration register and open it")),
    "check": ("upkeep", N_("check the workspace or a backup; --rebuild compares all of it with its change log")),
    "backup": ("upkeep", N_("write a copy of the database, with attachments and forms beside it")),
    "restore": ("upkeep", N_("go back to a backup; what is there now is kept aside")),
    "dump": ("upkeep", N_("write every table as JSON lines")),
}
LOCK_WAIT = 2.0  # seconds a command waits for another one that is just saving


class Parser(argparse.ArgumentParser):
    """A parser whose faults are ours: told in one line, no abbreviations that a later option would break."""

    def __init__(self, **more: Any) -> None:
        super().__init__(allow_abbrev=False, **more)

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing, so that every fault of a call ends the same way."""
        raise UsageError(
            N_("{message}. See: {program} --help"), message=shortened(message, 300), program=self.prog.strip()
        )


@dataclass
class Call:
    """How `zjtui` was called, apart from the command's own options."""

    folder: Path | None = None
    lang: str = ""
    today: date | None = None
    person: str = ""
    json: bool = False
    session: "Session | None" = None  # open already: many calls share it
    applying: bool = False

    def where(self) -> Path:
        """Return the workspace that is meant."""
        from zjtui import config

        return self.folder or config.default_workspace()

    @contextmanager
    def reading(self) -> "Iterator[Session]":
        """Open the workspace for reading; the lock is left to others."""
        from zjtui.usecases.session import open_session

        if self.session is not None:
            yield self.session
            return
        session = open_session(self.where(), today=self.today, write=False)
        try:
            self.as_person(session)
            yield session
        finally:
            session.close()

    @contextmanager
    def writing(self) -> "Iterator[Session]":
        """Open the workspace for writing, or raise what stands in the way."""
        from zjtui.usecases.session import open_session

        if self.session is not None:
            yield self.session
            return
        session = open_session(self.where(), today=self.today, wait=LOCK_WAIT)
        try:
            if session.workspace.read_only:
                raise session.workspace.read_only
            self.as_person(session)
            self.warn_of_clock(session)
            yield session
        finally:
            session.close()

    def warn_of_clock(self, session: "Session") -> None:
        """Say where this computer's clock contradicts the log: what is entered now is dated by it."""
        from zjtui.text import visible
        from zjtui.usecases import clock

        if doubt := clock.doubt(session):
            print("zjtui: " + visible(str(doubt)), file=sys.stderr, flush=True)

    def as_person(self, session: "Session") -> None:
        """Work as the person named by `--person`; before the register knows anybody, any name will do."""
        if not self.person:
            return
        from zjtui.cli.resolve import one
        from zjtui.store.read import find

        reader = session.reader()
        empty = not find.choices(reader, "person", limit=1)
        session.person = shortened(self.person, 80) if empty else one(reader, "person", self.person)


def shared_options(parser: argparse.ArgumentParser, *, after: bool) -> None:
    """Add the options that stand before the command and, as people type them there too, after it."""
    unset: Any = argparse.SUPPRESS if after else None

    def text(name: str) -> str:
        return argparse.SUPPRESS if after else escaped(name)

    parser.add_argument(
        "--workspace", metavar="DIR", default=unset, help=text(N_("the workspace's folder (or set ZJTUI_WORKSPACE)"))
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=unset, help=text(N_("language")))
    parser.add_argument(
        "--today", metavar="DAY", default=unset, help=text(N_("the day to count from, e.g. 2023-09-20"))
    )
    parser.add_argument("--person", metavar="NAME", default=unset, help=text(N_("who works here: a name or a uid")))


def command_parser(command: str) -> Parser:
    """Return an empty parser for `command`."""
    parser = Parser(prog=f"zjtui {command}", description=_(COMMANDS[command][1]))
    finish(parser)
    return parser


def verb_parser(verbs: Any, noun: str, verb: str, about: str, run: Callable[[Call, Any], int]) -> Parser:
    """Add one verb of a noun, e.g. `project list`."""
    parser: Parser = verbs.add_parser(
        verb, help=escaped(about), description=escaped(about), prog=f"zjtui {noun} {verb}"
    )
    finish(parser, default=argparse.SUPPRESS)
    parser.set_defaults(run=run)
    return parser


def finish(parser: argparse.ArgumentParser, default: Any = False) -> None:
    """Add what every command takes."""
    shared_options(parser, after=True)
    parser.add_argument("--json", action="store_true", default=default, help=escaped(N_("answer as JSON")))


def paging(parser: argparse.ArgumentParser, limit: int | None = None) -> None:
    """Add `--limit` and `--offset`."""
    parser.add_argument("--limit", type=count, default=limit, metavar="N", help=escaped(N_("at most N rows")))
    parser.add_argument("--offset", type=count, default=0, metavar="N", help=escaped(N_("leave out the first N rows")))


def count(text: str) -> int:
    """Return a number of rows."""
    if not text.isascii() or not text.isdigit() or len(text) > 15:
        raise argparse.ArgumentTypeError(str(UsageError(N_("“{value}” is not a number"), value=shortened(text, 40))))
    return int(text)


def escaped(msgid: str) -> str:
    """Return a translated text for argparse, which would read % as a placeholder."""
    return _(msgid).replace("%", "%%")


def shortened(text: str, limit: int = 80) -> str:
    """Return the beginning of a text that may be very long."""
    return text if len(text) <= limit else text[:limit] + "…"


def top_parser() -> Parser:
    """Return the parser of what stands before the command."""
    width = max(len(name) for name in COMMANDS) + 2
    listed = "\n".join(f"  {name:<{width}}{_(about)}" for name, (_module, about) in COMMANDS.items())
    parser = Parser(
        prog="zjtui",
        description=_("Follow Zhejiang's major construction projects. Without a command the app opens."),
        epilog=_("commands:") + "\n" + listed,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="zjtui [--workspace DIR] [--lang zh|en] [--today DAY] [--person NAME] [command ...]",
    )
    shared_options(parser, after=False)
    parser.add_argument("--version", action="version", version=f"zjtui {__version__}")
    parser.add_argument("command", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def load(command: str) -> Parser:
    """Return the parser of `command`, importing only its own module."""
    if command not in COMMANDS:
        raise UsageError(N_("There is no command “{command}”. See: zjtui --help"), command=shortened(command))
    module = import_module(f"zjtui.cli.{COMMANDS[command][0]}")
    parser: Parser = module.build(command)
    return parser


@cache
def loaded(command: str) -> Parser:
    """Return the parser of `command`, made once for many calls."""
    return load(command)


def words_of(command: str, verb: str) -> tuple[list[str], frozenset[str]]:
    """Return the words that `command verb` takes in their order, and its options without a value.

    A verb that it does not know is refused.
    """
    for action in loaded(command)._actions:
        if isinstance(action.choices, dict) and verb in action.choices:
            known = action.choices[verb]._actions
            flags = {name for each in known if each.nargs == 0 for name in each.option_strings}
            return [each.dest for each in known if not each.option_strings], frozenset(flags)
    raise UsageError(N_("There is no command “{command}”. See: zjtui --help"), command=shortened(f"{command} {verb}"))
