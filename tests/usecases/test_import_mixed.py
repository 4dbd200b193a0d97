"""Rows of a list that wait to be written many at a time: nothing differs from writing each as it comes."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from zjtui.sheets import reading
from zjtui.store.write import tx as writing
from zjtui.store.write.waiting import Waiting
from zjtui.usecases import checking, importing, setup
from zjtui.usecases.importing import Result
from zjtui.usecases.session import Session

HEADS = "项目名称,项目代码,所在地,总投资（亿元）,业主,总项目,阶段,计划开工,计划竣工,2023年计划投资（万元）"
ROWS = st.tuples(
    st.sampled_from(["甲乙产业园", "甲乙产业园项目", "丙丁大桥", "戊己医院", "庚辛水库一期", "庚辛水库二期", ""]),
    st.sampled_from(["", "", "", "2305-330522-04-01-123454", "2305-330522-04-01-123456"]),
    st.sampled_from(["长兴县", "长兴县", "安吉县", "火星"]),
    st.sampled_from(["3", "3", "4", "-1"]),
    st.sampled_from(["", "长兴交投", "安吉水务"]),
    st.sampled_from(["", "", "丙丁大桥"]),
    st.sampled_from(["", "", "", "前期", "在建"]),
    st.sampled_from(["", "2023"]),
    st.sampled_from(["", "2025", "2020"]),  # refused by a rule of the whole record, once its owner is known
    st.sampled_from(["", "", "5000", "x"]),
)
LISTS = st.lists(st.lists(ROWS, max_size=8), min_size=1, max_size=3)


def take_in(session: Session, folder: Path, rows: list[tuple[str, ...]]) -> list[Any]:
    """Import a list; return what was told of each row."""
    path = folder / "list.csv"
    path.write_text("\n".join([HEADS, *map(",".join, rows)]), "utf-8")
    job = reading.job(session, reading.read(session, path, "project")[1])
    seen = importing.preview(session, job)
    done: Result = importing.run(session, job, seen)[1]
    assert told(done) == told(seen)
    return told(done)


def told(result: Result) -> list[Any]:
    return [(line.number, line.what, line.title, line.changes, list(map(str, line.faults))) for line in result.lines]


def register(session: Session) -> dict[str, list[str]]:
    """What stands in the register, without keys."""
    asked = {
        "projects": "SELECT p.name, p.code, p.region_code, p.total_invest, p.stage, p.plan_end, o.name, m.name FROM project p "
        "LEFT JOIN org o ON o.uid = p.owner_org LEFT JOIN project m ON m.uid = p.parent_uid",
        "orgs": "SELECT name FROM org",
        "plans": "SELECT p.name, a.year, a.plan_invest FROM annual_plan a JOIN project p ON p.uid = a.project_uid",
    }
    return {name: sorted(map(repr, map(tuple, session.reader().execute(query)))) for name, query in asked.items()}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=LISTS, batch=st.integers(1, 4))
def test_waiting_to_be_written_changes_nothing_of_what_a_list_does(
    lists: list[list[tuple[str, ...]]], batch: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("mixed")
    waited, plain = (setup.new(folder / name, today=TODAY) for name in ("waited", "plain"))
    try:
        for rows in lists:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(writing, "BATCH", batch)
                one = take_in(waited, folder, rows)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(writing.Tx, "gather", lambda _tx: Waiting())
                other = take_in(plain, folder, rows)
            assert one == other
            assert len(one) == sum(any(row) for row in rows)
            assert register(waited) == register(plain)
        assert checking.check(waited).problems == []
    finally:
        waited.close()
        plain.close()
