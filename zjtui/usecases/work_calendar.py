"""A year's calendar of working days: taken in from the State Council's notice or a list, kept as a record."""

from pathlib import Path
from typing import Any

from zjtui.domain import workdays
from zjtui.domain.work_calendar import read
from zjtui.errors import UsageError
from zjtui.i18n import N_
from zjtui.usecases import register
from zjtui.usecases.session import Outcome, Session

_MOST = 1_000_000  # bytes: a notice has a page


def add(session: Session, path: Path) -> tuple[Outcome, dict[str, Any]]:
    """Take a year in, in place of one that was given earlier; return what was read. Rules W-02 to W-07."""
    values = {**read(_text(path)), "source": path.name}
    query = "SELECT uid FROM work_calendar WHERE year = ?"
    held = session.reader().execute(query, (values["year"],)).fetchone()
    if held is None:
        return register.add(session, "work_calendar", None, values), values
    return register.edit(session, "work_calendar", held["uid"], values), values


def years(session: Session) -> list[tuple[int, int, int, str]]:
    """Return (year, days off beside weekends, weekend days worked, source) of the years that were given."""
    rows = session.reader().execute(
        "SELECT year, json_array_length(days_off), json_array_length(days_worked), source FROM work_calendar "
        "ORDER BY year"
    )
    return [(row[0], row[1], row[2], row[3] or "") for row in rows]


def shipped() -> tuple[int, int]:
    """Return the first and the last year of the calendar that is shipped."""
    known = [year for year in range(1990, 2100) if workdays.is_known(year)]
    return known[0], known[-1]


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise UsageError(N_("There is no file {path}"), path=path)
        if path.stat().st_size > _MOST:
            raise UsageError(N_("{path} is too large for a calendar: a text of one page is expected"), path=path)
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(N_("{path} cannot be read: {reason}"), path=path, reason=error.strerror or "?") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(N_("{path} is no text: save the notice or the list as text (.txt, .csv) first"), path=path)
