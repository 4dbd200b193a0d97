"""Numbers that are told in words: days left or over, sizes of files."""

from zjtui.i18n import N_, _, counted

_STEP = 1000  # as systems show the sizes of files


def left(days: int) -> str:
    """Return how many days are left until a due day, or how many it is past."""
    if days == 0:
        return _(N_("due today"))
    if days > 0:
        return counted(N_("{count} days left"), days)
    return counted(N_("{count} days late"), -days)


def of_promise(days: int, basis: str) -> str:
    """Return what is left of a promise beside a date: working days say that they are none of the calendar."""
    if basis != "wd" or days == 0:
        return left(days)
    return counted(N_("{count} workdays left") if days > 0 else N_("{count} workdays late"), abs(days))


def late(days: int) -> str:
    """Return by how many days something is late; a negative number is what is left."""
    return left(-days)


def size(count: int) -> str:
    """Return the size of a file as people say it, with as many digits as tell files apart."""
    if count < _STEP:
        return counted(N_("{count} bytes"), count)
    amount, unit = count / _STEP, "KB"
    for larger in ("MB", "GB"):
        if amount < _STEP:
            break
        amount, unit = amount / _STEP, larger
    return f"{amount:.1f} {unit}" if amount < 10 and unit != "KB" else f"{amount:,.0f} {unit}"
