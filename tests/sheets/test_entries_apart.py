"""A long list is understood by a process of its own, row by row as the short one, and nothing of it is left running."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui.errors import Cancelled, UsageError
from zjtui.sheets import apart, entries_apart, reading
from zjtui.sheets.entries import entries
from zjtui.usecases import importing
from zjtui.usecases.session import Session

pytestmark = pytest.mark.apart
HEAD = "项目名称,项目属地,总投资（亿元）,计划开工,业主单位,包保领导\n"
ROWS = "".join(
    f"{number}号码头扩建,定海区,1.{number % 7},2023年{number % 12 + 1}月,港投{number}公司,张三\n"
    for number in range(900)
)
ODD = "坏数,定海区,十几个亿,2023年5月,,\n合计,,900,,,\n坏日子,火星,1,二〇二三年,同上,李四\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + ROWS + ODD, "utf-8")
    return path


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """The processes that were started for a list; every list is a long one."""
    monkeypatch.setattr(entries_apart, "LONG", 1)
    started: list[Any] = []

    class Noted(apart.subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            started.append(self)

    monkeypatch.setattr(apart.subprocess, "Popen", Noted)
    yield started
    assert all(process.poll() is not None for process in started)


def test_every_row_says_what_it_says_in_a_short_list(demo_session: Session, listed: Path, readers: list[Any]) -> None:
    plan = reading.read(demo_session, listed)[1]
    job = reading.job(demo_session, plan)
    apart_found, found = list(job.entries()), list(entries(plan, TODAY))
    assert len(readers) == 2 and len(found) == 903
    assert apart_found == found
    assert [fault for entry in apart_found for fault in map(str, entry.faults)] != []


def test_it_is_taken_in_as_a_whole(demo_session: Session, listed: Path, readers: list[Any]) -> None:
    job = reading.job(demo_session, reading.read(demo_session, listed)[1])
    seen = importing.preview(demo_session, job)
    assert (seen.counts["new"], seen.counts["refused"], seen.counts["skipped"]) == (900, 2, 1)
    importing.run(demo_session, job, seen)
    count = "SELECT count(*) FROM project WHERE name LIKE '%号码头扩建'"
    assert demo_session.reader().execute(count).fetchone()[0] == 900


def test_who_stops_it_leaves_no_process_behind(demo_session: Session, listed: Path, readers: list[Any]) -> None:
    job = reading.job(demo_session, reading.read(demo_session, listed)[1])
    with pytest.raises(Cancelled):
        importing.preview(demo_session, job, cancelled=lambda: len(readers) > 1)


@pytest.mark.skipif(os.name == "nt", reason="ended by a signal")
def test_a_process_that_is_ended_is_told_and_nothing_is_changed(
    demo_session: Session, listed: Path, readers: list[Any]
) -> None:
    job = reading.job(demo_session, reading.read(demo_session, listed)[1])

    def end(_done: int, _total: int) -> None:
        readers[-1].send_signal(signal.SIGKILL)
        readers[-1].wait()

    with pytest.raises(UsageError, match="The rows are not read"):
        importing.preview(demo_session, job, end)
