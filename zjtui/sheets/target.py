"""The file that something is written to: new unless it may be replaced, and whole or not there at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zjtui.errors import Refused, UsageError, ZjtuiError
from zjtui.files import could_be, make_folder, replacing, sweep
from zjtui.i18n import N_


def refuse_taken(target: Path, *, over: bool) -> None:
    """Refuse a file that is there already, unless it may be replaced (`over`). Rule X-01."""
    if not could_be(target):
        raise UsageError(N_("“{value}” is not the name of a file"), value=str(target)[:80])
    if target.exists() and not over:
        raise Refused(N_("{path} is there already; choose another name"), rule="X-01", path=target)


@contextmanager
def placing(target: Path, *, over: bool) -> Iterator[Path]:
    """Give a path to write to, which takes the place of `target` once all is written. Rules X-01, X-02."""
    refuse_taken(target, over=over)
    try:
        make_folder(target.parent)
        sweep(target.parent)
        with replacing(target) as temporary:
            yield temporary
    except OSError as error:
        raise ZjtuiError(
            N_("{path} cannot be written: {reason}"), path=target, reason=error.strerror or error
        ) from None


def put(content: bytes, target: Path, *, over: bool) -> Path:
    """Write `content` to `target`, whole or not at all; return its full path. Rules X-01, X-02."""
    with placing(target, over=over) as temporary:
        temporary.write_bytes(content)
    return target.absolute()
