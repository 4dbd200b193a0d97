"""Amounts and rates as reports write them: in the unit of reports, rounded half up."""

from fractions import Fraction

from zjtui.domain.fields import YI
from zjtui.domain.money import in_unit, report_unit, rounded
from zjtui.i18n import _


def decimal(value: Fraction, *, signed: bool = False) -> str:
    """Return a fraction with one decimal, rounded half up, away from zero."""
    return rounded(value, 1, signed=signed)


def yi(yuan: int) -> str:
    """Return an amount in the unit of reports (亿元, bn yuan), two or three decimals at most."""
    return in_unit(yuan, report_unit(), 2 if report_unit() is YI else 3)


def named(yuan: int) -> str:
    """Return an amount with the unit of reports."""
    return yi(yuan) + _(report_unit().label)
