"""Which rules about odd figures may ask which projects, as one look of SQL over what is kept of their year.

Each condition lets every project through about which its rule (domain/odd_figures.py) asks, and few others: the rule
itself decides.
"""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from zjtui.domain import lights
from zjtui.domain.fields import WAN
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.store.read.finding_functions import prepare
from zjtui.store.read.finding_scope import Asked
from zjtui.store.rows import to_json
from zjtui.store.sqlite import Connection
from zjtui.store.standing import EXPECTED, TYPED

__all__ = ["EXPECTED", "TYPED", "rows", "span"]
_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES if state != "solved")
# The plus keeps the planner at the project's own problems: of the whole register's blocking ones there are thousands.
_BLOCKED = (
    f"(SELECT min(found_on) FROM issue WHERE project_uid = p.uid AND +severity = 'blocking' AND +state IN ({_OPEN}) "
    "AND found_on <= :today)"
)
_STOPPED = (
    "project_uid = p.uid AND visit_date BETWEEN :first || '-01' AND min(:last || '-31', :today) "
    "AND (instr(findings, '停工') OR instr(findings, '停建'))"
)
_MENTIONED = (  # by the index of texts, in which each character is a word
    "SELECT project_uid FROM follow_up WHERE id IN (SELECT rowid FROM follow_up_fts WHERE follow_up_fts MATCH "
    '\'"停 工" OR "停 建"\')'
)
_MONTHS = (
    "(SELECT json_group_array(json_array(CAST(substr(month, 6) AS INTEGER), reported_ytd, progress_pct, "
    "correction_reason IS NOT NULL)) FROM monthly_report WHERE project_uid = p.uid AND month BETWEEN :first AND :last)"
)
_BEYOND_PLAN = (  # what rule W09 alone asks
    "CASE WHEN named.rules & 256 THEN (SELECT adjusted_invest FROM annual_plan "
    "WHERE project_uid = p.uid AND year = :of_year) END AS adjusted"
)


def span(year: int, last: int) -> dict[str, Any]:
    """Return the months of a year up to `last`, as queries are bound to them."""
    return {"of_year": year, "first": f"{year}-01", "last": f"{year}-{last:02}"}


def rows(
    connection: Connection,
    asked: Asked,
    months: tuple[int, int],
    where: str,
    elsewhere: tuple[Set[str], Set[str]],
    units: Mapping[str, tuple[int, int]],
    *,
    few: bool,
) -> Iterator[Any]:
    """Return the projects of which a rule may ask, with what the rules need; `rules` of a row names them (a bit each).

    `months` are the year and its last month; `elsewhere` the projects whose months were typed with many others, and
    those that were changed after a freeze; `few` says whether `where` lets only few projects through. A row begins
    with what is expected and what was typed of each month.
    """
    prepare(connection)
    last = months[1]
    conditions = _conditions(asked, last, few=few)
    always = {4, 7, 11}  # asked of a project without any month too
    # As the condition of a CASE the first part that does not hold ends it; as a number every part would be worked out.
    bits = {bit: f"CASE WHEN {condition} THEN {1 << bit} ELSE 0 END" for bit, condition in enumerate(conditions)}
    monthly = " | ".join(condition for bit, condition in bits.items() if bit not in always)
    rules = " | ".join(bits[bit] for bit in sorted(always))
    year = "LEFT JOIN standing s ON s.year = :of_year AND s.id = p.id"
    asking = f"CASE WHEN s.typed THEN {monthly} ELSE 0 END | {rules} AS rules"
    named = f"SELECT p.id, {asking} FROM {asked.projects} {year} WHERE {where} LIMIT -1 OFFSET 0"
    stops = (
        "(SELECT json_group_array(json_array(visit_date, findings)) FROM (SELECT visit_date, findings FROM follow_up "
        f"WHERE {_STOPPED} ORDER BY visit_date))"
    )
    found: Iterator[Any] = connection.execute(
        f"SELECT {', '.join(f's.{name}' for name in (*EXPECTED, *TYPED))}, "
        "p.id, p.uid AS project_uid, p.name AS project, p.stage, p.real_start, p.stat_in, p.start_evidence, "
        f"p.owner_org, s.plan AS planned, {_BEYOND_PLAN}, named.rules, CASE WHEN named.rules & 12 THEN {_MONTHS} END "
        f"AS months, CASE WHEN named.rules & 1024 THEN {stops} END AS stops, "
        f"CASE WHEN named.rules & 32 THEN {_BLOCKED} END AS blocked "
        f"FROM ({named}) named CROSS JOIN project p ON p.id = named.id {year} WHERE named.rules",
        {
            **asked.values,
            **span(*months),
            "typed": to_json(sorted(elsewhere[0])),
            "told": to_json(sorted(elsewhere[1])),
            "round": to_json(sorted(unit for unit, figures in units.items() if _is_round(asked, *figures))),
        },
    )
    return found


def _is_round(asked: Asked, count: int, many: int) -> bool:
    share = lights.exact(asked.limits["odd_round_share"])
    return many * share.denominator > share.numerator * count


def _conditions(asked: Asked, last: int, *, few: bool) -> list[str]:
    """Return the condition of each rule, W01 first."""
    limits, months = asked.limits, range(1, last + 1)

    def beyond(value: str, limit: str) -> str:
        threshold = lights.exact(limits[limit])
        return f"{value} * {threshold.denominator} > {threshold.numerator} * s.plan"

    def some(condition: str, begin: int = 1) -> str:
        found = [
            condition.format(m=month, b=month - 1, c=_sum(month), cb=_sum(month - 1))
            for month in months
            if month >= begin
        ]
        return f"({' OR '.join(f'({item})' for item in found) or '0'})"

    targets = {round(lights.exact(limits[name]) * 10) for name in ("odd_target_low", "odd_target_high")}
    done = "({c} * 2000 + s.plan)"  # in tenths of a percent, rounded half up, times twice the plan
    exactly = " OR ".join(
        f"({done} >= {target} * 2 * s.plan AND {done} < {target + 1} * 2 * s.plan)" for target in targets
    )
    near = f"{done} BETWEEN {min(targets) * 2} * s.plan AND {max(targets) * 2 + 2} * s.plan"
    reaches = f"s.reached * 2000 + s.plan >= {min(targets) * 2} * s.plan"  # what this does not reach no month does
    unit = int(limits["odd_round_wan"]) * int(WAN.factor)
    blocked, stopped = _standing_still(asked, few=few)
    reported = f"bits(s.typed & {(1 << last) - 1}) > {max(int(limits['odd_leap_months']), 1)}"
    return [
        f"s.plan > 0 AND {reaches} AND " + some(f"s.t{{m}} <> 0 AND {near} AND ({exactly})"),
        f"s.plan <> 0 AND {beyond('s.most', 'odd_share')} AND {reported} AND {_far_above(asked, last)}",
        "s.falls",
        f"p.stage = 'building' AND s.steady >= {max(int(limits['odd_same_months']), 2)}",
        "p.real_start <= :today AND coalesce(p.stat_in, '9') > :today AND NOT instr(p.start_evidence, '\"permit\"')",
        f"{blocked} AND " + _green_at_last(asked, last),
        f"s.plan <> 0 AND s.behind > 0 AND {_red_at_most(asked)} AND "
        + some(f"s.t{{m}} IS NOT NULL AND s.t{{b}} IS NOT NULL AND {{c}} < s.x{{m}} "
               f"AND {_red(asked, '{c}', 's.x{m}')} AND {_green(asked, 's.x{b}', '{cb}')}", 2),
        "p.uid IN (SELECT value FROM json_each(:typed))",
        f"s.plan <> 0 AND {beyond('s.reached', 'odd_beyond')} AND "
        + some(f"s.t{{m}} IS NOT NULL AND {beyond('{c}', 'odd_beyond')}"),
        ("p.owner_org IN (SELECT value FROM json_each(:round)) AND " + some(f"s.t{{m}} <> 0 AND s.t{{m}} % {unit} = 0"))
        if unit else "0",
        f"s.most > 0 AND {stopped} AND " + some("s.t{m} > 0"),
        "p.uid IN (SELECT value FROM json_each(:told))",
    ]  # fmt: skip


def _sum(last: int) -> str:
    """Return what was typed up to the end of a month: worked out for the few projects that come so far."""
    return f"({' + '.join(f'coalesce(s.{name}, 0)' for name in TYPED[:last]) or '0'})"


def _standing_still(asked: Asked, *, few: bool) -> tuple[str, str]:
    """Return that a project is blocked long enough, and that a follow-up of the year notes a stop."""
    before = asked.day(-asked.limits["odd_blocking"])
    stopped = f"EXISTS (SELECT 1 FROM follow_up WHERE {_STOPPED})"
    if few:
        return f"{_BLOCKED} < '{before}'", stopped
    # Of all, what stands still is looked up once.
    blocked = (
        f"SELECT project_uid FROM issue WHERE severity = 'blocking' AND state IN ({_OPEN}) AND found_on < '{before}'"
    )
    return f"p.uid IN ({blocked})", f"p.uid IN ({_MENTIONED}) AND {stopped}"


def _far_above(asked: Asked, last: int) -> str:
    """Return that the largest month is so many times each of half of the others: of their median, or of less.

    Where another month is far above the others, the largest is too.
    """
    leap = lights.exact(asked.limits["odd_leap"])
    most = f"max({', '.join(f'coalesce(s.{name}, 0)' for name in TYPED[:last])}, 0)"
    below = " + ".join(
        f"coalesce({most} * {leap.denominator} > {leap.numerator} * s.{name}, 0)" for name in TYPED[:last]
    )
    return f"({below}) * 2 >= bits(s.typed & {(1 << last) - 1}) - 1"


def _red_at_most(asked: Asked) -> str:
    """Return that a project is as far behind as a red light is, in the month in which it is furthest."""
    if asked.profile == "ratio":
        return "1"
    least = lights.exact(asked.limits["points_red"])
    return f"s.behind * 100 * {least.denominator} > {least.numerator} * s.plan"


def _red(asked: Asked, done: str, expected: str) -> str:
    """Return that the progress light of a month is red, as `lights.progress_colour` has it."""
    least = lights.exact(asked.limits["ratio_red" if asked.profile == "ratio" else "points_red"])
    if asked.profile == "ratio":
        return f"({expected} <> 0 AND {done} * {least.denominator} < {least.numerator} * {expected})"
    return f"(({expected} - {done}) * 100 * {least.denominator} > {least.numerator} * s.plan)"


def _green(asked: Asked, expected: str, done: str) -> str:
    """Return that it is green."""
    low = lights.exact(asked.limits["ratio_yellow" if asked.profile == "ratio" else "points_yellow"])
    if asked.profile == "ratio":
        red = lights.exact(asked.limits["ratio_red"])
        return (
            f"({expected} = 0 OR {done} * {red.denominator} >= {red.numerator} * {expected} "
            f"AND {done} * {low.denominator} >= {low.numerator} * {expected})"
        )
    many = lights.exact(asked.limits["points_red"])
    behind = f"({expected} - {done}) * 100"
    return (
        f"({behind} * {many.denominator} <= {many.numerator} * s.plan "
        f"AND {behind} * {low.denominator} < {low.numerator} * s.plan)"
    )


def _green_at_last(asked: Asked, last: int) -> str:
    """Return that the light of the last reported month is green: what was done up to it is all that was done."""
    cases = " ".join(f"WHEN s.t{month} IS NOT NULL THEN s.x{month}" for month in range(last, 0, -1))
    return f"s.plan <> 0 AND {_green(asked, f'(CASE {cases} END)', _sum(last))}"
