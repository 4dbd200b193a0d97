"""`zjtui new` and `zjtui demo`: make a workspace, or leave the folder as it was."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zjtui import config
from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped
from zjtui.errors import UsageError, fill
from zjtui.i18n import N_, _


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    if command == "demo":
        parser.add_argument("--to", metavar="DIR", help=escaped(N_("where; by default beside the usual workspace")))
        parser.set_defaults(run=run_demo)
        return parser
    parser.add_argument("folder", metavar="DIR", help=escaped(N_("the folder to make it in")))
    parser.add_argument("--demo", action="store_true", help=escaped(N_("with the demonstration register")))
    parser.add_argument("--projects", type=count, metavar="N", help=escaped(N_("with N generated projects")))
    parser.add_argument("--follow-ups", type=count, metavar="M", help=escaped(N_("and M generated follow-ups")))
    parser.add_argument("--months", type=count, metavar="K", help=escaped(N_("and K generated months of each")))
    parser.add_argument("--seed", type=count, metavar="S", help=escaped(N_("the same number makes the same register")))
    parser.set_defaults(run=run_new)
    return parser


def run_new(call: Call, given: Any) -> int:
    """Make a new workspace."""
    from zjtui.cli.top import path_named

    options = ("projects", "follow_ups", "months", "seed")
    generated = any(getattr(given, name) is not None for name in options)
    if given.demo and generated:
        raise UsageError(N_("Choose one: --demo, or --projects with --follow-ups and --seed"))
    if generated and not given.projects:
        raise UsageError(N_("--follow-ups, --months and --seed need --projects"))
    folder = path_named(given.folder)
    if given.demo:
        _make_demo(folder, call.person)
    elif generated:
        _generate(call, folder, given)
    else:
        from zjtui.usecases.setup import new

        new(folder, today=call.today, person=call.person).close()
    return _made(call, folder)


def run_demo(call: Call, given: Any) -> int:
    """Make the demonstration register where it is missing; open it where there is a terminal."""
    from zjtui.cli.top import has_terminal, open_app, path_named

    folder = path_named(given.to) if given.to is not None else _demo_folder()
    if (folder / config.DATABASE).exists():
        _refuse_other(folder)
    else:
        _make_demo(folder, call.person)
    if call.json or not has_terminal():
        return _made(call, folder)
    call.folder = folder
    return open_app(call)


def _made(call: Call, folder: Path) -> int:
    from zjtui.store.read import overview
    from zjtui.usecases.session import open_session

    session = open_session(folder, write=False)
    try:
        counted = overview.figures(session.reader(), session.today)
    finally:
        session.close()
    if call.json:
        output.print_json(
            {
                "workspace": str(folder.absolute()),
                "projects": counted["projects"],
                "follow_ups": counted["follow_ups"],
            }
        )
    else:
        output.say(
            N_("Workspace in {folder}: {projects} projects. Open it: zjtui --workspace {folder}"),
            folder=folder,
            projects=counted["projects"],
        )
    return 0


def _demo_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir("zjtui", appauthor=False) + "-demo")


def _make_demo(folder: Path, person: str) -> None:
    from zjtui.usecases.demo import new_demo

    new_demo(folder, person=person).close()


def _refuse_other(folder: Path) -> None:
    """Never take somebody's register for the demonstration."""
    from zjtui.store.read.history import began_with
    from zjtui.usecases.session import open_session

    session = open_session(folder, write=False)
    try:
        if not began_with(session.reader(), "demo.load"):
            raise UsageError(
                N_("{folder} holds a workspace that is not the demonstration; choose another folder"), folder=folder
            )
    finally:
        session.close()


def _generate(call: Call, folder: Path, given: Any) -> None:
    from zjtui.usecases import generate
    from zjtui.usecases.setup import building

    with (
        building(folder, today=call.today, person=call.person) as session,
        watched(N_("Generating")) as (progress, cancelled),
    ):
        generate.generate(
            session,
            given.projects,
            given.follow_ups or 0,
            given.seed or 0,
            progress=progress,
            cancelled=cancelled,
            months=min(given.months or 0, 12),
        )


@contextmanager
def stopped_by_key(stop: Callable[[], None]) -> Iterator[None]:
    """Turn Ctrl+C into a request that a long job answers between two steps, so that it ends in order."""
    import signal

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: stop())
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def watched(msgid: str) -> Iterator[tuple[Callable[..., None], Callable[[], bool]]]:
    """Yield what shows how far a long job is, and what tells whether Ctrl+C asked it to stop."""
    stop = threading.Event()
    with stopped_by_key(stop.set), progress_line(msgid) as progress:
        yield progress, stop.is_set


@contextmanager
def progress_line(msgid: str) -> Iterator[Callable[..., None]]:
    """Yield a function that shows how far a long job is, on one line of a terminal; elsewhere it shows nothing."""
    shown = sys.stderr.isatty()

    def progress(done: int, total: int, stage: str = "") -> None:
        if shown:
            text = fill(N_("{what}: {done} of {total}"), {"what": _(stage or msgid), "done": done, "total": total})
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)

    try:
        yield progress
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
