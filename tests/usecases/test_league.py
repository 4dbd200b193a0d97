"""What stands beside the ranks: money that is backed, reports in time, days to a grant; each against the dump."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui.domain.month import Month
from zjtui.errors import UsageError
from zjtui.reports import care, league, league_notes
from zjtui.store.read import dump, find, projects, standings
from zjtui.store.read.standings import Scope
from zjtui.usecases import policy, register
from zjtui.usecases.session import Session, open_session

AUGUST = Month(2023, 8)


@pytest.fixture
def session(demo_workspace: Path, tmp_path: Path) -> Iterator[Session]:
    import shutil

    shutil.copytree(demo_workspace, tmp_path / "w")
    opened = open_session(tmp_path / "w", today=TODAY)
    yield opened
    opened.close()


def tables(session: Session) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in dump.lines(session.reader()):
        row = json.loads(line)
        found[row.pop("table")].append(row)
    return found


def done(data: dict[str, list[dict[str, Any]]], uid: str) -> int:
    months = {row["month"]: row["invest_month"] for row in data["monthly_report"] if row["project_uid"] == uid}
    return sum(amount for month, amount in months.items() if "2023-01" <= month <= "2023-08")


def test_a_visit_on_site_backs_the_money_and_a_phone_call_does_not(session: Session) -> None:
    def share() -> Fraction | None:
        rows = league.with_evidence(session, league.table(session, "county", "completion", AUGUST), "county", AUGUST)
        return next(row.evidence for row in rows if row.key == place)

    data = tables(session)
    rows = league.with_evidence(session, league.table(session, "county", "completion", AUGUST), "county", AUGUST)
    place = next(row.key for row in rows if row.evidence == 0)
    uid = max(
        (item["uid"] for item in data["project"] if item["region_code"] == place), key=lambda uid: done(data, uid)
    )
    visit = {"visit_date": date(2023, 8, 20), "findings": "看过", "people": [session.person]}
    register.add(session, "follow_up", uid, {**visit, "form": "phone"})
    assert share() == 0
    register.add(session, "follow_up", uid, {**visit, "form": "onsite", "visit_date": date(2023, 9, 1)})
    assert share() == 0  # the month was over
    register.add(session, "follow_up", uid, {**visit, "form": "onsite"})
    assert share() == Fraction(
        done(data, uid), sum(done(data, item["uid"]) for item in data["project"] if item["region_code"] == place)
    )


def test_days_to_a_grant_by_department_are_medians_and_fewer_come_first(session: Session) -> None:
    data = tables(session)
    department = {item["uid"]: item["dept_org"] for item in data["project"]}
    days: dict[str, list[int]] = defaultdict(list)
    for row in data["policy_match"]:
        if row["informed_on"] and row["granted_on"] and "2023-01-01" <= row["granted_on"] <= "2023-08-31":
            spent = date.fromisoformat(row["granted_on"]) - date.fromisoformat(row["informed_on"])
            days[department[row["project_uid"]] or ""].append(spent.days)
    rows = league.table(session, "dept", "policy", AUGUST)
    assert (
        {row.key: row.value for row in rows if row.value is not None}
        == {key: Fraction(median(counts)) for key, counts in days.items()}
        != {}
    )
    ranked = [row.value for row in rows if row.rank is not None and row.value is not None]
    assert ranked == sorted(ranked)
    with pytest.raises(UsageError):
        league.table(session, "band", "policy", AUGUST)


def test_a_changed_rule_says_who_gains_and_who_loses_and_changes_nothing(session: Session) -> None:
    data = tables(session)
    uid = register.add(
        session, "policy", None, {"title_text": "新政", "year": 2023, "package": "8+4", "conditions": ["field9=F1"]}
    ).uid
    first = {item["name"] for item in data["project"] if item["field9"] == "F1"}
    second = {item["name"] for item in data["project"] if item["field9"] == "F2"}
    gone = {item["name"] for item in data["project"] if item["stage"] in ("withdrawn", "archived")}
    before = list(dump.lines(session.reader()))
    gained, lost = policy.difference(session, uid, {"conditions": ["field9=F2"]})
    assert (set(gained), set(lost)) == (second - gone, first - gone)
    assert policy.difference(session, uid, {"summary": "别的"}) == ([], [])
    assert policy.difference(session, uid, {"year": 2022}) == ([], sorted(first - gone, key=lost.index))
    assert policy.difference(session, uid, {"conditions": ["nonsense"]}) == ([], [])
    assert set(policy.difference(session, None, {"year": 2023, "conditions": ["field9=F2"]})[0]) == second - gone
    assert list(dump.lines(session.reader())) == before


def test_the_light_of_a_list_is_the_light_of_the_page(session: Session) -> None:
    from zjtui.store.read import lights

    reader = session.reader()
    wanted = projects.ids(reader, projects.ProjectQuery(), 2023)
    rows = projects.rows(reader, wanted, ["name", "light"], 2023, session.judge)
    uids = find.uids(reader, "project", wanted)
    overall = lights.overall(reader, uids, session.judge)
    assert {row["uid"]: row["light"] for row in rows} == {uid: light.colour for uid, light in overall.items()}
    assert {row["light"] for row in rows} >= {"red", "yellow", "grey"}


def test_what_is_missing_and_not_answered_stands_under_the_table(session: Session) -> None:
    data = tables(session)
    planned = {row["project_uid"] for row in data["annual_plan"] if row["year"] == 2023}
    began = {item["uid"] for item in data["project"] if (item["real_start"] or "9") <= "2023-08-31"}
    due = {item["uid"] for item in data["project"] if item["stage"] in ("building", "completed")} & planned & began
    handed = {
        row["project_uid"]
        for row in data["monthly_report"]
        if row["month"] == "2023-08"
        and row["state"] in ("submitted", "approved")
        and row["submitted_on"] <= "2023-09-05"
    }
    rows = league.table(session, "city", "completion", AUGUST)
    told = "\n".join(league_notes.notes(session, rows, AUGUST))
    assert f"{len(due - handed)} of {len(due)} missing or late; questions not answered: 0" in told


def test_a_project_that_moved_counts_where_it_was_on_that_day(session: Session) -> None:
    """Its county is that of the change log: before the day of the move the old one, from then on the new one."""
    from zjtui.usecases import moment

    def plans(of: Session) -> dict[str, int]:
        found = standings.groups(of.reader(), standings.Scope(), 2023, 8, "county")
        return {sums.key: sums.plan for sums in found}

    uid, county, plan = session.reader().execute(
        "SELECT p.uid, p.region_code, coalesce(a.adjusted_invest, a.plan_invest) FROM project p "
        "JOIN annual_plan a ON a.project_uid = p.uid AND a.year = 2023 ORDER BY p.id LIMIT 1"
    ).fetchone()  # fmt: skip
    other = "330902" if county != "330902" else "330903"
    before, known = plans(session), moment.seen(session.reader())
    register.edit(session, "project", uid, {"region_code": other})
    after = plans(session)
    assert after.get(county, 0) == before[county] - plan and after[other] == before.get(other, 0) + plan
    with moment.as_known(session, known, TODAY) as past:
        assert plans(past) == before


def test_where_days_are_counted_fewer_rank_first(session: Session) -> None:
    rows = [row for row in league.table(session, "city", "I3", AUGUST) if row.rank is not None]
    assert len(rows) > 1
    assert [row.value for row in rows] == sorted(row.value or 0 for row in rows)
    assert (rows[0].value or 0) < (rows[-1].value or 0)


def test_exactly_the_threshold_is_verified(session: Session) -> None:
    row = league.table(session, "city", "completion", AUGUST)[0]
    assert not league.unverified(session, replace(row, evidence=Fraction(1, 2)))
    assert league.unverified(session, replace(row, evidence=Fraction(49, 100)))
    assert not league.unverified(session, replace(row, evidence=None))


def test_a_contact_that_ended_later_still_counts_in_the_month(session: Session) -> None:
    def due() -> tuple[str, str]:
        figure = {item.code: item for item in care.figures(session, Scope(), AUGUST)}["visited_contact"]
        return figure.numerator, figure.denominator

    before = due()
    uid, begun = session.reader().execute(
        "SELECT uid, from_date FROM contact WHERE mechanism = 'contact' AND to_date IS NULL AND from_date < '2023-08-01' "
        "AND NOT is_main ORDER BY id LIMIT 1"
    ).fetchone() or session.reader().execute(
        "SELECT uid, from_date FROM contact WHERE mechanism = 'contact' AND to_date IS NULL AND from_date < '2023-08-01' LIMIT 1"
    ).fetchone()  # fmt: skip
    assert begun < "2023-08-01"
    register.edit(session, "contact", uid, {"to_date": date(2023, 9, 10)})
    assert due() == before
    register.edit(session, "contact", uid, {"to_date": date(2023, 8, 10)})
    assert int(due()[1]) == int(before[1]) - 1
