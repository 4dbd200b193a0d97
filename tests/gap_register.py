"""A register in which every kind of finding is there once, each on a project of its own."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from zjtui.domain.named import New
from zjtui.store.changes import BEIJING
from zjtui.usecases import draft, register, setup
from zjtui.usecases.session import Session

TODAY = date(2023, 9, 20)
LONG_AGO = date(2023, 3, 1)


class Gaps:
    """The register while it is made; `projects` holds the project of each kind."""

    def __init__(self, folder: Path) -> None:
        self.patch = pytest.MonkeyPatch()
        self._at(LONG_AGO)
        self.session = setup.new(folder, today=LONG_AGO)
        self.me = register.add(self.session, "person", None, {"name": "张三"}).uid
        register.add(self.session, "person", None, {"name": "李四"})
        self.session.person = self.session.settings.person = self.me
        self.session.save_settings()
        self.projects: dict[str, str] = {}
        self.later: list[tuple[date, int, Callable[[Session], object]]] = []

    def _at(self, day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING)
        self.patch.setattr("zjtui.store.changes.now_ms", lambda: int(noon.timestamp() * 1000))

    def then(self, day: date, work: Callable[[Session], object]) -> None:
        """Do something on a later day; the log only ever goes forward."""
        self.later.append((day, len(self.later), work))

    def run(self) -> None:
        """Do it all, day by day."""
        for day, _number, work in sorted(self.later, key=lambda item: item[:2]):
            self.session.today = day
            self._at(day)
            work(self.session)

    def project(self, kind: str, stage: str = "preparatory", started: date = LONG_AGO, **more: Any) -> str:
        """Add the project of a kind, contacted by me since yesterday, and take it to a stage."""
        add, session = register.add, self.session
        values = {"name": f"青屿{len(self.projects):02}号", "region_code": "330900", "total_invest": 10**10,
                  "site": "青屿岛", **more}  # fmt: skip
        uid = add(session, "project", None, values).uid
        self.projects[kind] = uid
        mine = {"person_uid": self.me, "role": "team", "mechanism": "supervise", "from_date": TODAY - timedelta(1)}
        add(session, "contact", uid, mine)
        if stage in ("ready", "building"):
            days = {"audit_on": LONG_AGO, "land_on": LONG_AGO}
            register.move(session, "project", uid, "ready", days)
        if stage == "building":
            given = {"real_start": started, "start_evidence": ["permit"]}
            self.then(started, lambda session: register.move(session, "project", uid, "building", given))
        return uid

    def issue(self, kind: str, found: date, due: date, *moves: tuple[str, date, dict[str, Any]]) -> None:
        """Add an issue, assign it, and move it on."""
        project, uids = self.project(kind), list[str]()

        def begin(session: Session) -> None:
            uids.append(register.add(session, "issue", project, {"title_text": f"问题{kind}", "kind": "land"}).uid)
            register.move(session, "issue", uids[0], "assigned", {"lead_unit": New("县局"), "due_on": due})

        self.then(found, begin)
        for target, day, given in moves:
            self.then(day, lambda session, to=target, fill=given: register.move(session, "issue", uids[0], to, fill))

    def record(self, kind: str, day: date, entity: str, values: dict[str, Any], stage: str = "preparatory") -> None:
        """Add a record on a day, to a project of its own."""
        project = self.project(kind, stage)
        self.then(day, lambda session: register.add(session, entity, project, values))


def build(folder: Path) -> dict[str, str]:
    """Make the register in `folder`; return the project of each kind."""
    gaps = Gaps(folder)
    try:
        _issues(gaps)
        _records(gaps)
        _care(gaps)
        _board(gaps)
        gaps.run()
        _unknown(gaps)
    finally:
        gaps.session.close()
        gaps.patch.undo()
    return gaps.projects


def _issues(gaps: Gaps) -> None:
    august, september = date(2023, 8, 1), date(2023, 9, 18)
    gaps.issue("issue_due", september, date(2023, 9, 22))
    gaps.issue("issue_silent", august, date(2023, 8, 10))
    solving = (("doing", august, {"owner_person": New("赵六")}), ("solved", august, {}))
    gaps.issue("issue_verify", august, date(2023, 8, 10), *solving)
    closing = ("closed", date(2023, 8, 2), {"verifier": "李四", "verify_note": "已核", "evidence": "1号"})
    gaps.issue("recheck_due", august, date(2023, 8, 10), *solving, closing)


def _records(gaps: Gaps) -> None:
    accepted = {"kind": "permit", "promise_days": 12, "applied_on": date(2023, 9, 4), "accepted_on": date(2023, 9, 5)}
    gaps.record("service_due", date(2023, 9, 5), "service", accepted)
    gaps.record("service_silent", date(2023, 8, 1), "service", {"kind": "fs", "applied_on": date(2023, 8, 1)})
    need = {"element": "land_new", "need": 100.0}
    gaps.record("element_unowned", LONG_AGO, "element_need", {**need, "needed_by": date(2023, 10, 30)})
    owned = {**need, "needed_by": date(2023, 10, 5), "responsible": New("县局")}
    gaps.record("element_due", LONG_AGO, "element_need", owned)
    promise = {"text": "两周内交地", "made_on": date(2023, 8, 1), "due_on": date(2023, 9, 1)}
    gaps.record("promise_late", date(2023, 8, 1), "promise", promise)
    policy = {"title_text": "用地保障", "year": 2023, "package": "扩大有效投资"}
    uid = register.add(gaps.session, "policy", None, policy).uid
    gaps.record("policy_untold", date(2023, 8, 1), "policy_match", {"policy_uid": uid})


def _care(gaps: Gaps) -> None:
    overdue = {"person_uid": gaps.me, "role": "leader", "mechanism": "contact", "from_date": date(2023, 7, 1)}
    gaps.record("contact_overdue", LONG_AGO, "contact", overdue)
    visit = {"findings": "现场查看", "people": ["张三"], "visit_date": date(2023, 9, 1)}
    gaps.record("never_visited", date(2023, 9, 1), "follow_up", {**visit, "form": "phone"})
    gaps.record("not_linked", date(2023, 9, 1), "follow_up", {**visit, "result": "issue_raised"})
    gaps.record("visit_due", date(2023, 9, 1), "follow_up", {**visit, "next_visit": date(2023, 9, 15)})
    plan = {"year": 2023, "year_class": "new_start", "plan_invest": 10**9}
    gaps.record("start_due", LONG_AGO, "annual_plan", {**plan, "plan_start_month": "2023-09"}, "ready")
    gaps.record("start_late", LONG_AGO, "annual_plan", {**plan, "plan_start_month": "2023-05"}, "ready")
    building = gaps.project("report_missing", "building", date(2023, 8, 10))
    register.add(gaps.session, "annual_plan", building, {**plan, "plan_start_month": "2023-08"})
    gaps.project("stat_missing", "building", date(2023, 6, 1))
    gaps.project("no_leader")


def _board(gaps: Gaps) -> None:
    odd = gaps.project("odd_figure", "building", date(2023, 3, 1))
    plan = {"year": 2023, "year_class": "continuing", "plan_invest": 8 * 10**8}

    def reported(session: Session) -> None:  # 6 months of one eighth: exactly 75 %
        register.add(session, "annual_plan", odd, plan)
        for number in range(3, 9):
            register.add(session, "monthly_report", odd, {"month": f"2023-{number:02}", "invest_month": 10**8})

    gaps.then(date(2023, 9, 18), reported)
    gaps.project("no_next_step")
    gaps.project("untouched")
    gaps.project("blank_fields", site=None)
    gaps.record("unknown_code", LONG_AGO, "promise", {"text": "供电", "made_on": LONG_AGO})
    gaps.session.workspace.transact(
        lambda writer: writer.execute("UPDATE promise SET side = 'moon' WHERE text = '供电'")
    )
    left = gaps.project("draft_left")
    draft.keep(gaps.session, f"follow_up.add:{left}", "Follow up", "青屿草稿", {"findings": "写到一半"}).result()


def _unknown(gaps: Gaps) -> None:
    """Write a code as a newer version would."""
    gaps.session.workspace.transact(
        lambda writer: writer.execute("UPDATE promise SET side = 'moon' WHERE text = '供电'")
    )
