"""The way in: options before the command, the language, the app or a command, and every fault as one line."""

import contextlib
import gc
import os
import sys
from pathlib import Path
from typing import Any

from zjtui import config
from zjtui.cli.parser import Call, load, shortened, top_parser
from zjtui.cli.stdout import telling
from zjtui.errors import Locked, Refused, UsageError, ZjtuiError, meaning
from zjtui.files import could_be
from zjtui.i18n import LANGUAGES, N_, _, default_language, set_language
from zjtui.text import visible

_INTERRUPTED = 130
_STREAMS = 2  # the highest number of a stream that every process has


def run(argv: list[str]) -> int:
    """Do what `argv` says; return the exit code. Nothing is raised and no traceback is shown."""
    _open_streams()
    with telling(lambda msgid, reason: _complain(_(msgid).format(reason=reason))):
        _use_utf8()
        return _run(argv, Call())


def _run(argv: list[str], call: Call) -> int:
    command = ""
    try:
        _language(_early_lang(argv), None)
        given = top_parser().parse_args(argv)
        _apply(call, given)
        if not given.command:
            return _open_app(call)
        command = given.command[0]
        call.json = "--json" in given.command  # also where the rest of the call is not understood
        options = load(command).parse_args(given.command[1:])
        _apply(call, options)
        call.json = options.json
        code: int = options.run(call, options)
        sys.stdout.flush()
    except SystemExit as stop:  # --help and --version
        return stop.code if isinstance(stop.code, int) else 0
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:
        return _fault(error, call, command)
    finally:
        _flush_out()
    return code


def open_app(call: Call) -> int:
    """Open the app on the workspace that is meant."""
    gc.disable()  # until the first rows stand: nothing made while starting is garbage
    from zjtui.ui.app import run as run_app

    return run_app(call.folder, call.lang or None, call.today, call.person)


def has_terminal() -> bool:
    """Tell whether there is a terminal to read keys from and to draw on."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _open_app(call: Call) -> int:
    if not has_terminal():
        raise UsageError(N_("The app needs a terminal. Without one, use a command, e.g. zjtui overview --json"))
    return open_app(call)


def _early_lang(argv: list[str]) -> str:
    """Return the language asked for anywhere in the call, so that faults and help speak it."""
    for index, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.partition("=")[2]
        if word == "--lang" and index + 1 < len(argv):
            return argv[index + 1]
    return ""


def _language(asked: str, folder: Path | None) -> None:
    lang = asked or (config.load_settings(folder).lang if folder else "")
    set_language(lang if lang in LANGUAGES else default_language())


def _apply(call: Call, given: Any) -> None:
    """Take over the options that may stand before or after the command."""
    options = vars(given)
    if options.get("workspace") is not None:
        call.folder = path_named(options["workspace"])
    call.lang = options.get("lang") or call.lang
    call.person = options.get("person") or call.person
    _language(call.lang, call.where())
    if options.get("today"):
        from datetime import datetime, timedelta, timezone

        from zjtui.domain.dates import parse_date

        now = datetime.now(timezone(timedelta(hours=8))).date()
        try:
            call.today = parse_date(options["today"], now)
        except Refused as refusal:
            raise UsageError(
                N_("--today: {refusal}"), refusal=Refused(refusal.msgid, value=shortened(options["today"]))
            ) from None


def path_named(text: str) -> Path:
    """Return the folder or file that an option names; it need not exist."""
    try:
        if not text.strip() or not could_be(Path(text)):
            raise ValueError
        Path(text).exists()
    except PermissionError as error:
        raise Locked(N_("{path} cannot be read: {reason}"), path=shortened(text), reason=error.strerror) from None
    except (OSError, ValueError):
        raise UsageError(N_("“{value}” cannot be the name of a file or folder"), value=shortened(text)) from None
    return Path(text)


def _fault(error: Exception, call: Call, command: str) -> int:
    """Say in one line what went wrong; return the exit code."""
    known = meaning(error)
    if known is None:
        if os.environ.get("ZJTUI_DEBUG"):
            raise error
        known = ZjtuiError(
            N_("Something went wrong in zjtui ({kind}). Details: {path}"),
            kind=type(error).__name__, path=config.keep_fault(error, call.where()) or error,
        )  # fmt: skip
    from zjtui.cli.faults import as_json, line

    if call.json:
        from zjtui.cli.output import print_json

        with contextlib.suppress(ZjtuiError, OSError, ValueError):
            print_json(as_json(known, command))
    _complain(line(known, command))
    return known.exit_code


def _complain(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError):
        print("zjtui: " + visible(text), file=sys.stderr, flush=True)


def _open_streams() -> None:
    """Give every closed stream a place to write to: the next file that is opened would take its number otherwise."""
    with contextlib.suppress(OSError):
        while (number := os.open(os.devnull, os.O_RDWR)) <= _STREAMS:
            pass
        os.close(number)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - it lives as long as we


def _flush_out() -> None:
    """Write what is left to be printed; where that fails the interpreter would say so in a language of its own."""
    with contextlib.suppress(ZjtuiError, OSError, ValueError):
        sys.stdout.flush()


def _use_utf8() -> None:
    """Print Chinese whatever the locale says; what cannot be encoded is shown as an escape instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            with contextlib.suppress(OSError, ValueError):
                reconfigure(encoding="utf-8", errors="backslashreplace")
