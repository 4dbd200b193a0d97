"""Lists taken in, and what is said of them: shared by the tests of real lists."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from zjtui.sheets import reading
from zjtui.usecases import importing
from zjtui.usecases.import_line import Line
from zjtui.usecases.importing import Result
from zjtui.usecases.session import Session

Make = Callable[..., Path]


def taken(session: Session, path: Path, sums: str = "", **more: Any) -> Result:
    """Take a list in; what the proposal asks for is answered with its guess, totals up to a month with `sums`."""
    _book, plan = reading.read(session, path, **more)
    plan.sums = sums
    job = reading.job(session, plan)
    return importing.run(session, job, importing.preview(session, job))[1]


def meanings(session: Session, path: Path, **more: Any) -> dict[str, str]:
    """Return what each column is taken for."""
    _book, plan = reading.read(session, path, **more)
    return {column.heading.text: str(column.target or "") for column in plan.columns}


def what(result: Result) -> str:
    """Return the rows by their first letters: new, changed, same, refused, xkipped."""
    return "".join("x" if line.what == "skipped" else line.what[0] for line in result.lines)


def told(line: Line) -> str:
    """Return all that is said of a line."""
    return "; ".join(str(notice) for notice in line.notices)


def why(line: Line) -> str:
    """Return why a line is refused."""
    return "; ".join(str(fault) for fault in line.faults)
