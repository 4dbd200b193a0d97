"""Totals of a year up to a month, as lists state them: never the amount of that month alone.

Where every month before is known, the month is what is left of the total. Where not, somebody says what becomes of it:
it is spread over the months that nobody reported, it counts from the project's beginning on, or it is left out.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.domain.fields import WAN
from zjtui.domain.indicators import expected_share, start_month_in
from zjtui.domain.money import show_money
from zjtui.domain.show import label
from zjtui.errors import Msg, Notice
from zjtui.i18n import N_
from zjtui.usecases.import_line import Fault

if TYPE_CHECKING:
    from zjtui.usecases.import_line import Entry
    from zjtui.usecases.import_row import Done, Taking

SUMS = Codes(
    spread=N_("sum|Spread over the months without a report, as planned"),
    opening=N_("sum|Counts from the project's start: what the year's months do not make was done before the year"),
    none=N_("sum|Left out"),
)
ASKED = ("", "", "sums")  # what a fault is about that is settled by one of these
_SUM = ("monthly_report", "reported_ytd")


def settle(taking: "Taking", entry: "Entry", done: "Done", project: str, month: str, values: dict[str, Any]) -> bool:
    """Say in `values` what a month without a report makes of the year's total; False where it makes nothing.

    Rules L-15 (what is left of it), L-28 (asked).
    """
    stated, known = values["reported_ytd"], _known(taking, project, month)
    left = stated - sum(known.values())
    missing = [each for each in _months(month) if each not in known]
    if missing == [month] or not left:
        values["invest_month"] = left
        why = N_("{month}: the sum of the year less {count} months before it makes {amount} for this month")
        _tell(done, why, "L-15", month=month, count=len(known), amount=left)
        return True
    if taking.sums == "spread":
        amounts = _spread(taking, project, left, missing)
        if month in amounts:
            values["invest_month"] = amounts.pop(month)
        why = N_("{month}: {amount} of the sum of the year are spread over {count} months without a report")
        _tell(done, why, "L-28", month=month, count=len(missing), amount=left)
        for each, amount in amounts.items():
            _put(taking, entry, done, project, each, amount)
        return True
    if taking.sums == "opening":
        _before(taking, entry, done, project, month, left)
    elif taking.sums == "none":
        _tell(done, N_("{month}: the sum of the year, {amount}, is left out"), "L-28", month=month, amount=stated)
    else:
        why = N_(
            "{amount} up to {month}: of {count} months nothing is known. Say what becomes of it (Enter, or --sums)"
        )
        told = Msg(why, amount=_money(stated), month=month, count=len(missing))
        key = next((key for key in entry.texts if (key[0], key[2]) == _SUM and key[1] in ("", month)), ("", "", ""))
        done.faults.append(Fault(entry.heads.get(key, ""), entry.texts.get(key, ""), told, "L-28", ASKED))
    return False


def sums_apart(taking: "Taking", entry: "Entry", done: "Done", project: str) -> None:
    """Where the sum of a year that a row states is not that of the months, these count, and that is told. Rule L-18.

    What it holds of months without a report goes where somebody said that totals go.
    """
    for (entity, period), given in entry.parts.items():
        month, stated = str(period or given.get("month", "")), given.get("reported_ytd")
        if entity != "monthly_report" or stated is None or not month:
            continue
        known = _known(taking, project, month)
        kept = sum(known.values())
        if kept == stated or month not in known:
            continue
        if taking.sums in ("spread", "opening") and len(known) < int(month[5:]) and not entry.uid:
            settle(taking, entry, done, project, month, {**given})
            continue
        why = N_("{month}: the list says {stated} for the year so far, the months make {kept}; the months count")
        told = Notice(why, rule="L-18", month=month, stated=_money(stated), kept=_money(kept))
        done.notices.append(told)


def _months(month: str) -> list[str]:
    """Return the months of a year up to one."""
    return [f"{month[:4]}-{number:02}" for number in range(1, int(month[5:]) + 1)]


def _known(taking: "Taking", project: str, month: str) -> dict[str, int]:
    """Return the amounts of the year's months up to one that are in the register, with those of this row."""
    waiting = taking.tx.waiting
    beside = waiting.beside("monthly_report", project) if waiting else None
    if beside is not None:
        return {each.month: each.invest_month for each in beside if f"{month[:4]}-01" <= each.month <= month}
    rows = taking.tx.connection.execute(
        "SELECT month, invest_month FROM monthly_report WHERE project_uid = ? AND month BETWEEN ? AND ?",
        (project, f"{month[:4]}-01", month),
    )
    return {row["month"]: row["invest_month"] for row in rows}


def _spread(taking: "Taking", project: str, amount: int, months: list[str]) -> dict[str, int]:
    """Return the amount in parts, as the year's plan expects them, else even ones; the last takes what is left."""
    plan = _plan(taking, project, months[0][:4])
    start = start_month_in(plan.year, plan.plan_start_month) if plan else 0

    def expected(number: int) -> Fraction:
        return expected_share(plan.year_class, start, plan.curve, number) if plan and number else Fraction(0)

    weights = [expected(int(month[5:])) - expected(int(month[5:]) - 1) for month in months]
    if not sum(weights):
        weights = [Fraction(1)] * len(months)
    parts = [int(amount * weight / sum(weights)) for weight in weights]
    parts[-1] += amount - sum(parts)
    return dict(zip(months, parts, strict=True))


def _plan(taking: "Taking", project: str, year: str) -> Any:
    uid = next(iter(taking.tx.one("annual_plan", project, "year", int(year))), None)
    return taking.tx.get("annual_plan", uid) if uid else None


def _put(taking: "Taking", entry: "Entry", done: "Done", project: str, month: str, amount: int) -> None:
    """Add the month that a part of a total makes."""
    values: Mapping[str, Any] = {"month": month, "invest_month": amount}
    made = taking.write(entry, "monthly_report", month, None, project, values)
    field = registry.model("monthly_report").fields()["invest_month"]
    if not done.new:
        done.changes.append((f"{month} {label(field)}", "", _money(amount)))
    done.notices += made.notices


def _before(taking: "Taking", entry: "Entry", done: "Done", project: str, month: str, amount: int) -> None:
    """Put what the year's months do not make into what was done before the year."""
    plan = _plan(taking, project, month[:4])
    if plan is None or amount < 0:
        why = N_("There is no plan of {year} that could hold what was done before") if plan is None else (
            N_("The months of {year} make more than the total")
        )  # fmt: skip
        done.faults.append(Fault("", "", Msg(why, year=month[:4]), "L-28", ASKED))
        return
    entry.texts[("annual_plan", month[:4], "opening_total")] = str(amount)
    made = taking.write(entry, "annual_plan", month[:4], plan.uid, project, {"opening_total": amount})
    done.changes += made.changes if not done.new else []
    done.notices += made.notices
    _tell(done, N_("{amount} up to {month} count as done before the year"), "L-28", month=month, amount=amount)


def _tell(done: "Done", text: str, rule: str, *, amount: int, **params: Any) -> None:
    done.notices.append(Notice(text, rule=rule, amount=_money(amount), **params))


def _money(yuan: int) -> str:
    return show_money(yuan, WAN, named=True)
