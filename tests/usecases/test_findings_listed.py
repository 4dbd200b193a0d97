"""A list of findings is keys in an order that SQL works out: the same order, the same rows, the same counts as of all."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import gap_register
from zjtui.domain.finding import DUTIES, GAPS, ranked
from zjtui.store.read import finding_first, findings, odd_narrow, side_by_side
from zjtui.store.read.findings import Asked, Scope
from zjtui.usecases.session import open_session

DAYS = (date(2023, 9, 20), date(2023, 9, 4), date(2024, 1, 3), date(2027, 1, 12))


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The demonstration, and a register in which every kind is there."""
    from zjtui.usecases import demo

    folder = tmp_path_factory.mktemp("listed")
    demo.new_demo(folder / "demo").close()
    gap_register.build(folder / "gaps")
    return [folder / "demo", folder / "gaps"]


def scopes(reader: Any) -> list[Scope]:
    """All, a person, a region, a project."""
    person = reader.execute("SELECT person_uid FROM contact GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").fetchone()[0]
    project = reader.execute("SELECT project_uid FROM issue ORDER BY id LIMIT 1").fetchone()[0]
    return [Scope(), Scope(person=person), Scope(region="330900"), Scope(project=project)]


def test_the_order_of_the_keys_is_the_order_of_the_findings(registers: list[Path]) -> None:
    for folder in registers:
        session = open_session(folder, write=False)
        reader = session.reader()
        for day in DAYS:
            for scope in scopes(reader):
                asked = Asked(day, scope, session.person, session.limits)
                for kind in GAPS:
                    board = findings.gaps(reader, asked, kind)
                    assert board.findings == ranked(board.findings), (kind, day, scope)
                    assert len(board.findings) == board.total == len(set(board.keys))
                board = findings.today(reader, asked)
                assert board.findings == ranked(board.findings)
                assert len(board.findings) == board.total
        session.close()


def test_a_page_is_a_part_of_the_list(registers: list[Path]) -> None:
    session = open_session(registers[0], write=False)
    reader, asked = session.reader(), session.asked()
    whole = findings.today(reader, asked)
    keys = findings.keys(reader, asked, DUTIES)
    assert findings.keys(reader, asked, DUTIES, 40) == keys[:40]
    assert list(findings.page(reader, asked, keys[100:140]).values()) == whole.findings[100:140]
    assert [finding for _key, finding in findings.pages(reader, asked, keys)] == whole.findings
    session.close()


@pytest.mark.parametrize("few", [1, 4], ids=["then-the-larger-half", "then-all"])
def test_the_first_rows_are_those_of_the_whole_list_however_few_projects_tell(
    registers: list[Path], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """The largest projects are looked at first: what they settle is what all of them would."""
    monkeypatch.setattr(finding_first, "_STEPS", (2, 9))
    monkeypatch.setattr(finding_first, "_FEW", few)
    for folder in registers:
        session = open_session(folder, write=False)
        reader = session.reader()
        for day in DAYS:
            asked = Asked(day, Scope(), session.person, session.limits)
            for kinds in (DUTIES, *((kind,) for kind in GAPS)):
                whole = findings.keys(reader, asked, kinds)
                for limit in (1, 3, 10, 40):
                    assert findings.keys(reader, asked, kinds, limit) == whole[:limit], (kinds, day, limit)
        session.close()


def test_the_narrowing_of_odd_figures_leaves_none_out(registers: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in registers:
        session = open_session(folder, write=False)
        reader = session.reader()
        for day in DAYS[:3]:
            for profile in ("points", "ratio"):
                asked = Asked(day, Scope(), limits=session.limits, profile=profile)
                narrowed = findings.gaps(reader, asked, "odd_figure").findings
                with monkeypatch.context() as patch:
                    patch.setattr(odd_narrow, "_conditions", lambda *_given, few: ["1"] * 12)
                    asked = Asked(day, Scope(), limits=session.limits, profile=profile)
                    assert findings.gaps(reader, asked, "odd_figure").findings == narrowed
        session.close()


def _tell(told: list[int]) -> Callable[[findings.Board], None]:
    return lambda board: told.append(len(board.counts))


def test_two_readers_of_a_province_tell_what_one_tells(registers: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in registers:
        session = open_session(folder, write=False)
        reader = session.reader()
        for day in DAYS:
            alone, beside = (Asked(day, Scope(), session.person, session.limits) for _each in range(2))
            board, counted = findings.overview(reader, alone, 3), findings.counts(reader, alone, DUTIES)
            with monkeypatch.context() as patch:
                patch.setattr(side_by_side, "_WIDE", 0)
                told: list[int] = []
                both = findings.overview(reader, beside, 3, _tell(told))
                assert (both.keys, both.counts, both.aside) == (board.keys, board.counts, board.aside)
                assert both.findings == board.findings and told == list(range(1, len(GAPS) + 1))
                assert findings.counts(reader, beside, DUTIES) == counted
        session.close()


def test_a_look_that_is_broken_off_leaves_nobody_reading(
    registers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_by_side, "_WIDE", 0)
    session = open_session(registers[0], write=False)
    reader, seen, other = session.reader(), [], threading.Event()

    def one(connection: Any, part: int) -> int:
        seen.append(part)
        if connection is reader:
            other.wait(5)
            raise ValueError("broken off")
        other.set()
        forever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
        return int(connection.execute(forever).fetchone()[0])

    with pytest.raises(ValueError, match="broken off"):
        list(side_by_side.look(reader, range(9), one))
    assert len(seen) == 2 and not [thread for thread in threading.enumerate() if thread.name.startswith("beside")]
    session.close()
