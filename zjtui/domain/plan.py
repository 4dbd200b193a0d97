"""Annual plans and monthly reports: what should be invested, and what was."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, Field

from zjtui.domain.around import Around
from zjtui.domain.codes import Codes
from zjtui.domain.fields import WAN, F, Kind
from zjtui.domain.money import is_slip, show_money, two_decimals
from zjtui.domain.month import month_end
from zjtui.domain.project import too_much
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts, Ground, Move, Values, Workflow
from zjtui.errors import Msg, Notice, Refused
from zjtui.i18n import N_

YEAR_CLASSES = Codes(
    new_start=N_("year|New start"),
    continuing=N_("year|Continuing"),
    to_complete=N_("year|To complete"),
    preparatory=N_("year|Preparatory"),
)
REPORT_STATES = Codes(
    draft=N_("report|Draft"),
    submitted=N_("report|Submitted"),
    approved=N_("report|Approved"),
    returned=N_("report|Returned"),
)
_ADJUSTED = ("adjusted_invest", "adjust_reason", "adjust_on")
_PARTS = ("civil_month", "equip_month", "other_month")
_OF_MONTH = ("invest_month", *_PARTS)
COUNTED = ("submitted", "approved")  # drafts and returned reports are shown beside what these make, never in it
Yuan = Annotated[int | None, Field(ge=0, le=2**62)]
Percent = Annotated[float | None, Field(ge=0, le=100), AfterValidator(two_decimals)]
Note = Annotated[str | None, Field(max_length=2000)]
Month = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]


class AnnualPlan(Record):
    """A project's plan for one year; unique by project and year."""

    entity: ClassVar[str] = "annual_plan"
    noun: ClassVar[str] = N_("Annual plan")
    title_field: ClassVar[str] = "year"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=30, form=False)]
    year: Annotated[int, Field(ge=1990, le=2099), F(N_("Year"), Kind.INT, width=6, listed=True)]
    year_class: Annotated[str, F(N_("Class"), Kind.CODE, codes=YEAR_CLASSES, width=12, listed=True)]
    plan_invest: Annotated[
        int, Field(ge=0, le=2**62), F(N_("Plan of the year"), Kind.MONEY, unit=WAN, width=14, listed=True)
    ]
    adjusted_invest: Annotated[Yuan, F(N_("Adjusted plan"), Kind.MONEY, unit=WAN, width=14, listed=True)] = None
    adjust_reason: Annotated[Note, F(N_("Reason of adjustment"), width=20)] = None
    adjust_on: Annotated[date | None, F(N_("Adjusted on"), Kind.DATE, width=10, past=True)] = None
    opening_total: Annotated[Yuan, F(N_("Done before this year"), Kind.MONEY, unit=WAN, width=14, listed=True)] = None
    plan_start_month: Annotated[str | None, F(N_("Planned month of start"), Kind.MONTH, width=8, listed=True)] = None
    plan_progress_text: Annotated[Note, F(N_("Progress aimed at"), width=30, listed=True)] = None
    curve: Annotated[list[str], F(N_("Monthly curve (%)"), Kind.LIST, width=30, repeats=True)] = Field(
        default_factory=list
    )

    @property
    def plan(self) -> int:
        """The plan in force, in yuan: the adjusted one where there is one."""
        return self.plan_invest if self.adjusted_invest is None else self.adjusted_invest

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.adjusted_invest is not None and not (self.adjust_reason and self.adjust_on):
            yield Refused(
                N_("An adjusted plan needs its reason and date"), rule="A-01", field="adjust_reason", facts=_ADJUSTED
            )
        if self.year_class == "new_start" and not self.plan_start_month:
            yield Refused(
                N_("A new start needs its planned month"),
                rule="A-02",
                field="plan_start_month",
                facts=("year_class", "plan_start_month"),
            )
        if self.curve and not is_curve(self.curve):
            yield Refused(N_("The curve is 12 percentages that never fall and end at 100"), rule="A-03", field="curve")

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        yield from twin(self, around, "year", "A-04")
        if self.opening_total:
            yield from too_much(self.project_uid, around, "opening_total", ("opening_total", "project_uid"))


class MonthlyReport(Record):
    """What a project reported for one month; unique by project and month. Sums are derived, never typed."""

    entity: ClassVar[str] = "monthly_report"
    noun: ClassVar[str] = N_("Monthly report")
    title_field: ClassVar[str] = "month"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=30, form=False)]
    month: Annotated[Month, F(N_("Month"), Kind.MONTH, width=8, past=True, listed=True)]
    invest_month: Annotated[
        int, Field(ge=-(2**62), le=2**62), F(N_("Done this month"), Kind.MONEY, unit=WAN, width=12, listed=True)
    ]
    correction_reason: Annotated[Note, F(N_("Reason of correction"), width=20)] = None
    funds_month: Annotated[Yuan, F(N_("Funds received"), Kind.MONEY, unit=WAN, width=12)] = None
    civil_month: Annotated[Yuan, F(N_("of it: civil works"), Kind.MONEY, unit=WAN, width=12)] = None
    equip_month: Annotated[Yuan, F(N_("of it: equipment"), Kind.MONEY, unit=WAN, width=12)] = None
    other_month: Annotated[Yuan, F(N_("of it: other"), Kind.MONEY, unit=WAN, width=12)] = None
    reported_ytd: Annotated[int | None, F(N_("Reported sum of the year"), Kind.MONEY, unit=WAN, width=12)] = None
    progress_text: Annotated[Note, F(N_("Physical progress"), width=30, listed=True)] = None
    progress_pct: Annotated[Percent, F(N_("Progress (%)"), Kind.PERCENT, width=6, listed=True)] = None
    workers: Annotated[int | None, Field(ge=0, le=1_000_000), F(N_("Workers on site"), Kind.INT, width=8)] = None
    next_plan: Annotated[Note, F(N_("Plan of next month"), width=24)] = None
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=REPORT_STATES, width=10, listed=True, form=False)] = "draft"
    submitted_on: Annotated[date | None, F(N_("Submitted on"), Kind.DATE, width=10, form=False)] = None
    return_reason: Annotated[Note, F(N_("Reason of return"), width=20, form=False)] = None
    state_on: Annotated[date | None, F(N_("State since"), Kind.DATE, width=10, form=False, past=True)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.invest_month < 0 and not self.correction_reason:
            yield Refused(
                N_("A negative month is a correction and needs its reason"),
                rule="R-01",
                field="correction_reason",
                facts=("invest_month", "correction_reason"),
            )
        parts = (self.civil_month, self.equip_month, self.other_month)
        known = sum(part or 0 for part in parts)
        if known > max(self.invest_month, 0) or (None not in parts and known != self.invest_month):
            yield Refused(N_("The parts do not add up to the month"), rule="R-02", field="other_month", facts=_OF_MONTH)

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        yield from twin(self, around, "month", "R-04")
        if self.month > around.today.strftime("%Y-%m"):
            yield Refused(N_("The month {month} has not come yet"), rule="R-05", field="month", month=self.month)
        if self.invest_month > 0:
            yield from too_much(self.project_uid, around, "invest_month", ("invest_month", "project_uid"))
        yield from _of_its_project(self, around.row("project", self.project_uid))

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong: a month told whole that was not over."""
        first = date.fromisoformat(f"{self.month}-01")
        if self.state in COUNTED and self.submitted_on and first <= self.submitted_on < month_end(first):
            text = N_("{month} was not over when its report was submitted ({day}): is it the whole month?")
            yield Notice(text, rule="R-24", field="submitted_on", month=self.month, day=self.submitted_on.isoformat())


def _of_its_project(report: MonthlyReport, project: Any) -> Iterator[Refused]:
    """Yield what cannot be by the project: a month after it withdrew, a building site without its progress."""
    since = project["stage_on"]  # of an old register nobody knows since when
    if project["stage"] == "withdrawn" and since and report.month > since[:7]:
        yield Refused(
            N_("The project withdrew: it reports no later month"),
            rule="R-09",
            field="month",
            facts=("month", "project_uid"),
        )
    if report.state not in ("submitted", "approved"):
        return
    if report.submitted_on and report.submitted_on.strftime("%Y-%m") < report.month:
        yield Refused(
            N_("It would be submitted before its month began"),
            rule="R-20",
            field="submitted_on",
            facts=("state", "submitted_on", "month"),
        )
    begun, over = project["real_start"], project["real_end"] or "9999"
    if begun and begun[:7] <= report.month <= over[:7] and not report.progress_text:
        yield Refused(
            N_("A project under construction tells its “Physical progress” in words, beside the % ({how})"),
            rule="R-23",
            field="progress_text",
            facts=("state", "progress_text"),
            how=Msg(N_("Tab or F2 on its row of the months; command line: zjtui month set --progress")),
        )


def _not_earlier(after: Values, facts: Facts) -> Refused | None:
    """A report that comes again is not handed in before it was handed in first."""
    first = after["submitted_on"]
    if first is None or facts.undated or facts.today >= first:
        return None
    return Refused(
        N_("It was submitted on {day} before: it cannot come again earlier"),
        rule="R-22",
        field="submitted_on",
        day=first,
    )


def twin(record: Record, around: Around, field: str, rule: str) -> Iterator[Refused]:
    """Yield the refusal of a second record of one project for the same year, month or policy."""
    value, project = getattr(record, field), record.__dict__["project_uid"]
    if set(around.one(record.entity, project, field, value)) - {record.uid}:
        yield Refused(
            N_("{noun}: there is one for {value} already; edit that one"),
            rule=rule,
            field=field,
            facts=("project_uid", field),
            noun=Msg(record.noun),
            value=value,
        )


def odd(invest_month: int, progress_pct: float | None, figures: Mapping[str, Any]) -> list[Notice]:
    """Return what is odd about a month's report without being wrong. Amounts in yuan.

    `figures` holds `last_month`, `last_pct`, `plan`, `total_invest`, and with this month `invest_ytd`, `invest_total`.
    """
    found = []

    def note(text: str, rule: str, field: str = "invest_month", **params: Any) -> None:
        found.append(Notice(text, rule=rule, field=field, **params))

    def wan(yuan: int) -> str:
        return show_money(yuan, WAN, named=True)

    last, plan, total = figures["last_month"], figures["plan"], figures["total_invest"]
    if last and is_slip(last, invest_month):
        note(N_("About 10,000 times off last month's {last}; is the unit right?"), "R-11", last=wan(last))
    elif plan and is_slip(plan, invest_month):
        note(N_("About 10,000 times off the plan of {plan}; is the unit right?"), "R-11", plan=wan(plan))
    elif plan and invest_month > plan:
        note(N_("One month above the whole plan of the year, {plan}"), "R-12", plan=wan(plan))
    if figures["invest_ytd"] > total * 6 // 5:
        note(N_("This year's sum is more than 120 % of the total investment of {total}"), "R-13", total=wan(total))
    elif figures["invest_total"] > total:
        note(
            N_("Over budget: all months make {done} of {total}"),
            "R-14",
            done=wan(figures["invest_total"]),
            total=wan(total),
        )
    if invest_month < 0:
        note(N_("A negative month: a correction"), "R-15")
    if progress_pct is not None and figures["last_pct"] is not None and progress_pct < figures["last_pct"]:
        note(N_("Progress was {last} % before: it fell"), "R-16", "progress_pct", last=figures["last_pct"])
    return found


def is_curve(curve: list[str]) -> bool:
    """Tell whether `curve` is twelve cumulative percentages that never fall and end at 100."""
    try:
        values = [Fraction(item) for item in curve]
    except (ValueError, ZeroDivisionError):
        return False
    return len(values) == 12 and values == sorted(values) and values[0] >= 0 and values[-1] == 100


# What was sent up is what was said: of a report nothing is added afterwards either.
_SENT_UP = Ground(sealed=("project_uid", *(name for name, field in MonthlyReport.fields().items() if field.form)))
REPORT_WORKFLOW = Workflow(
    "state",
    REPORT_STATES,
    "R",
    (
        Move("draft", "submitted", N_("Submit"), sets=lambda _record, facts: {"submitted_on": facts.day}),
        Move(
            "returned",
            "submitted",
            N_("Submit"),
            guard=_not_earlier,
            sets=lambda _record, facts: {"submitted_on": facts.day},
        ),
        Move("submitted", "approved", N_("Approve")),
        Move("submitted", "returned", N_("Return"), needs=("return_reason",)),
        Move("approved", "returned", N_("report|Reopen"), needs=("return_reason",)),
    ),
    fresh=frozenset({"return_reason"}),
    day_field="state_on",
    days={"submitted": "submitted_on"},
    grounds={"submitted": _SENT_UP, "approved": _SENT_UP},
)
