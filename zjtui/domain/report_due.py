"""Which monthly reports are due, of whom and until when: for punctuality, lights, findings (docs/figures.md 3)."""

from datetime import date, timedelta

from zjtui.domain.month import month_end, previous_month

# Stages of today in which a project may have been under construction earlier; nobody knows since when a suspended one
# stood still, so none is asked of it.
STAGES = ("building", "completed", "operating", "archived")


def due_on(month: str, report_day: float) -> date:
    """Return the day on which the report of "YYYY-MM" is due: that day of the next month, or that month's last."""
    first = month_end(date.fromisoformat(f"{month}-01")) + timedelta(days=1)
    return min(first + timedelta(days=max(int(report_day), 1) - 1), month_end(first))


def last_due(today: date, report_day: float) -> tuple[int, int]:
    """Return the newest month whose report day is over."""
    year, month = previous_month(today.year, today.month)
    over = today > due_on(f"{year}-{month:02}", report_day)
    return (year, month) if over else previous_month(year, month)


def months_due(
    year: int, last: int, started: str | None, ended: str | None, stage: str, withdrawn_on: str | None = None
) -> list[str]:
    """Return the months of `year` up to `last` in which the project was under construction, as "YYYY-MM"."""
    if not started or (stage not in STAGES and not (stage == "withdrawn" and withdrawn_on)):
        return []
    months = (f"{year}-{number:02}" for number in range(1, last + 1))
    return [
        month
        for month in months
        if started[:7] <= month
        and (not ended or month <= ended[:7])
        and (stage != "withdrawn" or month < (withdrawn_on or "")[:7])
    ]


def condition(project: str = "p") -> str:
    """Return the same rule for one month, as SQL on a project: its first and last day are :first and :last."""
    stages = ", ".join(f"'{stage}'" for stage in STAGES)
    return (
        f"{project}.real_start <= :last AND coalesce({project}.real_end, :first) >= :first AND ({project}.stage IN "
        f"({stages}) OR {project}.stage = 'withdrawn' AND {project}.stage_on > :last)"
    )
