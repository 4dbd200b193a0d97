"""Dates as precise as they are known, as they are kept: "2023", "2023-09" or "2023-09-20"."""

from datetime import date

from zjtui.domain.month import month_end


def partial(text: str | None) -> str | None:
    """Return `text` where it is an ISO year, month or day, as `parse_partial` makes it; else raise `ValueError`."""
    if text is not None and (len(text) not in (4, 7, 10) or not text.isascii() or latest(text) < earliest(text)):
        raise ValueError(text)
    return text


def earliest(partial: str) -> date:
    """Return the first day that an ISO date of any precision can mean."""
    return date.fromisoformat(partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial)


def latest(partial: str) -> date:
    """Return the last day that an ISO date of any precision can mean."""
    if len(partial) == 4:
        return date(int(partial), 12, 31)
    return month_end(date.fromisoformat(partial + "-01")) if len(partial) == 7 else date.fromisoformat(partial)
