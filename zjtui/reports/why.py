"""Why a place of the league moved since the month before: its own doing by cause, and the others' movement.

The change is the table's own: it is measured from the same month before (`league.earlier`).
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zjtui.domain.bridge import CAUSES, METRICS, Change, Point, Stand, rank_effects
from zjtui.domain.freeze import Freeze
from zjtui.domain.indicators import rate
from zjtui.domain.month import Month
from zjtui.errors import Refused
from zjtui.i18n import N_, _, joined
from zjtui.reports import bridge
from zjtui.reports.league import earlier, metric_parts, names_of, ranks
from zjtui.reports.page import Heading, Page, Paragraph
from zjtui.store.read import standings
from zjtui.store.read.standings import Scope, Sums
from zjtui.store.read.stands import stands
from zjtui.usecases import freeze
from zjtui.usecases.moment import Watch
from zjtui.usecases.session import Session


@dataclass(frozen=True)
class Why:
    """The change of one place: `before` and `after` are (numerator, denominator), `points` its parts by cause.

    `basis` says how the month before is known: "freeze" (named `told`), or "now" (by what the register knows of it).
    `ranks` are the rank before, with only its own change, and now; None: it is not ranked.
    `passed` and `passed_by` name places that it overtook, and that overtook it.
    """

    name: str
    metric: str
    when: Month
    before: tuple[int, int]
    after: tuple[int, int]
    change: Change
    points: dict[str, Fraction]
    basis: str
    told: str
    ranks: tuple[int, int, int] | None
    passed: list[str]
    passed_by: list[str]


def why(session: Session, by: str, key: str, metric: str, when: Month, watch: Watch | None = None) -> Why:
    """Return what moved the place `key` of a table; refused where nothing can be compared, `Cancelled` by the watch."""
    if metric not in METRICS:
        raise Refused(N_("Only completion, starts and pace are split into parts; choose another indicator (F6)"))
    if when.month == 1:
        raise Refused(N_("The figures begin anew in January: there is no month before to compare with"))
    last = Month(when.year, when.month - 1)
    now = standings.groups(session.reader(), Scope(), when.year, when.month, by)
    was, record = earlier(session, by, when, now)
    old_sums, new_sums = {sums.key: sums for sums in was}, {sums.key: sums for sums in now}
    name = names_of(session, by, [key]).get(key, key)
    if key not in new_sums or key not in old_sums:
        raise Refused(N_("{name}: there is no month before to compare with"), name=name)
    old_stands = _stands_of(session, record, when.year, by, key, watch)
    basis, told = ("freeze", record.name) if record else ("now", "")
    before, after = (metric_parts(sums[key], metric) for sums in (old_sums, new_sums))
    ends = [Point(month.month, standings.last_day(month.year, month.month)) for month in (last, when)]
    change = METRICS[metric](old_stands, ends[0], stands(session.reader(), when.year, by, key), ends[1])
    points = change.points(*before)
    if points is None:
        raise Refused(N_("{name}: there is no month before to compare with"), name=name)
    values = [_values(sums, metric) for sums in (old_sums, new_sums)]
    names = names_of(session, by, list(new_sums))
    passed, passed_by = _passed(values[0], values[1], key)
    return Why(
        name, metric, when, before, after, change, points, basis, told, rank_effects(values[0], values[1], key),
        [names.get(each, each) for each in passed], [names.get(each, each) for each in passed_by],
    )  # fmt: skip


def _stands_of(
    session: Session, record: Freeze | None, year: int, by: str, key: str, watch: Watch | None
) -> dict[str, Stand]:
    """Return the projects of a place as the freeze told them, or as the register knows them."""
    if record is None:
        return stands(session.reader(), year, by, key)
    with freeze.as_frozen(session, record, watch) as past:
        return stands(past.reader(), year, by, key, int(freeze.read(record).get("rules", 1)))


def _values(found: dict[str, Sums], metric: str) -> dict[str, Fraction | None]:
    """Return what the places are ranked by; those with few projects are not ranked."""
    return {key: rate(*metric_parts(sums, metric)) for key, sums in found.items() if ranks(sums)}


def _passed(before: dict[str, Any], after: dict[str, Any], key: str) -> tuple[list[str], list[str]]:
    """Return the places that `key` overtook, and those that overtook it."""
    if before.get(key) is None or after.get(key) is None:
        return [], []
    both = [each for each in before if before[each] is not None and after.get(each) is not None]
    passed = [each for each in both if before[each] > before[key] and after[each] < after[key]]
    passed_by = [each for each in both if before[each] < before[key] and after[each] > after[key]]
    return passed, passed_by


def page(found: Why) -> Page:
    """Return it as a page."""
    labels = bridge.STARTS if found.metric == "commencement" else bridge.OF_MONTH
    pair = Fraction(*found.before), Fraction(*found.after)
    parts: list[Any] = [
        Paragraph(bridge.sentence(*pair, found.points, labels)),
        bridge.table(found.change, found.points, pair, labels),
        *(Paragraph(text) for text in (bridge.rounding(found.points, *pair),) if text),
        Heading(_(N_("The rank"))),
        *(Paragraph(text) for text in _about_rank(found)),
    ]
    return Page(f"{found.name} · {found.when}", _basis(found), parts)


def as_json(found: Why) -> dict[str, Any]:
    """Return it as plain data: points and values as exact fractions ("31/10"), amounts in yuan or projects."""
    return {
        "name": found.name,
        "metric": found.metric,
        "month": str(found.when),
        "basis": found.basis,
        "freeze": found.told,
        "before": str(Fraction(*found.before)),
        "after": str(Fraction(*found.after)),
        "points": {cause: str(found.points[cause]) for cause in CAUSES if found.points[cause]},
        "change_points": str(sum(found.points.values())),
        "numerator": {cause: part for cause, part in found.change.numerator.items() if part},
        "denominator": {cause: part for cause, part in found.change.denominator.items() if part},
        "rank": None if found.ranks is None else dict(zip(("before", "alone", "now"), found.ranks, strict=True)),
        "passed": found.passed,
        "passed_by": found.passed_by,
    }


def _about_rank(found: Why) -> list[str]:
    if found.ranks is None:
        return [_(N_("It is not ranked in both months."))]
    before, alone, now = found.ranks
    text = _(N_("rank {before} -> {now} ({change}): its own doing {own}, the others' movement {others}"))
    steps = {"change": before - now, "own": before - alone, "others": alone - now}
    told = [
        text.format(before=before, now=now, **{name: f"{step:+d}" if step else "0" for name, step in steps.items()})
    ]
    for label, names in ((N_("It overtook: {names}"), found.passed), (N_("Overtaken by: {names}"), found.passed_by)):
        if names:
            told.append(_(label).format(names=joined(names)))
    return told


def _basis(found: Why) -> str:
    last = Month(found.when.year, found.when.month - 1)
    if found.basis == "freeze":
        return _(N_("{month} as it was told in the freeze “{name}”")).format(month=last, name=found.told)
    return _(N_("{month} by what the register knows of it now; a freeze keeps what was told")).format(month=last)
