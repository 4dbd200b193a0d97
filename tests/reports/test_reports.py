"""Each report says what the register holds: counted here independently of how the reports count."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.reporting import report
from zjtui.domain.month import Month
from zjtui.domain.named import New
from zjtui.errors import Refused
from zjtui.i18n import set_language
from zjtui.reports.page import Heading, Number, Page, Paragraph, Table
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params, percent
from zjtui.store.read import lights
from zjtui.store.read.history import head
from zjtui.usecases import freeze
from zjtui.usecases.session import Session, open_session

OPEN = ("open", "assigned", "doing", "paused", "solved")
RED = "舟山云礁石化拓展项目"


@pytest.fixture
def session(workspace: Path) -> Iterator[Session]:
    found = open_session(workspace, today=TODAY)
    yield found
    found.close()


def rows(session: Session, sql: str) -> list[Any]:
    return session.reader().execute(sql).fetchall()


def uid_of(session: Session, name: str) -> str:
    return str(session.reader().execute("SELECT uid FROM project WHERE name = ?", (name,)).fetchone()[0])


def tables(page: Page) -> dict[str, Table]:
    """The tables of a page by the heading over them, without its count."""
    found, title = {}, ""
    for part in page.parts:
        if isinstance(part, Heading):
            title = re.sub(r"[ (（]+\d+[)）]$", "", part.text)
        elif isinstance(part, Table):
            found[title] = part
    return found


def text(page: Page) -> str:
    return "\n".join(part.text for part in page.parts if isinstance(part, Paragraph | Heading))


def asked(session: Session, code: str) -> Params:
    return Params(project=uid_of(session, RED)) if REPORTS[code].asks[0] == "project" else Params()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", list(REPORTS))
def test_each_report_says_of_what_and_of_which_day_it_is(session: Session, code: str, lang: str) -> None:
    set_language(lang)
    page = REPORTS[code].make(session, asked(session, code))
    assert {"zh": "2023年9月20日", "en": "2023-09-20"}[lang] in page.scope and page.title  # written out in running text
    assert "2023-09-20" in page.footer and page.proof.endswith(f" {head(session.reader())}")
    assert len(page.proof.rpartition(" ")[2]) == 16  # of fewer digits somebody can make another log
    assert all(len(row) == len(part.heads) for part in page.parts if isinstance(part, Table) for row in part.rows)
    assert any(isinstance(part, Table) for part in page.parts)


def test_the_ledger_lists_what_is_open_and_what_was_struck_off(session: Session) -> None:
    found = tables(REPORTS["ledger"].make(session, Params()))
    issues = rows(session, "SELECT no, state, due_on, closed_on FROM issue")
    opened = {row["no"] for row in issues if row["state"] in OPEN}
    assert {row[0] for row in found["Open problems"].rows} == opened
    late = {row["no"] for row in issues if row["state"] in OPEN[:-1] and row["due_on"] and row["due_on"] < "2023-09-20"}
    paused = {row["no"] for row in issues if row["state"] == "paused"}
    assert {row[0] for row in found["Open problems"].rows if isinstance(row[-1], Number)} - paused == late - paused
    closed = {
        row["no"] for row in issues if row["state"] == "closed" and "2023" <= (row["closed_on"] or "") <= "2023-09-20"
    }
    assert {row[0] for row in found["Struck off"].rows} == closed and closed


def test_a_report_of_a_region_holds_its_places_alone(session: Session) -> None:
    page = REPORTS["ledger"].make(session, Params(region="330900"))
    own = rows(session, "SELECT i.no FROM issue i JOIN project p ON p.uid = i.project_uid WHERE p.region_code LIKE '3309%' "
                        "AND i.state IN ('open','assigned','doing','paused','solved')")  # fmt: skip
    assert {row[0] for row in tables(page)["Open problems"].rows} == {row["no"] for row in own}
    assert "Zhoushan" in page.scope or "舟山" in page.scope


def test_the_weekly_brief_counts_visits_by_mechanism_and_county(session: Session) -> None:
    params = Params(since=date(2023, 9, 11), until=date(2023, 9, 17))
    found = tables(REPORTS["weekly"].make(session, params))
    span = "BETWEEN '2023-09-11' AND '2023-09-17'"
    visits = Counter(row[0] for row in rows(session, f"SELECT mechanism FROM follow_up WHERE visit_date {span}"))
    last = found["Follow-ups by county and mechanism"].rows[-1]
    assert [cell.value for cell in last[1:] if isinstance(cell, Number)] == [
        visits["contact"], visits["supervise"], visits["sink"], visits.total(),
    ]  # fmt: skip
    raised = rows(session, f"SELECT no FROM issue WHERE state <> 'draft' AND found_on {span}")
    assert {row[0] for row in getattr(found.get("Problems raised"), "rows", ())} == {row["no"] for row in raised}
    closed = rows(session, f"SELECT no FROM issue WHERE state = 'closed' AND closed_on {span}")
    assert {row[0] for row in getattr(found.get("Struck off"), "rows", ())} == {row["no"] for row in closed}
    assert all("2023-09-18" <= row[0] <= "2023-09-24" for row in found["Plans of the next seven days"].rows)


def test_a_week_is_monday_to_sunday_and_one_day_is_enough(session: Session) -> None:
    assert Params().week(date(2023, 9, 20)) == (date(2023, 9, 18), date(2023, 9, 24))
    assert Params(since=date(2023, 9, 1)).week(TODAY) == (date(2023, 9, 1), date(2023, 9, 7))
    assert Params(until=date(2023, 9, 7)).week(TODAY) == (date(2023, 9, 1), date(2023, 9, 7))


def test_coverage_counts_projects_with_a_leader(session: Session) -> None:
    page = REPORTS["coverage"].make(session, Params())
    active = rows(
        session, "SELECT uid FROM project WHERE stage NOT IN ('reserve', 'suspended', 'withdrawn', 'archived')"
    )
    led = {row[0] for row in rows(session, "SELECT project_uid FROM contact WHERE is_main AND from_date <= '2023-09-20' "
                                           "AND (to_date IS NULL OR to_date > '2023-09-20')")}  # fmt: skip
    bare = [row[0] for row in active if row[0] not in led]
    assert f"{len(active)} projects, without those in reserve, suspended, withdrawn or archived; " in text(page)
    assert f"; {len(active) - len(bare)} with a main leader" in text(page)
    found = tables(page)
    assert len(found["Projects without a main leader"].rows) == len(bare)
    cities = found["By city"].rows
    assert len(cities) == 11 and sum(row[1].value for row in cities) == len(active)  # type: ignore[attr-defined]
    by_mechanism = found["Visits by mechanism"].rows
    overdue = sum(row[2].value - row[1].value for row in by_mechanism)  # type: ignore[attr-defined]
    assert len(found["Visits overdue"].rows) == overdue


def test_the_services_stand_with_their_clock(session: Session) -> None:
    page = REPORTS["services"].make(session, Params())
    table = tables(page)["Services"]
    listed = rows(session, "SELECT count(*) FROM service WHERE state <> 'planned' AND coalesce(applied_on, accepted_on) "
                           "<= '2023-09-20' AND coalesce(decided_on, ended_on, '9') >= '2023-01-01'")  # fmt: skip
    assert len(table.rows) == listed[0][0]
    judged = [row for row in table.rows if isinstance(row[8], Number) and isinstance(row[9], Number) and row[12]]
    assert judged
    for row in judged:
        over = row[8].value - row[9].value  # type: ignore[attr-defined]
        assert row[12] == (f"{over} day{'s' * (over > 1)} late" if over > 0 else "in time")


def test_the_bulletin_ranks_only_what_was_frozen(session: Session) -> None:
    params = Params(month=Month(2023, 8))
    before = REPORTS["bulletin"].make(session, params)
    assert "There is no freeze of 2023-08" in text(before) and "zjtui freeze add" in text(before)
    assert not any(part.heads[0] == "Rank" for part in before.parts if isinstance(part, Table))
    freeze.make(session, "2023-08", "八月通报")
    after = REPORTS["bulletin"].make(session, params)
    ranks = [part for part in after.parts if isinstance(part, Table) and part.heads[0] == "Rank"]
    assert [len(part.rows) for part in ranks] == [11, 11] and "八月通报" in text(after)
    row = rows(
        session,
        "SELECT project_uid, month, invest_month FROM monthly_report WHERE month <= '2023-08' AND state IN "
        "('draft', 'returned') ORDER BY id LIMIT 1",
    )[0]
    report(session, row[0], row[1], {"invest_month": row[2] + 900_000_000})
    again = REPORTS["bulletin"].make(session, params)
    assert [part.rows for part in again.parts if isinstance(part, Table) and part.heads[0] == "Rank"] == [
        part.rows for part in ranks
    ]
    assert "no freeze of 2023-07" in text(REPORTS["bulletin"].make(session, Params(month=Month(2023, 7))))


@pytest.mark.parametrize("region", ["", "330100"])
def test_the_bulletin_tells_the_targets_and_the_lights(region: str, session: Session) -> None:
    found = tables(REPORTS["bulletin"].make(session, Params(region=region)))
    there = f"project_uid IN (SELECT uid FROM project WHERE region_code LIKE '{region[:4]}%')"
    [(done,)] = rows(
        session,
        "SELECT sum(invest_month) FROM monthly_report WHERE state IN ('submitted', 'approved') "
        f"AND month BETWEEN '2023-01' AND '2023-08' AND {there}",
    )
    [(plan,)] = rows(
        session,
        "SELECT sum(coalesce(adjusted_invest, plan_invest)) FROM annual_plan WHERE year = 2023 AND project_uid NOT IN "
        f"(SELECT uid FROM project WHERE stage = 'withdrawn') AND {there}",
    )
    money, starts = found["Targets"].rows
    assert abs(float(money[4].value) - done / plan) < 1e-9 and money[5] == "75.0%" and starts[5] == "85.0%"  # type: ignore[attr-defined]
    uids = [row[0] for row in rows(session, f"SELECT uid FROM project WHERE region_code LIKE '{region[:4]}%'")]
    colours = Counter(light.colour for light in lights.overall(session.reader(), uids, session.judge).values())
    lit = next(table for title, table in found.items() if title.startswith("Lights"))
    assert [cell.value for cell in lit.rows[0]] == [  # type: ignore[attr-defined]
        colours["red"], colours["yellow"], colours["green"], colours["grey"], len(uids)
    ]  # fmt: skip
    assert len(found["Red projects"].rows) == colours["red"]


def test_the_bulletin_says_unverified_below_the_threshold(session: Session) -> None:
    assert "Unverified" not in text(REPORTS["bulletin"].make(session, Params()))
    session.settings.limits["evidence_share"] = 0.99
    assert "Unverified" in text(REPORTS["bulletin"].make(session, Params()))


def test_the_letter_is_for_red_projects_alone(session: Session) -> None:
    page = REPORTS["supervise"].make(session, Params(project=uid_of(session, RED)))
    assert {row[1] for row in tables(page)["What is red"].rows} == {"Red"}
    assert "2023-09-27" in text(page)
    later = Params(project=uid_of(session, RED), until=date(2023, 10, 10))
    assert "2023-10-10" in text(REPORTS["supervise"].make(session, later))
    uids = [row[0] for row in rows(session, "SELECT uid FROM project")]
    judged = lights.overall(session.reader(), uids, session.judge)
    green = next(uid for uid, light in judged.items() if light.colour == "green")
    with pytest.raises(Refused, match="is not red"):
        REPORTS["supervise"].make(session, Params(project=green))


def test_the_sheet_of_a_project_follows_the_order_of_dispatch(session: Session) -> None:
    page = REPORTS["project"].make(session, Params(project=uid_of(session, RED)))
    told = next(part.text for part in page.parts if isinstance(part, Paragraph))
    order = [
        told.index(words) for words in (RED, "plan of 2023", "done up to 2023-08", "now ", "open problem", "next: ")
    ]
    assert order == sorted(order) and "by 2023-09-05" in told
    opened = rows(session, "SELECT i.no FROM issue i JOIN project p ON p.uid = i.project_uid "
                           f"WHERE p.name = '{RED}' AND i.state IN {OPEN}")  # fmt: skip
    assert [row[0] for row in tables(page)["Open problems"].rows] == [row["no"] for row in opened]


def test_a_visit_that_was_agreed_is_a_next_step(small: Path) -> None:
    """The sheet must not say that nothing comes next where the calendar shows the next visit."""
    from zjtui.usecases import follow_up

    session = open_session(small, today=TODAY)
    uid = uid_of(session, "杭州西站枢纽")

    def told() -> str:
        page = REPORTS["project"].make(session, Params(project=uid))
        return next(part.text for part in page.parts if isinstance(part, Paragraph))

    assert "no next step is noted" in told()
    visit = {"visit_date": TODAY, "form": "onsite", "findings": "已看", "next_visit": date(2023, 10, 15)}
    follow_up.add(session, uid, {**visit, "people": [New("张三")]})
    assert "next visit on 2023-10-15" in told() and "no next step" not in told()
    session.close()


def test_a_rate_over_the_whole_is_marked_and_never_capped() -> None:
    from fractions import Fraction

    assert percent(Fraction(1)) == "100.0%"
    assert percent(Fraction(13, 10)).startswith("130.0%") and "checked" in percent(Fraction(13, 10))


def test_an_empty_register_has_every_report(tmp_path: Path) -> None:
    from zjtui.usecases import setup

    empty = setup.new(tmp_path / "empty", today=TODAY, person="tester")
    for code, kind in REPORTS.items():
        if kind.asks[0] != "project":
            assert kind.make(empty, Params()).title, code
    empty.close()
