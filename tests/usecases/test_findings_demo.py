"""The gaps of the demonstration register on 20 September 2023; what records alone decide, tests/oracle counts again."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from zjtui.domain.indicators import expected_amounts
from zjtui.store.read import dump, findings
from zjtui.usecases.session import open_session

TODAY = date(2023, 9, 20)
EXACT = {
    "issue_due": 29, "issue_verify": 9, "issue_silent": 27, "service_due": 34, "service_silent": 59,
    "contact_overdue": 124, "never_visited": 16, "not_linked": 0, "report_missing": 17, "start_due": 0,
    "start_late": 24, "stat_missing": 20, "no_leader": 8, "element_unowned": 3, "element_due": 10,
    "policy_untold": 24, "promise_late": 10, "recheck_due": 12, "visit_due": 24, "no_next_step": 8, "untouched": 0,
    "blank_fields": 15, "unknown_code": 0, "odd_figure": 12,
}  # fmt: skip


def odd(of_live: dict[str, list[dict[str, Any]]]) -> set[tuple[str, str]]:
    """Return (rule, project) of the questions that the demonstration has; of the other rules it has none."""
    plans = {row["project_uid"]: row for row in of_live["annual_plan"] if row["year"] == 2023}
    done: dict[str, dict[int, int]] = defaultdict(dict)
    for row in of_live["monthly_report"]:
        if "2023-01" <= row["month"] <= "2023-08":
            done[row["project_uid"]][int(row["month"][5:])] = row["invest_month"]
    blocked = {
        row["project_uid"]
        for row in of_live["issue"]
        if row["severity"] == "blocking"
        and row["state"] in ("open", "assigned", "doing", "paused")
        and row["found_on"] < "2023-09-13"
    }
    found = set()
    for uid in blocked & set(done) & set(plans):
        plan = plans[uid]
        amount, last = plan["adjusted_invest"] or plan["plan_invest"], max(done[uid])
        begin = int((plan["plan_start_month"] or "2023-00")[5:])
        expected = expected_amounts(amount, plan["year_class"], begin, json.loads(plan["curve"] or "[]"))
        if (expected[last - 1] - sum(done[uid].values())) * 100 < 10 * amount:
            found.add(("W06", uid))
    for row in of_live["follow_up"]:
        stopped = "停工" in row["findings"] and "中午停工" not in row["findings"] and row["visit_date"] < "2023-09-01"
        if stopped and done[row["project_uid"]].get(int(row["visit_date"][5:7]), 0) > 0 and row["visit_date"] > "2023":
            found.add(("W11", row["project_uid"]))
    return found


def test_the_counts_of_the_demonstration(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        reader = session.reader()
        found = findings.counts(reader, session.asked())
        tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in dump.lines(reader):
            row = json.loads(line)
            tables[row.pop("table")].append(row)
    finally:
        session.close()
    assert {kind: number for kind, (number, _aside) in found.items()} == EXACT
    live = {row["uid"] for row in tables["project"] if row["stage"] not in ("suspended", "withdrawn", "archived")}
    of_live = {name: [row for row in rows if row.get("project_uid") in live] for name, rows in tables.items()}
    assert len(odd(of_live)) == EXACT["odd_figure"]
    assert sum(row["state"] == "suggested" for row in of_live["policy_match"]) == EXACT["policy_untold"]
