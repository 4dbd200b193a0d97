"""Closing that holds (真销号): the re-checks that a closed issue is due for, and when its return is a relapse."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zjtui.domain.limits import LIMITS


@dataclass(frozen=True)
class Recheck:
    """One re-check (回头看): due on a day, done on one, or not yet."""

    due_on: date
    done_on: date | None

    def is_due(self, today: date) -> bool:
        """Tell whether somebody has to go now."""
        return self.done_on is None and self.due_on <= today


def rechecks(closed_on: date | None, visits: Iterable[date], limits: Mapping[str, float] = LIMITS) -> list[Recheck]:
    """Return the re-checks of an issue closed on a day; any follow-up of its project from the due day on does one."""
    if closed_on is None:
        return []
    days = sorted(visits)
    found = []
    for name in ("recheck_first", "recheck_second"):
        due = closed_on + timedelta(days=int(limits[name]))
        found.append(Recheck(due, next((day for day in days if day >= due), None)))
    return found


def is_relapse(closed_on: date, reopened_on: date, limits: Mapping[str, float] = LIMITS) -> bool:
    """Tell whether an issue that came back counts against the unit that had closed it."""
    return (reopened_on - closed_on).days <= limits["relapse_within"]
