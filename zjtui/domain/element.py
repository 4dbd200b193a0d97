"""Element needs: land, energy, money, labour and the like that a project asks for, and what is secured."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field

from zjtui.domain.codes import Codes
from zjtui.domain.fields import WAN, F, Kind
from zjtui.domain.money import in_unit, trimmed
from zjtui.domain.record import Record
from zjtui.domain.workflow import Facts, Move, Values, Workflow, moves
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_

ELEMENTS = Codes(
    land_new=N_("element|New land (mu)"),
    land_stock=N_("element|Stock land (mu)"),
    arable_balance=N_("element|Farmland balance (mu)"),
    forest=N_("element|Forest (ha)"),
    sea=N_("element|Sea area (ha)"),
    energy=N_("element|Energy (tce)"),
    power=N_("element|Power (10k kWh)"),
    pollutant=N_("element|Pollutant quota (t)"),
    finance=N_("element|Finance (10k yuan)"),
    bond=N_("element|Special bonds (10k yuan)"),
    labour=N_("element|Labour (persons)"),
    material=N_("element|Sand & stone (t)"),
    water=N_("element|Water (10k m³)"),
    other=N_("Other"),
)
STATES = Codes(
    reported=N_("element|Reported"),
    reviewing=N_("element|In review"),
    secured_part=N_("element|Partly secured"),
    secured=N_("element|Secured"),
    rejected=N_("element|Not secured"),
)
QUOTAS = Codes(
    national=N_("layer|National"), province=N_("rank|Province"), city=N_("rank|City"), county=N_("rank|County")
)
Amount = Annotated[float, Field(ge=0, le=1e12)]


class ElementNeed(Record):
    """What one project needs of one element; `need` and `secured` count in the element's own unit."""

    entity: ClassVar[str] = "element_need"
    noun: ClassVar[str] = N_("Element need")
    title_field: ClassVar[str] = "element"

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    element: Annotated[str, F(N_("Element"), Kind.CODE, codes=ELEMENTS, width=18, listed=True)]
    need: Annotated[Amount, F(N_("Need"), Kind.NUMBER, width=12, listed=True)]
    secured: Annotated[Amount, F(N_("Secured"), Kind.NUMBER, width=12, listed=True)] = 0.0
    needed_by: Annotated[date | None, F(N_("Needed by"), Kind.DATE, width=10, ahead=True, listed=True)] = None
    source_quota: Annotated[str | None, F(N_("Quota of"), Kind.CODE, codes=QUOTAS, width=8)] = None
    state: Annotated[str, F(N_("State"), Kind.CODE, codes=STATES, width=12, listed=True, form=False)] = "reported"
    responsible: Annotated[str | None, F(N_("Responsible unit"), Kind.REF, ref="org", width=18, listed=True)] = None
    doc_no: Annotated[str | None, Field(max_length=80), F(N_("Document no."), width=18)] = None
    reason: Annotated[str | None, Field(max_length=2000), F(N_("Reason"), Kind.LONG, width=24, form=False)] = None

    @property
    def gap(self) -> float:
        """What is still missing, in the element's unit."""
        return max(self.need - self.secured, 0.0)

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        if (self.state == "secured") != (self.secured >= self.need):
            yield Refused(
                N_("“Secured” means that the whole need is met, and only then"),
                rule="E-01",
                field="state",
                facts=("state", "need", "secured"),
            )

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong."""
        if self.secured > self.need:
            yield Notice(N_("More is secured than needed"), rule="E-02", field="secured")


MONEY = ("finance", "bond")  # typed in 10k yuan; figures count them in yuan


def amount(element: str, value: float) -> Decimal:
    """Return a need, or what is secured of it, exactly as it was typed; money in whole yuan."""
    exact = Decimal(repr(value))
    return (exact * 10_000).quantize(Decimal(1), ROUND_HALF_UP) if element in MONEY else exact


def shown(element: str, value: Fraction | Decimal) -> str:
    """Return an amount of an element in the unit that its label names, to the last decimal."""
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    return in_unit(int(exact), WAN, 4) if element in MONEY else trimmed(exact)


def state_for(state: str, need: float, secured: float) -> str:
    """Return the state that the amounts call for: secured is never a matter of opinion."""
    if secured >= need:
        return "secured"
    if state == "secured" or (secured > 0 and state in ("reported", "reviewing")):
        return "secured_part" if secured > 0 else "reviewing"
    return state


def _all(record: Values, _facts: Facts) -> dict[str, Any]:
    return {"secured": max(record["secured"], record["need"])}


def _some(after: Values, _facts: Facts) -> Refused | None:
    if not 0 < (after["secured"] or 0) < after["need"]:
        return Refused(N_("Partly secured is more than nothing and less than the need"), rule="E-12", field="secured")
    return None


def _not_all(after: Values, _facts: Facts) -> Refused | None:
    if after["secured"] >= after["need"]:
        return Refused(N_("The whole need is met; lower what is secured first"), rule="E-13", field="secured")
    return None


_REASON = ("reason",)
_OPEN = ("reported", "reviewing", "secured_part")
WORKFLOW = Workflow(
    "state",
    STATES,
    "E",
    (
        Move("reported", "reviewing", N_("Begin review"), asks=("responsible",)),
        *moves(_OPEN, "secured", N_("Secure all"), asks=("doc_no",), sets=_all),
        *moves(
            ("reported", "reviewing", "secured"),
            "secured_part",
            N_("Secure a part"),
            asks=("secured", "doc_no"),
            wants=(_some,),
        ),
        *moves(
            ("reported", "reviewing", "secured_part"), "rejected", N_("element|Reject"), needs=_REASON, guard=_not_all
        ),
        Move("rejected", "reviewing", N_("Review again"), asks=("responsible",)),
    ),
    fresh=frozenset(_REASON),
)
