"""A freeze never changes; the register of any earlier moment is found in the log; a comparison adds up exactly."""

import hashlib
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from tests.reporting import report
from zjtui.domain.month import Month
from zjtui.errors import Cancelled, Damaged, Refused
from zjtui.reports import frozen, indicators, league
from zjtui.store.read import standings
from zjtui.store.read.standings import Scope
from zjtui.usecases import freeze, moment, project, register
from zjtui.usecases.moment import Watch
from zjtui.usecases.session import Session, open_session


def entry(session: Session, device: str, number: int, at: str, about: tuple[str, str, dict[str, Any]]) -> None:
    """Put an entry of another laptop into the log, as an exchange between laptops would."""
    entity, uid, fields = about

    def work(connection: Any) -> None:
        connection.execute(
            "INSERT INTO change (device, device_seq, hlc, operation, action, person, at, entity, uid, kind, fields, hash) "
            "VALUES (?, ?, ?, ?, 'project.edit', '李四', ?, ?, ?, 'set', ?, x'00')",
            (device, number, f"{number:012x}-0000-{device}", f"{device}{number}", at, entity, uid, json.dumps(fields)),
        )
        for name, (_old, new) in fields.items():
            connection.execute(f"UPDATE {entity} SET {name} = ? WHERE uid = ?", (new, uid))

    session.workspace.transact(work)


def test_what_comes_later_never_changes_a_freeze_and_the_bridge_tells_what_came(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        first = freeze.make(session, "2023-08", "八月通报").uid
        told = freeze.figures(session, first)[0].figures
        page = frozen.page(*freeze.figures(session, first))
        head = freeze.figures(session, first)[0].head
        assert len(head) == 16 and f"change log {head}" in str(page.parts[0])
        league_then = league.table(session, "city", "completion", Month(2023, 8))
        reader = session.reader()
        row = reader.execute(
            "SELECT p.uid FROM project p WHERE p.stage = 'building' AND NOT EXISTS (SELECT 1 FROM monthly_report r "
            "WHERE r.project_uid = p.uid AND r.month = '2023-07') ORDER BY p.id LIMIT 1"
        ).fetchone()
        report(session, row["uid"], "2023-07", {"invest_month": 5_000_000})  # late
        changed = reader.execute(
            "SELECT project_uid, month, invest_month FROM monthly_report WHERE month <= '2023-08' "
            "AND state = 'submitted' ORDER BY id LIMIT 1"
        ).fetchone()
        report(session, changed[0], changed[1], {"invest_month": changed[2] + 30_000})
        new = project.add(session, {"name": "新入库", "region_code": "330900", "total_invest": 10**10}).uid
        register.add(session, "annual_plan", new, {"year": 2023, "year_class": "continuing", "plan_invest": 10**9})
        report(session, new, "2023-05", {"invest_month": 7_000_000})
        second = freeze.make(session, "2023-09", "九月通报").uid
        assert freeze.figures(session, first)[0].figures == told
        assert frozen.page(*freeze.figures(session, first)) == page
        found = freeze.compare(session, first, second)
        assert found.money["late"] == 5_000_000 and found.money["entered"] == 7_000_000 and found.money["left"] == 0
        assert found.money["corrections"] == 30_000 and found.plans["entered"] == 10**9
        assert [name for _uid, name in found.entered] == ["新入库"] and not found.left
        old, now = (side.figures["whole"] for side in (found.before, found.after))
        assert now["done"] - old["done"] == sum(found.money.values())
        assert now["projects"] - old["projects"] == len(found.entered) - len(found.left)
        assert found.points is not None
        change = Fraction(now["done"], now["plan"]) - Fraction(old["done"], old["plan"])
        assert sum(found.points.values()) == change * 100
        assert freeze.compare(session, second, first) == found  # the earlier month comes first
        record = freeze.figures(session, first)[0]
        with freeze.as_frozen(session, record) as past:  # last month's table as it was told
            assert league.table(past, "city", "completion", Month(2023, 8)) == league_then
            assert past.reader().execute("SELECT count(*) FROM project").fetchone()[0] == 99
        rate = {item.code: item.value for item in indicators.figures(session, Scope(), Month(2023, 8))}
        assert rate["completion_rate"] != {row.key: row.value for row in league_then}["330900"]
    finally:
        session.close()


def test_a_freeze_is_compared_with_now(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        uid = freeze.make(session, "2023-08", "八月通报").uid
        nothing = freeze.compare(session, uid, None)
        assert not any(nothing.money.values()) and nothing.points is not None and not any(nothing.points.values())
        plan = session.reader().execute("SELECT uid, plan_invest FROM annual_plan WHERE year = 2023 LIMIT 1").fetchone()
        raised = {"adjusted_invest": plan[1] + 10**8, "adjust_reason": "增加", "adjust_on": "2023-09-01"}
        register.edit(session, "annual_plan", plan[0], raised)
        found = freeze.compare(session, uid, None)
        assert found.plans["plans"] == 10**8 and found.points is not None and found.points["plans"] < 0
    finally:
        session.close()


def test_freezes_of_two_years_are_not_compared(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        old, new = (freeze.make(session, month, month).uid for month in ("2022-12", "2023-08"))
        with pytest.raises(Refused, match="two years"):
            freeze.compare(session, old, new)
    finally:
        session.close()


def test_a_freeze_keeps_which_devices_were_seen_and_what_was_missing(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        plan = session.reader().execute("SELECT uid, plan_invest FROM annual_plan WHERE year = 2023 LIMIT 1").fetchone()
        person = session.reader().execute("SELECT uid FROM person LIMIT 1").fetchone()[0]
        for number in (1, 4):
            entry(session, "000000", number, "2023-08-12T09:00:00", ("person", person, {"phone": [None, "1"]}))
        uid = freeze.make(session, "2023-08", "通报").uid
        record, kept = freeze.figures(session, uid)
        other, own = kept["devices"]
        assert other == {"device": "000000", "last": 4, "at": "2023-08-12T09:00:00", "person": "李四",
                         "holes": [[2, 3]], "silent": True}  # fmt: skip
        assert own["device"] == session.workspace.device and not own["holes"] and not own["silent"]
        told = "\n".join(str(part) for part in frozen.page(record, kept).parts)
        assert "2-3" in told and "nothing known since" in told
        assert frozen.seen_and_missing(kept) == "devices: 2, 1 incomplete"
        # What fills the hole later is no part of the freeze, also where a comparison replays the log up to it.
        fields = {"plan_invest": [plan[1], plan[1] + 10**8]}
        entry(session, "000000", 2, "2023-08-11T09:00:00", ("annual_plan", plan[0], fields))
        from zjtui.store import standing

        session.workspace.transact(standing.refresh_all)
        assert freeze.compare(session, uid, None).plans["plans"] == 10**8
    finally:
        session.close()


def test_a_freeze_of_before_devices_were_recorded_still_verifies_and_compares(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        uid = freeze.make(session, "2023-08", "通报").uid
        kept = freeze.figures(session, uid)[1]
        # Drafts counted then, and withdrawn projects too: by the rules of that time it is the same register.
        with moment.as_known(session, moment.seen(session.reader()), TODAY, rules=1) as past:
            whole = standings.whole(past.reader(), Scope(), 2023, 8).__dict__
        assert whole["done"] > kept["whole"]["done"] and whole["plan"] > kept["whole"]["plan"]
        text = json.dumps({"whole": whole, "cities": kept["cities"]}, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        session.workspace.transact(
            lambda connection: connection.execute("UPDATE freeze SET figures = ?, digest = ?", (text, digest))
        )
        record, old = freeze.figures(session, uid)
        told = str(frozen.page(record, old).parts)
        assert "not recorded" in told and "330900" in told  # the names were not kept either
        assert frozen.seen_and_missing(old) == "devices not recorded"
        found = freeze.compare(session, uid, None)
        assert found.before.figures["whole"]["done"] == whole["done"] and found.money["left"] == 0
        assert sum(found.money.values()) == kept["whole"]["done"] - whole["done"]
        assert found.plans["left"] == kept["whole"]["plan"] - whole["plan"]
        assert "drafts and returned reports counted" in str(frozen.comparison(found).parts)
    finally:
        session.close()


def test_frozen_figures_that_were_changed_are_refused(small: Path) -> None:
    session = open_session(small, today=date(2023, 9, 20))
    try:
        uid = freeze.make(session, "2023-08", "通报").uid
        session.workspace.transact(
            lambda connection: connection.execute("UPDATE freeze SET figures = replace(figures, '0', '1')")
        )
        with pytest.raises(Damaged):
            freeze.figures(session, uid)
        with pytest.raises(Damaged):
            freeze.compare(session, uid, None)
    finally:
        session.close()


def test_a_log_that_does_not_give_the_frozen_sum_is_told(workspace: Path) -> None:
    session = open_session(workspace, today=TODAY)
    try:
        uid = freeze.make(session, "2023-08", "通报").uid
        record = freeze.figures(session, uid)[0]
        kept = json.loads(record.figures)
        kept["whole"]["done"] += 1
        text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        session.workspace.transact(
            lambda connection: connection.execute("UPDATE freeze SET figures = ?, digest = ?", (text, digest))
        )
        with pytest.raises(Damaged, match="change log"):
            freeze.compare(session, uid, None)
    finally:
        session.close()


def test_reading_an_earlier_moment_can_be_stopped_and_leaves_no_file(
    workspace: Path,
) -> None:
    def scratch() -> list[Path]:
        return list(workspace.glob(".zjtui-scratch*"))

    session = open_session(workspace, today=TODAY)
    try:
        seen: list[tuple[int, int]] = []
        known = moment.seen_on(session.reader(), TODAY)
        past = moment.open_past(session, known, TODAY, watch=Watch(lambda done, total: seen.append((done, total))))
        assert seen[-1][0] == seen[-1][1] > 2000 and len(scratch()) == 1
        assert scratch()[0].stat().st_mode & 0o077 == 0  # nobody else looks into it
        assert past.reader().execute("SELECT count(*) FROM project INDEXED BY project_total").fetchone()[0] == 99
        past.close()
        assert not scratch()
        with pytest.raises(Cancelled):
            moment.open_past(session, known, TODAY, watch=Watch(cancelled=lambda: True))
        assert not scratch()
    finally:
        session.close()
