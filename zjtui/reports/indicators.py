"""The indicators of a scope up to a month: each with numerator, denominator and what it means for the target."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from zjtui.domain import indicators as formulas
from zjtui.domain import lights
from zjtui.domain.month import Month
from zjtui.i18n import N_, _
from zjtui.reports.amounts import decimal, named, yi
from zjtui.store.read import standings
from zjtui.store.read.standings import Scope, Sums
from zjtui.usecases.session import Session

_WEEK = 7
METHODS = {
    "run_rate": N_("forecast|at the mean pace so far"),
    "own_curve": N_("forecast|at the projects' own curves"),
    "recent_pace": N_("forecast|at the pace of the last three months"),
}


@dataclass(frozen=True)
class Figure:
    """One indicator: `value` is a rate (1 = 100 %), days, or None where there is nothing to divide by.

    `unit` is "%", "points", "days", "x" or "" (a count); `behind` names the list behind it: "" for none.
    """

    code: str
    section: str
    label: str
    value: Fraction | None
    unit: str = "%"
    numerator: str = ""
    denominator: str = ""
    note: str = ""
    behind: str = ""
    yuan: tuple[int, int] | None = None  # numerator and denominator as they are, where they are amounts
    most: Fraction | None = None  # where what is shown ends

    @property
    def shown(self) -> str:
        """The value as a person reads it, one decimal, half up; never capped."""
        if self.value is None:
            return "-"
        if self.most is not None and self.value > self.most:
            return f"{decimal(self.most * 100)}%"
        if self.unit == "%":
            return f"{decimal(self.value * 100)}%"
        if self.unit == "points":
            return f"{decimal(self.value, signed=True)}"
        return str(self.value) if self.unit == "" else decimal(self.value)

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data; the value as a number that is not rounded."""
        return {
            "code": self.code,
            "label": self.label,
            "value": None if self.value is None else float(self.value),
            "shown": self.shown,
            "unit": self.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "note": self.note,
            **({"numerator_yuan": self.yuan[0], "denominator_yuan": self.yuan[1]} if self.yuan else {}),
        }


@dataclass(frozen=True)
class Standing:
    """What a scope adds up to up to a month: its sums, and the year's cumulative curves done and expected (yuan).

    `waiting` is what stands in drafts and returned reports: beside it, never in it.
    """

    sums: Sums
    done: list[int]
    expected: list[int]
    waiting: int

    @classmethod
    def read(cls, session: Session, scope: Scope, when: Month) -> "Standing":
        """Read it."""
        reader = session.reader()
        year, month = when.year, when.month
        done, expected = standings.curves(reader, scope, year)
        waiting = standings.not_counted(reader, scope, year, month)
        return cls(standings.whole(reader, scope, year, month), done, expected, waiting)

    def figures(self, when: Month) -> list[Figure]:
        """Return the money and the starts: what the targets are about."""
        return [*_money(self.sums, when, self.done, self.expected, self.waiting), *_starts(self.sums, when)]


def figures(session: Session, scope: Scope, when: Month) -> list[Figure]:
    """Return the money and the starts of a scope."""
    return Standing.read(session, scope, when).figures(when)


def _money(sums: Sums, when: Month, done: list[int], expected: list[int], waiting: int) -> list[Figure]:
    section = N_("Investment")
    plan, month = sums.plan, when.month
    due, share = formulas.target("completion", month)
    needed = -(-(share * plan) // 1)
    gap = needed - sums.done
    found = [
        _amounts(
            "completion_rate", _(N_("Completion of the year's plan")), sums.done, plan, _beside(sums, waiting), "behind"
        ),
        _amounts("expected", _(N_("Expected by now")), sums.expected, plan),
        Figure(
            "gap_pp",
            section,
            _(N_("Ahead (+) or behind (-), points")),
            formulas.gap_points(sums.done, sums.expected, plan),
            "points",
            note=_money_behind(sums),
            behind="behind",
        ),
        _amounts("ratio", _(N_("Done against expected")), sums.done, sums.expected),
        replace(
            _amounts(
                "target_completion",
                _(N_("Target by the end of month {month}")).format(month=due),
                sums.done,
                needed,
                _needed(gap, when, due, done),
                "smallest",
            ),
            value=share,
        ),
    ]
    forecast = formulas.forecasts(done[:month], expected, due)
    for method, amount in (forecast or {}).items():
        label = _(N_("Forecast for month {month} {method}")).format(month=due, method=_(METHODS[method]))
        value = amount / plan if plan else None
        shown = _amounts(f"forecast_{method}", label, formulas.whole(amount), plan)
        found.append(replace(shown, value=value, most=formulas.MOST_FORECAST))
    year = formulas.year_forecast(sums.done, sums.expected, plan, month)
    note = "" if forecast else _(N_("not enough months yet"))
    found.append(
        Figure(
            "forecast_year",
            section,
            _(N_("The year at this pace (done / expected)")),
            year,
            "%",
            note=note,
            most=formulas.MOST_FORECAST,
        )
    )
    return found


def _amounts(code: str, label: str, part: int, whole: int, note: str = "", behind: str = "") -> Figure:
    """Return the rate of two amounts in yuan."""
    value = formulas.rate(part, whole)
    return Figure(code, N_("Investment"), label, value, "%", yi(part), yi(whole), note, behind, (part, whole))


def _starts(sums: Sums, when: Month) -> list[Figure]:
    section = N_("Starts")
    due, share = formulas.target("commencement", when.month)
    more = formulas.needed_starts(sums.new, sums.started, share)
    note = _(N_("{count} more starts are needed")).format(count=more) if more else _(N_("reached"))
    return [
        Figure(
            "commencement_rate",
            section,
            _(N_("New projects really started")),
            formulas.rate(sums.started, sums.new),
            "%",
            str(sums.started),
            str(sums.new),
            withdrawn(sums.withdrawn) if sums.withdrawn else "",
            "unstarted",
        ),
        Figure(
            "commencement_due",
            section,
            _(N_("of those planned to have started by now")),
            formulas.rate(sums.due_started, sums.due),
            "%",
            str(sums.due_started),
            str(sums.due),
            "",
            "unstarted",
        ),
        Figure(
            "target_commencement",
            section,
            _(N_("Target by the end of month {month}")).format(month=due),
            share,
            "%",
            str(sums.started),
            str(sums.new),
            note,
            "unstarted",
        ),
    ]


def _beside(sums: Sums, waiting: int) -> str:
    """Say what stands beside the rate: plans of 0, who left, and what is reported but not counted yet."""
    parts = []
    if sums.unplanned:
        parts.append(_(N_("{count} projects without a plan: what was done there counts")).format(count=sums.unplanned))
    if sums.withdrawn:
        parts.append(withdrawn(sums.withdrawn))
    if waiting:
        parts.append(not_counted(waiting))
    return _(N_("list|; ")).join(parts)


def withdrawn(count: int) -> str:
    """Return how many projects are out of plan and starts."""
    return _(N_("{count} withdrawn, out of the plan and the starts")).format(count=count)


def not_counted(yuan: int) -> str:
    """Return what stands in drafts and returned reports."""
    return _(N_("{amount} in drafts and returned reports are not counted yet")).format(amount=named(yuan))


def _money_behind(sums: Sums) -> str:
    short = sums.expected - sums.done
    return _(N_("{amount} behind")).format(amount=named(short)) if short > 0 else ""


def _needed(gap: int, when: Month, due: int, done: list[int]) -> str:
    """Say what is still needed for the target, a month and a week, and how that compares with the recent pace."""
    if gap <= 0:
        return _(N_("reached"))
    months = due - when.month
    if months == 0:
        return _(N_("{amount} short")).format(amount=named(gap))
    days = (
        date.fromisoformat(standings.last_day(when.year, due))
        - date.fromisoformat(str(standings.last_day(when.year, when.month)))
    ).days
    pace = formulas.pace(done[: when.month])
    text = _(N_("needs {amount} more, {month} a month, {week} a week")).format(
        amount=named(gap),
        month=yi(formulas.whole(Fraction(gap, months))),
        week=yi(formulas.whole(Fraction(gap * _WEEK, days))),
    )
    if pace > 0:
        text += _(N_(", {times} times the recent pace")).format(times=decimal(Fraction(gap, months) / pace))
    return text


def smallest(session: Session, scope: Scope, when: Month) -> list[tuple[str, str, int]]:
    """Return the fewest projects (uid, name, yuan behind) that close the gap to the target by catching up."""
    reader = session.reader()
    sums = standings.whole(reader, scope, when.year, when.month)
    _due, share = formulas.target("completion", when.month)
    short = standings.behind(reader, scope, when.year, when.month)
    needed = -(-(share * sums.plan) // 1)
    chosen = formulas.smallest_set([(uid, amount) for uid, _name, amount in short], needed - sums.done)
    wanted = set(chosen or [])
    return [item for item in short if item[0] in wanted]


def rule(session: Session) -> str:
    """Return the rule of the progress light, for the foot of a table."""
    told = lights.rule(session.settings.profile, session.limits)
    return _(N_("light|{kind}: {why}")).format(kind=lights.KINDS.label("progress"), why=told)
