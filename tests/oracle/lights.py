"""The lights of a project and of a group: docs/figures.md 4."""

from tests.oracle import money, work
from tests.oracle.dump import Dump, days_between, last_day, months_later

ORDER = ("grey", "green", "yellow", "red")


def progress(done: int, expected: int, plan: int, profile: str = "points") -> str:
    if not plan:
        return "grey"
    if profile == "ratio":
        return "red" if done * 10 < expected * 6 else "yellow" if done * 10 < expected * 8 else "green"
    behind = (expected - done) * 100
    return "red" if behind > 30 * plan else "yellow" if behind >= 10 * plan else "green"


def of_project(dump: Dump, uid: str, profile: str = "points") -> dict[str, str]:
    """Return the colours by kind; one grey one where the project is not judged."""
    project, today = dump.projects[uid], dump.today.isoformat()
    year, month = (dump.today.year, dump.today.month - 1) if dump.today.month > 1 else (dump.today.year - 1, 12)
    row = dump.plan_of(uid, year)
    left = project["stage"] == "withdrawn" and (project["stage_on"] or "") <= today
    if left or project["stage"] == "suspended":
        return {"progress": "grey"}
    if project["stage"] in ("reserve", "preparatory") and money.plan(row) == 0:
        return {"progress": "grey"}
    done = money.done(dump, uid, year, month)
    found = {"progress": progress(done, money.expected(row, year, month), money.plan(row), profile)}
    begun = bool(project["real_start"]) and project["real_start"] <= today
    if row and row["year_class"] == "new_start" and row["plan_start_month"]:
        planned = row["plan_start_month"]
        ends = (dump.today.year - int(planned[:4])) * 12 + dump.today.month - int(planned[5:7])
        found["start"] = "green" if begun or ends <= 0 else "red" if ends > 3 else "yellow"
    if begun:
        entered = bool(project["stat_in"]) and project["stat_in"] <= today
        one, two = (months_later(project["real_start"], count) for count in (1, 2))
        found["stat"] = "green" if entered or today <= one else "red" if today > two else "yellow"
    found["issue"] = problems(dump, uid, today)
    if row and project["stage"] == "building":
        found["report"] = reports(dump, uid, year, month)
    return found


def problems(dump: Dump, uid: str, today: str) -> str:
    unsolved = [issue for issue in dump.of("issue", uid) if work.is_unsolved(issue, today)]
    late = max([days_between(issue["due_on"], today) for issue in unsolved if issue["due_on"]], default=0)
    blocked = max(
        [days_between(issue["found_on"], today) for issue in unsolved if issue["severity"] == "blocking"], default=0
    )
    return "red" if late > 15 or blocked > 7 else "yellow" if late > 0 else "green"


def reports(dump: Dump, uid: str, year: int, month: int) -> str:
    today, missing = dump.today.isoformat(), 0
    for name in (f"{year}-{number:02}" for number in range(1, month + 1)):
        row = work.counted_report(dump, uid, name)
        handed = row is not None and (row["submitted_on"] or "") <= today
        missing += work.report_due(dump, uid, name) and today > work.due_day(name) and not handed
    last = work.counted_report(dump, uid, f"{year}-{month:02}")
    late = bool(last and last["submitted_on"] and last["submitted_on"] > work.due_day(f"{year}-{month:02}"))
    return "red" if missing >= 2 else "yellow" if missing or late else "green"


def overall(dump: Dump, uid: str, profile: str = "points") -> str:
    return max(of_project(dump, uid, profile).values(), key=ORDER.index)


def of_group(total: money.Total, profile: str = "points") -> str:
    return progress(total.done, total.expected, total.plan, profile)


__all__ = ["last_day", "of_group", "of_project", "overall", "progress"]
