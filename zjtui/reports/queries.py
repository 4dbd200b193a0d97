"""The named queries that the cells of a form ask: one exact figure for a query, a scope and a month.

Figures come from the register as it stands, or from a freeze: from what the freeze kept, and where a scope was not kept
in it, from the register that the freeze was made from.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any

from zjtui.domain import indicators as formulas
from zjtui.domain.freeze import Freeze
from zjtui.domain.month import Month
from zjtui.domain.report_template import SCOPE, FormCell
from zjtui.store.read import care, standings
from zjtui.store.read.standings import Scope, Sums
from zjtui.usecases import freeze
from zjtui.usecases.moment import Watch
from zjtui.usecases.session import Session

Value = Fraction | None
_OF_SUMS: Mapping[str, Callable[[Sums], Value]] = {
    "projects": lambda sums: Fraction(sums.projects),
    "total": lambda sums: Fraction(sums.total),
    "plan": lambda sums: Fraction(sums.plan),
    "done": lambda sums: Fraction(sums.done),
    "done_month": lambda sums: Fraction(sums.done - sums.done_before),
    "completion_rate": lambda sums: formulas.rate(sums.done, sums.plan),
    "expected": lambda sums: Fraction(sums.expected),
    "gap_points": lambda sums: formulas.gap_points(sums.done, sums.expected, sums.plan),
    "new": lambda sums: Fraction(sums.new),
    "started": lambda sums: Fraction(sums.started),
    "started_month": lambda sums: Fraction(sums.started - sums.started_before),
    "unstarted": lambda sums: Fraction(sums.new - sums.started),
    "commencement_rate": lambda sums: formulas.rate(sums.started, sums.new),
    "due": lambda sums: Fraction(sums.due),
    "due_started": lambda sums: Fraction(sums.due_started),
    "due_rate": lambda sums: formulas.rate(sums.due_started, sums.due),
}
_OF_PROBLEMS: Mapping[str, Callable[[Mapping[str, Any]], Value]] = {
    "problems": lambda found: Fraction(found["counted"]),
    "problems_closed": lambda found: Fraction(found["closed"]),
    "problems_open": lambda found: Fraction(found["counted"] - found["closed"]),
    "solving_rate": lambda found: formulas.rate(found["closed"], found["counted"]),
}
_GROUPS = ("city", "county", "field9", "attr")


class Figures:
    """Answers queries about a month and those of its year before it; of a later one there is no figure yet."""

    def __init__(
        self, session: Session, when: Month, asked: Sequence[FormCell], kept: Mapping[Scope, Sums] | None = None
    ) -> None:
        """Read what the cells ask; `kept` are sums of the month itself that need not be read."""
        self._session, self._when = session, when
        self._of: dict[int, _OfMonth] = {}
        for number in sorted({cell.month_in(when.month) for cell in asked if cell.month_in(when.month) <= when.month}):
            cells = [cell for cell in asked if cell.month_in(when.month) == number]
            own = number == when.month
            self._of[number] = _OfMonth(session, Month(when.year, number), cells, (kept or {}) if own else {})

    def value(self, cell: FormCell) -> Value:
        """Return the exact figure: yuan, a share (1 = 100 %), points or a number; None: there is none."""
        number = cell.month_in(self._when.month)
        if number > self._when.month:
            return None
        if number not in self._of:
            self._of[number] = _OfMonth(self._session, Month(self._when.year, number), (), {})
        return self._of[number].value(cell)


class _OfMonth:
    """Answers queries about one month; what many cells ask is read once."""

    def __init__(self, session: Session, when: Month, asked: Sequence[FormCell], kept: Mapping[Scope, Sums]) -> None:
        self._session, self._when = session, when
        self._sums: dict[Scope, Sums] = dict(kept)
        self._problems: dict[Scope, Mapping[str, Any]] = {}
        missing = {scope_of(cell) for cell in asked if cell.query in _OF_SUMS} - self._sums.keys()
        problems = {scope_of(cell) for cell in asked if cell.query in _OF_PROBLEMS}
        for by, scopes in _grouped(session, missing).items():
            self._read_sums(by, scopes)
        for by, scopes in _grouped(session, problems).items():
            self._read_problems(by, scopes)

    def value(self, cell: FormCell) -> Value:
        """Return the exact figure; None: nothing to divide by."""
        scope = scope_of(cell)
        if cell.query in _OF_PROBLEMS:
            return _OF_PROBLEMS[cell.query](self._problems_of(scope))
        return _OF_SUMS[cell.query](self._sums_of(scope))

    def _sums_of(self, scope: Scope) -> Sums:
        if scope not in self._sums:
            self._sums[scope] = standings.whole(self._session.reader(), scope, self._when.year, self._when.month)
        return self._sums[scope]

    def _problems_of(self, scope: Scope) -> Mapping[str, Any]:
        if scope not in self._problems:
            year, month = self._when.year, self._when.month
            self._problems[scope] = care.issues(self._session.reader(), scope, year, month, self._session.today)
        return self._problems[scope]

    def _read_sums(self, by: str, scopes: set[Scope]) -> None:
        year, month = self._when.year, self._when.month
        found = {
            _named(by, sums.key): sums for sums in standings.groups(self._session.reader(), Scope(), year, month, by)
        }
        self._sums |= {scope: found[scope] for scope in scopes & found.keys()}

    def _read_problems(self, by: str, scopes: set[Scope]) -> None:
        year, month = self._when.year, self._when.month
        rows = care.issues_by(self._session.reader(), by, year, month, self._session.today)
        found = {_named(by, key): figures for key, figures in rows.items()}
        # A project may belong to a city as such: among the counties its city stands for those projects alone.
        self._problems |= {scope: found[scope] for scope in scopes & found.keys()}


@contextmanager
def figures(
    session: Session, when: Month, cells: Sequence[FormCell], record: Freeze | None = None, watch: Watch | None = None
) -> Iterator[Figures]:
    """Yield the figures of a month for `cells`: as they stand, or as the freeze `record` has them."""
    if record is None:
        yield Figures(session, when, cells)
        return
    kept = _kept(record)
    asked = [cell for cell in cells if known(cell)]
    if all(
        cell.query in _OF_SUMS and scope_of(cell) in kept and cell.month_in(when.month) == when.month for cell in asked
    ):
        yield Figures(session, when, asked, kept)
        return
    with freeze.as_frozen(session, record, watch) as past:
        yield Figures(past, when, asked, kept)


def known(cell: FormCell) -> bool:
    """Tell whether a cell asks for a figure that this version has."""
    return cell.query in _OF_SUMS or cell.query in _OF_PROBLEMS


def scope_of(cell: FormCell) -> Scope:
    """Return the projects that a cell asks about."""
    _query, region, field9, attr = cell.key
    return Scope(region=region, field9=field9, attr=attr)


def _kept(record: Freeze) -> dict[Scope, Sums]:
    """Return what a freeze kept; one that an older version made knows fewer sums, and is not used then."""
    found = freeze.read(record)
    try:
        kept = {Scope(): Sums(**found["whole"])}
        return kept | {Scope(region=item["key"]): Sums(**item) for item in found["cities"]}
    except TypeError:
        return {}


def _grouped(session: Session, scopes: set[Scope]) -> dict[str, set[Scope]]:
    """Return the scopes that are read together, by the group that has them; one alone is not worth it."""
    rows = session.reader().execute("SELECT uid, level FROM region WHERE level IN ('city', 'county')")
    levels = {row["uid"]: row["level"] for row in rows}
    found: dict[str, set[Scope]] = {}
    for scope in scopes:
        given = [name for name in SCOPE if getattr(scope, name)]
        by = levels.get(scope.region, "") if given == ["region"] else given[0] if len(given) == 1 else ""
        if by in _GROUPS:
            found.setdefault(by, set()).add(scope)
    return {by: together for by, together in found.items() if len(together) > 1}


def _named(by: str, key: str) -> Scope:
    return Scope(**{"region" if by in ("city", "county") else by: key})
