"""A project's lights read from the register: which month is missing counts only once its report is due."""

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY
from zjtui.store.read.lights import Judge, of_projects
from zjtui.usecases import month, project, register, setup


@pytest.mark.parametrize(("today", "colour"), [(date(2023, 9, 5), "green"), (date(2023, 9, 6), "yellow")])
def test_a_month_is_missing_from_the_day_after_the_fifth(tmp_path: Path, today: date, colour: str) -> None:
    session = setup.new(tmp_path / "w", today=TODAY, person="tester")
    try:
        values = {"name": "甲", "region_code": "330900", "total_invest": 10**9}
        uid = project.add(session, values).uid
        days = {"audit_on": date(2023, 6, 1), "land_on": date(2023, 6, 1)}
        register.move(session, "project", uid, "ready", days)
        register.move(session, "project", uid, "building", {"real_start": date(2023, 7, 1), "start_evidence": ["log"]})
        register.add(session, "annual_plan", uid, {"year": 2023, "year_class": "continuing", "plan_invest": 10**8})
        month.put(session, uid, "2023-07", {"invest_month": 10**7, "progress_text": "桩基施工"})
        [report] = session.reader().execute("SELECT uid FROM monthly_report").fetchall()
        register.move(session, "monthly_report", report["uid"], "submitted", {}, on=date(2023, 8, 3))
        found = {light.kind: light.colour for light in of_projects(session.reader(), [uid], Judge(today))[uid]}
        assert found["report"] == colour and "start" not in found  # no new start of this year
    finally:
        session.close()
