"""Every list goes to a file by one key, as it is filtered and sorted."""

import csv
import html
import re
import zipfile
from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.reports.page import running as running_text


def column(path: Path, number: int) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[number] for row in csv.reader(file)][1:]


def headings(path: Path) -> list[str]:
    return path.read_text("utf-8-sig").splitlines()[0].split(",", 1)[1].replace('"', "").split(",")


async def write(driver: Driver, path: Path) -> None:
    await driver.press("ctrl+x", "end", "shift+home")
    await driver.paste(str(path))
    await driver.press("enter")


async def test_a_list_is_written_as_it_is_filtered_and_sorted(small: Path, tmp_path: Path) -> None:
    async with running(small, "en") as driver:
        await write(driver, tmp_path / "all.csv")
        assert column(tmp_path / "all.csv", 1) == ["舟山绿色石化基地", "杭州西站枢纽"]
        await driver.press("ctrl+f")
        await driver.type("西站")
        await driver.press("enter")
        await write(driver, tmp_path / "one.csv")
        assert column(tmp_path / "one.csv", 1) == ["杭州西站枢纽"]


@pytest.mark.parametrize("screen", ["2", "3", "4", "9"])
async def test_every_list_has_the_key(screen: str, workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    async with running(workspace, "en") as driver:
        await driver.press(screen)
        await write(driver, path)
        assert len(column(path, 0)) == len(set(column(path, 0))) > 0


@pytest.mark.parametrize(
    ("keys", "heads"),
    [
        ("1", ["Name", "Region", "Stage", "Total investment (100m yuan)", "Plan of the year (10k yuan)",
               "Completion (%)", "Open issues", "Last follow-up", "Attribute", "Field"]),
        ("2", ["Problem", "Project", "Time left (days)", "State", "Due on", "Severity", "Kind", "Lead unit"]),
        ("9", ["Name", "Organisation", "Projects"]),
    ],
)  # fmt: skip
async def test_the_columns_of_the_file_are_those_of_the_screen(
    keys: str, heads: list[str], workspace: Path, tmp_path: Path
) -> None:
    async with running(workspace, "en") as driver:
        await driver.press(keys)
        await write(driver, tmp_path / "out.csv")
    assert headings(tmp_path / "out.csv") == heads


async def test_a_year_of_months_is_written_as_it_stands_side_by_side(workspace: Path, tmp_path: Path) -> None:
    async with running(workspace, "en") as driver:
        await driver.press("4")
        await write(driver, tmp_path / "month.csv")
        await driver.press("ctrl+k")
        await write(driver, tmp_path / "year.csv")
    assert headings(tmp_path / "month.csv")[:4] == [
        "Project",
        "Month",
        "Last month (10k yuan)",
        "Done this month (10k yuan)",
    ]
    months = [f"2023-{number:02} (10k yuan)" for number in range(1, 13)]
    assert headings(tmp_path / "year.csv")[:14] == ["Name", *months, "Total (10k yuan)"]
    totals = [float(text or 0) for text in column(tmp_path / "year.csv", 14)]
    assert sum(totals) > 0


async def test_a_name_that_is_taken_is_asked_for_again_and_the_file_stays(small: Path, tmp_path: Path) -> None:
    taken = tmp_path / "out.csv"
    taken.write_text("mine", "utf-8")
    async with running(small, "en") as driver:
        await write(driver, taken)
        assert taken.read_text("utf-8") == "mine"
        await driver.press("end", "backspace", "backspace", "backspace", "backspace")
        await driver.type("2.csv")
        await driver.press("enter")
        assert len(column(tmp_path / "out2.csv", 0)) == 2


async def test_an_empty_list_is_not_written(small: Path, tmp_path: Path) -> None:
    async with running(small, "en") as driver:
        await driver.press("ctrl+f")
        await driver.type("没有这样的项目")
        await driver.press("enter")
        await write(driver, tmp_path / "out.csv")
        assert "there is nothing to write" in driver.messages
        assert not (tmp_path / "out.csv").exists()


async def test_a_name_that_cannot_be_written_stays_to_be_mended(small: Path, tmp_path: Path) -> None:
    """Whoever types on after Enter must still be in the line: what follows would filter the list."""
    (tmp_path / "there.xlsx").write_bytes(b"kept")
    async with running(small) as driver:
        await driver.press("ctrl+x", "end", "shift+home")
        await driver.type(str(tmp_path / "list.docx"))
        await driver.press("enter")
        assert "The name ends in one of: .xlsx .csv .json .md" in driver.text and "list.docx" in driver.text
        await driver.press("end", "shift+home")
        await driver.type(str(tmp_path / "there.xlsx"))
        await driver.press("enter")
        assert "There is such a file already" in driver.text and (tmp_path / "there.xlsx").read_bytes() == b"kept"
        await driver.press("end", *["backspace"] * 5)
        await driver.type("2.md")
        await driver.press("enter")
    assert "杭州西站枢纽" in (tmp_path / "there2.md").read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_brief_is_taken_along_on_paper(workspace: Path, lang: str) -> None:
    async with running(workspace, lang) as driver:
        await driver.press("ctrl+f")
        await driver.type("舟山")
        await driver.press("enter", "ctrl+r")
        lines = [line.text for line in driver.app.screen.lines]  # type: ignore[attr-defined]
        await driver.press("ctrl+x")
        [path] = (driver.app.session.workspace.folder / "reports").glob("*.docx")
    with zipfile.ZipFile(path) as book:
        written = re.sub("<[^>]+>", "", book.read("word/document.xml").decode())
    assert "□" in written and lines[0] in path.stem

    def plain(text: str) -> str:
        return "".join(char for char in text if char.isalnum() or char in "，。；：")

    for line in lines:
        assert plain(html.escape(running_text(line), quote=False)) in plain(written), line
