"""The definitions of docs/figures.md at their edges, each on every page that shows the figure."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.reporting import report
from zjtui.domain.money import plain, rounded
from zjtui.domain.month import Month
from zjtui.domain.parse import parse
from zjtui.domain.plan import AnnualPlan
from zjtui.reports import bridge, care, indicators, league, league_notes
from zjtui.reports.indicators import Figure
from zjtui.store.read import months, projects
from zjtui.store.read.standings import Scope
from zjtui.usecases import brief, freeze, month, project, register, setup
from zjtui.usecases.session import Session

TODAY = date(2023, 9, 20)
AUGUST = Month(2023, 8)
WAN = 10_000


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = setup.new(tmp_path / "w", today=TODAY, person="tester")
    yield opened
    opened.close()


def added(session: Session, name: str, plan: int | None = 1000 * WAN, **more: Any) -> str:
    """Add a project with a plan of 2023; `kind` and `start` are the plan's."""
    kind, start = more.pop("kind", "continuing"), more.pop("start", None)
    values = {"name": name, "region_code": "330902", "total_invest": 10**9, **more}
    uid = project.add(session, values).uid
    if plan is not None:
        given = {"year": 2023, "year_class": kind, "plan_invest": plan, "plan_start_month": start}
        register.add(session, "annual_plan", uid, {key: value for key, value in given.items() if value is not None})
    return uid


def figures(session: Session, when: Month = AUGUST) -> dict[str, Figure]:
    found = [*indicators.figures(session, Scope(), when), *care.figures(session, Scope(), when)]
    return {item.code: item for item in found}


def test_a_draft_and_a_returned_report_stand_beside_the_rate_on_every_page(session: Session) -> None:
    uid = added(session, "甲")
    report(session, uid, "2023-07", {"invest_month": 200 * WAN})
    month.put(session, uid, "2023-08", {"invest_month": 300 * WAN})
    found = figures(session)["completion_rate"]
    assert (found.shown, "0.003 bn yuan in drafts" in found.note) == ("20.0%", True)
    [number] = projects.ids(session.reader(), projects.ProjectQuery(), 2023)
    [row] = projects.rows(session.reader(), [number], ("done", "waiting", "rate", "plan"), 2023)
    assert (row["done"], row["waiting"], row["rate"]) == (200 * WAN, 300 * WAN, "20.0%")
    [row] = months.rows(session.reader(), [number], "2023-08")
    assert (row["invest_ytd"], row["waiting"], months.rate(row)) == (200 * WAN, 300 * WAN, "20.0%")
    sums = months.summary(session.reader(), months.MonthQuery(month="2023-08"))
    assert (sums["filled"], sums["submitted"], sums["invest_ytd"], sums["waiting"]) == (1, 0, 200 * WAN, 300 * WAN)
    assert (sums["invest_month"], sums["month_waiting"]) == (0, 300 * WAN)
    [row] = months.year_rows(session.reader(), [number], 2023)
    assert (row["invest_ytd"], row["waiting"], row["2023-08"]) == (200 * WAN, 300 * WAN, 300 * WAN)
    assert "3 m yuan in drafts" in "\n".join(line.text for line in brief.lines(session, uid))
    kept = freeze.figures(session, freeze.make(session, "2023-08", "八月").uid)[1]["whole"]
    assert kept["done"] == 200 * WAN
    uid = session.reader().execute("SELECT uid FROM monthly_report WHERE month = '2023-08'").fetchone()[0]
    register.move(session, "monthly_report", uid, "submitted", {})
    assert figures(session)["completion_rate"].shown == "50.0%"


@pytest.mark.parametrize(("of", "told"), [("2023-09", True), ("2023-08", False)])
def test_a_report_of_the_running_month_is_noticed(session: Session, of: str, told: bool) -> None:
    """Its month was not over on the 20th of September: whether it is the whole month is asked, nothing is refused."""
    month.put(session, added(session, "甲"), of, {"invest_month": 100 * WAN})
    [uid] = session.reader().execute("SELECT uid FROM monthly_report").fetchone()
    found = register.move(session, "monthly_report", uid, "submitted", {}).notices
    assert [notice.rule for notice in found] == ["R-24"] * told


def test_a_withdrawn_project_leaves_plan_and_starts_from_its_month_on_and_is_counted(session: Session) -> None:
    added(session, "留", kind="new_start", start="2023-03", real_start=date(2023, 3, 5), start_evidence=["log"])
    gone = added(session, "退", kind="new_start", start="2023-03")
    report(session, gone, "2023-05", {"invest_month": 100 * WAN})
    given = {"withdraw_reason": "land", "stage_reason": "征迁"}
    register.move(session, "project", gone, "withdrawn", given, on=date(2023, 6, 10))
    may, june = figures(session, Month(2023, 5)), figures(session, Month(2023, 6))
    assert (may["completion_rate"].value, may["commencement_rate"].value) == (Fraction(100, 2000), Fraction(1, 2))
    assert (june["completion_rate"].value, june["commencement_rate"].value) == (Fraction(100, 1000), 1)
    for code in ("completion_rate", "commencement_rate"):
        assert "1 withdrawn" in june[code].note and "withdrawn" not in may[code].note
    notes = league_notes.notes(session, league.table(session, "county", "completion", AUGUST), AUGUST)
    assert any(line.startswith("1 withdrawn") for line in notes)
    register.move(session, "project", gone, "preparatory", {})
    assert figures(session, Month(2023, 6))["commencement_rate"].value == Fraction(1, 2)


def test_a_start_planned_before_the_year_is_due_and_one_of_the_next_year_is_not_expected(session: Session) -> None:
    added(session, "早", kind="new_start", start="2022-11")
    added(session, "今", kind="new_start", start="2023-07")
    added(session, "晚", kind="new_start", start="2024-02")
    found = figures(session)
    assert (found["commencement_due"].numerator, found["commencement_due"].denominator) == ("0", "2")
    expected = 1000 * WAN * 8 // 12 + 1000 * WAN * 2 // 6 + 1  # each half up to whole yuan: 6,666,667 and 3,333,333
    assert found["expected"].yuan == (expected, 3000 * WAN)


def test_what_is_not_given_takes_no_rank_and_gives_none_away(session: Session) -> None:
    for number in range(9):
        uid = added(session, f"项目{number}", attr=("industrial", "ecology", None)[number % 3])
        report(session, uid, "2023-08", {"invest_month": (5, 3, 9)[number % 3] * WAN})
    rows = {row.key: row.rank for row in league.table(session, "attr", "completion", AUGUST)}
    assert rows == {"industrial": 1, "ecology": 2, "": None}
    assert {row.key: row.rank for row in league.table(session, "attr", "reports", AUGUST)}[""] is None


def test_a_forecast_ends_at_999_percent(session: Session) -> None:
    uid = added(session, "甲", plan=WAN)
    for name in ("2023-07", "2023-08"):
        report(session, uid, name, {"invest_month": 100 * WAN})
    found = figures(session)
    assert found["completion_rate"].shown == "20,000.0%"  # what was done is never capped
    assert {found[code].shown for code in found if code.startswith("forecast")} == {"999.0%"}


def test_the_opening_total_is_counted_once(session: Session) -> None:
    uid = added(session, "甲", plan=None)
    plan = {"year": 2023, "year_class": "continuing", "plan_invest": WAN, "opening_total": 50 * WAN}
    register.add(session, "annual_plan", uid, plan)
    month.put(session, uid, "2022-12", {"invest_month": 50 * WAN})
    month.put(session, uid, "2023-08", {"invest_month": 30 * WAN})
    assert months.figures(session.reader(), uid, "2023-08")["invest_total"] == 80 * WAN
    assert months.figures(session.reader(), uid, "2022-12")["invest_total"] == 50 * WAN


def test_a_flat_curve_can_be_typed(session: Session) -> None:
    typed = parse(AnnualPlan.fields()["curve"], "0,0,0,25,25,25,50,50,50,100,100,100", TODAY)
    assert len(typed) == 12
    uid = added(session, "甲", plan=None)
    plan = {"year": 2023, "year_class": "continuing", "plan_invest": 1000 * WAN, "curve": typed}
    register.add(session, "annual_plan", uid, plan)
    assert figures(session)["expected"].shown == "50.0%"


def test_a_returned_report_of_a_completed_project_stands_somewhere(session: Session) -> None:
    from zjtui.store.read import findings

    days = {"real_start": date(2023, 2, 1), "start_evidence": ["log"]}
    uid = added(session, "甲", audit_on=date(2023, 1, 1), land_on=date(2023, 1, 1))
    for target in ("ready", "building"):
        register.move(session, "project", uid, target, days if target == "building" else {})
    for number in range(2, 9):
        name = f"2023-{number:02}"
        report(session, uid, name, {"invest_month": WAN, "progress_text": "施工"})
    register.move(session, "project", uid, "completed", {"real_end": date(2023, 8, 20)})
    asked = session.asked()
    assert findings.gaps(session.reader(), asked, "report_missing").total == 0
    last = session.reader().execute("SELECT uid FROM monthly_report WHERE month = '2023-08'").fetchone()[0]
    register.move(session, "monthly_report", last, "returned", {"return_reason": "核实"})
    [finding] = findings.gaps(session.reader(), asked, "report_missing").findings
    assert "2023-08" in str(finding.why)
    query = months.MonthQuery(month="2023-08", show="returned")
    assert len(months.ids(session.reader(), query)) == 1


def test_a_policy_with_a_day_on_which_the_owner_was_told_is_told(session: Session) -> None:
    uid = added(session, "甲")
    policies = [
        register.add(session, "policy", None, {"title_text": f"政策{number}", "year": 2023, "package": "8+4"}).uid
        for number in range(2)
    ]
    told = {"policy_uid": policies[0], "informed_on": date(2023, 9, 1)}
    register.add(session, "policy_match", uid, told)
    later = register.add(session, "policy_match", uid, {"policy_uid": policies[1]}).uid
    register.edit(session, "policy_match", later, {"informed_on": date(2023, 9, 2)})
    states = [row[0] for row in session.reader().execute("SELECT state FROM policy_match")]
    assert states == ["informed", "informed"]


def test_a_difference_is_taken_before_rounding_and_shown_half_up() -> None:
    before, after = Fraction(7124, 10000), Fraction(7486, 10000)
    assert (bridge.percent(before), bridge.percent(after), bridge.moved(before, after)) == ("71.2%", "74.9%", "+3.6")
    parts = {"month": Fraction(5, 100), "late": Fraction(5, 100), "corrections": Fraction(-25, 100)}
    assert bridge.shown(parts) == {"month": "+0.1", "late": "+0.1", "corrections": "-0.3"}
    assert bridge.rounding(parts, Fraction(0), sum(parts.values(), Fraction(0)) / 100)
    assert rounded(Fraction(-5, 100), 1) == "-0.1" and rounded(Fraction(-4, 100), 1, signed=True) == "0.0"


def test_no_number_is_shown_as_the_machine_keeps_it(session: Session) -> None:
    from zjtui.store.read import findings

    uid = added(session, "甲")
    need = {"element": "energy", "need": 12_345_678.3, "secured": 0.1, "needed_by": date(2023, 9, 25)}
    register.add(session, "element_need", uid, need)
    [finding] = findings.gaps(session.reader(), session.asked(), "element_unowned").findings
    assert "12,345,678.2 missing" in str(finding.why)
    register.add(session, "element_need", uid, {"element": "finance", "need": 3.3, "secured": 2.6})
    found = figures(session)["element_finance"]
    assert (found.numerator, found.denominator, found.shown, found.yuan) == ("2.6", "3.3", "78.8%", (26_000, 33_000))
    assert plain(12_345_678.0) == "12345678" and plain(0.1) == "0.1"
