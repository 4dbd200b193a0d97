"""The named queries that cells of forms ask: each tells the figure that the rest of the product tells."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.reports.cases import Register
from zjtui.domain.month import Month
from zjtui.domain.region import PROVINCE
from zjtui.domain.report_template import QUERIES, FormCell, kind_of
from zjtui.reports import indicators, league, queries
from zjtui.store.read.standings import Scope
from zjtui.usecases import freeze
from zjtui.usecases.session import Session

AUGUST = Month(2023, 8)
YI = 10**8


@pytest.fixture
def told(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """What each query gives of a register in which no two counts are alike that might be taken for each other."""
    made = Register(tmp_path / "cases")
    made.plan(made.a, 10 * YI)
    made.month(made.a, "2023-07", YI)
    made.month(made.a, "2023-08", 2 * YI)
    starts = [("2023-03", "2023-04-10"), ("2023-10", "2023-06-01"), ("2023-08", None), ("2023-05", "2023-08-02"),
              ("2023-12", None), ("2023-06", None), ("2023-02", None)]  # fmt: skip
    for number, (planned, real) in enumerate(starts):
        uid = made.project(f"新开{number}", "330502", real_start=real)
        made.plan(uid, YI, "new_start", planned)
    made.month(uid, "2023-08", YI // 2)
    for number in range(5):
        made.issue(
            f"问题{number}", state="closed" if number < 2 else "open", closed_on="2023-08-20" if number < 2 else None
        )
    made.issue("九月才销号", state="closed", closed_on="2023-09-02")
    made.issue("九月发现", found_on="2023-09-01")
    made.issue("去年发现", found_on="2022-08-01")
    cells = [FormCell("s", "A1", query, "") for query in QUERIES if query != "period"]
    with queries.figures(made.session, AUGUST, cells) as found:
        yield {cell.query: found.value(cell) for cell in cells}
    made.session.close()


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("projects", 8),  # those of the year: one has neither plan nor report
        ("total", 80 * YI),
        ("plan", 17 * YI),
        ("done", YI * 7 // 2),
        ("done_month", YI * 5 // 2),
        ("completion_rate", Fraction(7, 34)),
        ("new", 7),
        ("started", 3),
        ("started_month", 1),
        ("unstarted", 4),
        ("commencement_rate", Fraction(3, 7)),
        ("due", 5),
        ("due_started", 2),
        ("due_rate", Fraction(2, 5)),
        ("problems", 6),
        ("problems_closed", 2),
        ("problems_open", 4),
        ("solving_rate", Fraction(1, 3)),
    ],
)
def test_each_query_tells_its_own_figure(told: dict[str, Any], query: str, value: Any) -> None:
    assert told[query] == value


def test_the_whole_province_is_all_projects(demo_session: Session) -> None:
    cells = [FormCell("s", "A1", "projects", "", 0, region) for region in ("", PROVINCE)]
    assert cells[0].key == cells[1].key  # two offices that are told different figures of it contradict each other
    with queries.figures(demo_session, AUGUST, cells) as found:
        assert [found.value(cell) for cell in cells] == [97, 97]  # two are withdrawn


@pytest.mark.parametrize("scope", [Scope(), Scope(region="330500"), Scope(region="330522"), Scope(field9="F1"),
                                   Scope(attr="industrial"), Scope(region="330100", attr="industrial")])  # fmt: skip
def test_queries_tell_what_the_indicators_tell(demo_session: Session, scope: Scope) -> None:
    figures = {item.code: item for item in indicators.figures(demo_session, scope, AUGUST)}
    cells = {query: FormCell("s", "A1", query, "", 0, scope.region, scope.field9, scope.attr) for query in QUERIES}
    with queries.figures(demo_session, AUGUST, [cell for cell in cells.values() if queries.known(cell)]) as found:
        told = {query: found.value(cell) for query, cell in cells.items() if queries.known(cell)}
    assert told["completion_rate"] == figures["completion_rate"].value
    assert (told["done"], told["plan"]) == figures["completion_rate"].yuan
    assert told["commencement_rate"] == figures["commencement_rate"].value
    assert told["gap_points"] == figures["gap_pp"].value
    assert told["expected"] == (figures["expected"].yuan or (0, 0))[0]
    assert told["unstarted"] == (told["new"] or 0) - (told["started"] or 0)
    assert set(QUERIES) - told.keys() == {"period"} and all(kind_of(query) for query in QUERIES)


def test_many_scopes_read_together_tell_the_same_as_each_alone(demo_session: Session) -> None:
    rows = demo_session.reader().execute("SELECT uid FROM region WHERE level IN ('city', 'county')").fetchall()
    cells = [FormCell("s", "A1", query, "", 0, region=row[0]) for row in rows for query in ("done", "problems_closed")]
    cells += [FormCell("s", "A1", "done", "", 0, field9=f"F{number}") for number in range(1, 10)]
    with queries.figures(demo_session, AUGUST, cells) as together, queries.figures(demo_session, AUGUST, []) as alone:
        assert [together.value(cell) for cell in cells] == [alone.value(cell) for cell in cells]
    with queries.figures(demo_session, AUGUST, cells) as together:
        whole = sum(
            (together.value(cell) or 0 for cell in cells if cell.query == "done" and cell.region.endswith("00")), 0
        )
        assert whole == together.value(FormCell("s", "A1", "done", ""))


def test_the_league_and_a_form_tell_the_same(demo_session: Session) -> None:
    rows = {row.key: row.value for row in league.table(demo_session, "city", "completion", AUGUST)}
    cells = [FormCell("s", "A1", "completion_rate", "", 0, region=key) for key in rows]
    with queries.figures(demo_session, AUGUST, cells) as found:
        assert {cell.region: found.value(cell) for cell in cells} == rows


def test_a_freeze_that_kept_less_is_read_from_the_log(demo_session: Session) -> None:
    freeze.make(demo_session, "2023-08", "老定格")
    [record] = freeze.listed(demo_session)
    kept = json.loads(record.figures)
    for item in (kept["whole"], *kept["cities"]):
        item.pop("due")
    import hashlib

    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    older: Any = record.model_copy(update={"figures": text, "digest": hashlib.sha256(text.encode()).hexdigest()})
    cell = FormCell("s", "A1", "done", "", 0, region="330500")
    with (
        queries.figures(demo_session, AUGUST, [cell], older) as past,
        queries.figures(demo_session, AUGUST, [cell]) as now,
    ):
        assert past.value(cell) == now.value(cell) and isinstance(past.value(cell), Fraction)
