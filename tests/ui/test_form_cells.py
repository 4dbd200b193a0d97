"""The cells of forms of other offices: put right by keys, and what their colours say."""

from dataclasses import replace
from pathlib import Path

import openpyxl

from tests.office_forms import city_form
from tests.ui.driver import TODAY, Driver, running
from tests.ui.test_forms import take
from zjtui.sheets import forms
from zjtui.store.read import forms as stored
from zjtui.ui import office_form_text
from zjtui.usecases import correct, report_template
from zjtui.usecases.session import Session, open_session


async def test_a_change_is_for_the_marked_cells_where_some_are_marked(workspace: Path) -> None:
    async with running(workspace, size=(120, 40)) as driver:
        await take(driver)
        for _row in range(3):
            await driver.press("down")
        await driver.press("insert", "insert")  # B5 and C5, number and plan of Hangzhou
        for _row in range(7):
            await driver.press("down")
        await driver.press("insert", "enter")  # C6, that of Ningbo
        await driver.choose("unit", "10k")  # no question whether all of the column are meant
        assert "544,300 10k yuan" in driver.text and "404,700 10k yuan" in driver.text
        assert "54.35 100m yuan" in driver.text  # Wenzhou
        assert "T-02" not in driver.messages  # a number of projects stays one
        await driver.press("ctrl+z")
        assert "54.43 100m yuan" in driver.text and "40.47 100m yuan" in driver.text


async def test_every_change_is_undone_by_one_key(workspace: Path) -> None:
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("ctrl+a", "f5")
        assert "to be confirmed" not in driver.foot
        await driver.press("ctrl+z")
        assert "3 to be confirmed" in driver.foot
        await driver.press("tab", "insert", "delete", "ctrl+z")
        assert "3 to be confirmed" in driver.foot


async def test_a_cell_of_ones_own_choice_is_filled_and_a_formula_is_not(workspace: Path) -> None:
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("ctrl+n")
        await driver.choose("C16")
        assert "holds a formula" in driver.messages
        await driver.press("ctrl+n")
        await driver.choose("进度表！I5", "total")  # as an input method types it
        assert "83 cells" in driver.foot
        [line] = [line for line in driver.text.splitlines() if line.startswith(("I5 ", " I5 "))]
        assert "Hangzhou City" in line and "1,0" in line  # of the projects that its row names
        await driver.press("ctrl+n")
        await driver.choose("c5", "")  # one that is filled already begins with what fills it
        assert "83 cells" in driver.foot and "54.43 100m yuan" in driver.text


async def test_of_a_text_with_the_month_only_what_fills_it_can_be_changed(workspace: Path) -> None:
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("enter")
        assert "What is to be changed?" in driver.text and "Region" not in driver.text


def units(driver: Driver) -> dict[tuple[str, str], str]:
    [record] = stored.templates(driver.app.session.reader())
    return {cell.place: cell.unit for cell in record.form_cells if cell.ref.startswith("C")}


async def test_a_whole_column_changes_its_unit_at_once(workspace: Path, tmp_path: Path) -> None:
    path = city_form(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("A")
    for row in (("指标", "口径", "全省"), ("年度计划投资（亿元）", None, None)):
        other.append(row)
    book["进度表"].append(("指标", "口径", "全省"))  # the same column asks something else further down
    book["进度表"].append(("总投资（亿元）", None, None))
    other["C2"].number_format = book["进度表"]["C18"].number_format = "0.00"
    book.save(path)
    async with running(workspace) as driver:
        await take(driver, path)
        before = units(driver)
        assert before["A", "C2"] == before["进度表", "C18"] == before["进度表", "C5"] == "yi"
        await driver.press("down", "down", "down", "down", "enter")  # C5, the plan of Hangzhou
        await driver.choose("unit", "10k", "")  # all of the column
        changed = {place for place, unit in units(driver).items() if unit != before[place]}
        assert changed == {("进度表", f"C{row}") for row in range(5, 16)}
        assert "544,300 10k yuan" in driver.text and "404,700 10k yuan" in driver.text
        await driver.press("ctrl+z")
        assert units(driver) == before and "54.43 100m yuan" in driver.text


async def test_a_cell_is_of_one_month_for_good_where_somebody_says_so(workspace: Path) -> None:
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("down", "down", "down", "down", "down", "enter")
        await driver.choose("month", "month 3")
        assert "month 3 · H" in driver.text and "3.79 100m yuan" in driver.text
        [record] = stored.templates(driver.app.session.reader())
        assert [cell.month for cell in record.form_cells if cell.month] == [3]


async def test_figures_come_from_a_freeze_where_one_is_chosen(workspace: Path) -> None:
    from zjtui.usecases import freeze

    session = open_session(workspace, today=TODAY)
    freeze.make(session, "2023-08", "八月例会")
    session.close()
    async with running(workspace, "zh") as driver:
        await take(driver)
        await driver.press("f6", "down", "enter")
        assert "取自“八月例会”" in driver.head
        await driver.press("ctrl+left")
        assert "当前数" in driver.head and "2023-07" in driver.head


def test_what_contradicts_is_red_and_what_changed_or_waits_is_yellow(demo_session: Session, tmp_path: Path) -> None:
    path = city_form(tmp_path / "one.xlsx")
    uids = [forms.take(demo_session, path, {"name": name, "recipient": f"{name}办"})[0].uid for name in ("甲", "乙")]
    forms.send(demo_session, forms.filled_for(demo_session, uids[0]), tmp_path / "a.xlsx", sent_on=TODAY)
    row = demo_session.reader().execute(
        "SELECT m.uid FROM monthly_report m JOIN project p ON p.uid = m.project_uid WHERE m.month = '2023-08' "
        "AND m.invest_month > 100000000 AND p.region_code LIKE '3305%' LIMIT 1"
    ).fetchone()  # fmt: skip
    correct.correct(
        demo_session,
        "monthly_report",
        row["uid"],
        {"invest_month": 1000, "correction_reason": "核减"},
        {"reason": "核减"},
    )

    def tones(uid: str, ref: str) -> tuple[str, str]:
        [line] = [line for line in forms.filled_for(demo_session, uid).lines if line.cell.ref == ref]
        figure, last = office_form_text.cell_cells(line, {}, False)[3:5]
        return figure[1], last[1] if last else ""

    assert [tones(uids[0], ref) for ref in ("B9", "D9")] == [("strong", "muted"), ("strong", "warn")]
    assert [tones(uids[1], ref) for ref in ("A1", "B9", "D9")] == [("muted", ""), ("strong", ""), ("bad", "")]
    cell = next(cell for cell in report_template.get(demo_session, uids[1]).form_cells if cell.ref == "D9")
    report_template.change(demo_session, uids[1], [replace(cell, sure=False)])
    assert tones(uids[1], "D9") == ("warn", "")
