"""How a change is told: from what to what, and what each cause did; each is taken before rounding, shown half up."""

from collections.abc import Mapping
from fractions import Fraction

from zjtui.domain.bridge import CAUSES, Change
from zjtui.i18n import N_, _
from zjtui.reports.amounts import decimal, yi
from zjtui.reports.page import Table

MONEY = {
    "month": N_("bridge|done in the months between"),
    "late": N_("bridge|reports that came late"),
    "corrections": N_("bridge|corrections"),
    "entered": N_("bridge|projects that entered"),
    "left": N_("bridge|projects that left"),
    "plans": N_("bridge|plans that were changed"),
    "calendar": N_("bridge|more is expected by now"),
}
OF_MONTH = {**MONEY, "month": N_("bridge|done in the month")}
STARTS = {**MONEY, "month": N_("bridge|started in the month"), "late": N_("bridge|starts told late")}


def percent(rate: Fraction) -> str:
    """Return a rate (1 = 100 %) as a person reads it."""
    return f"{decimal(rate * 100)}%"


def moved(before: Fraction, after: Fraction) -> str:
    """Return the points between two rates as they are shown."""
    return decimal((after - before) * 100, signed=True)


def shown(points: Mapping[str, Fraction]) -> dict[str, str]:
    """Return the parts that are not 0 as signed points with one decimal."""
    return {cause: decimal(points[cause], signed=True) for cause in CAUSES if points.get(cause)}


def rounding(points: Mapping[str, Fraction], before: Fraction, after: Fraction) -> str:
    """Return what is said where the parts as they are shown do not add up to the change as it is shown, else ""."""
    if sum(_tenths(part) for part in points.values()) == _tenths((after - before) * 100):
        return ""
    return _(N_("Each part is rounded by itself; exactly they add up to the change."))


def sentence(before: Fraction, after: Fraction, points: Mapping[str, Fraction], labels: Mapping[str, str]) -> str:
    """Return e.g. "last 71.2% -> now 74.9%: done in the months between +3.1, corrections -0.3"."""
    parts = [f"{_(labels[cause])} {part}" for cause, part in shown(points).items()]
    return _(N_("last {before} -> now {after}: {parts}")).format(
        before=percent(before), after=percent(after), parts=_(N_("list|, ")).join(parts) or _(N_("nothing changed"))
    )


def table(
    change: Change, points: Mapping[str, Fraction], pair: tuple[Fraction, Fraction], labels: Mapping[str, str]
) -> Table:
    """Return each cause with its points and with what it did to the numerator and to the denominator."""
    starts = labels is STARTS
    parts = shown(points)
    rows = [
        (_(labels[cause]), parts.get(cause, "0.0"), _amount(change.numerator[cause], starts),
         _amount(change.denominator[cause], starts))
        for cause in CAUSES
        if change.numerator[cause] or change.denominator[cause]
    ]  # fmt: skip
    rows.append(
        (_(N_("line|Total")), moved(*pair), _amount(sum(change.numerator.values()), starts),
         _amount(sum(change.denominator.values()), starts))
    )  # fmt: skip
    heads = (
        (_(N_("Started")), _(N_("New starts"))) if starts else (_(N_("Done (bn yuan)")), _(N_("Denominator (bn yuan)")))
    )
    return Table((_(N_("Part")), _(N_("Points")), *heads), tuple(rows), (1, 2, 3))


def _tenths(points: Fraction) -> int:
    """Return the tenths that are shown: half up, away from zero."""
    value = int(abs(points) * 10 + Fraction(1, 2))
    return -value if points < 0 else value


def _amount(value: int, starts: bool) -> str:
    if not value:
        return ""
    if starts:
        return f"{value:+d}"
    return yi(value) if value < 0 else f"+{yi(value)}"
