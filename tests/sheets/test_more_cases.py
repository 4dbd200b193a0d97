"""Further lists of the kinds of `test_cases.py`, each in another dialect, another writing, or another place."""

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.sheets import reading
from zjtui.usecases import importing
from zjtui.usecases.session import Session, open_session

CASES = Path(__file__).parent / "cases"
YI = 100_000_000
HEAD = "项目名称,所在地,总投资（亿元）"
_SPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")
} | {"calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"}


@pytest.fixture
def session(empty_workspace: Path, tmp_path: Path) -> Iterator[Session]:
    """An open, empty register, on a day after all that the lists speak of."""
    opened = open_session(Path(shutil.copytree(empty_workspace, tmp_path / "workspace")), today=date(2026, 11, 30))
    yield opened
    opened.close()


@pytest.fixture
def text(tmp_path: Path) -> Make:
    """Write a CSV."""

    def make(content: str, name: str = "list.csv") -> Path:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path / name

    return make


@pytest.fixture
def ods(tmp_path: Path) -> Make:
    """Write rows to an .ods; a tuple is (attributes, text, row attributes of its row)."""

    def cell(value: object) -> str:
        attributes, shown = value if isinstance(value, tuple) else ("", value)
        if attributes == "covered":
            return "<table:covered-table-cell/>"
        if isinstance(shown, int | float):
            kind = "" if "value-type" in attributes else ' office:value-type="float"'
            return f'<table:table-cell{kind} office:value="{shown}" {attributes}><text:p>{shown}</text:p></table:table-cell>'
        kind = "" if "value-type" in attributes else ' office:value-type="string"'
        return f"<table:table-cell{kind} {attributes}><text:p>{shown}</text:p></table:table-cell>"

    def make(rows: Sequence[Sequence[object]], styles: str = "", looks: Sequence[str] = (), **called: str) -> Path:
        lines = "".join(
            f"<table:table-row {looks[number] if number < len(looks) else ''}>{''.join(map(cell, row))}</table:table-row>"
            for number, row in enumerate(rows)
        )
        spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in _SPACES.items())
        content = (
            f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f'<office:spreadsheet><table:table table:name="清单">{lines}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>"
        )
        for name, other in called.items():
            content = content.replace(f"{name}:", f"{other}:").replace(f"xmlns:{name}=", f"xmlns:{other}=")
            content = content.replace(f"xmlns:{other}:1.0", f"xmlns:{name}:1.0")
        path = tmp_path / "list.ods"
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            file.writestr("META-INF/manifest.xml", "<manifest/>")
            file.writestr("content.xml", content)
        return path

    return make


def edited(made: Path, path: Path, old: str, new: str) -> None:
    """Write a workbook anew with something else in its sheets."""
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(path, "w") as after:
        for item in before.infolist():
            part = before.read(item)
            if item.filename.startswith("xl/worksheets/"):
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            after.writestr(item.filename, part)


def totals(session: Session) -> dict[str, float]:
    """Return the totals in 亿元, by the names of the projects."""
    return {row["name"]: row["total_invest"] / YI for row in rows_of(session)}


@pytest.mark.parametrize("end", ["（万元）", "完成投资（万元）"])
@pytest.mark.parametrize("plan", ["", "2024年计划投资（万元）,"])
def test_december_is_a_month_like_every_other(end: str, plan: str, session: Session, text: Make) -> None:
    given = "50000," if plan else ""
    path = text(f"{HEAD},{plan}2023年11月{end},2023年12月{end}\n甲园,长兴县,30,{given}1500,1800\n")
    taken(session, path, kind="project")
    amounts = {row["month"]: row["invest_month"] / 10_000 for row in rows_of(session, "monthly_report")}
    assert amounts == {"2023-11": 1500, "2023-12": 1800}


@pytest.mark.parametrize(
    "heading", ["截至2023年12月", "2023年底累计完成投资", "至2023年12月31日累计完成投资", "2023年12月底累计完成"]
)
def test_what_was_done_up_to_the_end_of_a_year_is_a_total(heading: str, session: Session, text: Make) -> None:
    path = text(f"{HEAD},2024年计划投资（万元）,{heading}（万元）\n甲园,长兴县,30,50000,1800\n")
    taken(session, path, kind="project", year=2024)
    assert rows_of(session, "monthly_report") == []
    assert [row["opening_total"] for row in rows_of(session, "annual_plan")] == [18_000_000]


def test_an_xls_says_its_errors_its_hidden_rows_and_the_year_it_counts_from(session: Session) -> None:
    result = taken(session, CASES / "biff-1904.xls")
    assert what(result) == "nrrrnn"
    assert ["#N/A" in why(result.lines[1]), "#REF!" in why(result.lines[2]), "#VALUE!" in why(result.lines[3])] == [
        True
    ] * 3
    assert {row["plan_start"] for row in rows_of(session)} == {"2023-06-01"}
    assert "hidden" in told(result.lines[4]) and "Struck out" in told(result.lines[5])


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!", "#SPILL!", "Err:502", "错误:508"])
@pytest.mark.parametrize("place", [0, 2, 3])
def test_an_error_that_was_written_down_as_a_text_is_one(place: int, error: str, session: Session, text: Make) -> None:
    cells = ["甲园", "长兴县", "3", "甲公司"]
    cells[place] = error
    result = taken(session, text(f"{HEAD},建设单位\n{','.join(cells)}\n乙园,长兴县,4,乙公司\n"))
    assert what(result) == "rn" and error in why(result.lines[0]) and "L-03" in why(result.lines[0])
    assert "missing" not in why(result.lines[0])


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "#NUM!"])
def test_an_error_of_a_later_excel_refuses_its_row_alone(
    error: str, session: Session, book: Make, tmp_path: Path
) -> None:
    made = book([HEAD.split(","), ["甲园", "长兴县", 3], ["乙园", "长兴县", 77]])
    path = tmp_path / "errors.xlsx"
    edited(made, path, '<c r="C3" t="n"><v>77</v>', f'<c r="C3" t="e"><v>{error}</v>')
    result = taken(session, path)
    assert what(result) == "nr" and error in why(result.lines[1])


@pytest.mark.parametrize(
    ("serials", "expected"),
    [
        (["一", "（一）", "（二）", "二", "1", "2"], "nxxnxx"),
        (["1", "①", "②", "2", "(1)", "(2)"], "nxxnxx"),
        (["1", "1—1", "1—2", "2", "a", "b)"], "nxxnxx"),
        (["一", "一-1", "一-2", "二", "①", "②"], "nxxnxx"),
        (["1", "2", "3", "10", "11", "12"], "nnnnnn"),
        (["（1）", "（2）", "（3）", "（4）", "（5）", "（6）"], "nnnnnn"),
        (["①", "②", "③", "④", "⑤", "⑥"], "nnnnnn"),
    ],
)
def test_what_counts_lower_is_a_part_of_the_item_above(
    serials: list[str], expected: str, session: Session, text: Make
) -> None:
    rows = "".join(f"{serial},第{number}工程,长兴县,{number + 2}\n" for number, serial in enumerate(serials))
    result = taken(session, text(f"序号,{HEAD}\n{rows}"))
    assert what(result) == expected
    assert all("Part of the item above" in told(line) for line in result.lines if line.what == "skipped")


def test_an_item_without_a_number_below_of_which_is_a_part(session: Session, text: Make) -> None:
    rows = "1,甲园,长兴县,20\n,其中:大道,长兴县,12\n,　　　管网,长兴县,5\n,桥,长兴县,3\n2,乙园,长兴县,5.8\n3,丙园,长兴县,1\n"
    result = taken(session, text(f"序号,{HEAD}\n{rows}"))
    assert (what(result), totals(session)) == ("nxxxnn", {"甲园": 20, "乙园": 5.8, "丙园": 1})


def test_groups_above_numbered_projects_make_none_of_them_parts(session: Session, text: Make) -> None:
    rows = "一,产业类,,\n1,甲园,长兴县,20\n2,乙园,长兴县,3\n二,长兴县,长兴县,4\n1,丙园,长兴县,4\n"
    assert what(taken(session, text(f"序号,{HEAD}\n{rows}"))).endswith("n")
    assert set(totals(session)) >= {"甲园", "乙园", "丙园"}


@pytest.mark.parametrize("prefix", ["table", "t"])
def test_cells_that_an_ods_merges_are_one(prefix: str, session: Session, ods: Make) -> None:
    spans = 'table:number-rows-spanned="2" table:number-columns-spanned="1"'
    rows = [
        HEAD.split(","),
        ["甲园", (spans, "长兴县"), (spans, 20)],
        ["乙园", ("covered", ""), ("covered", "")],
        ["丙园", "长兴县", 5.8],
    ]
    path = ods(rows, table=prefix)
    assert what(taken(session, path)) == "rrn"
    _book, plan = reading.read(session, path)
    plan.shared = "even"
    job = reading.job(session, plan)
    importing.run(session, job, importing.preview(session, job))
    assert totals(session) == {"丙园": 5.8, "甲园": 10, "乙园": 10}


def test_percentages_of_an_ods_are_what_they_show(session: Session, text: Make, ods: Make) -> None:
    taken(session, text(f"{HEAD}\n甲园,长兴县,3\n乙园,长兴县,4\n丙园,长兴县,5\n"))
    head = ["项目名称", "月份", "当月完成投资（万元）", "完成比例（%）"]
    rows = [
        [name, "2023-06", 100, ('office:value-type="percentage"', share)]
        for name, share in (("甲园", 0.01), ("乙园", 0.45), ("丙园", 1))
    ]
    taken(session, ods([head, *rows]))
    assert [row["progress_pct"] for row in rows_of(session, "monthly_report")] == [1, 45, 100]


@pytest.mark.parametrize("ditto", ["同 上", "同上。", '""""', "〃", "（同上）"])
def test_a_ditto_is_one_however_it_is_written(ditto: str, session: Session, text: Make) -> None:
    taken(session, text(f"{HEAD},建设单位\n甲园,长兴县,3,甲公司\n乙园,长兴县,4,{ditto}\n丙园,长兴县,5,{ditto}\n"))
    assert [row["name"] for row in rows_of(session, "org")] == ["甲公司"]


def test_rows_without_height_and_pieces_that_are_struck_out_are_told(session: Session, tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    made = openpyxl.Workbook()
    name = CellRichText(TextBlock(InlineFont(strike=True), "原丙公司"), TextBlock(InlineFont(), "丁公司"))
    for row in ([*HEAD.split(","), "建设单位"], ["甲园", "长兴县", 3, "甲公司"], ["乙园", "长兴县", 4, name]):
        made.active.append(row)
    made.save(tmp_path / "made.xlsx")
    edited(tmp_path / "made.xlsx", tmp_path / "list.xlsx", '<row r="2"', '<row r="2" ht="0" customHeight="1"')
    _book, plan = reading.read(session, tmp_path / "list.xlsx")
    assert [str(notice)[:6] for notice in plan.told] == ["1 row ", "1 cell"]
    result = taken(session, tmp_path / "list.xlsx")
    assert "hidden" in told(result.lines[0])
    assert "a part of “原丙公司丁公司” is struck out" in told(result.lines[1])
    assert [row["name"] for row in rows_of(session, "org")] == ["甲公司", "丁公司"]


@pytest.mark.parametrize("height", ['ht="0"', 'ht="0" customHeight="1" hidden="0"', "ht='0.0'"])
def test_a_row_without_height_is_hidden_in_every_dialect(
    height: str, session: Session, book: Make, tmp_path: Path
) -> None:
    edited(book([HEAD.split(","), ["甲园", "长兴县", 3]]), tmp_path / "flat.xlsx", '<row r="2"', f'<row r="2" {height}')
    assert "hidden" in told(taken(session, tmp_path / "flat.xlsx").lines[0])


def test_an_ods_tells_rows_without_height_and_pieces_that_are_struck_out(session: Session, ods: Make) -> None:
    styles = (
        '<style:style style:name="ro9" style:family="table-row"><style:table-row-properties style:row-height="0cm"/>'
        '</style:style><style:style style:name="T1" style:family="text"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    name = '<text:span text:style-name="T1">原丙公司</text:span>丁公司'
    rows = [[*HEAD.split(","), "建设单位"], ["甲园", "长兴县", 3, "甲公司"], ["乙园", "长兴县", 4, name]]
    result = taken(session, ods(rows, styles, ["", 'table:style-name="ro9"']))
    assert "hidden" in told(result.lines[0])
    assert [row["name"] for row in rows_of(session, "org")] == ["甲公司", "丁公司"]


@pytest.mark.parametrize("day", ["2023-06-21", "2023年6月21日", "2023.6.21"])
def test_a_row_that_begins_with_its_day_is_no_note(day: str, session: Session, text: Make) -> None:
    taken(session, text(f"{HEAD}\n甲园,长兴县,3\n"))
    result = taken(session, text(f"发现时间,项目名称,存在问题\n{day},甲园,林地指标缺口\n", "b.csv"))
    assert what(result) == "n", told(result.lines[0])
    visits = f"走访日期,项目名称,走访人员,走访情况\n{day},甲园,赵一 钱二,到现场了解\n,,,\n{day},,,\n"
    result = taken(session, text(visits, "c.csv"))
    assert what(result) == "nx"  # a day alone is the day of the list
    assert [row["name"] for row in rows_of(session, "person")][-2:] == ["赵一", "钱二"]


@pytest.mark.parametrize("heading", ["总投资【亿元】", "总投资（人民币，亿元）", "总投资〔亿元〕", "总投资：亿元"])
def test_a_unit_is_understood_in_brackets_of_any_form(heading: str, session: Session, text: Make) -> None:
    taken(session, text(f"项目名称,所在地,{heading}\n甲园,长兴县,12.5\n"))
    assert totals(session) == {"甲园": 12.5}


def test_what_is_planned_and_what_is_real_in_brackets_of_any_form(session: Session, text: Make) -> None:
    head = f"{HEAD},开工日期【计划】,开工日期【实际】"
    taken(session, text(f"{head}\n甲园,长兴县,3,2023-03-01,2023-06-15\n"))
    assert [(row["plan_start"], row["real_start"]) for row in rows_of(session)] == [("2023-03-01", "2023-06-15")]


@pytest.mark.parametrize("heading", ["统一项目代码", "项目统一代码", "投资项目统一代码", "国家统一项目代码"])
def test_the_code_is_known_by_every_name(heading: str, session: Session, text: Make) -> None:
    taken(session, text(f"{heading},{HEAD}\n2209-330825-04-01-693679,甲园,长兴县,3\n"))
    assert [row["code"] for row in rows_of(session)] == ["2209-330825-04-01-693679"]


@pytest.mark.parametrize(
    ("head", "row", "kind"),
    [
        ("走访日期,项目名称,走访人员,走访情况,发现问题", "2023-06-12,甲园,赵一,到现场,供电未落实", "follow_up"),
        ("走访时间,项目名称,服务人员,服务内容,项目方诉求", "2023-06-12,甲园,赵一,到现场,供电未落实", "follow_up"),
        (
            "项目名称,走访时间,走访领导,走访方式,项目进展情况,存在的问题",
            "甲园,2023-06-12,赵一,现场,桩基,供电未落实",
            "follow_up",
        ),
        ("所属项目,存在困难和问题,责任部门,完成时间要求", "甲园,供电未落实,长兴县供电公司,2026-12-30", "issue"),
    ],
)
def test_a_problem_is_known_by_every_name(head: str, row: str, kind: str, session: Session, text: Make) -> None:
    taken(session, text(f"{HEAD}\n甲园,长兴县,3\n"))
    taken(session, text(f"{head}\n{row}\n", "b.csv"))
    assert [issue["title_text"] for issue in rows_of(session, "issue")] == ["供电未落实"]
    assert len(rows_of(session, "follow_up")) == (kind == "follow_up")


@pytest.mark.parametrize("form", ["2023/{}/1", "2023-{:02}-01", "2023-{:02}-01 00:00:00"])
def test_headings_of_first_days_are_months_in_a_text_too(form: str, session: Session, text: Make) -> None:
    taken(session, text(f"{HEAD}\n甲园,长兴县,3\n"))
    months = ",".join(form.format(month) for month in (1, 2, 12))
    taken(session, text(f"项目名称,{months}\n甲园,1200,1500,1800\n", "b.csv"))
    amounts = {row["month"]: row["invest_month"] / 10_000 for row in rows_of(session, "monthly_report")}
    assert amounts == {"2023-01": 1200, "2023-02": 1500, "2023-12": 1800}


def test_a_text_that_is_called_a_workbook_is_read_by_what_it_is(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.xls"
    path.write_text(HEAD.replace(",", "\t") + "\n甲园\t长兴县\t12.5\n乙园\t长兴县\t5.8\n", encoding="gb18030")
    taken(session, path)
    assert totals(session) == {"甲园": 12.5, "乙园": 5.8}


def test_a_form_is_found_in_whatever_folder_its_sheets_lie(tmp_path: Path) -> None:
    from zjtui.sheets.form_file import open_form

    path = tmp_path / "moved.xlsx"
    with zipfile.ZipFile(CASES / "form-plain.xlsx") as before, zipfile.ZipFile(path, "w") as after:
        for item in before.infolist():
            part = before.read(item).replace(b"worksheets/", b"Blatt/").replace(b"sharedStrings.xml", b"texte.xml")
            name = item.filename.replace("worksheets/", "Blatt/").replace("sharedStrings.xml", "texte.xml")
            after.writestr(name, part)
    known, moved = open_form(CASES / "form-plain.xlsx"), open_form(path)
    assert [sheet.values for sheet in moved.sheets] == [sheet.values for sheet in known.sheets]


def test_a_form_of_which_no_cell_is_understood_is_not_told_as_done(
    session: Session, book: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    from zjtui.__main__ import main

    path = book([["随便写写", "没有数字"]], name="blank.xlsx")
    session.close()
    given = ["--lang", "en", "--workspace", str(session.workspace.folder), "fill", "add", str(path), "--to", "市发改委"]
    assert main(given) == 1
    assert "No cell is understood" in capsys.readouterr().out
