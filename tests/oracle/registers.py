"""Registers to compare: a nasty one made from a seed. Plans of 0 or none, adjusted and of two years, negative
corrections, drafts and returned reports, moved regions, withdrawn projects, reopened, merged and refused issues,
problems solved in time and verified late, pauses over the year's end, contacts that ended or have not begun."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zjtui.domain import registry
from zjtui.domain.record import Record
from zjtui.store import looked_after, rows, standing
from zjtui.usecases import setup
from zjtui.usecases.session import Session

WAN = 10_000
REGIONS = ("330102", "330106", "330109", "330100", "330902", "330903", "330921", "331081", "331083", "331102")
STAGES = (
    ("building",) * 8 + ("preparatory", "ready", "reserve", "suspended", "completed", "operating") + ("withdrawn",) * 3
)
Add = Callable[..., str]


def nasty(folder: Path, seed: int, today: date) -> Session:
    """Make a register in a folder; the same seed makes the same records."""
    session = setup.new(folder, today=today, person="tester")
    chance = random.Random(seed)
    session.workspace.transact(lambda connection: _fill(connection, chance, today))
    return session


def _fill(connection: Any, chance: random.Random, today: date) -> None:
    """Fill the tables themselves: what older versions let through and lists brought in has to be counted right too."""

    def add(entity: str, **values: Any) -> str:
        kind: type[Record] = registry.model(entity)
        defaults = kind.defaults()
        uid = f"{chance.getrandbits(64):016x}"
        row = rows.stored(kind.trusted({**defaults, "uid": uid, **values}))
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {entity} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        return uid

    orgs = [add("org", name=f"单位{number}", kind="gov_dept") for number in range(3)]
    people = [
        add("person", name=f"人员{number}", org_uid=orgs[number % 3], rank="county", active=True) for number in range(4)
    ]
    for number in range(60):
        _project(add, chance, today, number, orgs, people)
    connection.execute("UPDATE project SET region_code = '330902' WHERE id IN (3, 5, 8, 13)")  # moved
    standing.refresh_all(connection)
    looked_after.refresh_all(connection)


def _project(add: Add, chance: random.Random, today: date, number: int, orgs: list[str], people: list[str]) -> None:
    stage = chance.choice(STAGES)
    begun = stage in ("building", "completed", "operating", "suspended") or (
        stage == "withdrawn" and chance.random() < 0.5
    )
    start = date(2022, 1, 1) + timedelta(days=chance.randrange((today - date(2022, 1, 1)).days)) if begun else None
    ended = stage in ("completed", "operating")
    uid = add(
        "project",
        name=f"项目{number}",
        region_code=chance.choice(REGIONS),
        total_invest=chance.choice((10**8, 10**9, 2 * 10**9, 5 * 10**9, 10**10, 3 * 10**10)) + chance.randrange(WAN),
        attr=chance.choice(("industrial", "infrastructure", None)),
        field9=chance.choice(("F1", "F3", "F9", None)),
        dept_org=chance.choice((*orgs, None)),
        stage=stage,
        real_start=start,
        start_evidence=["log"] if begun else [],
        real_end=_between(chance, start, today) if ended and start else None,
        stat_in=_between(chance, start, today) if start and chance.random() < 0.5 else None,
        suspended_from="building" if stage == "suspended" else None,
        stage_reason="原因" if stage in ("suspended", "withdrawn") else None,
        withdraw_reason="land" if stage == "withdrawn" else None,
        stage_on=chance.choice((None, _between(chance, start or date(2023, 1, 1), today)))
        if stage == "withdrawn"
        else None,
    )
    for year in (2022, 2023, 2024):
        if chance.random() < 0.85 and year <= today.year:
            _year(add, chance, today, uid, year)
    for _each in range(chance.randrange(4)):
        _work(add, chance, today, uid, orgs, people)


def _year(add: Add, chance: random.Random, today: date, uid: str, year: int) -> None:
    kind = chance.choice(("new_start", "new_start", "continuing", "to_complete", "preparatory"))
    adjusted = chance.choice((None, None, 0, chance.randrange(10**9)))
    flat = ["0", "0", "12.5", "12.5", "40", "40", "40", "77.7", "90", "90", "100", "100"]
    add(
        "annual_plan",
        project_uid=uid,
        year=year,
        year_class=kind,
        plan_invest=chance.choice((0, 7, chance.randrange(10**9), 10**8)),
        adjusted_invest=adjusted,
        adjust_reason=None if adjusted is None else "调整",
        adjust_on=None if adjusted is None else date(year, 3, 1),
        opening_total=chance.choice((None, 10**7)),
        plan_start_month=f"{year + chance.choice((-1, 0, 0, 0, 1))}-{chance.randint(1, 12):02}"
        if kind == "new_start"
        else None,
        curve=chance.choice(([], [], flat)),
    )
    for month in range(1, 13):
        if date(year, month, 1) > today or chance.random() < 0.3:
            continue
        amount = chance.choice((0, 50_000_000, chance.randrange(10**8), -chance.randrange(10**7)))
        state = chance.choice(("approved", "approved", "submitted", "draft", "returned"))
        handed = date(year, month, 28) + timedelta(days=chance.randrange(15))
        add(
            "monthly_report",
            project_uid=uid,
            month=f"{year}-{month:02}",
            invest_month=amount,
            correction_reason="核减" if amount < 0 else None,
            progress_text="施工",
            state=state,
            submitted_on=None
            if state == "draft" or chance.random() < 0.1
            else min(handed, today),  # as a list gives it
            return_reason="核实" if state == "returned" else None,
        )


def _work(add: Add, chance: random.Random, today: date, uid: str, orgs: list[str], people: list[str]) -> None:
    mechanism = chance.choice(("contact", "supervise", "sink"))
    begin = _between(chance, today - timedelta(days=300), today + timedelta(days=20))
    add(
        "contact",
        project_uid=uid,
        person_uid=chance.choice(people),
        role="leader",
        mechanism=mechanism,
        from_date=begin,
        to_date=chance.choice((None, None, begin + timedelta(days=chance.randrange(200)))),
        cycle_days=chance.choice((7, 30, 90)),
        is_main=chance.random() < 0.5,
    )
    add(
        "follow_up",
        project_uid=uid,
        visit_date=_between(chance, today - timedelta(days=200), today),
        form=chance.choice(("onsite", "phone")),
        findings="现场查看",
        mechanism=mechanism,
        people=[chance.choice(people)],
        result=chance.choice(("none", "issue_raised")),
    )
    _issue(add, chance, today, uid, orgs, people)
    _service(add, chance, today, uid)
    need = chance.choice((0.1, 12.3456, 333.3333, 1_234_567.89))
    secured = chance.choice((0.0, need / 4, round(need / 3, 4), need))
    state = (
        "secured"
        if secured == need
        else chance.choice(("reported", "secured_part" if secured else "reviewing", "rejected"))
    )
    add(
        "element_need",
        project_uid=uid,
        element=chance.choice(("finance", "land_new", "energy", "bond")),
        need=need,
        secured=secured,
        needed_by=chance.choice((None, _between(chance, today, today + timedelta(days=100)))),
        state=state,
        responsible=chance.choice((None, *orgs)),
        reason="不符" if state == "rejected" else None,
    )
    add("promise", project_uid=uid, text="供水", made_on=today - timedelta(days=60),
        due_on=today + timedelta(days=chance.randrange(-30, 30)), state="open")  # fmt: skip


def _issue(add: Add, chance: random.Random, today: date, uid: str, orgs: list[str], people: list[str]) -> None:
    states = (
        "draft",
        "open",
        "assigned",
        "doing",
        "paused",
        "solved",
        "closed",
        "closed",
        "closed",
        "refused",
        "merged",
    )
    state = chance.choice(states)
    found = _between(chance, today - timedelta(days=400), today)
    given = state not in ("draft", "open", "refused")
    due = found + timedelta(days=chance.choice((3, 7, 30, 90))) if given and chance.random() < 0.9 else None
    solved = _between(chance, found, today) if state in ("solved", "closed") else None
    closed = _between(chance, solved, today) if state == "closed" and solved else None
    add(
        "issue",
        no=f"{found.year}-{chance.getrandbits(60):x}",
        project_uid=uid,
        title_text="问题",
        kind="land",
        severity=chance.choice(("low", "high", "blocking")),
        state=state,
        found_on=found,
        lead_unit=chance.choice(orgs) if given else None,
        owner_person=people[0] if given else None,
        assigned_on=found if given else None,
        due_on=due,
        resume_on=today if state == "paused" else None,
        solved_on=solved,
        closed_on=closed,
        state_reason="原因" if state in ("refused", "paused") else None,
        verifier=people[1] if closed else None,
        verify_note="已核" if closed else None,
        evidence="会议纪要" if closed else None,
        evidence_on=closed,
        reopened_count=chance.choice((0, 0, 1, 2)) if given else 0,
    )


def _service(add: Add, chance: random.Random, today: date, uid: str) -> None:
    state = chance.choice(("planned", "applied", "reviewing", "paused", "decided", "delivered", "refused", "withdrawn"))
    applied = _between(chance, today - timedelta(days=120), today) if state != "planned" else None
    accepted = _between(chance, applied, today) if applied and state not in ("applied", "refused") else None
    pauses: list[dict[str, Any]] = []
    last = accepted
    for _each in range(chance.randrange(3)) if accepted else ():
        begin = _between(chance, last, today) if last else today
        last = _between(chance, begin, today)
        pauses.append({"from": begin.isoformat(), "to": last.isoformat(), "reason": "expert", "note": None})
    if state == "paused" and last:
        begin = _between(chance, last, today)
        pauses.append({"from": begin.isoformat(), "to": None, "reason": "supplement", "note": None})
    decided = _between(chance, last, today) if last and state in ("decided", "delivered") else None
    add(
        "service",
        project_uid=uid,
        kind=chance.choice(("eia_form", "permit", "power")),
        state=state,
        basis=chance.choice(("wd", "wd", "cd")),
        promise_days=chance.choice((None, 0, 5, 10, 20)),
        applied_on=applied,
        accepted_on=accepted,
        decided_on=decided,
        delivered_on=_between(chance, decided, today) if decided and state == "delivered" else None,
        pauses=pauses,
        result="approved" if decided else None,
        doc_no="浙1号" if decided else None,
        reason="撤回" if state in ("refused", "withdrawn") else None,
        ended_on=_between(chance, last or applied or today, today) if state in ("refused", "withdrawn") else None,
        pause_reason="supplement" if state == "paused" else None,
    )


def _between(chance: random.Random, one: date, other: date) -> date:
    return one + timedelta(days=chance.randint(0, max((other - one).days, 0)))
