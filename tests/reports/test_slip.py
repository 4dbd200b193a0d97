"""Figures of forms as a person reads them, and the paper slip that goes with a form."""

import hashlib
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import TODAY
from tests.office_forms import city_form, taken
from zjtui.domain.report_template import FormCell
from zjtui.reports import filling, slip
from zjtui.reports.page import Page, Paragraph, Table
from zjtui.sheets import forms
from zjtui.store.read import forms as stored
from zjtui.usecases import correct, freeze
from zjtui.usecases.session import Session


def cell(query: str, unit: str, decimals: int) -> FormCell:
    return FormCell("表", "C5", query, unit, decimals)


@pytest.mark.parametrize(
    ("asked", "value", "shown"),
    [
        (cell("done", "yi", 4), Fraction(5_443_000_000), "54.43 100m yuan"),  # no zeros that say nothing
        (cell("done", "wan", 2), Fraction(12_345_678_900), "1,234,567.89 10k yuan"),
        (cell("done", "yuan", 0), Fraction(678_900_000_000_000), "678,900,000,000,000 yuan"),
        (cell("completion_rate", "percent", 2), Fraction(3, 5), "60.00%"),  # as many decimals as the cell has
        (cell("completion_rate", "fraction", 3), Fraction(3, 5), "60.0%"),
        (cell("completion_rate", "fraction", 0), Fraction(3, 5), "100%"),
        (cell("gap_points", "points", 1), Fraction(-33, 4), "-8.3 points"),
        (cell("projects", "count", 0), Fraction(1234), "1,234"),
        (cell("solving_rate", "percent", 2), None, "-"),
    ],
)
def test_a_figure_is_shown_as_it_stands_in_its_cell(asked: FormCell, value: Fraction | None, shown: str) -> None:
    assert filling.with_unit(asked, value) == shown


def test_a_cell_says_of_which_projects_it_is() -> None:
    asked = FormCell("表", "C5", "done", "yi", region="330500", field9="F1", attr="industrial")
    assert filling.scope(asked, {"330500": "湖州市"}) == "湖州市 · Advanced manufacturing base · Industrial"
    assert filling.scope(FormCell("表", "C5", "done", "yi"), {}) == "all projects"
    assert filling.scope(FormCell("表", "A1", "period", "text", text="8月"), {}) == ""


def lines(page: Page) -> list[str]:
    return [part.text for part in page.parts if isinstance(part, Paragraph)]


def rows(page: Page) -> tuple[tuple[str, ...], ...]:
    [table] = [part for part in page.parts if isinstance(part, Table)]
    return table.rows


def contradicted(session: Session, folder: Path, other: Path) -> str:
    """Tell one office the figures of August, correct one of them, and return the uid of another office's form."""
    one = taken(session, city_form(folder / "one.xlsx"))
    forms.send(session, forms.filled_for(session, one), folder / "first.xlsx", sent_on=TODAY)
    row = session.reader().execute(
        "SELECT m.uid FROM monthly_report m JOIN project p ON p.uid = m.project_uid "
        "WHERE m.month = '2023-08' AND m.invest_month > 100000000 AND p.region_code LIKE '3305%' LIMIT 1"
    ).fetchone()  # fmt: skip
    correct.correct(
        session, "monthly_report", row["uid"], {"invest_month": 1, "correction_reason": "核减"}, {"reason": "核减"}
    )
    return taken(session, other, "进度月报", "省统计局")


def test_the_slip_names_file_freeze_and_difference_and_has_lines_to_sign(demo_session: Session, tmp_path: Path) -> None:
    other = contradicted(demo_session, tmp_path, city_form(tmp_path / "two.xlsx", unit="万元"))
    filled = forms.filled_for(demo_session, other)
    content = forms.content(demo_session, filled)
    page = slip.page(demo_session, filled, content, "b.xlsx", TODAY, "审计核减")
    told = lines(page)
    assert told[:5] == [
        "To: 省统计局",
        "Form: 进度月报, figures up to 2023-08, sent on 2023-09-20",
        f"From the freeze “进度月报 2023-08”, change log {filled.head}",
        f"File: b.xlsx, SHA-256 {hashlib.sha256(content).hexdigest()[:16]}",
        "Figures differ from what others were told, because: 审计核减",
    ]
    assert len(filled.head) == 16
    assert [line.partition(": ")[0] for line in told[5:]] == [
        "D9", "E9", "F9", "Filled in by", "Checked by", "Released by (seal)", "Received by",
    ]  # fmt: skip
    assert "省发展改革委 was told 26.79 100m yuan on 2023-09-20" in told[5]
    assert rows(page)[:2] == (
        ("B5", "Projects", "Hangzhou City", "9"),
        ("C5", "Plan of the year", "Hangzhou City", "544,300 10k yuan"),
    )
    assert len(rows(page)) == len(filled.told) == 79  # no titles


def test_a_slip_can_be_shown_again_as_it_was(demo_session: Session, tmp_path: Path) -> None:
    path = city_form(tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["进度表"]).title = "附表"
    book.save(path)
    uid = contradicted(demo_session, tmp_path, path)
    frozen = freeze.make(demo_session, "2023-08", "八月例会").uid
    filled = forms.filled_for(demo_session, uid, freeze_uid=frozen)
    forms.send(demo_session, filled, tmp_path / "a.xlsx", sent_on=TODAY, reason="照例会数")
    page = slip.of_sent(demo_session, stored.ledger(demo_session.reader())[0])
    at_first = slip.page(demo_session, filled, (tmp_path / "a.xlsx").read_bytes(), "a.xlsx", TODAY, "照例会数")
    assert lines(page) == [line for line in lines(at_first) if "was told" not in line]
    assert "From the freeze “八月例会”" in lines(page)[2] and "照例会数" in lines(page)[4]
    assert rows(page) == rows(at_first)
    assert rows(page)[0][0] == "进度表!B5" and rows(page)[-1][0] == "附表!H16"


def test_where_nothing_differs_no_reason_is_told(demo_session: Session, tmp_path: Path) -> None:
    uid = taken(demo_session, city_form(tmp_path / "form.xlsx"))
    forms.send(demo_session, forms.filled_for(demo_session, uid), tmp_path / "a.xlsx", sent_on=TODAY, reason="照例会数")
    [sent] = stored.ledger(demo_session.reader())
    assert sent.reason is None and not any("because" in line for line in lines(slip.of_sent(demo_session, sent)))
