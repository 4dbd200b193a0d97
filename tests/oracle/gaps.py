"""How many findings of each kind there are on a day, all projects, without those set aside: docs/figures.md 11."""

from collections import defaultdict

from tests.oracle import work
from tests.oracle.dump import Dump, after, last_day, months_later

FOUNDATIONS = ("demo.load", "generate", "import", "setup")
TO_SOLVE = ("open", "assigned", "doing", "paused")


def counts(dump: Dump) -> dict[str, int]:
    """Return the kinds that records alone decide, without the change log."""
    today = dump.today.isoformat()
    live = {uid for uid, row in dump.projects.items() if row["stage"] not in ("suspended", "withdrawn", "archived")}
    active = {uid for uid in live if dump.projects[uid]["stage"] in ("preparatory", "ready", "building")}
    followed = work.followed(dump, today) & live
    of_live = {name: [row for row in rows if row.get("project_uid") in live] for name, rows in dump.tables.items()}
    table = defaultdict(list, of_live)
    to_solve = [row for row in table["issue"] if row["state"] in TO_SOLVE]
    running = [row for row in table["contact"] if row["project_uid"] in followed and work.running(row, today)]
    calendar = work.Calendar(dump)
    clocks = [
        work.clock(row, today, calendar)["light"]
        for row in table["service"]
        if row["state"] in ("accepted", "reviewing", "paused")
    ]
    needs = [
        row
        for row in table["element_need"]
        if row["state"] in ("reported", "reviewing", "secured_part") and row["need"] > row["secured"]
    ]
    visits: dict[str, list[str]] = defaultdict(list)
    for row in table["follow_up"]:
        visits[row["project_uid"]].append(row["visit_date"])
    raised = {row["follow_up_uid"] for row in dump.tables["issue"]}
    return {
        "issue_due": sum((row["due_on"] or "9") <= after(today, 3) for row in to_solve),
        "issue_verify": sum(row["state"] == "solved" for row in table["issue"]),
        "service_due": sum(light in ("yellow", "red") for light in clocks),
        "contact_overdue": len(
            {(row["project_uid"], row["mechanism"]) for row in running if work.days_over(dump, row, today) > 0}
        ),
        "never_visited": len(active - {row["project_uid"] for row in table["follow_up"] if row["form"] == "onsite"}),
        "not_linked": sum(row["result"] == "issue_raised" and row["uid"] not in raised for row in table["follow_up"]),
        "report_missing": sum(bool(missing_months(dump, uid)) for uid in live),
        "start_due": sum(1 for uid in live if planned_start(dump, uid) == today[:7]),
        "start_late": sum(1 for uid in live if late_start(dump, uid)),
        "stat_missing": sum(
            row["stage"] in ("building", "completed")
            and not (row["stat_in"] and row["stat_in"] <= today)
            and bool(row["real_start"])
            and today > months_later(row["real_start"], 1)
            for row in (dump.projects[uid] for uid in live)
        ),
        "no_leader": len(followed - {row["project_uid"] for row in running if row["is_main"]}),
        "element_unowned": sum(not row["responsible"] and near(row, today, 60) for row in needs),
        "element_due": sum(bool(row["responsible"]) and near(row, today, 30) for row in needs),
        "promise_late": sum(row["state"] == "open" and (row["due_on"] or "9") < today for row in table["promise"]),
        "recheck_due": sum(
            row["state"] == "closed"
            and any(
                after(row["closed_on"], days) <= today
                and not any(day >= after(row["closed_on"], days) for day in visits[row["project_uid"]])
                for days in (30, 90)
            )
            for row in table["issue"]
        ),
    }


def near(need: dict[str, object], today: str, days: int) -> bool:
    return bool(need["needed_by"]) and str(need["needed_by"]) <= after(today, days)


def missing_months(dump: Dump, uid: str) -> list[str]:
    """Return the due months of the year of the last month whose day is over that are not handed in."""
    today, day = dump.today.isoformat(), dump.today
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    if today <= work.due_day(f"{year}-{month:02}"):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    names = [f"{year}-{number:02}" for number in range(1, month + 1)]
    return [name for name in names if work.report_due(dump, uid, name) and not work.counted_report(dump, uid, name)]


def planned_start(dump: Dump, uid: str) -> str | None:
    project, row = dump.projects[uid], dump.plan_of(uid, dump.today.year)
    if row is None or project["real_start"] or project["stage"] not in ("reserve", "preparatory", "ready"):
        return None
    return row["plan_start_month"]


def late_start(dump: Dump, uid: str) -> bool:
    month, row = planned_start(dump, uid), dump.plan_of(uid, dump.today.year)
    reason = dump.projects[uid]["stage_reason"] or (row["adjust_reason"] if row else None)
    return month is not None and month < dump.today.isoformat()[:7] and not reason


__all__ = ["counts", "last_day"]
