"""The demonstration register: invented, whole, and equal to the published figures to the yuan."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui import config
from zjtui.domain import follow_up, issue_codes, project_code, project_codes, registry, service_codes
from zjtui.domain.check import check
from zjtui.domain.service_clock import clock
from zjtui.store.rows import decode
from zjtui.usecases.session import open_session

BN = 1_000_000_000


@pytest.fixture
def rows(workspace: Path) -> Any:
    """Return a function that reads all records of an entity."""
    session = open_session(workspace, today=TODAY, write=False)

    def read(entity: str) -> list[dict[str, Any]]:
        found = session.reader().execute(f"SELECT * FROM {entity} ORDER BY uid").fetchall()
        return [decode(registry.model(entity), row) for row in found]

    yield read
    session.close()


def test_it_adds_up_to_the_published_figures(rows: Any) -> None:
    projects = rows("project")

    def total(chosen: list[dict[str, Any]]) -> tuple[int, int]:
        return len(chosen), sum(row["total_invest"] for row in chosen)

    assert total(projects) == (99, 678_900_000_000)
    assert total([row for row in projects if row["attr"] == "industrial"]) == (55, 402_200_000_000)
    assert total([row for row in projects if row["attr"] == "infrastructure"]) == (44, 276_700_000_000)
    assert total([row for row in projects if row["total_invest"] >= 10 * BN]) == (18, 443_000_000_000)
    assert sum(row["plan_invest"] for row in rows("annual_plan") if row["year"] == 2023) == 39_900_000_000


def test_every_record_passes_the_rules_of_the_program(rows: Any) -> None:
    for entity in registry.ENTITIES:
        for row in rows(entity):
            check(registry.model(entity), row, TODAY)


def test_it_covers_the_province_and_says_that_it_is_invented(rows: Any) -> None:
    projects = rows("project")
    assert {row["region_code"][:4] for row in projects} == {f"33{number:02}" for number in range(1, 12)}
    assert {row["field9"] for row in projects} == set(project_codes.FIELDS9)
    assert all("虚构" in row["remark"] and row["tags"] == ["演示"] for row in projects)
    known = {row["uid"] for row in rows("region")}
    assert len(known) == 102
    states = Counter(project_code.status(row["code"], known) for row in projects)
    assert set(states) == {"ok", "legacy", "none"} and states["ok"] > 85


def test_there_is_daily_work_in_every_state(rows: Any) -> None:
    assert len(rows("follow_up")) == 300
    assert len(rows("issue")) == 120 and {row["state"] for row in rows("issue")} == set(issue_codes.STATES)
    services = rows("service")
    assert len(services) == 150 and {row["state"] for row in services} == set(service_codes.STATES)
    lights = Counter(clock(row, TODAY)["light"] for row in services)
    assert min(lights[light] for light in ("red", "yellow", "green", "grey")) > 5
    assert max(row["month"] for row in rows("monthly_report")) == "2023-09"


def test_most_of_the_plan_is_done_by_august_and_some_are_ahead_of_it(rows: Any) -> None:
    plans = {row["project_uid"]: row["plan_invest"] for row in rows("annual_plan")}
    done: Counter[str] = Counter()
    for row in rows("monthly_report"):
        done[row["project_uid"]] += row["invest_month"] if row["month"] <= "2023-08" else 0
    assert 0.65 < sum(done.values()) / sum(plans.values()) < 0.70
    rates = [done[uid] / plan for uid, plan in plans.items()]
    assert 3 <= sum(rate > 1 for rate in rates) <= 12 and len({round(rate, 2) for rate in rates}) > 30


def test_the_log_of_follow_ups_reads_like_one(rows: Any) -> None:
    visits = {row["uid"]: row for row in rows("follow_up")}
    assert {row["result"] for row in visits.values()} == set(follow_up.RESULTS)
    assert len({re.sub(r"[0-9]+", "#", row["findings"]) for row in visits.values()}) > 200
    raised = [row for row in rows("issue") if row["follow_up_uid"]]
    assert len(raised) > 30
    for row in raised:
        visit = visits[row["follow_up_uid"]]
        assert (visit["project_uid"], visit["result"]) == (row["project_uid"], "issue_raised")


def test_a_merged_issue_went_into_an_open_one_of_its_project(rows: Any) -> None:
    issues = {row["uid"]: row for row in rows("issue")}
    for row in issues.values():
        if row["state"] == "merged":
            other = issues[row["merged_into"]]
            assert other["project_uid"] == row["project_uid"] and other["state"] in issue_codes.OPEN_STATES
            assert other["found_on"] <= row["found_on"]


def test_some_projects_go_on_from_the_year_before_and_none_is_paid_for_twice(rows: Any) -> None:
    projects, done = {row["uid"]: row for row in rows("project")}, Counter[str]()
    for row in rows("monthly_report"):
        done[row["project_uid"]] += row["invest_month"]
    plans = rows("annual_plan")
    assert sum(row["year_class"] == "continuing" for row in plans) == 8
    for row in plans:
        project = projects[row["project_uid"]]
        begun_before = project["real_start"] is not None and project["real_start"].year < 2023
        assert (row["year_class"] == "continuing") == begun_before == bool(row["opening_total"])
        assert row["opening_total"] + done[project["uid"]] <= project["total_invest"]


def test_services_were_paused_for_every_reason_and_some_lack_documents(rows: Any) -> None:
    services = rows("service")
    paused = [row for row in services if row["state"] == "paused"]
    assert len(paused) >= 4 and sum(bool(row["pauses"]) for row in services) >= 12
    for row in services:
        assert (bool(row["pauses"]) and row["pauses"][-1]["to"] is None) == (row["state"] == "paused")
    reasons = {pause["reason"] for row in services for pause in row["pauses"]}
    assert reasons == set(service_codes.PAUSE_REASONS) == {row["pauses"][-1]["reason"] for row in paused}
    tolerant = [row for row in services if "tolerant" in row["channel"] and row["state"] in ("accepted", "reviewing")]
    assert len(tolerant) >= 6 and all(row["missing_docs"] and row["missing_due"] for row in tolerant)


def test_a_policy_with_conditions_was_found_only_for_projects_that_meet_them(rows: Any) -> None:
    projects, policies = ({row["uid"]: row for row in rows(entity)} for entity in ("project", "policy"))
    assert 8 <= sum(bool(row["conditions"]) for row in policies.values()) <= 12
    checked = 0
    for row in rows("policy_match"):
        project = projects[row["project_uid"]]
        for condition in policies[row["policy_uid"]]["conditions"]:
            name, operator, value = re.fullmatch(r"(\w+)(=|>=)(.+)", condition).groups()  # type: ignore[union-attr]
            if name in project:
                checked += 1
                assert project[name] >= int(value) if operator == ">=" else project[name] in value.split("|")
    assert checked > 30


def test_a_closed_issue_was_verified_by_another_person_with_a_proof(rows: Any) -> None:
    closed = [row for row in rows("issue") if row["state"] == "closed"]
    assert closed
    assert all(row["verifier"] != row["owner_person"] and row["verify_note"] and row["evidence"] for row in closed)


def test_the_files_are_what_their_maker_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = config.data_folder() / "demo"
    monkeypatch.syspath_prepend(str(folder))
    import make

    monkeypatch.setattr(make, "HERE", tmp_path / "demo")
    (tmp_path / "demo").mkdir()
    (tmp_path / "regions_zhejiang_2023.csv").write_bytes((folder.parent / "regions_zhejiang_2023.csv").read_bytes())
    make.main()
    for made in sorted((tmp_path / "demo").glob("*.csv")):
        assert made.read_bytes() == (folder / made.name).read_bytes(), made.name


def test_the_settings_let_the_day_stand_still_and_name_a_person(workspace: Path) -> None:
    session = open_session(workspace)
    assert session.today == TODAY
    found = session.reader().execute("SELECT count(*) FROM contact WHERE person_uid = ?", (session.person,)).fetchone()
    assert found[0] > 5
    main = session.reader().execute("SELECT count(*) FROM contact WHERE is_main AND person_uid = ?", (session.person,))
    assert main.fetchone()[0] == 0
    session.close()
    with (config.data_folder() / "demo" / "project.csv").open(encoding="utf-8") as file:
        assert sum(1 for _row in csv.DictReader(file)) == 99
