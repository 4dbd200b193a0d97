"""Days of deeds: a due date is extended, never edited; pausing and resuming take their day, and days follow each other."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.test_rules import DAY, TODAY, Made, rules
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.store.read import ladder, records
from zjtui.ui.issue_text import issue_preview
from zjtui.usecases import bulk, correct, issue, register, setup, undo

LATER = date(2023, 10, 30)


@pytest.fixture
def made(tmp_path: Path) -> Any:
    session = setup.new(tmp_path / "w", today=TODAY)
    yield Made(session)
    session.close()


def given_out(made: Made) -> str:
    uid = register.add(made.session, "issue", made.project, {"title_text": "用地", "kind": "land", "found_on": DAY}).uid
    return made.move("issue", uid, ("assigned", {"lead_unit": "县局", "due_on": TODAY, "owner_person": "张三"}), on=DAY)


def test_a_due_date_is_extended_and_never_edited(made: Made) -> None:
    """Form, many at once, command and correction say how; the first date stays, every extension counts."""
    session, uid = made.session, given_out(made)
    ways: list[Callable[[], object]] = [
        lambda: register.edit(session, "issue", uid, {"due_on": LATER}),
        lambda: issue.edit(session, uid, {"due_on": LATER}),
        lambda: bulk.run(session, bulk.Job("set", "issue", {"due_on": LATER}), [uid]),
        lambda: correct.correct(session, "issue", uid, {"due_on": LATER}, {"reason": "录错"}),
    ]
    for way in ways:
        assert rules(way) == {"I-24"}
    issue.extend(session, uid, date(2023, 9, 30), "征迁未完", date(2023, 9, 18))
    issue.extend(session, uid, LATER, "会审推迟")
    record = records.get(session.reader(), "issue", uid)
    assert (record.due_on, record.first_due_on, record.extended_count) == (LATER, TODAY, 2)
    told = [str(what) for _day, _who, what in ladder.story(session.reader(), record)]
    assert any("2023-09-20" in line and "2023-09-30" in line and "征迁未完" in line for line in told)
    assert "first due on 2023-09-20" in issue_preview(session, record).plain
    page = str(REPORTS["ledger"].make(session, Params()))
    assert "extended 2 times, first 2023-09-20" in page
    undo.undo(session)
    assert records.get(session.reader(), "issue", uid).extended_count == 1
    correct.correct(session, "issue", uid, {"due_on": TODAY}, {"reason": "录错"})  # earlier is no extension


@pytest.mark.parametrize(("due", "reason", "rule"), [(TODAY, "因", "I-25"), (LATER, "", "I-25"), (DAY, "因", "I-25")])
def test_an_extension_goes_further_and_says_why(made: Made, due: date, reason: str, rule: str) -> None:
    uid = given_out(made)
    assert rules(lambda: issue.extend(made.session, uid, due, reason)) == {rule}


def test_only_what_somebody_was_given_is_extended(made: Made) -> None:
    uid = register.add(made.session, "issue", made.project, {"title_text": "用地", "kind": "land", "due_on": TODAY}).uid
    assert rules(lambda: issue.extend(made.session, uid, LATER, "因")) == {"I-23"}
    register.edit(made.session, "issue", uid, {"due_on": LATER})  # nobody was given it yet


def test_pausing_and_resuming_take_their_day_and_days_follow_each_other(made: Made) -> None:
    session, uid = made.session, given_out(made)
    made.move("issue", uid, ("doing", {}), on=date(2023, 9, 2))
    pause = {"state_reason": "等待会审", "resume_on": LATER, "state_on": date(2023, 9, 5)}
    made.move("issue", uid, ("paused", pause))
    assert rules(lambda: register.move(session, "issue", uid, "doing", {"state_on": date(2023, 9, 4)})) == {"G-18"}
    made.move("issue", uid, ("doing", {"state_on": date(2023, 9, 8)}))
    record = records.get(session.reader(), "issue", uid)
    days = [day.day for day, _who, _what in ladder.story(session.reader(), record)]
    assert (record.state_on, days) == (date(2023, 9, 8), [1, 1, 2, 5, 8])
    service = register.add(session, "service", made.project, {"kind": "permit", "accepted_on": DAY}).uid
    made.move("service", service, ("paused", {"pause_reason": "expert", "state_on": date(2023, 9, 4)}))
    made.move("service", service, ("reviewing", {"state_on": date(2023, 9, 7)}))
    [stop] = made.value("service", service, "pauses")
    assert (stop["from"], stop["to"]) == ("2023-09-04", "2023-09-07")
    made.move("project", made.project, ("suspended", {"stage_reason": "停缓建", "stage_on": date(2023, 9, 6)}))
    assert made.value("project", made.project, "stage_on") == date(2023, 9, 6)
