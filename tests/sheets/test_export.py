"""Lists out: real types, nothing a spreadsheet would run, whole or not at all; and back in without a change."""

import csv
import gc
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from tests.conftest import TODAY
from zjtui.domain.fields import Kind
from zjtui.domain.lights import LIGHTS
from zjtui.domain.named import New
from zjtui.domain.project import Project
from zjtui.domain.show import label
from zjtui.errors import Cancelled, Refused, UsageError, ZjtuiError
from zjtui.i18n import _, set_language
from zjtui.sheets import columns, reading, worked_out
from zjtui.sheets.columns import KINDS
from zjtui.sheets.export import Watch, export, exported
from zjtui.sheets.export_book import write_template
from zjtui.store.read import lists
from zjtui.usecases import importing, project, register
from zjtui.usecases.importing import Result
from zjtui.usecases.session import Session, open_session

HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "＝1",
    "{=A1}",
    "http://example.invalid",
    "'=1",
    "合计",
    "—",
]


@pytest.fixture
def demo(workspace: Path) -> Iterator[Session]:
    opened = open_session(workspace, today=TODAY)
    yield opened
    opened.close()


def back(session: Session, path: Path) -> Result:
    return importing.preview(session, reading.job(session, reading.read(session, path)[1]))


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of a file there")
@pytest.mark.parametrize("room", [0, 3_000, 12_000, 20_000])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_full_disk_is_told_once_and_nothing_stays_behind(
    room: int, suffix: str, demo: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No “Exception ignored” of what packs a workbook, and no half packed rows in the folder of temporary files."""
    import resource

    folders = tmp_path / "temporary", tmp_path / "out"
    for folder in folders:
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folders[0]))
    uids = [row["uid"] for row in demo.reader().execute("SELECT uid FROM monthly_report").fetchall()]
    heard: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", heard.append)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        with pytest.raises(ZjtuiError, match="cannot be written: File too large"):
            export(demo, "monthly_report", uids, folders[1] / f"list.{suffix}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    gc.collect()
    assert heard == []
    assert [path for folder in folders for path in folder.iterdir()] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("suffix", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_what_goes_out_comes_in_without_a_change(
    kind: str, suffix: str, lang: str, demo: Session, tmp_path: Path
) -> None:
    """What the list works out goes with it, and is neither a change nor a column to be asked about."""
    set_language(lang)
    uids, figures = lists.all_uids(demo.reader(), kind), worked_out.of(kind)
    path = export(demo, kind, uids, tmp_path / f"list.{suffix}", list(figures))
    plan = reading.read(demo, path)[1]
    passed_over = [column for column in plan.columns if column.target is None]
    assert [column.heading.text for column in passed_over] == [label(field) for field in figures.values()]
    assert {plan.untaken(column) for column in passed_over} <= {_("(worked out anew, not taken)")}
    assert not any(column.unsure for column in plan.columns)
    result = back(demo, path)
    assert (len(uids) > 3, result.counts["same"]) == (True, len(uids)), [
        (line.title, line.changes, [str(fault) for fault in line.faults])
        for line in result.lines
        if line.what != "same"
    ][:3]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(HOSTILE)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_registers_come_back_as_they_went(
    data: st.DataObject, empty_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("random")
    session = open_session(Path(shutil.copytree(empty_workspace, folder / "w")), today=TODAY)
    try:
        for number in range(data.draw(st.integers(1, 4))):
            values = {
                "name": f"{number}{data.draw(TEXT)}",
                "region_code": data.draw(st.sampled_from(["330522", "330100", "330782"])),
                "total_invest": data.draw(st.integers(1, 10**13)),
                "remark": data.draw(TEXT),
                "site": data.draw(TEXT),
                "land_m2": data.draw(st.none() | st.integers(0, 10**9)),
                "lng": data.draw(st.none() | st.floats(70, 140)),
                "plan_start": data.draw(st.sampled_from([None, "2023", "2023-05", "2023-05-06"])),
                "tags": data.draw(st.lists(st.text("甲乙丙、,", min_size=1, max_size=4), max_size=3)),
                "attr": data.draw(st.sampled_from([None, "industrial", "ecology"])),
                "owner_org": data.draw(st.none() | st.sampled_from([New("某公司"), New("=公司")])),
            }
            project.add(session, values)
        for suffix in ("xlsx", "csv"):
            path = export(session, "project", lists.all_uids(session.reader(), "project"), folder / f"list.{suffix}")
            result = back(session, path)
            assert {line.what for line in result.lines} == {"same"}, [
                (line.changes, [str(fault) for fault in line.faults]) for line in result.lines
            ]
    finally:
        session.close()


def test_an_edited_sheet_comes_back_as_changes(demo: Session, tmp_path: Path) -> None:
    uids = lists.all_uids(demo.reader(), "project")[:5]
    project.edit(demo, uids[1], {"site": "经开区"})
    path = export(demo, "project", uids, tmp_path / "list.xlsx", ["name", "total_invest", "remark", "site"])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    total, site = heads.index("Total investment (100m yuan)"), heads.index("Site")
    assert sheet.cell(3, site + 1).value == "经开区"
    sheet.cell(2, total + 1).value = 77
    sheet.cell(3, site + 1).value = None
    book.save(path)
    result = back(demo, path)
    changes = {line.uid: line.changes for line in result.of("changed")}
    assert changes.keys() == {uids[0], uids[1]}
    assert changes[uids[0]][0][2] == "77"
    assert changes[uids[1]][0][2] == ""  # cleared, and told


def test_the_columns_that_a_list_shows_go_out_as_numbers_in_the_unit_of_their_heading(
    demo: Session, tmp_path: Path
) -> None:
    open_ones = "SELECT uid, due_on FROM issue WHERE state IN ('assigned', 'doing') ORDER BY due_on"
    late = demo.reader().execute(open_ones).fetchone()
    shown: tuple[str, ...] = ("title_text", "late")
    path = export(demo, "issue", [late["uid"]], tmp_path / "i.xlsx", exported("issue", shown, only=True))
    assert _first_row(path)["Time left (days)"] == (date.fromisoformat(late["due_on"]) - TODAY).days < 0
    found = demo.reader().execute(_PLANNED).fetchone()
    shown = ("name", "plan", "rate", "light", "main_leader", "open_issues")
    path = export(demo, "project", [found[0]], tmp_path / "p.xlsx", exported("project", shown, only=True))
    row = _first_row(path)
    assert list(row)[1:] == [
        "Name", "Plan of the year (10k yuan)", "Completion (%)", "Light", "Contact leader", "Open issues",
    ]  # fmt: skip
    assert row["Plan of the year (10k yuan)"] == found[1] / 10_000
    assert isinstance(row["Completion (%)"], float)
    assert row["Light"] in [LIGHTS.label(code) for code in LIGHTS]


_PLANNED = (
    "SELECT project_uid, plan_invest FROM annual_plan WHERE year = 2023 AND adjusted_invest IS NULL AND project_uid IN "
    "(SELECT project_uid FROM monthly_report WHERE month = '2023-06' AND state = 'approved')"
)


def _first_row(path: Path) -> dict[str, object]:
    heads, first = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(max_row=2, values_only=True))
    return dict(zip(map(str, heads), first, strict=True))


def test_what_is_changed_in_a_column_that_is_worked_out_means_nothing(demo: Session, tmp_path: Path) -> None:
    uids = lists.all_uids(demo.reader(), "project")[:3]
    path = export(demo, "project", uids, tmp_path / "list.xlsx", exported("project", ["name", "plan"], only=True))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(2, 3).value = 1
    assert "grey heading" in str(book.worksheets[-1].cell(4, 1).value)
    book.save(path)
    assert back(demo, path).counts["same"] == 3


def test_a_day_typed_into_an_edited_sheet_may_be_said_as_people_say_it(demo: Session, tmp_path: Path) -> None:
    open_ones = demo.reader().execute("SELECT uid FROM issue WHERE state = 'open' LIMIT 3").fetchall()
    uids = [row["uid"] for row in open_ones]  # a date that somebody was given is not changed by a list
    path = export(demo, "issue", uids, tmp_path / "list.xlsx", ["title_text", "due_on"])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    due = [cell.value for cell in sheet[1]].index("Due on")
    sheet.cell(2, due + 1).value = "10月底"
    book.save(path)
    [line] = back(demo, path).of("changed")
    assert (line.uid, line.changes[0][2]) == (uids[0], "2023-10-31")
    assert "“10月底” is taken as 2023-10-31" in str(line.notices[0])


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_sheet_that_comes_back_late_undoes_nothing(suffix: str, demo: Session, tmp_path: Path) -> None:
    uids = lists.all_uids(demo.reader(), "project")[:3]
    path = export(demo, "project", uids, tmp_path / f"list.{suffix}", ["site", "remark"])
    for uid in uids:
        project.edit(demo, uid, {"site": "新址"})  # here, after the sheet was written
    was = demo.reader().execute("SELECT remark FROM project WHERE uid = ?", uids[:1]).fetchone()[0]
    project.edit(demo, uids[0], {"remark": "一时"})
    project.edit(demo, uids[0], {"remark": was})  # and as it was again
    _edited(path, {uids[0]: {"remark": "表中"}, uids[1]: {"site": "表中址"}})
    result = back(demo, path)
    assert [line.what for line in result.lines] == ["changed", "refused", "same"]
    assert result.lines[0].changes == (("Remark", was or "", "表中"),)
    assert "stays 新址" in str(result.lines[0].notices[-1])
    assert [fault.rule for fault in result.lines[1].faults] == ["L-12"]
    sites = {row[0] for row in demo.reader().execute("SELECT site FROM project WHERE uid IN (?, ?, ?)", uids)}
    assert sites == {"新址"}


def _edited(path: Path, edits: dict[str, dict[str, str]]) -> None:
    """Change cells of an exported sheet: {uid: {field: text}}."""
    heads = {name: label(Project.fields()[name]) for name in ("site", "remark")}
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        places = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            for name, text in edits.get(str(sheet.cell(row, 1).value), {}).items():
                sheet.cell(row, places[heads[name]]).value = text
        book.save(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1:]:
        for name, text in edits.get(row[0], {}).items():
            row[rows[0].index(heads[name])] = text
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_workbook_holds_real_types_drop_downs_and_no_formula(demo: Session, tmp_path: Path) -> None:
    uid = project.add(demo, {"name": "=1+1", "region_code": "330100", "total_invest": 10**9, "remark": HOSTILE[1]}).uid
    project.edit(demo, uid, {"audit_on": TODAY, "code": "2209-330825-04-01-693679"})
    path = export(demo, "project", [uid], tmp_path / "list.xlsx", ["name"])
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = dict(zip((cell.value for cell in sheet[1]), sheet[2], strict=True))
    assert sheet["A1"].value.startswith("zjtui:project@")
    assert (sheet["A2"].value, sheet.column_dimensions["A"].hidden, sheet.freeze_panes) == (uid, True, "C2")
    assert (row["Name"].value, row["Name"].data_type) == ("=1+1", "s")
    assert (row["Total investment (100m yuan)"].value, row["Approved or filed on"].value) == (10, datetime(2023, 9, 20))
    assert row["Project code"].data_type == "s"
    assert any("zjtui-choices" in rule.formula1 for rule in sheet.data_validations.dataValidation)
    assert not [cell for page in book for line in page.iter_rows() for cell in line if cell.data_type == "f"]


def test_a_csv_holds_nothing_that_a_spreadsheet_would_run(demo: Session, tmp_path: Path) -> None:
    uids = [
        project.add(demo, {"name": text, "region_code": "330100", "total_invest": 10**9}).uid for text in HOSTILE[:5]
    ]
    text = export(demo, "project", uids, tmp_path / "list.csv", ["name"]).read_text("utf-8-sig")
    cells = [line.split(",")[1].lstrip('"') for line in text.splitlines()[1:]]
    assert cells == ["'" + name for name in HOSTILE[:5]]


def test_json_and_markdown(demo: Session, tmp_path: Path) -> None:
    uid = project.add(demo, {"name": "a|b", "region_code": "330100", "total_invest": 10**9, "remark": "one\ntwo"}).uid
    held = json.loads(export(demo, "project", [uid], tmp_path / "list.json").read_text("utf-8"))
    assert (held["kind"], held["as_of"], held["rows"][0]["Total investment (100m yuan)"]) == (
        "project",
        "2023-09-20",
        10,
    )
    lines = export(demo, "project", [uid], tmp_path / "list.md").read_text("utf-8").splitlines()
    assert "a\\|b" in lines[2]
    assert "one<br>two" in lines[2]
    assert len(lines) == 3


def test_a_file_appears_whole_or_not_at_all(demo: Session, tmp_path: Path) -> None:
    uids = lists.all_uids(demo.reader(), "project")
    for suffix in ("xlsx", "csv", "json", "md"):
        with pytest.raises(Cancelled):
            export(demo, "project", uids, tmp_path / f"list.{suffix}", watch=Watch(cancelled=lambda: True))
    assert [path.name for path in tmp_path.iterdir()] == ["workspace"]
    path = export(demo, "project", uids, tmp_path / "list.csv")
    before = path.read_bytes()
    with pytest.raises(Refused, match="X-01"):
        export(demo, "project", uids[:1], path)
    with pytest.raises(UsageError, match="X-03"):
        export(demo, "project", uids, tmp_path / "list.doc")
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_list_to_fill_in_is_understood_when_it_comes_back(kind: str, demo: Session, tmp_path: Path) -> None:
    path = write_template(kind, tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert [cell.comment for cell in sheet[1] if cell.comment]
    plan = reading.read(demo, path)[1]
    assert plan.table.sheet.name == sheet.title  # not the one that says how to fill it in
    plan = reading.read(demo, path, kind)[1]
    assert [column.heading.text for column in plan.columns if column.target is None] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_to_fill_in_says_how_and_offers_what_it_takes(lang: str, demo: Session, tmp_path: Path) -> None:
    set_language(lang)
    book = openpyxl.load_workbook(write_template("project", tmp_path / "list.xlsx"))
    sheet, told = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    headings = [cell.value for cell in sheet[1]]
    rows = {row[0]: row[1:] for row in told.iter_rows(values_only=True) if row[0]}
    assert set(headings) <= set(rows)
    assert [name for name in headings if rows[name][0]] == headings[:1] + headings[3:5]  # name, region, total
    names = columns.fields_of("project", "project")
    kinds = {get_column_letter(place): Project.fields()[name].kind for place, name in enumerate(names, 1)}
    offered = {str(rule.sqref).split("2:")[0] for rule in sheet.data_validations.dataValidation}
    assert offered == {letter for letter, kind in kinds.items() if kind in (Kind.CODE, Kind.YESNO)}


def test_a_long_text_is_written_whole_or_refused_never_cut_off(demo: Session, tmp_path: Path) -> None:
    uid = lists.all_uids(demo.reader(), "follow_up")[0]
    unseen = "\u202e" * 4_500  # each is shown as <U+202E>, and then there are too many for a cell
    register.edit(demo, "follow_up", uid, {"findings": unseen})
    with pytest.raises(Refused, match="X-04"):
        export(demo, "follow_up", [uid], tmp_path / "list.xlsx")
    assert not (tmp_path / "list.xlsx").exists()
    for suffix in ("csv", "md"):
        path = export(demo, "follow_up", [uid], tmp_path / f"list.{suffix}")
        assert path.read_text("utf-8-sig").count("<U+202E>") == len(unseen)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_names_that_look_like_something_else_come_back_as_they_are(suffix: str, demo: Session, tmp_path: Path) -> None:
    """A heading, several units, a note: in a sheet that was exported each is what the register calls it."""
    names = ["先进制造业基地", "一、续建项目", "长兴县", "县发改局、县自规局"]
    uids = [
        project.add(demo, {"name": name, "region_code": "330523", "total_invest": 10**9, "owner_org": New(owner)}).uid
        for name, owner in zip(names, ["县供电公司、县自规局", "约10公司", "王五 李四", None], strict=True)
    ]
    result = back(demo, export(demo, "project", uids, tmp_path / f"list.{suffix}"))
    assert result.counts["same"] == 4, [(line.title, line.changes, line.faults) for line in result.lines]
