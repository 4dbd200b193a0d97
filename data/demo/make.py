"""Make the demonstration register: `python data/demo/make.py` writes the CSV files beside it, always the same bytes.

99 invented projects whose sums are those published of the ceremony of 4 July 2023: 678.9 bn yuan in total, 39.9 bn this
year, 55 industrial (402.2 bn), 44 infrastructure (276.7 bn), 18 of 10 bn and more (443.0 bn).
"""

import csv
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import daily
import words

from zjtui.domain import registry
from zjtui.domain.check import check
from zjtui.domain.project_code import check_digit
from zjtui.store.changes import Clock
from zjtui.store.rows import encode

HERE = Path(__file__).parent
TODAY = date(2023, 9, 20)
WAN = 10_000  # yuan
INDUSTRIAL, INFRASTRUCTURE = 40_220_000, 27_670_000  # 万元
BIG = {
    "industrial": (11, 27_000_000),
    "infrastructure": (7, 17_300_000),
}  # projects of 10 bn and more, their sum in 万元
PLAN = 3_990_000  # 万元
_EPOCH_MS = 1_688_400_000_000  # 2023-07-04, the day of the ceremony
_STAGES = ["building"] * 68 + ["ready"] * 9 + ["preparatory"] * 13 + ["suspended"] * 3 + ["withdrawn"] * 2
_STAGES += ["completed"] * 2 + ["reserve"] * 2
_CONTINUING = (5, 16, 18, 24, 33, 61)  # of those that are building: begun in 2022, as the completed ones were


def split(total: int, count: int, low: int, high: int, chance: random.Random) -> list[int]:
    """Return `count` numbers from `low` to below `high`, multiples of 500 but for one, that add up to `total`."""
    weights = [chance.uniform(0.3, 1.8) ** 2 for _number in range(count)]
    parts = [min(max(int(total * weight / sum(weights)) // 500 * 500, low), high - 500) for weight in weights]
    for number in range(count * 50):
        rest = total - sum(parts)
        if rest == 0:
            return parts
        place = number % count
        parts[place] = min(max(parts[place] + rest, low), high - 500)
    raise ValueError((total, count))


class Demo:
    """The records, by entity; `put` checks each as the program itself would."""

    def __init__(self) -> None:
        self.chance = random.Random(20230704)
        self.ticks = _EPOCH_MS
        self.rows: dict[str, list[dict[str, Any]]] = {entity: [] for entity in registry.ENTITIES}
        self.clock = Clock("", now=self._tick, random=self.chance.randbytes)

    def _tick(self) -> int:
        self.ticks += 1
        return self.ticks

    def put(self, entity: str, **values: Any) -> dict[str, Any]:
        """Add a record; return its values."""
        kind = registry.model(entity)
        record = check(kind, {"uid": self.clock.uid(), **values}, TODAY)
        self.rows[entity].append(record.__dict__)
        return record.__dict__

    def pick(self, choices: Sequence[Any]) -> Any:
        """Return one of `choices`."""
        return self.chance.choice(choices)

    def write(self) -> None:
        """Write one CSV file for each entity."""
        for entity, records in self.rows.items():
            if entity == "region" or not records:
                continue
            kind = registry.model(entity)
            with (HERE / f"{entity}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(kind.fields())
                for record in records:
                    writer.writerow("" if value is None else value for value in encode(kind, record).values())


def people(demo: Demo) -> None:
    """Add departments of every region of the list, and the people who follow the projects."""
    regions = dict.fromkeys(line.split("|")[0] for line in words.PROJECTS.split())
    with (HERE.parent / "regions_zhejiang_2023.csv").open(encoding="utf-8", newline="") as file:
        names = {row["code"]: row["name_zh"] for row in csv.DictReader(file)}
    for code in regions:
        for department in demo.chance.sample(words.DEPARTMENTS, 3):
            demo.put("org", name=f"{names[code]}{department}", kind="gov_dept", region_code=code)
    taken: set[str] = set()
    while len(taken) < 60:
        name = demo.pick(words.SURNAMES) + demo.pick(words.GIVEN)
        if name in taken:
            continue
        taken.add(name)
        rank = demo.pick(("county", "county", "city", "dept"))
        position = {"county": "副县（市、区）长", "city": "市重大项目专班副组长", "dept": "专班成员"}[rank]
        demo.put("person", name=name, org_uid=demo.pick(demo.rows["org"])["uid"], position=position, rank=rank)


def amounts(demo: Demo, attr: str, total: int, count: int) -> list[int]:
    """Return the investments of one attribute in 万元, large and small mixed."""
    large, large_sum = BIG[attr]
    parts = split(large_sum, large, 1_000_000, 6_000_000, demo.chance)
    parts += split(total - large_sum, count - large, 30_000, 1_000_000, demo.chance)
    demo.chance.shuffle(parts)
    return parts


def projects(demo: Demo) -> None:
    """Add the 99 projects and their plans of 2023."""
    lines = [line.split("|") for line in words.PROJECTS.split()]
    parts = {
        "industrial": amounts(demo, "industrial", INDUSTRIAL, 55),
        "infrastructure": amounts(demo, "infrastructure", INFRASTRUCTURE, 44),
    }
    stages = list(_STAGES)
    demo.chance.shuffle(stages)
    for number, (region, field9, name) in enumerate(lines):
        attr = "industrial" if number % 9 < 5 else "infrastructure"
        project(demo, number, region, field9, name, attr, parts[attr].pop() * WAN, stages[number])
    plans(demo)


def project(demo: Demo, number: int, region: str, field9: str, name: str, attr: str, total: int, stage: str) -> None:
    """Add one project with its owner."""
    chance = demo.chance
    owner = demo.put("org", name=f"{name[:4]}示例{demo.pick(words.OWNERS)}", kind="owner", region_code=region)
    month = chance.randint(2, 8)
    started = stage in ("building", "completed", "suspended")
    continuing = stage == "completed" or (stage == "building" and number in _CONTINUING)
    year = 2022 if continuing else 2023
    settled = date(year, 1, chance.randint(4, 28)) if started or stage == "ready" else None
    real_start = date(year, month, chance.randint(1, 28)) if started else None
    digits = f"{year % 100 - 1}{chance.randint(1, 12):02}{region}04{'02' if '改造' in name else '01'}"
    digits += str(chance.randint(10_000, 99_999))
    code: str | None = f"{digits[:4]}-{digits[4:10]}-{digits[10:12]}-{digits[12:14]}-{digits[14:]}{check_digit(digits)}"
    if number % 33 == 7:
        code = f"2019-{region}-47-03-{chance.randint(100_000, 999_999)}"  # the form used before November 2020
    elif stage in ("reserve", "preparatory") and number % 4 == 0:
        code = None
    withdrawn = stage == "withdrawn"
    demo.put(
        "project",
        name=name,
        code=code,
        region_code=region,
        total_invest=total,
        attr=attr,
        field9=field9,
        stage=stage,
        serial=str(number + 1),
        level="province",
        list_kinds=["thousand_trillion", *(["key_province"] if number % 3 == 0 else [])],
        ceremony="2023年7月4日（演示）",
        cluster=str(chance.randint(1, 15)) if field9 == "F1" else None,
        nature="renovate" if "改造" in name else "expand" if "扩" in name else "new",
        audit_type="file" if attr == "industrial" else "approve",
        invest_kind=demo.pick(
            ("private", "private", "soe", "foreign") if attr == "industrial" else ("soe", "government")
        ),
        owner_org=owner["uid"],
        dept_org=demo.pick(demo.rows["org"][:150])["uid"],
        scale=f"{name}，一次规划、分期实施（演示数据）。",
        land_m2=chance.randint(60, 1800) * 667,
        plan_start=f"{year}-{month:02}",
        plan_end="2023" if stage == "completed" else str(chance.randint(2025, 2028)),
        audit_on=settled,
        land_on=settled,
        real_start=real_start,
        real_end=date(2023, 9, 10) if stage == "completed" else None,
        start_evidence=["permit", "photo"] if started else [],
        stat_in=date(year, month + 1, 10) if started and number % 5 and month < 8 else None,
        suspended_from="building" if stage == "suspended" else None,
        withdraw_reason="land" if withdrawn else None,
        stage_on=date(2023, 7, 18) if withdrawn else None,
        stage_reason="用地条件长期不具备" if withdrawn else "资金链调整，暂缓施工" if stage == "suspended" else None,
        tags=["演示"],
        remark="演示数据，纯属虚构",
    )


def plans(demo: Demo) -> None:
    """Add the plans of 2023, which add up to 39.9 bn yuan."""
    records = demo.rows["project"]
    weights = [
        record["total_invest"] ** 0.6 * demo.chance.uniform(0.6, 1.4) * (1 if record["real_start"] else 0.4)
        for record in records
    ]
    parts = [int(PLAN * weight / sum(weights)) // 100 * 100 for weight in weights]
    parts[max(range(99), key=parts.__getitem__)] += PLAN - sum(parts)
    for record, part in zip(records, parts, strict=True):
        continuing = record["real_start"] is not None and record["real_start"].year < 2023
        before = record["total_invest"] * demo.chance.choice((1, 1, 2)) // 5 // WAN * WAN if continuing else 0
        if record["stage"] == "completed":
            before = record["total_invest"] - part * WAN
        demo.put(
            "annual_plan",
            project_uid=record["uid"],
            year=2023,
            year_class="continuing" if continuing else "new_start",
            plan_invest=part * WAN,
            opening_total=before,
            plan_start_month=record["plan_start"],
            plan_progress_text=demo.pick(
                ("完成主体结构", "完成桩基与地下结构", "主要设备进场", "路基贯通", "土建完成过半")
            ),
        )


def main() -> None:
    demo = Demo()
    people(demo)
    projects(demo)
    daily.fill(demo)
    demo.write()


if __name__ == "__main__":
    main()
