"""Plans, investment, starts, the league and its shares: docs/figures.md 1, 2, 9."""

from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median

from tests.oracle.dump import COUNTED, Dump, Row, after, days_between, half_up, last_day, rate

MILESTONES = {"completion": {3: 25, 6: 50, 9: 75, 12: 100}, "commencement": {3: 30, 6: 60, 9: 85, 10: 100, 12: 100}}


def out(project: Row, year: int, month: int) -> bool:
    """Withdrawn by the end of the month."""
    return project["stage"] == "withdrawn" and (project["stage_on"] or "") <= last_day(year, month)


def plan(row: Row | None) -> int:
    if row is None:
        return 0
    return int(row["plan_invest"] if row["adjusted_invest"] is None else row["adjusted_invest"])


def done(dump: Dump, uid: str, year: int, month: int, states: tuple[str, ...] = COUNTED) -> int:
    return sum(
        row["invest_month"]
        for row in dump.of("monthly_report", uid)
        if f"{year}-01" <= row["month"] <= f"{year}-{month:02}" and row["state"] in states
    )


def share(row: Row, year: int, month: int) -> Fraction:
    """What share of its plan is expected of a project by the end of the month."""
    if row["curve"]:
        return Fraction(row["curve"][month - 1]) / 100
    planned = row["plan_start_month"]
    if row["year_class"] != "new_start" or not planned or planned[:4] < str(year):
        return Fraction(month, 12)
    if planned[:4] > str(year):
        return Fraction(0)
    start = int(planned[5:7])
    return Fraction(0) if month < start else Fraction(month - start + 1, 13 - start)


def expected(row: Row | None, year: int, month: int) -> int:
    return half_up(plan(row) * share(row, year, month)) if row else 0


@dataclass
class Total:
    """What a group of projects adds up to by the end of a month."""

    projects: int = 0
    withdrawn: int = 0
    unplanned: int = 0
    plan: int = 0
    done: int = 0
    expected: int = 0
    new: int = 0
    started: int = 0
    due: int = 0
    due_started: int = 0
    total: int = 0
    uids: list[str] = field(default_factory=list)


def add_up(dump: Dump, uids: list[str], year: int, month: int) -> Total:
    found = Total()
    for uid in uids:
        project, row = dump.projects[uid], dump.plan_of(uid, year)
        if row is None and not any(item["month"][:4] == str(year) for item in dump.of("monthly_report", uid)):
            continue
        found.uids.append(uid)
        found.done += done(dump, uid, year, month)
        if out(project, year, month):
            found.withdrawn += 1
            continue
        found.projects += 1
        found.total += project["total_invest"]
        found.unplanned += plan(row) == 0
        found.plan += plan(row)
        found.expected += expected(row, year, month)
        if row and row["year_class"] == "new_start":
            began = bool(project["real_start"]) and project["real_start"] <= last_day(year, month)
            is_due = bool(row["plan_start_month"]) and row["plan_start_month"] <= f"{year}-{month:02}"
            found.new += 1
            found.started += began
            found.due += is_due
            found.due_started += began and is_due
    return found


def target(kind: str, month: int) -> tuple[int, Fraction]:
    due = min(item for item in MILESTONES[kind] if item >= month)
    return due, Fraction(MILESTONES[kind][due], 100)


def indicators(dump: Dump, uids: list[str], year: int, month: int) -> dict[str, Fraction | None]:
    now = add_up(dump, uids, year, month)
    curve = [add_up(dump, uids, year, number) for number in range(1, 13)]
    due, line = target("completion", month)
    found: dict[str, Fraction | None] = {
        "completion_rate": rate(now.done, now.plan),
        "expected": rate(now.expected, now.plan),
        "gap_pp": rate((now.done - now.expected) * 100, now.plan),
        "ratio": rate(now.done, now.expected),
        "target_completion": line,
        "commencement_rate": rate(now.started, now.new),
        "commencement_due": rate(now.due_started, now.due),
        "target_commencement": target("commencement", month)[1],
        "forecast_year": rate(now.done, now.expected) if month >= 2 and now.plan else None,
    }
    if month >= 2:
        single = [this.done - before.done for before, this in zip([Total(), *curve], curve, strict=False)]
        recent = single[:month][-3:]
        amounts = {
            "run_rate": Fraction(now.done * due, month),
            "recent_pace": now.done + Fraction(sum(recent), len(recent)) * (due - month),
        }
        if now.expected:
            amounts["own_curve"] = Fraction(now.done * curve[due - 1].expected, now.expected)
        found |= {f"forecast_{name}": rate(amount, now.plan) for name, amount in amounts.items()}
    return found


def group_of(dump: Dump, by: str, uid: str) -> str | None:
    """Return the key of a project's group; "" where it is not given, None where the table has no such place."""
    project = dump.projects[uid]
    code = project["region_code"]
    if by == "city":
        return code[:4] + "00" if dump.regions.get(code[:4] + "00", {}).get("level") == "city" else None
    if by in ("county", "mountain26", "island6"):
        region = dump.regions.get(code, {})
        return code if (region.get("level") == "county" if by == "county" else region.get(by)) else None
    if by == "band":
        limits = (("b100", 100), ("b50", 50), ("b20", 20), ("b10", 10), ("b0", 0))
        return next(band for band, low in limits if project["total_invest"] >= low * 10**8)
    return project["dept_org" if by == "dept" else by] or ""


def groups(dump: Dump, by: str, uids: list[str] | None = None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for uid in dump.projects if uids is None else uids:
        key = group_of(dump, by, uid)
        if key is not None:
            found.setdefault(key, []).append(uid)
    return found


def backed(dump: Dump, uids: list[str], year: int, month: int, days: int = 60) -> Fraction | None:
    """Return the share of the money done that evidence of the last days of the month backs."""
    last = last_day(year, month)
    since = after(last, -days)
    seen = {
        row["project_uid"]
        for row in dump.tables["follow_up"]
        if row["form"] == "onsite" and since < row["visit_date"] <= last
    } | {row["project_uid"] for row in dump.tables["attachment"] if since < row["added_on"] <= last}
    amounts = {uid: done(dump, uid, year, month) for uid in uids}
    return rate(sum(amount for uid, amount in amounts.items() if uid in seen), sum(amounts.values()))


def days_to_grant(dump: Dump, uids: list[str], year: int, month: int) -> Fraction | None:
    days = [
        days_between(row["informed_on"], row["granted_on"])
        for uid in uids
        for row in dump.of("policy_match", uid)
        if row["informed_on"] and f"{year}-01-01" <= (row["granted_on"] or "") <= last_day(year, month)
    ]
    return Fraction(median(map(Fraction, days))) if days else None
