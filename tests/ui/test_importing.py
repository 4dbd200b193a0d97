"""A list taken in by keys: columns, rows, decisions; nothing is written before Ctrl+S, and undo takes all of it back."""

from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.ui.driver import running
from zjtui.usecases import project, register
from zjtui.usecases.session import open_session

HEADS = "项目名称,所在地,总投资（亿元）,情况说明栏"


def listed(folder: Path, *rows: str) -> Path:
    path = folder / "list.csv"
    path.write_text("\n".join([HEADS, *rows]), "utf-8")
    return path


async def test_a_list_is_taken_in_by_keys_alone(small: Path, tmp_path: Path) -> None:
    path = listed(tmp_path, "杭州西站枢纽,杭州市,26,改过", "新项目一,长兴县,3,新的", "乙项目,火星,4,")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter")
        assert "4 columns, 1 not taken" in driver.text
        await driver.press("down", "down", "down", "f2")
        await driver.type("remark")
        await driver.press("enter")
        assert "4 columns, 0 not taken" in driver.text
        await driver.press("ctrl+k")
        assert "New 1 · Changed 1 · Same 0 · Refused 1" in driver.text
        assert "There is no region “火星”" in driver.text
        assert driver.app.session.reader().execute("SELECT count(*) FROM project").fetchone()[0] == 2
        await driver.press("ctrl+s")
        rows = (
            driver.app.session.reader().execute("SELECT name, total_invest, remark FROM project ORDER BY id").fetchall()
        )
        assert [tuple(row) for row in rows[1:]] == [
            ("杭州西站枢纽", 2_600_000_000, "改过"), ("新项目一", 300_000_000, "新的")
        ]  # fmt: skip
        assert "Refused 1" in driver.text  # what was refused stays to be seen
        await driver.press("ctrl+x", "enter")
        assert (tmp_path / "list-refused.xlsx").exists()
        await driver.press("escape", "ctrl+z")
        rows = driver.app.session.reader().execute("SELECT name, total_invest FROM project ORDER BY id").fetchall()
        assert [tuple(row) for row in rows[1:]] == [("杭州西站枢纽", 2_500_000_000)]


async def test_a_nearly_equal_name_is_decided_on_at_its_row(small: Path, tmp_path: Path) -> None:
    path = listed(tmp_path, "舟山市绿色石化基地工程,舟山市,130,")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        assert "Refused 1" in driver.text
        await driver.press("enter", "enter")
        assert "Changed 1" in driver.text
        assert "Name: 舟山绿色石化基地 →" in driver.text


async def test_a_unit_that_is_not_said_is_asked_for(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("项目名称,所在地,总投资\n新项目一,长兴县,30000\n", "utf-8")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        assert "In which unit does “总投资” count?" in driver.text
        await driver.press("down", "down", "deed:unit")
        await driver.choose("万元")
        await driver.press("ctrl+k", "ctrl+s")
        query = "SELECT total_invest FROM project WHERE name = '新项目一'"
        assert driver.app.session.reader().execute(query).fetchone()[0] == 300_000_000


async def test_what_is_no_list_is_told_and_the_register_stays_in_front(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("<html>", "utf-8")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter")
        assert "web page" in driver.messages
        assert "杭州西站枢纽" in driver.text


async def test_the_rows_of_a_list_are_written_to_a_workbook(small: Path, tmp_path: Path) -> None:
    async with running(small, "en") as driver:
        await driver.press("ctrl+a", "ctrl+b")
        await driver.type("file")
        await driver.press("enter", "ctrl+u")
        await driver.paste(str(tmp_path / "out.xlsx"))
        await driver.press("enter")
        assert (tmp_path / "out.xlsx").exists(), driver.text


async def test_a_state_goes_back_by_keys_with_a_reason_or_stays(small: Path, tmp_path: Path) -> None:
    session = open_session(small, today=TODAY)
    uid = session.reader().execute("SELECT uid FROM project WHERE name = '杭州西站枢纽'").fetchone()[0]
    project.edit(session, uid, {"audit_on": TODAY, "land_on": TODAY})
    project.move(session, uid, "ready", {})
    register.add(session, "person", None, {"name": "李审核"})
    session.close()
    path = tmp_path / "list.csv"
    path.write_text("项目名称,所在地,总投资（亿元）,阶段\n杭州西站枢纽,杭州市,26,前期\n", "utf-8")
    async with running(small, "en", (120, 40)) as driver:

        def stored() -> tuple[str, int]:
            query = "SELECT stage, total_invest FROM project WHERE uid = ?"
            return tuple(driver.app.session.reader().execute(query, (uid,)).fetchone())

        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        assert "1 ask: Enter decides" in driver.text
        await driver.press("ctrl+s")  # nobody decided: it asks once more
        assert "earlier state than the register: 1" in driver.text
        await driver.press("escape", "enter", "down", "enter")
        await driver.type("手续不全")
        await driver.press("tab")
        await driver.type("李审核")
        await driver.press("ctrl+s")
        assert "Stage: Ready → Preparatory" in driver.text
        await driver.press("ctrl+s")
        assert stored() == ("preparatory", 2_600_000_000)
        await driver.press("ctrl+z")
        assert stored() == ("ready", 2_500_000_000)
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k", "ctrl+s", "2")  # it stays, the rest is taken in
        assert stored() == ("ready", 2_600_000_000)


async def test_what_was_said_of_a_list_is_not_thrown_away_by_one_key(small: Path, tmp_path: Path) -> None:
    """Esc, F10 and the keys of screens ask; undo brings back what was left."""
    path = listed(tmp_path, "甲项目,南太湖新区,3,")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "escape")
        assert "99 projects" in driver.text or "2 projects" in driver.text  # nothing was said yet
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k", "enter")
        await driver.choose("Type what it means")
        await driver.type("湖州市")
        await driver.press("enter")
        assert "New 1" in driver.text
        await driver.press("escape")
        for key in ("escape", "f10", "2"):
            await driver.press(key)
            assert "Not taken in yet" in driver.text, key
            await driver.press("escape")
            assert "Import" in driver.head
        await driver.press("escape", "down", "enter")
        assert "2 projects" in driver.text
        await driver.press("ctrl+z", "ctrl+k")
        assert "New 1" in driver.text
        await driver.press("enter")  # what was said is shown, and asked about again
        assert "“南太湖新区” → 湖州市" in driver.text
        await driver.press("enter")
        assert "Refused 1" in driver.text


async def test_what_a_text_means_is_said_by_keys_for_all_rows_and_later_lists(small: Path, tmp_path: Path) -> None:
    path = listed(tmp_path, "甲项目,南太湖新区,3,", "乙项目,南太湖新区,4,")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        assert "Refused 2" in driver.text
        await driver.press("enter")
        assert "What does “南太湖新区” under “所在地” mean" in driver.text
        await driver.choose("湖州市")
        assert "New 2" in driver.text
        await driver.press("ctrl+s")
        later = listed(tmp_path, "丙项目,南太湖新区,5,")
        await driver.press("ctrl+e")
        await driver.paste(str(later))
        await driver.press("enter", "ctrl+k")
        assert "New 1 · Changed 0 · Same 0 · Refused 0" in driver.text


@pytest.fixture
def started(small: Path) -> Path:
    """Four projects that are further than a list says: two of them are ready, two are being built."""
    session = open_session(small, today=TODAY)
    for number in range(4):
        values = {"name": f"推进项目{'甲乙丙丁'[number]}", "region_code": "330522", "total_invest": 10**9}
        uid = project.add(session, {**values, "audit_on": TODAY, "land_on": TODAY, "stage": "preparatory"}).uid
        project.move(session, uid, "ready", {})
        if number > 1:
            project.move(session, uid, "building", {"real_start": TODAY, "start_evidence": ["permit"]})
    register.add(session, "person", None, {"name": "李审核"})
    session.close()
    return small


async def test_each_row_that_asks_is_decided_on_or_all_that_ask_the_same(started: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = [
        f"推进项目{letter},长兴县,10,{stage}"
        for letter, stage in zip("甲乙丙丁", ("前期",) * 3 + ("具备开工条件",), strict=True)
    ]
    path.write_text("\n".join(["项目名称,所在地,总投资（亿元）,阶段", *rows]) + "\n", "utf-8")
    async with running(started, "en", (120, 40)) as driver:

        def stages() -> list[str]:
            found = driver.app.session.reader().execute(
                "SELECT stage FROM project WHERE name LIKE '推进项目%' ORDER BY name"
            )
            return sorted(row[0] for row in found)

        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        assert "4 ask: Enter decides" in driver.text
        await driver.press("enter")
        assert "All 3 such rows stay" in driver.text and "Take all 3 such rows back" in driver.text
        await driver.press("enter")  # this one stays
        assert "3 ask: Enter decides" in driver.text
        await driver.press("enter")
        assert "All 2 such rows stay" in driver.text
        await driver.press("down", "down", "down", "enter")  # both others go back
        await driver.type("手续不全")
        await driver.press("tab")
        await driver.type("李审核")
        await driver.press("ctrl+s")
        assert "1 ask: Enter decides" in driver.text  # the one that goes back to another state
        await driver.press("enter")
        assert "such rows" not in driver.text
        await driver.press("enter", "ctrl+s")
        assert stages() == ["building", "preparatory", "preparatory", "ready"]


async def test_a_text_may_mean_nothing(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("项目名称,所在地,总投资（亿元）,建设性质\n甲项目,长兴县,3,拆建\n", "utf-8")
    async with running(small, "en", (120, 40)) as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k", "enter", "down", "enter")  # the second choice leaves the field empty
        assert "New 1" in driver.text and "Refused 0" in driver.text
        await driver.press("ctrl+s")
        found = driver.app.session.reader().execute("SELECT nature FROM project WHERE name = '甲项目'").fetchone()
        assert tuple(found) == (None,)


async def test_rows_that_keep_another_state_stand_before_those_of_which_nothing_is_said(
    small: Path, tmp_path: Path
) -> None:
    session = open_session(small, today=TODAY)
    uid = session.reader().execute("SELECT uid FROM project WHERE name = '杭州西站枢纽'").fetchone()[0]
    project.edit(session, uid, {"audit_on": TODAY, "land_on": TODAY})
    project.move(session, uid, "ready", {})
    for name in ("甲园", "乙园", "丙园"):
        project.add(session, {"name": name, "region_code": "330522", "total_invest": 10**9})
    session.close()
    rows = ("甲园,长兴县,10,", "乙园,长兴县,约10,", "丙园,长兴县,10,竣工", "杭州西站枢纽,杭州市,25,前期")
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["项目名称,所在地,总投资（亿元）,阶段", *rows]), "utf-8")
    async with running(small, "en", (120, 40)) as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        shown = [
            name
            for line in driver.text.splitlines()
            for name in ("甲园", "乙园", "丙园", "杭州西站枢纽")
            if name in line
        ]
        assert shown == ["杭州西站枢纽", "乙园", "丙园", "甲园"]  # what asks, what is told of, the rest
        assert "Same 4 · Refused 0 · 1 ask: Enter decides · 1 keep another state" in driver.text


async def test_a_list_without_a_known_heading_is_pointed_at(small: Path, tmp_path: Path) -> None:
    """Enter on the row of the headings, then the kind, then each column; Esc goes from the rows back to the columns."""
    path = tmp_path / "list.csv"
    path.write_text("编码,建设事项,归口片区\nA1,环城路,长兴县\n", "utf-8")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter")
        assert "No known heading" in driver.text
        assert "编码 | 建设事项 | 归口片区" in driver.text
        await driver.press("enter", "enter")
        assert "3 columns, 3 not taken" in driver.text
        await driver.press("down", "f2")
        await driver.type("name")
        await driver.press("enter")
        assert "3 columns, 2 not taken" in driver.text
        await driver.press("ctrl+k")
        assert "Region is missing" in driver.text
        await driver.press("escape")
        assert "3 columns, 2 not taken" in driver.text


async def test_a_total_up_to_a_month_is_asked_about_by_keys(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "项目名称,所在地,总投资（亿元）,1-8月累计完成投资（万元）,本年累计（万元）\n甲园,长兴县,3,1600,1600", "utf-8"
    )
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "down", "down", "down", "f2")
        await driver.type("reported sum")
        await driver.press("enter")
        assert "Of which month?" in driver.text
        await driver.press("enter", "ctrl+k")
        assert "1 ask: Enter decides" in driver.text and "of 8 months nothing" in " ".join(driver.text.split())
        await driver.press("enter")
        assert "Spread over the months" in driver.text
        await driver.press("enter", "ctrl+s")
        rows = driver.app.session.reader().execute("SELECT month, invest_month FROM monthly_report ORDER BY month")
        assert [row[1] for row in rows.fetchall()] == [2_000_000] * 8


async def test_a_day_that_a_state_needs_is_asked_for_at_its_row(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "项目名称,审批事项,审批部门,受理日期,办理状态,批文号\n杭州西站枢纽,能评,市发改委,2023-09-01,已办结,1号",
        "utf-8",
    )
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.paste(str(path))
        await driver.press("enter", "ctrl+k")
        assert "needs: Decided on" in driver.text and "1 ask: Enter decides" in driver.text
        await driver.press("enter")
        await driver.type("2023-09-08")
        await driver.press("enter")
        assert "needs: Decided on" not in driver.text
        await driver.press("ctrl+s")
        row = driver.app.session.reader().execute("SELECT state, decided_on FROM service ORDER BY id DESC").fetchone()
        assert tuple(row) == ("decided", "2023-09-08")


async def test_several_marked_lists_are_taken_in_as_one(small: Path, tmp_path: Path) -> None:
    """Each has its counts; one whose unit is not said is asked about in its own place; one undo takes all back."""
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.csv").write_text("项目名称,所在地,总投资（亿元）\n甲园,长兴县,3", "utf-8")
    (folder / "b.csv").write_text("项目名称,所在地,总投资\n乙园,长兴县,3", "utf-8")
    async with running(small, "en") as driver:
        await driver.press("ctrl+e")
        await driver.type(f"{folder}/")
        await driver.press("down", "insert", "insert", "enter")
        assert "2 lists" in driver.text and "In which unit does “总投资” count?" in driver.text
        await driver.press("ctrl+s")
        assert "b.csv: In which unit" in driver.text  # the wrong one is named; Enter: nothing
        await driver.press("enter")
        assert driver.app.session.reader().execute("SELECT count(*) FROM project").fetchone()[0] == 2
        await driver.press("down", "enter", "down", "down", "deed:unit", "enter", "ctrl+s", "ctrl+s")
        assert "New 2" in driver.text
        await driver.press("ctrl+s")
        rows = driver.app.session.reader().execute("SELECT name FROM project ORDER BY id DESC LIMIT 2").fetchall()
        assert [row[0] for row in rows] == ["乙园", "甲园"]
        await driver.press("ctrl+z")
        assert driver.app.session.reader().execute("SELECT count(*) FROM project").fetchone()[0] == 2
