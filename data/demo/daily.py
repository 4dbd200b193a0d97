"""The daily work of the demonstration register: contacts, monthly reports, follow-ups."""

from datetime import date, timedelta
from typing import Any

import matters
import offers
import texts
import words

TODAY = date(2023, 9, 20)
WAN = 10_000


def fill(demo: Any) -> None:
    """Add everything that hangs on the projects."""
    contacts(demo)
    months(demo)
    follow_ups(demo)
    promises(demo)
    matters.fill(demo)
    offers.fill(demo)


def contacts(demo: Any) -> None:
    """Give nearly every project its leader, its team member and its department; the first team member is "me"."""
    leaders, team = demo.rows["person"][:25], demo.rows["person"][25:]
    for number, record in enumerate(demo.rows["project"]):
        start = date(2023, 7, 4)
        common = {"project_uid": record["uid"], "from_date": start}
        if number % 11:
            demo.put(
                "contact", **common, person_uid=demo.pick(leaders)["uid"], role="leader", rank="county", is_main=True
            )
        member = team[0] if number % 8 == 0 else demo.pick(team[1:])
        demo.put("contact", **common, person_uid=member["uid"], role="team", mechanism="supervise", cycle_days=30)
        if number % 2:
            other = demo.pick(team[1:])
            demo.put("contact", **common, person_uid=other["uid"], role="liaison", mechanism="sink", cycle_days=60)


def months(demo: Any) -> None:
    """Add the monthly reports from the start to August, and drafts of September."""
    chance = demo.chance
    plans = {plan["project_uid"]: plan for plan in demo.rows["annual_plan"]}
    for record in demo.rows["project"]:
        start = record["real_start"]
        if start is None:
            continue
        plan = plans[record["uid"]]
        reach = min(max(chance.gauss(0.76, 0.2), 0.22), 1.28) * plan["plan_invest"] / WAN
        done = round(100 * plan["opening_total"] / record["total_invest"])  # percent, before this year
        reach = min(reach, (record["total_invest"] - plan["opening_total"]) / WAN)
        first = 1 if plan["opening_total"] else start.month
        span = list(range(first, 9))
        weights = [chance.uniform(0.6, 1.5) for _month in span]
        for month, weight in zip(span, weights, strict=True):
            if chance.random() < 0.03:
                continue  # a month that nobody reported
            demo.put(
                "monthly_report",
                project_uid=record["uid"],
                month=f"2023-{month:02}",
                invest_month=round(reach * weight / sum(weights)) * WAN,
                progress_text=demo.pick(words.PROGRESS),
                progress_pct=min(done + (month - first + 1) * (6 if done else 9), 95),
                workers=chance.randint(40, 600),
                state="approved" if month < 8 else chance.choice(("approved", "submitted", "submitted", "returned")),
                submitted_on=date(2023, month + 1, chance.randint(2, 6)),
                return_reason=None,
            )
        if chance.random() < 0.2:
            demo.put("monthly_report", project_uid=record["uid"], month="2023-09", invest_month=int(reach / 20) * WAN)


def follow_ups(demo: Any) -> None:
    """Add 300 follow-ups that read like a log, made by the people who are assigned to the project."""
    chance, projects = demo.chance, matters.at_work(demo)
    assigned: dict[str, list[str]] = {}
    for contact in demo.rows["contact"]:
        assigned.setdefault(contact["project_uid"], []).append(contact["person_uid"])
    decks: dict[str, list[tuple[str, str]]] = {}
    for number in range(300):
        record = projects[number % len(projects)] if number < len(projects) else demo.pick(projects)
        day = TODAY - timedelta(days=chance.randrange(0, 78))
        begun = record["real_start"] is not None and record["real_start"] <= day
        deck = decks.setdefault(record["attr"] if begun else "", [])
        if not deck:  # every sentence once before any comes again
            deck += _sentences(record["attr"], begun)
            chance.shuffle(deck)
        topic, sentence = deck.pop()
        form = demo.pick(("onsite", "onsite", "onsite", "meeting", "phone", "online", "letter"))
        advised = chance.random() < 0.5
        people = list(dict.fromkeys(assigned[record["uid"]]))
        demo.put(
            "follow_up",
            project_uid=record["uid"],
            visit_date=day,
            form=form,
            findings=demo.pick(texts.HEADS[form]) + _filled(demo, sentence, topic),
            mechanism=demo.pick(("contact", "supervise", "supervise", "sink")),
            people=chance.sample(people, chance.randint(1, len(people))),
            units=_filled(demo, "{u}", topic) if chance.random() < 0.3 else None,
            topics=[topic],
            advice=demo.pick(texts.ADVICE[topic]) if advised else None,
            promised=_filled(demo, demo.pick(texts.PROMISED), topic) if chance.random() < 0.25 else None,
            progress_seen=_filled(demo, demo.pick(texts.SEEN), topic) if begun and chance.random() < 0.4 else None,
            result="advised" if advised else demo.pick(("none", "none", "none", "none", "escalated")),
            next_visit=day + timedelta(days=chance.choice((7, 14, 30))) if chance.random() < 0.6 else None,
        )


def promises(demo: Any) -> None:
    """Turn what was promised on visits into entries of the promise ledger: open, kept, some broken."""
    chance = demo.chance
    for visit in list(demo.rows["follow_up"]):
        if not visit["promised"]:
            continue
        made = visit["visit_date"]
        due = made + timedelta(days=chance.choice((7, 14, 30)))
        state = demo.pick(("open", "kept", "kept", "broken")) if due < TODAY else "open"
        settled = {} if state == "open" else {"settled_on": due, "note": "已逾期未落实" if state == "broken" else None}
        demo.put(
            "promise",
            project_uid=visit["project_uid"],
            follow_up_uid=visit["uid"],
            text=visit["promised"],
            side=demo.pick(("ours", "ours", "owner", "department", "contractor")),
            made_on=made,
            due_on=due,
            state=state,
            **settled,
        )


def _sentences(attr: str, begun: bool) -> list[tuple[str, str]]:
    if not begun:
        return list(texts.BEFORE)
    return [*texts.BUILDING, *(texts.INDUSTRIAL if attr == "industrial" else texts.INFRASTRUCTURE)]


def _filled(demo: Any, sentence: str, topic: str) -> str:
    chance = demo.chance
    filled: str = sentence.format(
        p=demo.pick(texts.PLACES),
        u=demo.pick(texts.UNITS[topic]),
        n=chance.randint(2, 9),
        m=chance.randint(10, 95),
        k=chance.randint(10, 90) * 10,
    )
    return filled
