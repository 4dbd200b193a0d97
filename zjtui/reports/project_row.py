"""What a form with a row for each project is filled with: facts, plan, what was reported and done, open problems."""

from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.plan import COUNTED
from zjtui.domain.show import show
from zjtui.i18n import N_, _
from zjtui.store.read import find, records
from zjtui.usecases.session import Session

_NUMBERS = (Kind.MONEY, Kind.INT, Kind.NUMBER, Kind.PERCENT)
Values = dict[str, Any]


class Asked(Protocol):
    """A field of a project, or of what hangs on it in a year or month."""

    @property
    def entity(self) -> str: ...
    @property
    def field(self) -> str: ...
    @property
    def period(self) -> str: ...


class Project:
    """One project as it is told for a month; `waiting` are months whose report is no more than a draft."""

    def __init__(self, session: Session, uid: str, month: str) -> None:
        self.session, self.uid, self.month = session, uid, month
        self.waiting: set[str] = set()

    def value(self, asked: Asked) -> Fraction | str | None:
        """Return a number (money in yuan) or a text; None where there is none."""
        if asked.entity == "issue":
            return self._problems(asked.field)
        if asked.entity == "contact":
            return self._leaders()
        if asked.entity == "monthly_report" and asked.field == "reported_ytd":
            return self._done(asked.period or self.month)
        row = self._row(asked)
        if row is None:
            return None
        value = row[asked.field]
        if (asked.entity, asked.field) == ("annual_plan", "plan_invest") and row["adjusted_invest"] is not None:
            value = row["adjusted_invest"]  # the plan in force
        if value in (None, "", []):
            return None
        field = registry.model(asked.entity).fields()[asked.field]
        return Fraction(str(value)) if field.kind in _NUMBERS and not field.words else self._shown(field, value)

    def _row(self, asked: Asked) -> Values | None:
        if asked.entity == "project":
            return self._project
        if asked.entity == "annual_plan":
            year = int(asked.period or self.month[:4])
            return next((plan for plan in self._of("annual_plan") if plan["year"] == year), None)
        month = asked.period or self.month
        report = next((each for each in self._of("monthly_report") if each["month"] == month), None)
        if report and report["state"] not in COUNTED:
            self.waiting.add(month)
            return None
        return report

    def _of(self, entity: str) -> list[Values]:
        if entity not in self._kept:
            self._kept[entity] = records.of_project(self.session.reader(), entity, self.uid)
        return self._kept[entity]

    @cached_property
    def _kept(self) -> dict[str, list[Values]]:
        return {}

    @cached_property
    def _project(self) -> Values:
        return dict(records.get(self.session.reader(), "project", self.uid).__dict__)

    def _done(self, month: str) -> Fraction | None:
        """Return what was done in the year up to a month, by the reports that count."""
        amounts = [
            each["invest_month"]
            for each in self._of("monthly_report")
            if f"{month[:4]}-01" <= each["month"] <= month and each["state"] in COUNTED
        ]
        return Fraction(sum(amounts)) if amounts else None

    def _problems(self, name: str) -> str | None:
        """Return the open problems, one a line, or what is said of each."""
        field = registry.model("issue").fields()[name]
        issues = [each for each in self._of("issue") if each["state"] in OPEN_STATES and each["state"] != "draft"]
        texts = []
        for issue in sorted(issues, key=lambda each: (each["found_on"], each["id"])):
            text = self._shown(field, issue[name]) if issue[name] else ""
            if name == "title_text" and issue["due_on"]:
                text = _(N_("{title} (due {day})")).format(title=text, day=issue["due_on"].isoformat())
            texts.append(text)
        if not any(texts):
            return _(N_("form|None")) if name == "title_text" else None
        return texts[0] if len(texts) == 1 else "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))

    def _leaders(self) -> str | None:
        today = self.session.today
        names = [
            str(each["person_uid_name"])
            for each in self._of("contact")
            if each["role"] == "leader" and (each["to_date"] is None or each["to_date"] >= today)
        ]
        return "、".join(names) or None

    def _shown(self, field: F, value: Any) -> str:
        uids = set(value if isinstance(value, list) else [value])
        return show(field, value, find.names(self.session.reader(), field.ref, uids) if field.ref else {})
