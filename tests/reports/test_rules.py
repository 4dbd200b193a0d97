"""The rules of the reports, case by case: a register of two projects in which every case stands once."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.reports.cases import Register
from tests.reports.test_reports import tables, text
from zjtui.domain.named import New
from zjtui.errors import Refused


@pytest.fixture
def register_of_two(tmp_path: Path) -> Iterator[Register]:
    """The register."""
    made = Register(tmp_path / "two")
    yield made
    made.session.close()


def column(page: Any, table: str, number: int) -> list[str]:
    return [str(row[number]) for row in tables(page)[table].rows] if table in tables(page) else []


def test_the_ledger_tells_what_is_late_and_what_was_struck_off_in_time(register_of_two: Register) -> None:
    one = register_of_two
    one.issue("按期", due_on="2023-09-30")
    one.issue("超期", due_on="2023-09-10")
    one.issue("无期限")
    one.issue("草稿", state="draft")
    one.issue("当天销号", state="closed", due_on="2023-09-10", closed_on="2023-09-10")
    one.issue("迟一天", state="closed", due_on="2023-09-10", closed_on="2023-09-11")
    one.issue("没有期限", state="closed", closed_on="2023-09-12")
    one.issue("去年", state="closed", found_on="2022-08-01", closed_on="2022-12-31")
    one.issue("反弹", state="open", due_on="2023-10-01", closed_on="2023-09-01")  # struck off once, open again
    page = one.report("ledger")
    assert "4 problems are open, 1 of them late; 3 were struck off from 2023-01-01 to 2023-09-20." in text(page)
    assert column(page, "Open problems", 3) == ["超期", "按期", "反弹", "无期限"]  # the most pressing first
    assert column(page, "Open problems", 11) == ["10", "", "", ""]  # no ladder where nothing went up it
    assert column(page, "Struck off", 3) == ["当天销号", "迟一天", "没有期限"]
    assert column(page, "Struck off", 10) == ["40", "41", "42"]  # days since 1 August
    assert column(page, "Struck off", 11) == ["yes", "no", "no limit"]


def test_the_weekly_brief_counts_projects_once_and_drafts_never(register_of_two: Register) -> None:
    one = register_of_two
    visits = [
        one.add("follow_up", one.a, findings="查看桩基", people=[New("张三")], visit_date=date(2023, 9, 18)),
        one.add("follow_up", one.a, findings="再看桩基", people=["张三"], visit_date=date(2023, 9, 19)),
        one.add("follow_up", one.b, findings="查看围堰", people=[New("李四")], visit_date=date(2023, 9, 19)),
    ]
    for uid, day in zip(visits, ("2023-09-24", "2023-09-27", "2023-09-28"), strict=True):
        one.put("follow_up", uid, next_visit=day)
    one.add("visit_plan", one.b, day=date(2023, 9, 25), who="李四")
    one.issue("新问题", found_on="2023-09-19")
    one.issue("草稿", state="draft", found_on="2023-09-19")
    one.issue("销号", state="closed", found_on="2023-08-01", closed_on="2023-09-18")
    one.issue("反弹", state="open", found_on="2023-08-01", closed_on="2023-09-18")
    page = one.report("weekly")
    assert "3 follow-ups of 2 projects; 1 problem raised, 1 struck off; 0 promises made." in text(page)
    plans = tables(page)["Plans of the next seven days"].rows
    # the week ends on the 24th; of a project with a plan what was agreed is not told again
    assert [(row[0], row[2]) for row in plans] == [("2023-09-25", "乙项目"), ("2023-09-27", "甲项目")]


def service(one: Register, **columns: Any) -> None:
    uid = one.add("service", one.a, kind="land_pre")
    promised = {"promise_days": 10, "applied_on": "2023-08-01", "accepted_on": "2023-08-01", "state": "reviewing"}
    one.put("service", uid, **{**promised, **columns})


def test_the_green_channel_ledger_counts_each_service_where_it_belongs(register_of_two: Register) -> None:
    one = register_of_two
    service(one, state="delivered", decided_on="2023-08-15")  # the tenth working day: in time
    service(one, state="delivered", decided_on="2023-08-16")
    service(one)  # running since 1 August
    service(one, applied_on="2023-09-18", accepted_on="2023-09-18")
    service(one, promise_days=None)
    service(one, state="planned", applied_on=None, accepted_on=None)
    service(one, state="planned")  # put back to the drawing board
    service(one, state="delivered", applied_on="2022-11-01", accepted_on="2022-11-01", decided_on="2022-11-10")
    page = one.report("services")
    assert (
        "5 services; 2 with a promise were decided, 1 of them in time, 50.0%; on 2023-09-20 3 are running, "
        "1 of them late; 0 wait to be accepted; 0 ended without a decision."
    ) in text(page)
    marks = column(page, "Services", 12)
    assert sorted(marks)[-2:] == ["in time", "in time"] and "1 day late" in marks


def test_services_that_wait_or_ended_are_counted_apart(register_of_two: Register) -> None:
    one = register_of_two
    service(one)
    service(one, state="applied", accepted_on=None)
    service(one, state="refused", ended_on="2023-08-20")
    service(one, state="withdrawn", ended_on="2023-08-20")
    told = text(one.report("services"))
    assert "1 is running" in told and "1 waits to be accepted; 2 ended without a decision" in told, told


def blocked(one: Register, title: str, **columns: Any) -> str:
    return one.issue(title, severity="blocking", **columns)


def test_a_letter_asks_only_of_a_red_project_and_names_what_is_past_its_limit(register_of_two: Register) -> None:
    one = register_of_two
    one.put("project", one.a, stage="building", real_start="2023-03-01", stat_in="2023-04-01")
    one.issue("就要到期", due_on="2023-09-19")  # one day late: yellow
    with pytest.raises(Refused, match="S-20"):
        one.report("supervise", project=one.a)
    blocked(one, "久拖未决", found_on="2023-05-01", due_on="2023-07-01")
    one.issue("还有时间", due_on="2023-10-30")
    one.issue("没有期限")
    page = one.report("supervise", project=one.a)
    asked = re.search(r"3\. Settle what is past its limit first: (.*)\.", text(page))
    assert asked and asked[1] == "久拖未决, 就要到期"
    assert "Please answer in writing by 2023-09-27." in text(page)
    assert "Please answer in writing by 2023-09-20." in text(one.report("supervise", project=one.a, until=TODAY))
    with pytest.raises(Refused, match="S-21"):
        one.report("supervise", project=one.a, until=date(2023, 9, 19))


def test_reports_of_a_person_are_of_the_projects_contacted_now(register_of_two: Register) -> None:
    one = register_of_two
    contact: Mapping[str, Any] = {"person_uid": New("张三"), "role": "leader", "mechanism": "contact"}
    one.add("contact", one.a, **contact, from_date=date(2023, 1, 1))
    one.add("contact", one.b, **contact, from_date=date(2023, 1, 1), to_date=date(2023, 6, 30))
    person = one.session.reader().execute("SELECT uid FROM person WHERE name = '张三'").fetchone()[0]
    one.issue("甲的问题")
    one.issue("乙的问题", one.b)
    assert column(one.report("ledger", person=person), "Open problems", 3) == ["甲的问题"]
    assert column(one.report("ledger", project=one.b), "Open problems", 3) == ["乙的问题"]
