"""A register in which a test puts every case it needs."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.conftest import TODAY
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.usecases import issue, project, register, setup
from zjtui.usecases.session import Session

LAND = {"kind": "land", "severity": "mid", "found_on": date(2023, 8, 1)}


class Register:
    """Two projects, and records put into whatever state a case needs."""

    def __init__(self, folder: Path) -> None:
        self.session: Session = setup.new(folder, today=TODAY, person="tester")
        self.a = self.project("甲项目", "330522")
        self.b = self.project("乙项目", "330521")

    def project(self, name: str, region: str, **columns: Any) -> str:
        values = {"name": name, "region_code": region, "total_invest": 10**9, "attr": "industrial"}
        uid = project.add(self.session, values).uid
        if columns:
            self.put("project", uid, **columns)
        return uid

    def plan(self, uid: str, yuan: int, year_class: str = "continuing", start: str | None = None) -> None:
        """Plan 2023."""
        given = {"year": 2023, "plan_invest": yuan, "year_class": year_class, "plan_start_month": start}
        self.add("annual_plan", uid, **{name: value for name, value in given.items() if value})

    def month(self, uid: str, month: str, yuan: int, **more: Any) -> None:
        self.add("monthly_report", uid, **{"month": month, "invest_month": yuan, "state": "approved", **more})

    def add(self, entity: str, project_uid: str, **values: Any) -> str:
        return register.add(self.session, entity, project_uid, values).uid

    def put(self, entity: str, uid: str, **values: Any) -> None:
        """Set columns as if the workflow had led there."""
        names = ", ".join(f"{name} = ?" for name in values)
        self.session.workspace.transact(
            lambda connection: connection.execute(f"UPDATE {entity} SET {names} WHERE uid = ?", (*values.values(), uid))
        )

    def issue(self, title: str, project_uid: str = "", **columns: Any) -> str:
        uid = issue.add(self.session, project_uid or self.a, {"title_text": title, **LAND}).uid
        self.put("issue", uid, **{"state": "open", **columns})
        return uid

    def report(self, code: str, **asked: Any) -> Any:
        return REPORTS[code].make(self.session, Params(**asked))
