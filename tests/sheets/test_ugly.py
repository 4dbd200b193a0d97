"""From a clean register an ugly list is made, of any mixture of habits; taken in, it gives the register back."""

import random
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from tests.sheets.conftest import rows_of
from tests.sheets.test_habits import taken
from zjtui.domain.project_code import check_digit
from zjtui.usecases.session import Session, open_session

PLACES = {"330522": "长兴县", "330523": "安吉县", "330782": "义乌市", "330110": "余杭区"}
ATTRS = {"industrial": "产业", "infrastructure": "基础设施"}
FULL = str.maketrans("0123456789.", "０１２３４５６７８９．")


def code_of(number: int) -> str:
    digits = f"2209330522040{1 + number % 2}{number:05}"[:19]
    digits = f"{digits}{check_digit(digits)}"
    return f"{digits[:4]}-{digits[4:10]}-{digits[10:12]}-{digits[12:14]}-{digits[14:]}"


PROJECT = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["锂电池", "码头", "污水厂", "数据中心", "医院", "高速公路"]),
        "region_code": st.sampled_from(list(PLACES)),
        "total_invest": st.integers(1_000, 3_000_000).map(lambda wan: wan * 10_000),
        "attr": st.sampled_from(list(ATTRS)),
        "plan": st.sampled_from([("2023", "2025"), ("2022-05", "2024-12"), ("2024", None)]),
        "coded": st.booleans(),
    }
)
HABITS = st.sets(
    st.sampled_from(
        ["title", "unit line", "two rows", "categories", "totals", "again", "notes", "gap", "merged", "full-width", "wan",
         "shuffled", "serial"]
    )
)  # fmt: skip


def ugly(path: Path, projects: list[dict[str, Any]], habits: set[str], seed: int) -> None:  # noqa: PLR0912
    """Write `projects` with all of `habits`."""
    chance, book = random.Random(seed), openpyxl.Workbook()
    sheet = book.active
    unit = "万元" if habits & {"wan", "unit line"} else "亿元"
    named = "总投资" if "unit line" in habits else f"总投资（{unit}）"
    heads = ["项目名称", "属地", named, "项目属性", "建设起止年限", "项目代码"]
    if "serial" in habits:
        heads.insert(0, "序号")
    if "shuffled" in habits and "categories" not in habits:
        chance.shuffle(heads)
    if "categories" in habits:
        heads.remove("项目属性")
        projects = sorted(projects, key=lambda item: str(item["attr"]))
    if "merged" in habits:
        projects = sorted(projects, key=lambda item: (str(item["attr"]), str(item["region_code"])))
    left = 2 if "gap" in habits else 1
    row = 1
    if "title" in habits:
        sheet.cell(row, left, "2023年重大建设项目清单")
        row += 2
    if "unit line" in habits:
        sheet.cell(row, left + len(heads) - 1, "单位：万元")
        row += 1
    for place, head in enumerate(heads):
        sheet.cell(row, left + place, head)
        if "two rows" in habits:
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=left + place, end_column=left + place)
    row += 2 if "two rows" in habits else 1

    def total(label: str) -> None:
        sheet.cell(row, left + (heads[0] == named), label)  # beside the amount, where that comes first
        sheet.cell(row, left + heads.index(named), sum(item["total_invest"] for item in projects) / 10**8)

    if "totals" in habits:
        total("合计")
        row += 1
    attr, begun = "", {}
    for number, item in enumerate(projects):
        if "categories" in habits and item["attr"] != attr:
            attr = item["attr"]
            sheet.cell(row, left, f"{'一二'[list(ATTRS).index(attr)]}、{ATTRS[attr]}项目（共3项）")
            row += 1
        if "again" in habits and number == 1:
            for place, head in enumerate(heads):
                sheet.cell(row, left + place, head)
            row += 1
        amount: Any = item["total_invest"] / (10**4 if unit == "万元" else 10**8)
        values = {
            "序号": number + 1, "项目名称": item["name"], "属地": PLACES[item["region_code"]],
            named: f"{amount:.4f}".translate(FULL) if "full-width" in habits else amount,
            "项目属性": ATTRS[item["attr"]], "建设起止年限": "-".join(part for part in item["plan"] if part)
            if len(item["plan"][0]) == 4 else f"{item['plan'][0]}至{item['plan'][1]}",
            "项目代码": item["code"],
        }  # fmt: skip
        for place, head in enumerate(heads):
            sheet.cell(row, left + place, values[head])
        column = left + heads.index("属地")
        if "merged" in habits and number and begun.get("place") == item["region_code"] and begun["row"] == row - 1:
            sheet.cell(row, column).value = None
            sheet.merge_cells(start_row=begun["first"], end_row=row, start_column=column, end_column=column) if (
                begun["first"] == row - 1
            ) else None
            if begun["first"] != row - 1:
                sheet.cell(row, column, PLACES[item["region_code"]])
        else:
            begun = {"first": row}
        begun |= {"place": item["region_code"], "row": row}
        row += 1
    if "totals" in habits:
        total("总计")
        row += 1
    if "notes" in habits:
        sheet.cell(row, left, "注：数据截至8月底")
    book.save(path)


@pytest.mark.slow
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(PROJECT, min_size=2, max_size=8), habits=HABITS, seed=st.integers(0, 1000))
def test_an_ugly_list_gives_the_register_back(
    drawn: list[dict[str, Any]], habits: set[str], seed: int, empty_workspace: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("ugly")
    projects = [
        {**item, "name": f"{PLACES[item['region_code']][:2]}{'甲乙丙丁戊己庚辛'[number]}{item['kind']}项目",
         "code": code_of(number) if item["coded"] else None}
        for number, item in enumerate(drawn)
    ]  # fmt: skip
    ugly(folder / "list.xlsx", projects, habits, seed)
    session: Session = open_session(Path(shutil.copytree(empty_workspace, folder / "w")), today=TODAY)
    try:
        result = taken(session, folder / "list.xlsx")
        twins = [line for line in result.of("refused") if line.twin is None]
        assert [(line.title, [str(fault) for fault in line.faults]) for line in twins] == []
        waiting = {line.number for line in result.of("refused")}
        names = ("name", "region_code", "total_invest", "attr", "code", "plan_start", "plan_end")
        got = {row["name"]: tuple(row[name] for name in names) for row in rows_of(session)}
        wanted = {
            item["name"]: (*(item[name] for name in names[:5]), item["plan"][0], item["plan"][1]) for item in projects
        }
        assert len(got) + len(waiting) == len(projects)
        assert got == {name: values for name, values in wanted.items() if name in got}
    finally:
        session.close()
