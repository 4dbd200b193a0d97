"""Projects: the register's main record, its stages and its rules."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field

from zjtui.domain.around import Around
from zjtui.domain.fields import MU, SQUARE_METRE, WAN, YI, F, Kind
from zjtui.domain.money import is_slip, show_money
from zjtui.domain.partial_date import earliest, latest, partial
from zjtui.domain.project_codes import (
    ATTRS,
    AUDIT_TYPES,
    CLUSTERS,
    EVIDENCE,
    FIELDS9,
    INVEST_KINDS,
    LEVELS,
    LIST_KINDS,
    NATURES,
    STAGES,
    WITHDRAW_REASONS,
)
from zjtui.domain.record import Record
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_

Text40 = Annotated[str | None, Field(max_length=40)]
Note = Annotated[str | None, Field(max_length=2000)]
Yuan = Annotated[int | None, Field(ge=0, le=2**62)]
Partial = Annotated[str | None, AfterValidator(partial)]

MONEY_PARTS = ("invest_civil", "invest_equip", "invest_land", "invest_other")
_BUILT = ("real_start", "real_end")
FUND_PARTS = ("fund_budget", "fund_bond", "fund_central", "fund_loan", "fund_own", "fund_other")


class Project(Record):
    """A construction project (项目), with the columns that provincial lists and monthly exports hold."""

    entity: ClassVar[str] = "project"
    noun: ClassVar[str] = N_("Project")

    name: Annotated[
        str,
        Field(min_length=1, max_length=200),
        F(N_("Name"), width=30, listed=True, indexed=True, group=N_("Identity")),
    ]
    code: Annotated[
        str | None, F(N_("Project code"), width=24, indexed=True, hint=N_("20 digits; hyphens are added"))
    ] = None
    code_note: Annotated[
        str | None,
        Field(max_length=200),
        F(N_("Reason to keep the code"), width=20, hint=N_("only where the check digit is wrong")),
    ] = None
    region_code: Annotated[str, F(N_("Region"), Kind.REF, ref="region", width=10, listed=True, indexed=True)]
    total_invest: Annotated[
        int,
        Field(gt=0, le=2**62),
        F(N_("Total investment"), Kind.MONEY, unit=YI, width=9, short=N_("Total"), listed=True, indexed=True),
    ]
    attr: Annotated[str | None, F(N_("Attribute"), Kind.CODE, codes=ATTRS, width=8, listed=True, indexed=True)] = None
    field9: Annotated[str | None, F(N_("Field"), Kind.CODE, codes=FIELDS9, width=14, listed=True, indexed=True)] = None
    stage: Annotated[str, F(N_("Stage"), Kind.CODE, codes=STAGES, width=11, listed=True, indexed=True, form=False)] = (
        "preparatory"
    )
    short_name: Annotated[Text40, F(N_("Short name"), width=14)] = None
    serial: Annotated[Text40, F(N_("List no."), width=8)] = None
    level: Annotated[str | None, F(N_("Project level"), Kind.CODE, codes=LEVELS, width=8)] = None
    list_kinds: Annotated[list[str], F(N_("Lists"), Kind.CODES, codes=LIST_KINDS, width=20)] = Field(
        default_factory=list
    )
    ceremony: Annotated[Text40, F(N_("Ceremony"), width=12)] = None
    cluster: Annotated[str | None, F(N_("415X cluster"), Kind.CODE, codes=CLUSTERS, width=20)] = None
    nature: Annotated[str | None, F(N_("Nature"), Kind.CODE, codes=NATURES, width=10)] = None
    audit_type: Annotated[str | None, F(N_("Approval type"), Kind.CODE, codes=AUDIT_TYPES, width=8)] = None
    invest_kind: Annotated[str | None, F(N_("Investor"), Kind.CODE, codes=INVEST_KINDS, width=10)] = None
    owner_org: Annotated[
        str | None, F(N_("Owner"), Kind.REF, ref="org", made_as="owner", width=24, group=N_("Place and units"))
    ] = None
    builder_org: Annotated[str | None, F(N_("Contractor"), Kind.REF, ref="org", made_as="contractor", width=24)] = None
    dept_org: Annotated[str | None, F(N_("Department in charge"), Kind.REF, ref="org", width=24)] = None
    site: Annotated[str | None, Field(max_length=200), F(N_("Site"), width=24)] = None
    lng: Annotated[float | None, Field(ge=70, le=140), F(N_("Longitude"), Kind.NUMBER, width=11)] = None
    lat: Annotated[float | None, Field(ge=15, le=55), F(N_("Latitude"), Kind.NUMBER, width=11)] = None
    cross_region: Annotated[list[str], F(N_("Cross-region"), Kind.REFS, ref="region", width=20)] = Field(
        default_factory=list
    )
    scale: Annotated[Note, F(N_("Scope of construction"), Kind.LONG, width=40, group=N_("Scale and money"))] = None
    land_m2: Annotated[int | None, Field(ge=0), F(N_("Land"), Kind.AREA, unit=MU, width=10)] = None
    floor_m2: Annotated[int | None, Field(ge=0), F(N_("Floor area"), Kind.INT, unit=SQUARE_METRE, width=10)] = None
    invest_civil: Annotated[Yuan, F(N_("of it: civil works"), Kind.MONEY, unit=WAN, width=12)] = None
    invest_equip: Annotated[Yuan, F(N_("of it: equipment"), Kind.MONEY, unit=WAN, width=12)] = None
    invest_land: Annotated[Yuan, F(N_("of it: land"), Kind.MONEY, unit=WAN, width=12)] = None
    invest_other: Annotated[Yuan, F(N_("of it: other"), Kind.MONEY, unit=WAN, width=12)] = None
    fund_budget: Annotated[Yuan, F(N_("Funds: budget"), Kind.MONEY, unit=WAN, width=12)] = None
    fund_bond: Annotated[Yuan, F(N_("Funds: special bonds"), Kind.MONEY, unit=WAN, width=12)] = None
    fund_central: Annotated[Yuan, F(N_("Funds: central budget"), Kind.MONEY, unit=WAN, width=12)] = None
    fund_loan: Annotated[Yuan, F(N_("Funds: bank loans"), Kind.MONEY, unit=WAN, width=12)] = None
    fund_own: Annotated[Yuan, F(N_("Funds: own"), Kind.MONEY, unit=WAN, width=12)] = None
    fund_other: Annotated[Yuan, F(N_("Funds: other"), Kind.MONEY, unit=WAN, width=12)] = None
    plan_start: Annotated[Partial, F(N_("Planned start"), Kind.PARTIAL, width=10, indexed=True, group=N_("Dates"))] = (
        None
    )
    plan_end: Annotated[Partial, F(N_("Planned completion"), Kind.PARTIAL, width=10)] = None
    audit_on: Annotated[date | None, F(N_("Approved or filed on"), Kind.DATE, width=10, past=True)] = None
    land_on: Annotated[date | None, F(N_("Land settled on"), Kind.DATE, width=10, past=True)] = None
    real_start: Annotated[date | None, F(N_("Real start"), Kind.DATE, width=10, past=True, indexed=True)] = None
    start_evidence: Annotated[list[str], F(N_("Evidence of start"), Kind.CODES, codes=EVIDENCE, width=16)] = Field(
        default_factory=list
    )
    real_end: Annotated[date | None, F(N_("Real completion"), Kind.DATE, width=10, past=True)] = None
    stat_in: Annotated[date | None, F(N_("Entered in statistics"), Kind.DATE, width=10, past=True)] = None
    stat_code: Annotated[Text40, F(N_("Statistics code"), width=16)] = None
    stat_out: Annotated[date | None, F(N_("Left statistics"), Kind.DATE, width=10, past=True)] = None
    parent_uid: Annotated[str | None, F(N_("Main project"), Kind.REF, ref="project", width=24, group=N_("Other"))] = (
        None
    )
    suspended_from: Annotated[str | None, F(N_("Suspended from"), Kind.CODE, codes=STAGES, form=False)] = None
    withdraw_reason: Annotated[
        str | None, F(N_("Reason of withdrawal"), Kind.CODE, codes=WITHDRAW_REASONS, width=16, form=False)
    ] = None
    stage_reason: Annotated[Note, F(N_("Reason of the last move"), Kind.LONG, width=24, form=False)] = None
    confirmed_by: Annotated[
        str | None, F(N_("Confirmed by"), Kind.REF, ref="person", known=True, width=12, form=False)
    ] = None
    tags: Annotated[list[str], F(N_("Tags"), Kind.LIST, width=16)] = Field(default_factory=list)
    remark: Annotated[Note, F(N_("Remark"), Kind.LONG, width=30)] = None
    stage_on: Annotated[date | None, F(N_("State since"), Kind.DATE, width=10, form=False, past=True)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if self.plan_start and self.plan_end and earliest(self.plan_start) > latest(self.plan_end):
            yield Refused(
                N_("Planned completion lies before the planned start"),
                rule="P-06",
                field="plan_end",
                facts=("plan_start", "plan_end"),
            )
        if self.real_end and not self.real_start:
            yield Refused(N_("A completion needs a real start"), rule="P-07", field="real_end", facts=_BUILT)
        if self.real_start and self.real_end and self.real_end < self.real_start:
            yield Refused(N_("Real completion lies before the real start"), rule="P-08", field="real_end", facts=_BUILT)
        if self.stat_out and (not self.stat_in or self.stat_out < self.stat_in):
            yield Refused(
                N_("It cannot leave the statistics before it entered them"),
                rule="P-09",
                field="stat_out",
                facts=("stat_in", "stat_out"),
            )
        if sum(getattr(self, part) or 0 for part in MONEY_PARTS) > self.total_invest:
            yield Refused(
                N_("The parts of the investment exceed the total"),
                rule="P-12",
                field="invest_other",
                facts=("total_invest", *MONEY_PARTS),
            )
        if sum(getattr(self, part) or 0 for part in FUND_PARTS) > self.total_invest:
            yield Refused(
                N_("The sources of funds exceed the total"),
                rule="P-24",
                field="fund_other",
                facts=("total_invest", *FUND_PARTS),
            )
        if "thousand_trillion" in self.list_kinds and not self.field9:
            yield Refused(
                N_("A project of the thousand-project list needs its field"),
                rule="P-13",
                field="field9",
                facts=("list_kinds", "field9"),
            )

    def stands(self, around: Around) -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        if self.stage in ("completed", "operating", "archived") and around.money(self.uid)[0] <= 0:
            yield Refused(N_("No investment is reported yet, so it cannot be completed"), rule="P-21", field="stage")
        if self.stage == "archived" and any(left := around.unsettled(self.uid)):
            yield Refused(
                N_("{issues} open issues and {services} open services: settle them before archiving"),
                rule="P-22",
                field="stage",
                issues=left[0],
                services=left[1],
            )
        yield from too_much(self.uid, around, "total_invest", ("total_invest",))

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong; `before` is the record as it was."""
        if not 1_000 * 10_000 <= self.total_invest <= 2_000 * 100_000_000:
            yield Notice(
                N_("Total investment is unusual: below 10m or above 200bn yuan; is the unit right?"),
                rule="P-14",
                field="total_invest",
            )
        if before and is_slip(before.total_invest, self.total_invest):
            yield Notice(
                N_("The amount is about 10,000 times off the old one; is the unit right?"),
                rule="P-15",
                field="total_invest",
            )
        funds = [getattr(self, part) for part in FUND_PARTS if getattr(self, part) is not None]
        if funds and sum(funds) != self.total_invest:
            yield Notice(N_("The sources of funds do not add up to the total"), rule="P-16", field="fund_other")
        if self.stat_in and self.real_start and (self.real_start - self.stat_in).days > 31:
            yield Notice(
                N_("It entered the statistics more than a month before its start"), rule="P-17", field="stat_in"
            )


def too_much(project_uid: str, around: Around, field: str, facts: tuple[str, ...]) -> Iterator[Refused]:
    """Yield the refusal of months that make more than twice the whole: no over-budget explains that. Rule R-08."""
    done, total = around.money(project_uid)
    if done > 2 * total:
        yield Refused(
            N_("All months make {done}, more than twice the total investment of {total}; is the unit right?"),
            rule="R-08",
            field=field,
            facts=facts,
            done=show_money(done, WAN, named=True),
            total=show_money(total, WAN, named=True),
        )
