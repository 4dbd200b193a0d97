"""Reports, problems, services with their clock, contacts, elements: docs/figures.md 3, 5 to 8."""

from datetime import date, timedelta
from fractions import Fraction
from statistics import median

import chinese_calendar

from tests.oracle.dump import COUNTED, Dump, Row, after, days_between, half_up, last_day, rate

REPORT_DAY = 5
AGES = (7, 30, 90)
STOOD = ("building", "completed", "operating", "archived")


def due_day(month: str) -> str:
    """The day on which the report of a month is due."""
    return after(last_day(int(month[:4]), int(month[5:])), REPORT_DAY)


def report_due(dump: Dump, uid: str, month: str) -> bool:
    """Planned, and under construction in that month."""
    project = dump.projects[uid]
    if dump.plan_of(uid, int(month[:4])) is None or not project["real_start"] or project["real_start"][:7] > month:
        return False
    if project["real_end"] and project["real_end"][:7] < month:
        return False
    left = project["stage_on"] if project["stage"] == "withdrawn" else None
    return project["stage"] in STOOD or (left is not None and left[:7] > month)


def counted_report(dump: Dump, uid: str, month: str) -> Row | None:
    rows = [row for row in dump.of("monthly_report", uid) if row["month"] == month and row["state"] in COUNTED]
    return rows[0] if rows else None


def punctuality(dump: Dump, uids: list[str], year: int, month: int) -> tuple[int, int]:
    name = f"{year}-{month:02}"
    due = [uid for uid in uids if report_due(dump, uid, name)]
    reports = [counted_report(dump, uid, name) for uid in due]
    dated = [row for row in reports if row is None or row["submitted_on"]]
    return sum(bool(row and row["submitted_on"] <= due_day(name)) for row in dated), len(dated)


def solved_on(issue: Row) -> str:
    return issue["solved_on"] or issue["closed_on"] or ""


def is_open(issue: Row, day: str) -> bool:
    if issue["state"] in ("draft", "refused", "merged") or issue["found_on"] > day:
        return False
    return not (issue["state"] == "closed" and (issue["closed_on"] or "") <= day)


def is_unsolved(issue: Row, day: str) -> bool:
    return is_open(issue, day) and not (issue["state"] in ("solved", "closed") and solved_on(issue) <= day)


def is_overdue(issue: Row, day: str) -> bool:
    return is_unsolved(issue, day) and bool(issue["due_on"]) and issue["due_on"] < day


def problems(dump: Dump, uids: list[str], year: int, month: int) -> dict[str, object]:
    day = dump.day(year, month)
    issues = [row for uid in uids for row in dump.of("issue", uid)]
    counted = [
        row
        for row in issues
        if row["state"] not in ("draft", "refused", "merged") and f"{year}-01-01" <= row["found_on"] <= day
    ]
    closed = [row for row in counted if row["state"] == "closed" and row["closed_on"] and row["closed_on"] <= day]
    days = [days_between(row["found_on"], row["closed_on"]) for row in closed]
    on_time = [row for row in closed if not row["due_on"] or solved_on(row) <= row["due_on"]]
    ages = [0, 0, 0, 0]
    for row in issues:
        if is_open(row, day):
            ages[sum(days_between(row["found_on"], day) > limit for limit in AGES)] += 1
    return {
        "I1": rate(len(closed), len(counted)),
        "I2": rate(len(on_time), len(closed)),
        "I3": rate(sum(days), len(days)),
        "median": Fraction(median(map(Fraction, days))) if days else None,
        "reopened": rate(sum(row["reopened_count"] > 0 for row in counted), len(counted)),
        "overdue": sum(is_overdue(row, day) for row in issues),
        "ages": ages,
        "counted": len(counted),
        "closed": len(closed),
    }


class Calendar:
    """Working days: a year that was given, else the shipped one; None where nobody knows."""

    def __init__(self, dump: Dump) -> None:
        self.given = {row["year"]: row for row in dump.tables["work_calendar"]}

    def works(self, day: date) -> bool | None:
        given = self.given.get(day.year)
        if given is not None:
            return day.isoformat() in given["days_worked"] or (
                day.weekday() < 5 and day.isoformat() not in given["days_off"]
            )
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None


def clock(service: Row, day: str, calendar: Calendar) -> dict[str, object]:
    """Return used, left, due and light on a day: what happened later had not happened yet."""

    def then(name: str) -> str | None:
        return service[name] if service[name] and service[name] <= day else None

    ended = then("ended_on") if service["state"] in ("refused", "withdrawn") else None
    over = bool(service["state"] in ("refused", "withdrawn") and (ended or not service["ended_on"]))
    accepted, promise = then("accepted_on"), service["promise_days"]
    if accepted is None:
        return {"used": None, "left": None, "due": None, "light": "grey", "decided": None}
    pauses = [
        (item["from"], item["to"] if item["to"] and item["to"] <= day else "9999")
        for item in service["pauses"]
        if item["from"] <= day
    ]
    end = then("decided_on") or ended or day
    used = unknown = 0
    at = date.fromisoformat(accepted)
    while at < date.fromisoformat(end):
        at += timedelta(days=1)
        if any(begin <= at.isoformat() < stop for begin, stop in pauses):
            continue
        works = True if service["basis"] != "wd" else calendar.works(at)
        used += bool(works)
        unknown += works is None
    if promise is None or over:
        return {"used": used, "left": None, "due": None, "light": "grey", "decided": then("decided_on")}
    left = promise - used
    light: str | None = "green"
    if left < 0:
        light = "red"
    elif left < unknown:
        light = None
    elif left <= 2 and not then("decided_on"):
        light = "yellow"
    due = due_of(service, accepted, promise, pauses, calendar)
    return {"used": used, "left": left, "due": due, "light": light, "decided": then("decided_on")}


def due_of(service: Row, accepted: str, promise: int, pauses: list[tuple[str, str]], calendar: Calendar) -> str | None:
    if any(stop == "9999" for _begin, stop in pauses):
        return None
    at, left = date.fromisoformat(accepted), promise
    while left > 0:
        at += timedelta(days=1)
        if any(begin <= at.isoformat() < stop for begin, stop in pauses):
            continue
        works = True if service["basis"] != "wd" else calendar.works(at)
        if works is None:
            return None
        left -= works
    return at.isoformat()


def services(dump: Dump, uids: list[str], year: int, month: int) -> tuple[int, int, int]:
    """Return (kept, decided, late running ones)."""
    day, calendar = dump.day(year, month), Calendar(dump)
    kept = decided = late = 0
    for row in (row for uid in uids for row in dump.of("service", uid)):
        found = clock(row, day, calendar)
        left = found["left"]
        if left is None or found["light"] is None or (row["decided_on"] or "9") < f"{year}-01-01":
            continue
        assert isinstance(left, int)
        if found["decided"]:
            decided, kept = decided + 1, kept + (left >= 0)
        else:
            late += left < 0
    return kept, decided, late


def followed(dump: Dump, day: str) -> set[str]:
    return {
        uid
        for uid, row in dump.projects.items()
        if row["stage"] not in ("reserve", "suspended", "archived")
        and not (row["stage"] == "withdrawn" and (row["stage_on"] or "") <= day)
    }


def running(contact: Row, day: str) -> bool:
    return contact["from_date"] <= day and (not contact["to_date"] or contact["to_date"] > day)


def days_over(dump: Dump, contact: Row, day: str) -> int:
    """Return by how many days a contact's cycle is over."""
    visits = [
        row["visit_date"]
        for row in dump.of("follow_up", contact["project_uid"])
        if row["mechanism"] == contact["mechanism"] and row["visit_date"] <= day
    ]
    return days_between(max([contact["from_date"], *visits]), day) - int(contact["cycle_days"])


def contacts(dump: Dump, uids: list[str], day: str) -> dict[str, Fraction | None]:
    mine = [uid for uid in uids if uid in followed(dump, day)]
    rows = [row for uid in mine for row in dump.of("contact", uid) if running(row, day)]
    found = {"coverage": rate(len({row["project_uid"] for row in rows if row["is_main"]}), len(mine))}
    for mechanism in {row["mechanism"] for row in rows}:
        own = [row for row in rows if row["mechanism"] == mechanism]
        found[f"visited_{mechanism}"] = rate(sum(days_over(dump, row, day) <= 0 for row in own), len(own))
    return found


def elements(dump: Dump, uids: list[str]) -> dict[str, Fraction | None]:
    sums: dict[str, list[Fraction]] = {}
    for row in (row for uid in uids for row in dump.of("element_need", uid)):
        need, secured = Fraction(repr(row["need"])), Fraction(repr(row["secured"]))
        if row["element"] in ("finance", "bond"):
            need, secured = Fraction(half_up(need * 10_000)), Fraction(half_up(secured * 10_000))
        own = sums.setdefault(row["element"], [Fraction(0), Fraction(0)])
        own[0] += min(need, secured)
        own[1] += need
    return {f"element_{name}": rate(*pair) for name, pair in sums.items()}
