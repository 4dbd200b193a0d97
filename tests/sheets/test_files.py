"""What a file really is: encodings are detected; what is no list gets one clear line, quickly, and changes nothing."""

import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.test_habits import HEADS, ONE, taken
from zjtui.errors import UsageError
from zjtui.sheets.book import open_book
from zjtui.usecases.session import Session

LINES = "\n".join(",".join(str(cell) for cell in row) for row in (HEADS, ONE))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_encoding_it_is_in(encoding: str, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(LINES.encode(encoding))
    assert open_book(path).encoding == encoding
    assert taken(session, path).counts["new"] == 1
    assert rows_of(session)[0]["name"] == ONE[0]


@pytest.mark.parametrize(("name", "mark"), [("list.tsv", "\t"), ("list.csv", ";"), ("list.txt", "\t")])
def test_other_marks_between_cells(name: str, mark: str, session: Session, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(LINES.replace(",", mark), "utf-8")
    assert taken(session, path).counts["new"] == 1


def test_json(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"rows": [dict(zip(HEADS, ONE, strict=True))]}), "utf-8")
    assert taken(session, path).counts["new"] == 1


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_old_and_open_workbooks_as_libreoffice_writes_them(suffix: str, session: Session) -> None:
    result = taken(session, Path(__file__).parent / "files" / f"list.{suffix}")
    assert (result.counts["new"], result.counts["refused"], result.counts["skipped"]) == (2, 0, 2)
    battery, storage = rows_of(session)
    assert (battery["name"], battery["total_invest"], battery["attr"]) == ("长兴电池项目", 1_250_000_000, "industrial")
    assert (battery["code"], battery["real_start"]) == ("2208-330122-04-01-915538", "2023-03-05")
    assert (storage["region_code"], storage["total_invest"]) == ("330523", 10_000_000_000)
    assert [row["plan_invest"] for row in rows_of(session, "annual_plan")] == [350_000_000, 800_000_000]


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
        with file.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _chunk in range(60):
                part.write(b" " * 1_000_000)


def _endless_row(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>')
        with file.open("xl/worksheets/sheet1.xml", "w") as part:
            for _chunk in range(60):  # packed just loosely enough to be looked into
                part.write(b" " * 990_000 + random.Random(1).randbytes(10_000))


def _far(path: Path) -> None:
    import openpyxl

    made = openpyxl.Workbook()
    made.active.append(HEADS)
    made.active["XFD1048576"] = 1
    made.save(path)


def _word(path: Path) -> None:
    from docx import Document

    Document().save(str(path))


def _password(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def _cut(path: Path) -> None:
    _far(path)
    path.write_bytes(path.read_bytes()[:3000])


BAD: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "bomb": ("list.xlsx", _bomb, "unpacks to far more"),
    "endless row": ("list.xlsx", _endless_row, "damaged"),
    "open quote": ("list.csv", lambda path: path.write_text('项目名称,总投资\n"' + "a" * 200_000), "no regular CSV"),
    "far cell": ("list.xlsx", _far, "far outside"),
    "Word": ("list.xlsx", _word, "Word document"),
    "password": ("list.xlsx", _password, "password"),
    "cut off": ("list.xlsx", _cut, "damaged"),
    "web page": ("list.xls", lambda path: path.write_text("<html><table><tr><td>项目名称"), "web page"),
    "picture": ("list.xlsx", lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 50), "picture"),
    "text called a workbook": ("list.xlsx", lambda path: path.write_text("甲\n乙\n"), "no workbook although"),
    "empty": ("list.csv", lambda path: path.write_bytes(b""), "is empty"),
    "no text": ("list.csv", lambda path: path.write_bytes(bytes(range(256)) * 8), "neither UTF-8 nor"),
    "deep JSON": ("list.json", lambda path: path.write_text("[" * 100_000), "no regular JSON"),
    "JSON of numbers": ("list.json", lambda path: path.write_text("[1, 2]"), "no list of objects"),
    "no headings": ("list.csv", lambda path: path.write_text("a,b\n1,2\n"), "No list was found"),
    "not there": ("list.xlsx", lambda path: None, "There is no file"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_list_is_told_in_one_line(what: str, session: Session, tmp_path: Path) -> None:
    name, make, told = BAD[what]
    make(tmp_path / name)
    begun = time.perf_counter()
    with pytest.raises(UsageError) as refused:
        taken(session, tmp_path / name)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)
    assert time.perf_counter() - begun < 10  # a bomb that was unpacked takes minutes
    assert rows_of(session) == []
