"""What was sent to whom: figures that contradict each other are caught, everything sent is frozen, kept, and undone."""

from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.conftest import TODAY
from tests.office_forms import (
    city_form,
    list_form,
    taken,
    values_of,
)
from zjtui.domain.month import Month
from zjtui.domain.report_template import FormCell
from zjtui.errors import RefusedMany, ZjtuiError
from zjtui.reports import slip
from zjtui.reports.page import Paragraph, Table
from zjtui.sheets import forms
from zjtui.store import contents
from zjtui.store.read import forms as stored
from zjtui.usecases import attachment, checking, correct, freeze, register, report_template, undo
from zjtui.usecases.session import Session

AUGUST = Month(2023, 8)


def halve(session: Session, city: str = "3305", month: str = "2023-08") -> None:
    """Correct a month of one project of a city."""
    row = session.reader().execute(
        "SELECT m.uid, m.invest_month FROM monthly_report m JOIN project p ON p.uid = m.project_uid "
        "WHERE m.month = ? AND m.invest_month > 0 AND p.region_code LIKE ? ORDER BY 2 DESC LIMIT 1", (month, f"{city}%"),
    ).fetchone()  # fmt: skip
    values = {"invest_month": row["invest_month"] // 2, "correction_reason": "核减"}
    correct.correct(session, "monthly_report", row["uid"], values, {"reason": "核减"})


def two_forms(session: Session, folder: Path) -> tuple[str, str]:
    """The same figures for two offices, one in 亿元 with two decimals, one in 万元."""
    one = taken(session, city_form(folder / "one.xlsx"), "推进表", "省发展改革委")
    other = taken(session, city_form(folder / "other.xlsx", unit="万元"), "进度月报", "省统计局")
    return one, other


def test_another_figure_for_another_office_is_caught_and_needs_a_reason(demo_session: Session, tmp_path: Path) -> None:
    one, other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    halve(demo_session)
    filled = forms.filled_for(demo_session, other)
    red = [line.cell.ref for line in filled.lines if line.against]
    assert red == ["D9", "E9", "F9"] and filled.counts()["against"] == 3
    [told] = filled.lines[[line.cell.ref for line in filled.lines].index("D9")].against
    assert told.sent.recipient == "省发展改革委"
    with pytest.raises(RefusedMany, match="T-05"):
        forms.send(demo_session, filled, tmp_path / "b.xlsx", sent_on=TODAY)
    assert not (tmp_path / "b.xlsx").exists() and not (tmp_path / "b-slip.docx").exists()
    forms.send(demo_session, filled, tmp_path / "b.xlsx", sent_on=TODAY, reason="审计核减")
    assert stored.ledger(demo_session.reader())[0].reason == "审计核减"
    # the first office is now the one that was told otherwise
    assert forms.filled_for(demo_session, one).counts()["against"] == 0
    assert forms.filled_for(demo_session, one).counts()["changed"] == 3


def test_the_same_figure_in_another_unit_or_of_another_month_contradicts_nothing(
    demo_session: Session, tmp_path: Path
) -> None:
    one, other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    assert forms.filled_for(demo_session, other).counts()["against"] == 0
    assert forms.filled_for(demo_session, other, "2023-07").counts()["against"] == 0


def test_a_difference_that_neither_office_can_see_is_none(demo_session: Session, tmp_path: Path) -> None:
    one, other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    row = demo_session.reader().execute(
        "SELECT uid, invest_month FROM monthly_report WHERE month = '2023-08' AND invest_month > 0 LIMIT 1"
    ).fetchone()  # fmt: skip
    values = {"invest_month": row["invest_month"] + 1, "correction_reason": "尾差"}  # one yuan
    correct.correct(demo_session, "monthly_report", row["uid"], values, {"reason": "尾差"})
    assert forms.filled_for(demo_session, other).counts()["against"] == 0
    assert forms.filled_for(demo_session, one).counts()["changed"] == 0


def test_only_what_was_last_sent_of_a_month_stands_with_an_office(demo_session: Session, tmp_path: Path) -> None:
    one, other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    halve(demo_session)
    forms.send(
        demo_session, forms.filled_for(demo_session, one), tmp_path / "a2.xlsx", sent_on=TODAY
    )  # corrected there
    assert forms.filled_for(demo_session, other).counts()["against"] == 0


def test_sending_freezes_the_figures_and_one_undo_takes_all_of_it_back(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    written = forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    [sent], [frozen] = stored.ledger(demo_session.reader()), freeze.listed(demo_session)
    assert (sent.freeze_uid, sent.head, sent.month, sent.recipient) == (
        frozen.uid,
        frozen.head,
        "2023-08",
        "省发展改革委",
    )
    assert written.slip and written.slip.exists()
    undo.undo(demo_session)
    assert (stored.ledger(demo_session.reader()), freeze.listed(demo_session)) == ([], [])
    undo.redo(demo_session)
    assert stored.ledger(demo_session.reader()) == [sent]
    assert checking.check(demo_session, whole=True).identical


def test_a_form_filled_from_a_freeze_tells_its_figures_whatever_came_later(
    demo_session: Session, tmp_path: Path
) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    counties = taken(
        demo_session,
        list_form(tmp_path / "c.xlsx", [["地区", "完成投资（亿元）", "已销号"], ["长兴县", None, None], ["安吉县", None, None]]),
        "县表", "省办",
    )  # fmt: skip
    frozen = freeze.make(demo_session, "2023-08", "八月").uid
    before = {uid: forms.filled_for(demo_session, uid).told for uid in (one, counties)}
    halve(demo_session, "3301")
    halve(demo_session, "330522")
    for uid, told in before.items():
        assert forms.filled_for(demo_session, uid).told != told
        filled = forms.filled_for(demo_session, uid, freeze_uid=frozen)
        assert filled.told == told and filled.month == "2023-08"
        [record] = freeze.listed(demo_session)
        assert filled.head == record.head  # not where the log is now
    july = freeze.make(demo_session, "2023-06", "六月").uid
    assert forms.filled_for(demo_session, one, freeze_uid=july).month == "2023-06"
    register.remove(demo_session, "freeze", july)
    filled = forms.filled_for(demo_session, one, freeze_uid=frozen)
    forms.send(demo_session, filled, tmp_path / "a.xlsx", sent_on=TODAY)
    assert stored.ledger(demo_session.reader())[0].freeze_uid == frozen and len(freeze.listed(demo_session)) == 1
    with pytest.raises(ZjtuiError, match="T-08"):
        forms.filled_for(demo_session, one, "2023-07", frozen)


def test_a_register_that_went_on_is_not_sent_as_it_was(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    filled = forms.filled_for(demo_session, one)
    halve(demo_session)
    with pytest.raises(RefusedMany, match="T-06"):
        forms.send(demo_session, filled, tmp_path / "a.xlsx", sent_on=TODAY)
    assert not (tmp_path / "a.xlsx").exists() and not stored.ledger(demo_session.reader())


def test_what_waits_to_be_confirmed_is_not_among_what_was_sent(demo_session: Session, tmp_path: Path) -> None:
    rows = [["2023年1-8月", None, None], ["地区", "项目数", "完成投资"], ["湖州市", None, None]]  # in which unit?
    uid = taken(demo_session, list_form(tmp_path / "f.xlsx", rows))
    filled = forms.filled_for(demo_session, uid)
    assert [(line.cell.ref, line.filled) for line in filled.lines] == [("A1", True), ("B3", True), ("C3", False)]
    with pytest.raises(RefusedMany, match=r"1 cell waits to be confirmed \(C3\).*T-10"):
        forms.send(demo_session, filled, tmp_path / "a.xlsx", sent_on=TODAY)
    assert not (tmp_path / "a.xlsx").exists() and not stored.ledger(demo_session.reader())
    forms.send(demo_session, filled, tmp_path / "a.xlsx", sent_on=TODAY, incomplete=True)
    [sent] = stored.ledger(demo_session.reader())
    assert [(cell.ref, value) for cell, value in sent.told()] == [("B3", 9)]
    assert [cell.ref for cell in sent.left()] == ["C3"]
    told = [part.text for part in slip.of_sent(demo_session, sent).parts if isinstance(part, Paragraph)]
    assert "Not confirmed, left as they were in the workbook: C3" in told
    paper = docx.Document(str(tmp_path / "a-slip.docx"))
    assert any("in the workbook: C3" in paragraph.text for paragraph in paper.paragraphs)


def test_columns_of_months_are_filled_with_their_own_month_up_to_that_of_the_form(
    demo_session: Session, tmp_path: Path
) -> None:
    rows = [
        ["2023年重大项目各月完成投资（亿元）"], ["地区", *(f"{month}月" for month in range(6, 10))],
        ["湖州市", *[None] * 4], ["嘉兴市", *[None] * 4],
    ]  # fmt: skip
    uid = taken(demo_session, list_form(tmp_path / "f.xlsx", rows, ["A1:E1"]))
    filled = forms.filled_for(demo_session, uid)
    assert filled.counts() == {"cells": 8, "changed": 0, "against": 0, "waiting": 0, "empty": 2}
    shown = {line.cell.ref: line.value for line in filled.lines}
    assert shown["E3"] is None and shown["E4"] is None  # September is not over
    alone = taken(
        demo_session, list_form(tmp_path / "h.xlsx", [["地区", "当月完成投资（亿元）"], ["湖州市", None]]), "当月"
    )
    for ref, month in (("B3", "2023-06"), ("C3", "2023-07"), ("D3", "2023-08")):
        [line] = [line for line in forms.filled_for(demo_session, alone, month).lines if line.cell.query != "period"]
        assert shown[ref] == line.value and line.value, ref
    # what one form says of August in its column is held against what another says in a form of August
    filled = forms.filled_for(demo_session, uid)
    forms.send(demo_session, filled, tmp_path / "sent.xlsx", sent_on=TODAY)
    assert values_of(tmp_path / "sent.xlsx")["C2"] == "7月"
    assert forms.filled_for(demo_session, alone, "2023-08").counts()["against"] == 0
    halve(demo_session)
    halve(demo_session, month="2023-07")
    august = forms.filled_for(demo_session, alone, "2023-08")
    assert august.counts()["against"] == 1
    frozen = freeze.listed(demo_session)[0].uid
    again = {line.cell.ref: line.value for line in forms.filled_for(demo_session, uid, "", frozen).lines}
    assert again == shown


def test_a_blank_is_no_reason(demo_session: Session, tmp_path: Path) -> None:
    one, other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    halve(demo_session)
    with pytest.raises(RefusedMany, match="T-05"):
        forms.send(
            demo_session, forms.filled_for(demo_session, other), tmp_path / "b.xlsx", sent_on=TODAY, reason=" 　"
        )


def test_cells_are_shown_as_one_reads_them_and_files_are_named_after_form_and_month(
    demo_session: Session, tmp_path: Path
) -> None:
    path = list_form(
        tmp_path / "月报.xlsm", [["类别", "项目数", "总投资（亿元）"], *([name] for name in ("湖州市", *["合计"] * 9))]
    )
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Sheet"]).title = "A"
    book.save(path)
    uid = taken(demo_session, path, name="进度/月报:1")
    filled = forms.filled_for(demo_session, uid)
    order = [f"{letter}{row}" for row in range(2, 12) for letter in "BC"]
    assert [line.cell.place for line in filled.lines] == [(sheet, ref) for sheet in ("Sheet", "A") for ref in order]
    assert forms.file_name(filled) == "进度_月报_1-2023-08.xlsm"


def test_a_form_without_a_cell_is_not_sent(demo_session: Session, tmp_path: Path) -> None:
    uid = taken(demo_session, list_form(tmp_path / "f.xlsx", [["姓名", "电话"], ["张三", None]]), "通讯录", "省办")
    with pytest.raises(RefusedMany, match="T-07"):
        forms.send(demo_session, forms.filled_for(demo_session, uid), tmp_path / "a.xlsx", sent_on=TODAY)


def test_a_file_that_is_there_is_not_replaced_unless_it_is_said(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    filled, target = forms.filled_for(demo_session, one), tmp_path / "a.xlsx"
    target.write_text("mine")
    with pytest.raises(ZjtuiError, match="X-01"):
        forms.send(demo_session, filled, target, sent_on=TODAY)
    assert target.read_text() == "mine" and not stored.ledger(demo_session.reader())
    assert not (tmp_path / "a-slip.docx").exists()
    (tmp_path / "b-slip.docx").write_text("mine too")  # the slip's name is taken: the workbook does not stay alone
    with pytest.raises(ZjtuiError, match="X-01"):
        forms.send(demo_session, filled, tmp_path / "b.xlsx", sent_on=TODAY)
    assert not (tmp_path / "b.xlsx").exists() and not stored.ledger(demo_session.reader())
    forms.send(demo_session, filled, target, sent_on=TODAY, over=True)
    assert values_of(target)["B5"] == 9


def test_what_was_sent_comes_again_byte_for_byte_also_after_the_form_changed(
    demo_session: Session, tmp_path: Path
) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    [sent] = stored.ledger(demo_session.reader())
    halve(demo_session)
    report_template.change(demo_session, one, [], [("进度表", "B5")])
    forms.again(demo_session, sent, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "a.xlsx").read_bytes()
    page = slip.of_sent(demo_session, sent)
    table = next(part for part in page.parts if isinstance(part, Table))
    assert len(table.rows) == len(sent.told()) == 79 and ("B5", "Projects", "Hangzhou City", "9") in table.rows


def test_a_form_that_something_was_sent_in_stays(demo_session: Session, tmp_path: Path) -> None:
    one, other = two_forms(demo_session, tmp_path)
    forms.send(demo_session, forms.filled_for(demo_session, one), tmp_path / "a.xlsx", sent_on=TODAY)
    with pytest.raises(ZjtuiError, match="G-23"):
        register.remove(demo_session, "report_template", one)
    register.remove(demo_session, "report_template", other)
    undo.undo(demo_session)
    assert len(stored.templates(demo_session.reader())) == 2


def test_cells_are_put_right_one_operation_each_and_undone(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    cells = {cell.ref: cell for cell in report_template.get(demo_session, one).form_cells}
    report_template.change(demo_session, one, [cells["B5"].asking("total"), FormCell("进度表", "I5", "plan", "wan", 2)],
                           [("进度表", "G16")])  # fmt: skip
    now = {cell.ref: cell for cell in report_template.get(demo_session, one).form_cells}
    assert (now["B5"].query, now["B5"].unit, now["I5"].query) == ("total", "yi", "plan") and "G16" not in now
    assert now.keys() - cells.keys() == {"I5"}
    undo.undo(demo_session)
    assert {cell.ref: cell for cell in report_template.get(demo_session, one).form_cells} == cells


def test_a_cell_that_is_filled_twice_or_in_a_foreign_unit_is_refused(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    cell = report_template.get(demo_session, one).form_cells[0]
    for cells, rule in (([cell, cell], "T-01"), ([replace(cell, unit="yi")], "T-02")):
        with pytest.raises(RefusedMany, match=rule):
            register.edit(demo_session, "report_template", one, {"cells": [item.kept() for item in cells]})


def test_a_form_whose_workbook_is_gone_says_so_and_check_finds_it(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    record = report_template.get(demo_session, one)
    contents.path_of(demo_session.workspace.folder, record.sha256).unlink()
    with pytest.raises(ZjtuiError, match="F-03"):
        forms.content(demo_session, forms.filled_for(demo_session, one))
    assert [str(problem) for problem in attachment.problems(demo_session)] == [
        "The content of “one.xlsx” is missing from the workspace"
    ]


def test_figures_of_a_newer_version_are_kept_and_not_filled(demo_session: Session, tmp_path: Path) -> None:
    one, _other = two_forms(demo_session, tmp_path)
    strange = {"sheet": "进度表", "ref": "I5", "query": "jobs_created", "unit": "count", "later": "x"}
    cells = [*report_template.get(demo_session, one).cells, strange]
    register.edit(demo_session, "report_template", one, {"cells": cells})
    filled = forms.filled_for(demo_session, one)
    assert [line.cell.ref for line in filled.lines if not line.filled] == ["I5"]
    assert ("进度表", "I5") not in filled.values


# Queries
