"""`zjtui calendar`: a year of working days from the State Council's own form or from a list, kept with the register."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月14日（周日）上班。
三、清明节：4月5日（周一）放假，与周末连休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。
"""
LIST = "日期,类型\n2027-01-01,休\n2027/1/4,休\n2027年1月9日,班\n2027-10-01,休\n"


@pytest.mark.parametrize(("text", "off", "worked"), [(NOTICE, 18, 2), (LIST, 3, 1)])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_year_is_taken_in_and_clocks_count_by_it(
    zjtui: Cli, workspace: Path, tmp_path: Path, text: str, off: int, worked: int, encoding: str
) -> None:
    """Overdue before, overdue after; between them every page says what it does not know."""
    file = tmp_path / "2027.txt"
    file.write_bytes(text.encode(encoding))
    here = ("--workspace", workspace, "--today", "2027-01-12")
    late = zjtui("--workspace", workspace, "--today", "2026-12-31", "service", "list", "--json").json
    before = zjtui(*here, "service", "list", "--json").json
    red = {row["uid"] for row in late if row["light"] == "red"}
    assert red and red <= {row["uid"] for row in before if row["light"] == "red"}
    for page in ("report services", "service list", "indicators --month 2027-01", "today", "gaps", "day tomorrow"):
        assert "No calendar of working days for 2027" in zjtui(*here, *page.split()).out, page
    assert "2027" in zjtui(*here, "today", "--json").json["calendar"]
    assert f"{off} days off, {worked} weekend day" in zjtui(*here, "calendar", "add", file).out
    assert zjtui(*here, "calendar", "list", "--json").json["given"] == [2027]
    after = zjtui(*here, "service", "list", "--json").json
    assert red <= {row["uid"] for row in after if row["light"] == "red"} and not any(row["note"] for row in after)
    assert "No calendar" not in zjtui(*here, "report", "services").out
    assert zjtui(*here, "calendar", "add", file).code == 0  # the same year again takes the place of the first
    assert zjtui(*here, "calendar", "list", "--json").json["given"] == [2027]
    assert zjtui(*here, "check", "--rebuild").code == 0


def test_a_part_of_a_year_is_no_year(zjtui: Cli, workspace: Path, tmp_path: Path) -> None:
    """What stops in February is taken as far as it goes; from March on, days are unknown, and every page says so."""
    file = tmp_path / "2027.csv"
    file.write_text("日期,类别\n2027-01-01,休\n2027-02-05,休\n2027-02-14,班\n", encoding="utf-8")
    told = zjtui("--workspace", workspace, "calendar", "add", file)
    assert told.code == 0 and "reaches from 2027-01-01 to 2027-02-14" in told.out
    for day, unknown in (("2027-02-12", False), ("2027-03-12", True)):
        found = zjtui("--workspace", workspace, "--today", day, "service", "list").out
        assert ("reaches from 2027-01-01 to 2027-02-14" in found) is unknown
    rows = zjtui("--workspace", workspace, "--today", "2027-03-12", "service", "list", "--json").json
    assert {row["unknown_days"] for row in rows if row["note"]} == {26}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("元旦放假三天", "W-06"),
        ("2027年安排\n元旦：2月30日放假。", "W-02"),
        ("2027年安排\n1月1日至12月31日放假。", "W-07"),
        ("2027年安排\n1月1日放假。1月4日上班。", "W-03"),
        ("2027年安排\n照常上班。", "W-05"),
    ],
)
def test_what_is_no_calendar_is_refused_in_one_line(
    zjtui: Cli, workspace: Path, tmp_path: Path, text: str, rule: str
) -> None:
    file = tmp_path / "x.txt"
    file.write_text(text, encoding="utf-8")
    answer = zjtui("--workspace", workspace, "calendar", "add", file)
    assert answer.code == 1 and rule in answer.err and answer.err.count("\n") == 1
    assert zjtui("--workspace", workspace, "calendar", "list", "--json").json["given"] == []
