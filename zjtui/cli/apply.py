"""`zjtui apply FILE.jsonl`: one call a line, each its own operation; the first bad line stops."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from zjtui.cli import parser as parsing
from zjtui.cli.parser import Call, Parser, command_parser, escaped, shortened
from zjtui.errors import Msg, UsageError, ZjtuiError
from zjtui.i18n import N_

_WRITING = ("add", "set", "move", "merge", "escalate", "extend", "tick", "hand-over", "receive", "suggest", "remove")
_LONGEST = 1_000_000  # characters of one line


def build(command: str) -> Parser:
    """Return the parser of `zjtui apply`."""
    parser = command_parser(command)
    parser.add_argument("file", metavar="FILE", help=escaped(N_("JSON lines; - reads standard input")))
    parser.set_defaults(run=run_apply)
    return parser


def run_apply(call: Call, given: Any) -> int:
    """Run every line; print its operation as soon as it is on the disk."""
    lines = _lines(given.file)
    with call.writing() as session:
        call.session, call.applying = session, True
        try:
            for number, line in lines:
                _run_line(call, number, line)
        finally:
            call.session, call.applying = None, False
    return 0


def _run_line(call: Call, number: int, line: str) -> None:
    try:
        command, words = _call_of(line)
        options = parsing.loaded(command).parse_args(words)
        options.run(call, options)
    except ZjtuiError as error:
        from zjtui.cli.faults import line as told

        name = command if "command" in locals() else ""
        raise ZjtuiError(
            N_("Line {number}: {reason}. Nothing of this line was done; the lines before it stand"),
            number=number,
            reason=Msg("{told}", told=told(error, name)),  # whole: each of its texts is short already
        ) from None


def _call_of(line: str) -> tuple[str, list[str]]:
    """Return the command and its words for one line."""
    if len(line) > _LONGEST:
        raise UsageError(N_("The line is too long"))
    try:
        found = json.loads(line, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise UsageError(N_("This is no JSON object: {value}"), value=shortened(line.strip(), 60)) from None
    if not isinstance(found, dict) or not isinstance(found.get("do"), str):
        raise UsageError(N_('Each line is an object with "do", e.g. {example}'), example='{"do": "follow-up add", ...}')
    command, _space, verb = " ".join(found.pop("do").split()).partition(" ")
    if command not in parsing.COMMANDS or verb not in _WRITING:
        raise UsageError(N_("“{value}” is nothing that can be applied"), value=shortened(f"{command} {verb}".strip()))
    positional, flags = parsing.words_of(command, verb)
    words = [verb]
    for name in positional:
        if name not in found:
            raise UsageError(N_("“{name}” is missing"), name=name)
        value = found.pop(name)
        words += [_text(item) for item in value] if isinstance(value, list) else [_text(value)]
    named = []
    for name, value in found.items():
        option = "--" + name.replace("_", "-")
        if value is None:
            continue
        if option in flags and isinstance(value, bool):
            named += [option] if value else []
        else:
            named += [f"{option}={_text(value)}"]
    # After -- a word may begin with one; a verb that takes none would not know it.
    return command, [words[0], *named, *(["--", *words[1:]] if positional else [])]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "、".join(_text(item) for item in value)
    if isinstance(value, dict):
        raise UsageError(N_("“{value}” is not a single value"), value=shortened(str(value), 60))
    return str(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice the same key")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _lines(name: str) -> Iterator[tuple[int, str]]:
    from zjtui.cli.top import path_named

    try:
        if name == "-":
            content = sys.stdin.buffer.read()
        else:
            path = path_named(name)
            if path.exists() and not path.is_file():  # of a pipe or a device nobody knows when it ends
                text = N_("“{path}” is no file: a folder, a pipe or a device is not read")
                raise UsageError(text, path=shortened(name))
            content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(N_("{path} is not UTF-8 text"), path=shortened(name)) from None
    except OSError as error:
        raise UsageError(N_("{path} cannot be read: {reason}"), path=shortened(name), reason=error.strerror) from None
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())
