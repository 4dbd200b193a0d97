"""Every figure worked out twice: by zjtui, and from docs/figures.md and a dump by programs that import nothing of it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.oracle import gaps, lights, money, registers, work
from tests.oracle.dump import Dump, inside, ranks, shown
from zjtui.domain.limits import LIMITS
from zjtui.domain.month import Month
from zjtui.domain.service import Service
from zjtui.domain.service_clock import line
from zjtui.reports import care, indicators, league
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.store.read import dump, findings, standings
from zjtui.store.read import lights as judged
from zjtui.store.read.care import issues as problems_of
from zjtui.store.read.lights import Judge
from zjtui.store.read.standings import Scope
from zjtui.store.rows import decode
from zjtui.usecases import setup
from zjtui.usecases.generate import generate
from zjtui.usecases.session import Session, open_session

HERE = Path(__file__).parent
NAMES = ("demo", "generated-1", "generated-2", "generated-3", "nasty-1", "nasty-2", "nasty-new-year")


@dataclass
class Pair:
    """A register, and its dump for the oracle."""

    session: Session
    oracle: Dump


@pytest.fixture(scope="module", params=NAMES)
def pair(
    request: pytest.FixtureRequest, demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    import shutil

    folder = tmp_path_factory.mktemp("oracle") / "w"
    if request.param == "demo":
        session = open_session(Path(shutil.copytree(demo_workspace, folder)), today=TODAY)
    elif request.param.startswith("nasty"):
        day, seed = (date(2024, 1, 3), 3) if request.param.endswith("new-year") else (TODAY, int(request.param[-1]))
        session = registers.nasty(folder, seed, day)
    else:
        session = setup.new(folder, today=TODAY, person="tester")
        generate(session, 80, 240, int(request.param[-1]), months=8)
    yield Pair(session, Dump(dump.lines(session.reader()), session.today))
    session.close()


def months(pair: Pair) -> list[Month]:
    year, month = pair.oracle.today.year, pair.oracle.today.month
    return [Month(year - 1, 12), *(Month(year, number) for number in range(1, month + 1))]


def scopes(pair: Pair) -> list[tuple[Scope, list[str]]]:
    projects = pair.oracle.projects
    chosen: list[tuple[Scope, Any]] = [(Scope(), lambda _row: True)]
    chosen += [(Scope(region=code), inside(code)) for code in ("330000", "330100", "330900", "330902", "331100")]
    chosen += [(Scope(field9="F1"), lambda row: row["field9"] == "F1")]
    chosen += [(Scope(attr="industrial"), lambda row: row["attr"] == "industrial")]
    return [(scope, [uid for uid, row in projects.items() if fits(row)]) for scope, fits in chosen]


def test_the_oracle_imports_nothing_of_zjtui() -> None:
    for path in HERE.glob("*.py"):
        if path.name in ("test_oracle.py", "registers.py"):
            continue
        names = [
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [node.module or ""] if isinstance(node, ast.ImportFrom) else
                [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            )
        ]  # fmt: skip
        assert not [name for name in names if name.split(".")[0] == "zjtui"], path.name


def test_overview_and_indicators(pair: Pair) -> None:
    """The money, the starts, the forecasts, and what goes on beside them, for every month and several scopes."""
    for when in months(pair):
        for scope, uids in scopes(pair):
            mine = money.indicators(pair.oracle, uids, when.year, when.month)
            found = {item.code: item.value for item in indicators.figures(pair.session, scope, when)}
            assert found == mine, (when, scope)
            total = money.add_up(pair.oracle, uids, when.year, when.month)
            sums = standings.whole(pair.session.reader(), scope, when.year, when.month)
            for name in ("projects", "withdrawn", "unplanned", "total", "plan", "done", "expected", "new", "started"):
                assert getattr(sums, name) == getattr(total, name), (name, when, scope)
            assert (sums.due, sums.due_started) == (total.due, total.due_started)
            waiting = sum(
                money.done(pair.oracle, uid, when.year, when.month, ("draft", "returned")) for uid in total.uids
            )
            assert standings.not_counted(pair.session.reader(), scope, when.year, when.month) == waiting


def test_what_goes_on_beside_the_money(pair: Pair) -> None:
    for when in months(pair):
        for scope, uids in scopes(pair):
            figures = {item.code: item for item in care.figures(pair.session, scope, when)}
            found = {code: item.value for code, item in figures.items()}
            oracle, day = pair.oracle, pair.oracle.day(when.year, when.month)
            solved = work.problems(oracle, uids, when.year, when.month)
            kept, decided, late = work.services(oracle, uids, when.year, when.month)
            in_time, due = work.punctuality(oracle, uids, when.year, when.month)
            mine: dict[str, Any] = {name: solved[name] for name in ("I1", "I2", "I3", "reopened")}
            mine["service_on_time"] = Fraction(kept, decided) if decided else None
            mine["punctuality"] = Fraction(in_time, due) if due else None
            mine |= {**work.contacts(oracle, uids, day), **work.elements(oracle, uids)}
            assert found == mine, (when, scope)
            assert f"{solved['overdue']} overdue on {day}" in figures["I1"].note
            assert figures["service_on_time"].note.startswith(f"{late} running one")
            read = problems_of(pair.session.reader(), scope, when.year, when.month, pair.session.today)
            assert (read["ages"], read["median_days"]) == (solved["ages"], solved["median"])


@pytest.mark.parametrize("by", ["city", "county", "mountain26", "island6", "field9", "attr", "band", "dept"])
def test_the_league(pair: Pair, by: str) -> None:
    """Values, ranks, changes of rank, lights and evidence of every table and indicator."""
    for when in months(pair)[-3:]:
        values = {metric: _league(pair.oracle, by, metric, when.year, when.month) for metric in league.METRICS}
        for metric in league.METRICS:
            if by == "band" and metric not in ("completion", "commencement", "pace"):
                continue
            rows = league.table(pair.session, by, metric, when)
            found = {row.key: row for row in league.with_evidence(pair.session, rows, by, when)}
            mine, totals = values[metric]
            counted = {key: mine[key] for key, total in totals.items() if total.projects >= 3 and key != ""}
            sign = -1 if metric in ("I3", "policy") else 1
            rank = ranks({key: None if own is None else sign * own for key, own in counted.items()})
            assert {key: row.value for key, row in found.items()} == {key: mine[key] for key in totals}, (metric, when)
            assert {key: row.rank for key, row in found.items()} == {key: rank.get(key) for key in totals}, metric
            for key, row in found.items():
                assert row.evidence == money.backed(pair.oracle, totals[key].uids, when.year, when.month)
                if metric in ("completion", "commencement", "pace"):
                    assert row.light == lights.of_group(totals[key])


def _league(
    oracle: Dump, by: str, metric: str, year: int, month: int
) -> tuple[dict[str, Fraction | None], dict[str, money.Total]]:
    members = money.groups(oracle, by)
    totals = {key: money.add_up(oracle, uids, year, month) for key, uids in members.items()}
    totals = {key: total for key, total in totals.items() if total.uids}
    found: dict[str, Fraction | None] = {}
    for key, total in totals.items():
        uids = members[key]
        if metric in ("completion", "commencement", "pace"):
            parts = {"completion": (total.done, total.plan), "commencement": (total.started, total.new),
                     "pace": (total.done, total.expected)}[metric]  # fmt: skip
            found[key] = Fraction(*parts) if parts[1] else None
        elif metric == "reports":
            pair = work.punctuality(oracle, uids, year, month)
            found[key] = Fraction(*pair) if pair[1] else None
        elif metric == "policy":
            found[key] = money.days_to_grant(oracle, uids, year, month)
        else:
            value = work.problems(oracle, uids, year, month)[metric]
            assert value is None or isinstance(value, Fraction)
            found[key] = value
    return found, totals


@pytest.mark.parametrize("profile", ["points", "ratio"])
def test_the_lights(pair: Pair, profile: str) -> None:
    reader, uids = pair.session.reader(), list(pair.oracle.projects)
    judge = Judge(pair.session.today, profile)
    found = judged.of_projects(reader, uids, judge)
    overall = judged.overall(reader, uids, judge)
    for uid in uids:
        mine = lights.of_project(pair.oracle, uid, profile)
        assert {light.kind: light.colour for light in found[uid]} == mine, pair.oracle.projects[uid]
        assert overall[uid].colour == lights.overall(pair.oracle, uid, profile)


def test_the_clocks(pair: Pair) -> None:
    calendar, today = work.Calendar(pair.oracle), pair.session.today
    by_uid = {row["uid"]: row for row in pair.oracle.tables["service"]}
    for row in pair.session.reader().execute("SELECT * FROM service"):
        found = line(decode(Service, row), today, LIMITS)
        mine = work.clock(by_uid[row["uid"]], today.isoformat(), calendar)
        due = found["due_on"].isoformat() if found["due_on"] else None
        assert (found["used_days"], found["days_left"], due, found["light"]) == (
            mine["used"], mine["left"], mine["due"], mine["light"],
        )  # fmt: skip


def test_the_gap_board(pair: Pair) -> None:
    mine = gaps.counts(pair.oracle)
    found = findings.counts(pair.session.reader(), pair.session.asked(), tuple(mine))
    assert {kind: sum(pair_of) for kind, pair_of in found.items()} == mine
    for kind in mine:
        for finding in findings.gaps(pair.session.reader(), pair.session.asked(), kind).findings:
            score = finding.score
            told = [Fraction(word) for word in re.findall(r"(?<![\d.])\+?(\d+(?:\.\d)?)", score.told())]
            assert sum(told) * 10 == score.total, finding


def test_the_reports(pair: Pair) -> None:
    """The sums that the office's reports tell in their sentences and tables."""
    oracle, session = pair.oracle, pair.session
    today, uids = oracle.today.isoformat(), list(oracle.projects)
    year, month = Month.usual(session.today).year, Month.usual(session.today).month
    texts = {
        code: _text(REPORTS[code].make(session, Params())) for code in ("coverage", "ledger", "services", "bulletin")
    }
    followed = work.followed(oracle, today)
    over = [
        row for uid in followed for row in oracle.of("contact", uid)
        if work.running(row, today) and work.days_over(oracle, row, today) > 0
    ]  # fmt: skip
    if followed:
        assert f"{len(followed)} projects, without" in texts["coverage"]
        assert f"Visits overdue ({len(over)})" in texts["coverage"]
    opened = [row for row in oracle.tables["issue"] if work.is_open(row, today)]
    late = sum(work.is_overdue(row, today) for row in opened)
    assert f"{len(opened)} problems are open, {late} of them late" in texts["ledger"]
    kept, decided, running = work.services(oracle, uids, session.today.year, session.today.month)
    assert f"{decided} with a promise were decided, {kept} of them in time" in texts["services"]
    assert f"are running, {running} of them late" in texts["services"]
    colours = Counter(lights.overall(oracle, uid) for uid in uids)
    total = money.add_up(oracle, uids, year, month)
    if total.plan or total.done:
        assert f"{total.projects} projects; plan of {year}" in texts["bulletin"]
        assert "|".join(str(colours[name]) for name in ("red", "yellow", "green", "grey")) in texts["bulletin"]
        if total.plan:
            assert f"{shown(Fraction(total.done * 100, total.plan))}%" in texts["bulletin"]


def _text(page: Any) -> str:
    found = []
    for part in page.parts:
        rows = getattr(part, "rows", None)
        found += [getattr(part, "text", "")] if rows is None else ["|".join(map(str, row)) for row in rows]
    return "\n".join(found)
