"""The policies of the demonstration register, and which projects they were found for."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import words
from matters import WAN, at_work

FLAGS = Path(__file__).resolve().parent.parent / "region_flags.csv"


def fill(demo: Any) -> None:
    """Add the policies of 2023 and which projects they were found for."""
    chance, known = demo.chance, _facts(demo)
    for title, package, element, summary in words.POLICIES:
        demo.put(
            "policy",
            title_text=title,
            doc_no="浙政发〔2023〕8号" if package == "扩大有效投资" else None,
            year=2023,
            package=package,
            element=element,
            valid_from=date(2023, 1, 20),
            valid_to=date(2023, 12, 31),
            level="province",
            summary=f"{summary}（摘要为演示用）",
            conditions=words.CONDITIONS.get(title, []),
        )
    taken: set[tuple[str, str]] = set()
    while len(taken) < 120:
        policy = demo.pick(demo.rows["policy"])
        fitting = [uid for uid, facts in known.items() if all(_holds(each, facts) for each in policy["conditions"])]
        pair = (demo.pick(fitting), policy["uid"])
        if pair in taken:
            continue
        taken.add(pair)
        state = demo.pick(("suggested", "informed", "informed", "applied", "granted"))
        informed = date(2023, 7, 10) + timedelta(days=chance.randrange(0, 30))
        steps = ("suggested", "informed", "applied", "granted").index(state)
        demo.put(
            "policy_match",
            project_uid=pair[0],
            policy_uid=pair[1],
            state=state,
            informed_on=informed if steps > 0 else None,
            applied_on=informed + timedelta(days=7) if steps > 1 else None,
            granted_on=informed + timedelta(days=30) if steps > 2 else None,
            amount=chance.randint(20, 800) * WAN if steps > 2 else None,
        )


def _facts(demo: Any) -> dict[str, dict[str, Any]]:
    """Return what a condition may ask of each project, by its uid."""
    with FLAGS.open(encoding="utf-8", newline="") as file:
        flags = {row["code"]: row["flag"] for row in csv.DictReader(file)}
    classes = {plan["project_uid"]: plan["year_class"] for plan in demo.rows["annual_plan"]}
    return {
        row["uid"]: {**row, "year_class": classes[row["uid"]], "region_flag": flags.get(row["region_code"])}
        for row in at_work(demo)
    }


def _holds(condition: str, facts: dict[str, Any]) -> bool:
    """Tell whether `field=code|code` or `total_invest>=yuan` holds for a project."""
    name, least, limit = condition.partition(">=")
    if least:
        return bool(facts[name] >= int(limit))
    name, _equals, codes = condition.partition("=")
    return facts[name] in codes.split("|")
