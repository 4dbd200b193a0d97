"""What the demonstration register's projects wait for: issues, services, element needs."""

from datetime import date, timedelta
from typing import Any

import words

from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.workdays import add_workdays

TODAY = date(2023, 9, 20)
WAN = 10_000
_STATES = (
    ["closed"] * 46
    + ["doing"] * 22
    + ["assigned"] * 16
    + ["open"] * 12
    + ["solved"] * 9
    + ["paused"] * 5
    + ["refused"] * 4
)
_STATES += ["draft"] * 3 + ["merged"] * 3
_SERVICES = (
    ["delivered"] * 40 + ["decided"] * 28 + ["reviewing"] * 38 + ["paused"] * 12 + ["accepted"] * 12 + ["applied"] * 9
)
_SERVICES += ["planned"] * 7 + ["refused"] * 2 + ["withdrawn"] * 2


def fill(demo: Any) -> None:
    """Add all of it."""
    issues(demo)
    services(demo)
    needs(demo)


def at_work(demo: Any) -> list[dict[str, Any]]:
    """Return the projects that are not given up."""
    return [record for record in demo.rows["project"] if record["stage"] not in ("withdrawn", "reserve")]


def issues(demo: Any) -> None:
    """Add 120 issues in every state; some late, some blocking, some reopened."""
    chance, projects = demo.chance, at_work(demo)
    states = list(_STATES)
    chance.shuffle(states)
    states.sort(key="merged".__eq__)  # last: each goes into an open issue of the same project
    free = [row for row in demo.rows["follow_up"] if date(2023, 7, 5) <= row["visit_date"] <= date(2023, 9, 3)]
    for number, state in enumerate(states):
        record, into = projects[number % len(projects)], None
        if state == "merged":  # the same trouble, raised once more some days later
            into = demo.pick([issue for issue in demo.rows["issue"] if issue["state"] in OPEN_STATES])
            record = next(row for row in projects if row["uid"] == into["project_uid"])
        kind = into["kind"] if into else demo.pick(list(words.ISSUES))
        found = date(2023, 7, 5) + timedelta(days=chance.randrange(0, 60))
        if into:
            found = into["found_on"] + timedelta(days=chance.randint(1, 9))
        visit = None if state in ("draft", "merged") else _visit(demo, record["uid"], free)
        if visit:
            found, visit["result"] = visit["visit_date"], "issue_raised"
        values: dict[str, Any] = {
            "no": f"{record['region_code']}-2023-{number + 1:04}/DEMO01",
            "project_uid": record["uid"],
            "title_text": into["title_text"] if into else demo.pick(words.ISSUES[kind]),
            "kind": kind,
            "severity": demo.pick(("low", "low", "mid", "mid", "high", "blocking")),
            "state": state,
            "source": "visit" if visit else demo.pick(("supervision", "report", "meeting")),
            "follow_up_uid": visit["uid"] if visit else None,
            "stage": "building" if record["real_start"] else "preparatory",
            "detail": f"{record['name']}：{demo.pick(words.EFFECTS)}",
            "layer": demo.pick(("project", "county", "county", "city", "province")),
            "found_on": found,
            "limit_kind": demo.pick(("week", "month", "month", "stage")),
        }
        if state not in ("draft", "open", "refused"):
            values |= _assigned(demo, state, found)
        if state in ("paused", "refused"):
            values["state_reason"] = "等待上级批复" if state == "paused" else "属企业内部事务，不予受理"
        if into:
            values["merged_into"] = into["uid"]
        demo.put("issue", **values)


def _visit(demo: Any, project_uid: str, free: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Take a follow-up of the project out of `free`, for two issues of three; None where there is none left."""
    found = next((row for row in free if row["project_uid"] == project_uid), None)
    if found is None or demo.chance.random() < 0.35:
        return None
    free.remove(found)
    return found


def _assigned(demo: Any, state: str, found: date) -> dict[str, Any]:
    chance = demo.chance
    assigned = found + timedelta(days=chance.randint(0, 3))
    owner, verifier = chance.sample(demo.rows["person"], 2)
    values: dict[str, Any] = {
        "lead_unit": demo.pick(demo.rows["org"][:150])["uid"],
        "owner_person": owner["uid"],
        "assigned_on": assigned,
        "due_on": assigned + timedelta(days=chance.choice((7, 14, 30, 45, 60))),
        "measure": demo.pick(words.ADVICE),
        "reopened_count": 1 if chance.random() < 0.08 else 0,
        "resume_on": date(2023, 10, 10) if state == "paused" else None,
    }
    if state in ("solved", "closed"):
        solved = min(assigned + timedelta(days=chance.randint(2, 40)), TODAY - timedelta(days=2))
        values |= {"solved_on": solved, "outcome": "已协调解决，相关手续已补齐"}
        if state == "closed":
            closed = min(solved + timedelta(days=chance.randint(1, 9)), TODAY)
            values |= {
                "closed_on": closed,
                "verifier": verifier["uid"],
                "verify_note": "现场核验，问题已解决",
                "evidence": f"核验单〔2023〕{chance.randint(100, 999)}号（演示）",
                "evidence_on": closed,  # a document without its day proves nothing
            }
    return values


def services(demo: Any) -> None:
    """Add 150 services; some paused, some late, some near their promise."""
    chance, projects = demo.chance, at_work(demo)
    kinds = words.SERVICES
    limits = {"permit": 7, "eia_form": 30, "water_soil": 10, "forest": 20, "sea": 40}
    states = list(_SERVICES)
    chance.shuffle(states)
    reasons = list(words.PAUSES) * 2
    for number, state in enumerate(states):
        kind = demo.pick(kinds)
        promise = chance.choice((5, 7, 10, 15))
        running = state in ("accepted", "reviewing", "paused")
        accepted = TODAY - timedelta(days=chance.randint(2, 26) if running else chance.randint(30, 75))
        applied = accepted - timedelta(days=chance.randint(0, 4))
        values: dict[str, Any] = {
            "project_uid": projects[number % len(projects)]["uid"],
            "kind": kind,
            "dept": demo.pick(demo.rows["org"][:150])["uid"],
            "channel": chance.sample(["priority", "early", "parallel", "agent", "commitment"], chance.randint(1, 2)),
            "state": state,
            "limit_days": max(limits.get(kind, 20), promise),
            "promise_days": promise,
        }
        if state not in ("planned",):
            values["applied_on"] = applied
        if state not in ("planned", "applied", "refused", "withdrawn"):
            values["accepted_on"] = accepted
        if running and chance.random() < 0.3:
            values["channel"] = [*values["channel"], "tolerant"]
            values["missing_docs"] = [demo.pick(words.DOCUMENTS)]
            values["missing_due"] = TODAY + timedelta(days=chance.randint(-4, 15))
        values |= _ended(demo, state, accepted, promise)
        values |= _pauses(demo, values, accepted, reasons)
        demo.put("service", **values)


def _ended(demo: Any, state: str, accepted: date, promise: int) -> dict[str, Any]:
    chance = demo.chance
    if state in ("refused", "withdrawn"):
        return {"reason": "申请材料不符合条件" if state == "refused" else "业主调整方案后撤回"}
    if state not in ("decided", "delivered"):
        return {}
    decided = min(add_workdays(accepted, max(promise + chance.randint(-4, 3), 1)), TODAY)
    return {
        "decided_on": decided,
        "result": "approved",
        "doc_no": f"演示批〔2023〕{chance.randint(10, 999)}号",
        "delivered_on": min(decided + timedelta(days=1), TODAY) if state == "delivered" else None,
    }


def _pauses(demo: Any, values: dict[str, Any], accepted: date, reasons: list[str]) -> dict[str, Any]:
    """Stop the clock: now for the paused, once or twice before for a quarter of the others that have the days."""
    chance, state = demo.chance, values["state"]
    end = TODAY if state == "paused" else values.get("decided_on") or TODAY
    begun, pauses = accepted + timedelta(days=chance.randint(1, 2)), []
    if state == "paused" or (state in ("reviewing", "decided", "delivered") and chance.random() < 0.25):
        for _earlier in range(chance.randint(0, 1) if state == "paused" else chance.randint(1, 2)):
            stop = begun + timedelta(days=chance.randint(2, 4))
            if stop + timedelta(days=1) > end - timedelta(days=1):
                break
            pauses.append({"from": begun.isoformat(), "to": stop.isoformat(), "reason": demo.pick(list(words.PAUSES))})
            begun = stop + timedelta(days=chance.randint(1, 3))
    if state != "paused":
        return {"pauses": pauses}
    reason = reasons.pop()
    pauses.append({"from": min(begun, TODAY).isoformat(), "to": None, "reason": reason})
    return {"pauses": pauses, "reason": words.PAUSES[reason]}


def needs(demo: Any) -> None:
    """Add 80 element needs, met in full, in part, or not yet."""
    chance, projects = demo.chance, at_work(demo)
    scales = {
        "land_new": 400,
        "forest": 30,
        "energy": 90_000,
        "power": 6_000,
        "finance": 80_000,
        "bond": 50_000,
        "labour": 500,
    }
    for number in range(80):
        element = demo.pick(list(scales))
        need = float(max(int(scales[element] * chance.uniform(0.2, 1.5)), 2))
        share = chance.choice((0.0, 0.0, 0.4, 0.7, 1.0))
        secured = float(int(need * share))
        state = (
            "secured"
            if secured >= need
            else "secured_part"
            if secured
            else demo.pick(("reported", "reviewing", "reviewing", "rejected"))
        )
        demo.put(
            "element_need",
            project_uid=projects[(number * 7) % len(projects)]["uid"],
            element=element,
            need=need,
            secured=secured,
            needed_by=date(2023, chance.randint(9, 12), 28),
            source_quota=demo.pick(("province", "city", "county")),
            state=state,
            responsible=demo.pick(demo.rows["org"][:150])["uid"] if chance.random() < 0.8 else None,
        )
