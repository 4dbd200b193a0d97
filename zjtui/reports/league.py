"""League tables (比学赶超): regions, fields, departments or teams side by side by one indicator; ties share a rank."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from zjtui.domain import indicators as formulas
from zjtui.domain import lights
from zjtui.domain.freeze import Freeze
from zjtui.domain.month import Month
from zjtui.domain.project_codes import ATTRS, FIELDS9, SCALE_BANDS
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.reports.amounts import decimal, yi
from zjtui.store.read import care, find, standings
from zjtui.store.read.standings import REGIONS, Scope, Sums
from zjtui.usecases import freeze
from zjtui.usecases.session import Session

GROUPS = {
    "city": N_("league|Cities"),
    "county": N_("league|Counties"),
    "mountain26": N_("league|26 mountain counties"),
    "island6": N_("league|6 island counties"),
    "field9": N_("league|Fields"),
    "attr": N_("league|Attributes"),
    "band": N_("league|Scale bands"),
    "dept": N_("league|Departments"),
    "team": N_("league|Work teams"),
}
METRICS = {
    "completion": N_("metric|Completion of the plan"),
    "commencement": N_("metric|New projects started"),
    "pace": N_("metric|Done against expected"),
    "I1": N_("metric|Problems solved and closed (I1)"),
    "I2": N_("metric|Problems solved in time (I2)"),
    "I3": N_("metric|Mean days to closing (I3)"),
    "reports": N_("metric|Reports in time"),
    "policy": N_("metric|Median days from telling a policy to its grant"),
}
CARE_METRICS = {  # metric: (value, numerator, denominator) among the figures of care
    "I1": ("solving_rate", "closed", "counted"),
    "I2": ("on_time_rate", "on_time", "closed"),
    "I3": ("mean_days", "", "closed"),
    "reports": ("report_rate", "in_time", "reports_due"),
    "policy": ("median_days", "", "granted"),
}
_IN_DAYS = ("I3", "policy")  # fewer are better
SMALL = 3  # projects; fewer are listed and not ranked


@dataclass(frozen=True)
class Row:
    """One place: `rank` None where it is not ranked (small sample, nothing to divide); `change` in ranks, + is up."""

    key: str
    name: str
    rank: int | None
    value: Fraction | None
    numerator: str
    denominator: str
    change: int | None
    moved: Fraction | None  # points since the month before
    projects: int
    small: bool
    light: str
    unit: str = "%"
    done: int = 0  # yuan
    evidence: Fraction | None = None  # share of the money done that is backed; None: nothing done, or not looked at

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        if self.value is None:
            return "-"
        return decimal(self.value) if self.unit == "days" else f"{decimal(self.value * 100)}%"

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "key": self.key,
            "name": self.name,
            "rank": self.rank,
            "shown": self.shown,
            "change": self.change,
            "value": None if self.value is None else float(self.value),
            "numerator": self.numerator,
            "denominator": self.denominator,
            "moved_points": None if self.moved is None else float(self.moved * 100),
            "projects": self.projects,
            "small_sample": self.small,
            "light": self.light,
            "done_yuan": self.done,
            "evidence_share": None if self.evidence is None else float(self.evidence),
        }


def table(session: Session, by: str, metric: str, when: Month, scope: Scope | None = None) -> list[Row]:
    """Return the places of a table, the best first, what is not ranked last."""
    wanted = scope or Scope()
    reader = session.reader()
    now = standings.groups(reader, wanted, when.year, when.month, by)
    names = names_of(session, by, [sums.key for sums in now])
    if metric in CARE_METRICS:
        return _counted(session, now, by, metric, when, names)
    before = [sums.month_before() for sums in now] if scope else earlier(session, by, when, now)[0]
    return ranked(now, before if when.month > 1 else [], metric, names, session)


def earlier(session: Session, by: str, when: Month, now: list[Sums]) -> tuple[list[Sums], Freeze | None]:
    """Return what a table's change is measured from: the month before as its newest freeze told it.

    Without a freeze that holds the table, as the register that `now` comes from knows that month.
    """
    record = freeze.newest_of(session, f"{when.year}-{when.month - 1:02}") if when.month > 1 else None
    kept = freeze.sums_of(record, by) if record else None
    return (kept, record) if kept is not None else ([sums.month_before() for sums in now], None)


def with_evidence(session: Session, rows: list[Row], by: str, when: Month, scope: Scope | None = None) -> list[Row]:
    """Return the places with the share of their money that a visit on site, a photo or a document backs."""
    days = int(session.limits["evidence_days"])
    seen = standings.backed(session.reader(), scope or Scope(), when.year, when.month, by, days)
    return [replace(row, evidence=formulas.rate(seen.get(row.key, 0), row.done)) for row in rows]


def unverified(session: Session, row: Row) -> bool:
    """Tell whether too little of a place's money is backed by evidence for its figures to be told as verified."""
    return row.evidence is not None and row.evidence < Fraction(str(session.limits["evidence_share"]))


def _counted(session: Session, now: list[Sums], by: str, metric: str, when: Month, names: dict[str, str]) -> list[Row]:
    """Return the places by how problems are solved, reports handed in, policies granted; of days, fewer are better."""
    if by not in care.GROUPED:
        raise UsageError(N_("Problems and reports are not counted by this group; choose another"))
    read = {"reports": care.punctuality_by, "policy": care.policy_days_by}.get(metric, care.issues_by)
    more: dict[str, tuple[Any, ...]] = {"reports": (int(session.limits["report_day"]),), "policy": ()}
    last = more.get(metric, (session.today,))
    pair = [read(session.reader(), by, when.year, when.month, *last)]
    pair.append(read(session.reader(), by, when.year, when.month - 1, *last) if when.month > 1 else {})
    value, numerator, denominator = CARE_METRICS[metric]
    counted = [sums.key for sums in now if ranks(sums)]
    sign = -1 if metric in _IN_DAYS else 1
    places = []
    for found in pair:
        values = [found[key][value] if key in found else None for key in counted]
        ranked_values = [None if item is None else sign * item for item in values]
        places.append(dict(zip(counted, formulas.ranks(ranked_values), strict=True)))
    rows = []
    for sums in now:
        key, mine = sums.key, pair[0].get(sums.key, {})
        place, was = places[0].get(key), places[1].get(key)
        rows.append(
            Row(
                key=key,
                name=names.get(key, key),
                rank=place,
                value=mine.get(value),
                numerator=str(mine.get(numerator, "")) if numerator else "",
                denominator=str(mine.get(denominator, 0)),
                change=was - place if place is not None and was is not None else None,
                moved=None,
                projects=sums.projects,
                small=sums.projects < SMALL,
                light="grey",
                unit="days" if metric in _IN_DAYS else "%",
                done=sums.done,
            )
        )
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0, row.key))


def ranked(now: list[Sums], before: list[Sums], metric: str, names: dict[str, str], session: Session) -> list[Row]:
    """Return the places made of sums; the same whatever order the sums come in."""
    now = sorted(now, key=lambda sums: sums.key)
    values = {sums.key: _value(sums, metric) for sums in now}
    was = {sums.key: _value(sums, metric) for sums in before}
    small = {sums.key: sums.projects < SMALL for sums in now}
    counted = [sums.key for sums in now if ranks(sums)]
    rank = dict(zip(counted, formulas.ranks([values[key] for key in counted]), strict=True))
    kept = [key for key in counted if key in was]
    old = dict(zip(kept, formulas.ranks([was[key] for key in kept]), strict=True))
    rows = []
    for sums in now:
        key = sums.key
        place, last = rank.get(key), old.get(key)
        moved = values[key] - was[key] if values[key] is not None and was.get(key) is not None else None  # type: ignore[operator]
        numerator, denominator = _parts(sums, metric)
        colour = lights.progress(sums.done, sums.expected, sums.plan, session.settings.profile, session.limits).colour
        rows.append(
            Row(
                key,
                names.get(key, key),
                place,
                values[key],
                numerator,
                denominator,
                last - place if place is not None and last is not None else None,
                moved,
                sums.projects,
                small[key],
                colour,
                done=sums.done,
            )
        )
    return sorted(
        rows, key=lambda row: (row.rank is None, row.rank or 0, row.value is None, -(row.value or 0), row.key)
    )


def ranks(sums: Sums) -> bool:
    """Tell whether a place takes a rank: enough projects, and a group that was given."""
    return sums.projects >= SMALL and sums.key != ""


def if_started(session: Session, project_uid: str, by: str, when: Month) -> tuple[Row, Row]:
    """Return the place of a project's region in commencement as it is, and as it would be once the project started."""
    reader = session.reader()
    row = reader.execute("SELECT region_code FROM project WHERE uid = ?", (project_uid,)).fetchone()
    own = standings.of_project(reader, project_uid, when.year)
    if own is None or not own["new_start"] or own["started"] or by not in REGIONS:
        raise UsageError(N_("What if: choose a new start of {year} that has not started yet"), year=when.year)
    key = row["region_code"][:4] + "00" if by == "city" else row["region_code"]
    now = standings.groups(reader, Scope(), when.year, when.month, by)
    names = names_of(session, by, [sums.key for sums in now])
    with_it = [replace(sums, started=sums.started + 1) if sums.key == key else sums for sums in now]
    pair = [
        next((item for item in ranked(sums, [], "commencement", names, session) if item.key == key), None)
        for sums in (now, with_it)
    ]
    if pair[0] is None or pair[1] is None:
        raise UsageError(N_("What if: its region is not in this table"))
    return pair[0], pair[1]


def metric_parts(sums: Sums, metric: str) -> tuple[int, int]:
    """Return numerator and denominator of an indicator that is made of sums: projects, or yuan."""
    if metric == "commencement":
        return sums.started, sums.new
    return sums.done, sums.expected if metric == "pace" else sums.plan


def _value(sums: Sums, metric: str) -> Fraction | None:
    return formulas.rate(*metric_parts(sums, metric))


def _parts(sums: Sums, metric: str) -> tuple[str, str]:
    part, whole = metric_parts(sums, metric)
    return (str(part), str(whole)) if metric == "commencement" else (yi(part), yi(whole))


def names_of(session: Session, by: str, keys: list[str]) -> dict[str, str]:
    """Return what the keys of a table are called, in the reader's language."""
    codes = {"field9": FIELDS9, "attr": ATTRS, "band": SCALE_BANDS}.get(by)
    if codes is not None:
        return {key: codes.label(key) if key else _(N_("not given")) for key in keys}
    entity = "region" if by in REGIONS else "org"
    return {**find.names(session.reader(), entity, set(keys)), "": _(N_("not given"))}
