"""Charts as lines of text: bars that read well in any terminal, also without colours."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.money import percent
from zjtui.domain.project_codes import ATTRS, SCALE_BANDS
from zjtui.i18n import N_, _
from zjtui.reports.amounts import decimal, named, yi
from zjtui.reports.league import Row
from zjtui.store.read.care import AGES
from zjtui.ui.text import cells

_LABEL = 16


def bar(share: float, width: int, mark: float | None = None) -> str:
    """Return a bar of `share` (0 to 1, longer ones are cut with an arrow); `mark` is where it should be by now."""
    filled = round(min(max(share, 0.0), 1.0) * width)
    drawn = ["█"] * filled + ["·"] * (width - filled)
    if mark is not None and 0 <= mark <= 1:
        drawn[min(round(mark * width), width - 1)] = "┃"
    if share > 1:
        drawn[-1] = "▶"
    return "".join(drawn)


def months(done: Sequence[int], expected: Sequence[int], plan: int, width: int) -> list[str]:
    """Return a line for each month so far: the share of the plan that was done, and a mark where it was expected."""
    if not plan or not done:
        return []
    room = max(min(width - 34, 60), 20)
    head = _(N_("  month by month, ┃ is what was expected of the plan of {plan}")).format(plan=named(plan))
    lines = [head]
    for number, amount in enumerate(done, 1):
        share, mark = Fraction(amount, plan), Fraction(expected[number - 1], plan)
        lines.append(f"  {number:02} {bar(float(share), room, float(mark))} {decimal(share * 100):>6}%")
    return lines


def groups(heading: str, rows: Sequence[Row], width: int) -> list[str]:
    """Return a line for each place of a table by completion, the best first; one place alone is no comparison."""
    if len(rows) < 2:
        return []
    room = max(min(width - _LABEL - 36, 40), 10)
    return [
        f"  {_(heading)}",
        *(
            f"  {cells(row.name, _LABEL)} {bar(float(row.value or 0), room)} {row.shown:>7}  "
            f"{row.numerator} / {row.denominator}"
            for row in rows
        ),
    ]


def ages(counts: Sequence[int], width: int) -> list[str]:
    """Return a line for each age band of the open problems."""
    most = max(counts, default=0)
    if not most:
        return []
    lines = [_(N_("  open problems by days since they were found"))]
    for (low, high), count in zip(AGES, counts, strict=True):
        name = f"{low}-{high}" if high < 1000 else f">{low - 1}"
        lines.append(f"  {name:>6} {bar(count / most, max(min(width - 34, 60), 20))} {count}")
    return lines


def shares(register: dict[str, Any], width: int) -> list[str]:
    """Return the whole register: totals, and its parts by attribute and scale as at a ceremony."""
    total = register["total_invest"]
    text = _(N_("── Register: {count} projects, total {total}, plan of the year {plan} ──"))
    lines = [text.format(count=f"{register['projects']:,}", total=named(total), plan=named(register["plan_invest"]))]
    for codes, key in ((ATTRS, "by_attr"), (SCALE_BANDS, "by_scale")):
        lines += _parts(codes, register[key], total, width)
    return lines


def _parts(codes: Codes, parts: dict[str, tuple[int, int]], total: int, width: int) -> list[str]:
    room = max(min(width - _LABEL - 36, 40), 10)
    return [
        f"  {cells(codes.label(code) if code in codes else code, _LABEL)} {bar(part / total if total else 0, room)} "
        f"{count:>5}  {yi(part):>10}  {percent(part, total):>6}"
        for code, (count, part) in parts.items()
        if count
    ]
