"""Workbooks of other offices that are filled from the register (一次填报、多头出表), and what was sent to whom."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from zjtui.domain import told
from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.month import previous_month
from zjtui.domain.plan import Month
from zjtui.domain.record import Record
from zjtui.domain.region import PROVINCE
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_

QUERIES = Codes(
    projects=N_("query|Projects"),
    total=N_("query|Total investment"),
    plan=N_("query|Plan of the year"),
    done=N_("query|Done since January"),
    done_month=N_("query|Done in the month"),
    completion_rate=N_("query|Completion of plan"),
    expected=N_("query|Expected by then"),
    gap_points=N_("query|Ahead (+) or behind (-)"),
    new=N_("query|New starts planned"),
    started=N_("query|New starts begun"),
    started_month=N_("query|Begun in the month"),
    unstarted=N_("query|New starts not begun"),
    commencement_rate=N_("query|New starts begun, share"),
    due=N_("query|New starts due by then"),
    due_started=N_("query|New starts due and begun"),
    due_rate=N_("query|New starts due, share begun"),
    problems=N_("query|Problems found in the year"),
    problems_closed=N_("query|Problems struck off"),
    problems_open=N_("query|Problems still open"),
    solving_rate=N_("query|Problems struck off, share"),
    period=N_("query|Text with month"),
)
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("total", "plan", "done", "done_month", "expected"), "money"),
    **dict.fromkeys(("completion_rate", "commencement_rate", "due_rate", "solving_rate"), "rate"),
    "gap_points": "points",
    "period": "text",
}
COUNT = "count"  # the kind of every other query
UNITS = Codes(
    yi=N_("form|100m yuan"),
    wan=N_("form|10k yuan"),
    yuan=N_("form|yuan"),
    percent=N_("form|%"),
    fraction=N_("form|% (the cell's own format)"),
    points=N_("form|points"),
    count=N_("form|number"),
    text=N_("form|text"),
)
UNITS_OF: Mapping[str, tuple[str, ...]] = {
    "money": ("yi", "wan", "yuan"), "rate": ("percent", "fraction"), "points": ("points",), "count": ("count",),
    "text": ("text",),
}  # fmt: skip
_ONE = {
    "yi": Fraction(100_000_000),
    "wan": Fraction(10_000),
    "percent": Fraction(1, 100),
}  # how much of a figure one unit is
MOST_DECIMALS = 6  # of any cell
DECIMALS = {"yi": 4, "wan": 2, "percent": 2, "fraction": 4, "points": 2}
PERIODS = Codes(month=N_("period|Monthly"), quarter=N_("period|Quarterly"), half=N_("period|Half-yearly"),
                year=N_("period|Yearly"))  # fmt: skip
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
SCOPE = ("region", "field9", "attr")


@dataclass(frozen=True)
class FormCell:
    """What one cell of a workbook is filled with: a query of a scope, in a unit, with so many decimals.

    `ref` is "C5"; an empty `region`, `field9`, `attr` asks for all; `month` is one of the form's year that the cell is
    always of, 0 the month that the form is filled for. What is not `sure` is not filled before a person says so. A
    `period` cell keeps its `text`, in which the month is changed.
    """

    sheet: str
    ref: str
    query: str
    unit: str
    decimals: int = 0
    region: str = ""
    field9: str = ""
    attr: str = ""
    sure: bool = True
    text: str = ""
    month: int = 0

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "FormCell":
        """Return the cell that was kept; what a newer version added is left out."""
        known = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in values.items() if name in known})

    def kept(self) -> dict[str, Any]:
        """Return what is kept of it: what it does not say is left out."""
        empty = {item.name: item.default for item in fields(self)}
        return {name: value for name, value in asdict(self).items() if value != empty[name]}

    @property
    def place(self) -> tuple[str, str]:
        """Where it is."""
        return self.sheet, self.ref

    @property
    def key(self) -> tuple[str, ...]:
        """What it asks: the same wherever it stands and in whatever unit; the province is all there is."""
        return self.query, "" if self.region == PROVINCE else self.region, self.field9, self.attr

    def month_in(self, own: int) -> int:
        """Return the month (1 to 12) that it is of in a form filled for the month `own`."""
        return self.month or own

    def asking(self, query: str) -> "FormCell":
        """Return the cell with another query, in a unit that fits it."""
        units = UNITS_OF[kind_of(query)]
        unit = self.unit if self.unit in units else units[0]
        return replace(self, query=query, sure=True).counted(unit)

    def counted(self, unit: str) -> "FormCell":
        """Return the cell in another unit, with the decimals that are usual there."""
        decimals = self.decimals if unit == self.unit else DECIMALS.get(unit, 0)
        return replace(self, unit=unit, decimals=decimals, sure=True)

    def rounded(self, value: Fraction) -> Fraction:
        """Return a figure (yuan, a share, a number) as it stands in the cell: in its unit, half up, away from zero."""
        parts: int = 10**self.decimals
        whole = int(abs(value) / _ONE.get(self.unit, Fraction(1)) * parts + Fraction(1, 2))
        return Fraction(whole if value >= 0 else -whole, parts)

    @property
    def step(self) -> Fraction:
        """The smallest difference that the cell can show, as a figure."""
        parts: int = 10**self.decimals
        return _ONE.get(self.unit, Fraction(1)) / parts


def kind_of(query: str) -> str:
    """Return what a query gives: "money" (yuan), "rate" (1 = 100 %), "points", "count" or "text"."""
    return KINDS.get(query, COUNT)


def refs(cells: Sequence[FormCell], most: int = 12) -> str:
    """Return where cells are, "C5, D5", with their sheets where there are several, and "…" for more than `most`."""
    several = len({cell.sheet for cell in cells}) > 1
    names = [f"{cell.sheet}!{cell.ref}" if several else cell.ref for cell in cells[:most]]
    return ", ".join(names) + (" …" if len(cells) > most else "")


def same(one: FormCell, value: Fraction | None, other: FormCell, told: Fraction | None) -> bool:
    """Tell whether two figures are the same to whoever reads them, at the coarser of both roundings."""
    if value is None or told is None:
        return value is told
    coarser = one if one.step >= other.step else other
    return coarser.rounded(value) == coarser.rounded(told)


class ReportTemplate(Record):
    """A workbook of another office, with what each of its cells is filled with. Its content lies in the workspace."""

    entity: ClassVar[str] = "report_template"
    noun: ClassVar[str] = N_("Form to fill")

    name: Annotated[str, Field(min_length=1, max_length=100), F(N_("Name"), width=26, listed=True)]
    recipient: Annotated[str, Field(min_length=1, max_length=100), F(N_("Recipient"), width=18, listed=True)]
    period: Annotated[str, F(N_("How often"), Kind.CODE, codes=PERIODS, width=8, listed=True)] = "month"
    file_name: Annotated[str, Field(min_length=1, max_length=255), F(N_("File name"), width=24, form=False)]
    size: Annotated[int, Field(ge=0), F(N_("Size"), Kind.INT, width=10, words=told.size, form=False)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), F(N_("SHA-256"), width=20, form=False, inner=True)]
    added_on: Annotated[date, F(N_("Added on"), Kind.DATE, width=10, form=False, past=True)]
    cells: Annotated[list[dict[str, Any]], F(N_("form|Cells"), Kind.OBJECTS, width=12, form=False, inner=True)] = Field(
        default_factory=list
    )
    note: Annotated[str | None, Field(max_length=2000), F(N_("Note"), Kind.LONG, width=24)] = None

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        seen: set[tuple[str, str]] = set()
        for cell in self.form_cells:
            if cell.place in seen:
                yield Refused(N_("{cell} is filled twice"), rule="T-01", field="cells", cell=cell.ref)
            seen.add(cell.place)
            if cell.query in QUERIES and cell.unit not in UNITS_OF[kind_of(cell.query)]:
                unit = Msg(UNITS.labels.get(cell.unit, cell.unit))
                yield Refused(
                    N_("{cell}: {query} is not told in {unit}"), rule="T-02", field="cells", cell=cell.ref,
                    query=Msg(QUERIES.labels[cell.query]), unit=unit,
                )  # fmt: skip
            if not 0 <= cell.decimals <= MOST_DECIMALS:
                yield Refused(
                    N_("{cell}: at most {limit} decimals"), rule="T-09", field="cells", cell=cell.ref,
                    limit=MOST_DECIMALS,
                )  # fmt: skip
            if not 0 <= cell.month <= 12:
                yield Refused(N_("{cell}: a month is 1 to 12"), rule="T-11", field="cells", cell=cell.ref)

    @property
    def form_cells(self) -> list[FormCell]:
        """The cells, as they are used."""
        return [FormCell.of(values) for values in self.cells]


def usual_month(period: str, today: date) -> str:
    """Return the last month ("YYYY-MM") that ends a period which is over."""
    year, month = previous_month(today.year, today.month)
    length = _MONTHS.get(period, 1)
    number = (year * 12 + month) // length * length - 1
    return f"{number // 12}-{number % 12 + 1:02}"


class Sent(Record):
    """What was sent: which form with which figures to whom, from which freeze. Never edited, only taken back."""

    entity: ClassVar[str] = "sent"
    noun: ClassVar[str] = N_("Form sent")
    title_field: ClassVar[str] = "file_name"

    template_uid: Annotated[str, F(N_("Form to fill"), Kind.REF, ref="report_template", width=24, listed=True)]
    recipient: Annotated[str, Field(min_length=1, max_length=100), F(N_("Recipient"), width=18, listed=True)]
    month: Annotated[Month, F(N_("Month"), Kind.MONTH, width=8, past=True, listed=True)]
    sent_on: Annotated[date, F(N_("Sent on"), Kind.DATE, width=10, listed=True, past=True)]
    freeze_uid: Annotated[str, F(N_("Freeze"), Kind.REF, ref="freeze", width=20, listed=True)]
    head: Annotated[str, F(N_("Head of the change log"), width=18, form=False)]
    file_name: Annotated[
        str, Field(min_length=1, max_length=255), F(N_("File name"), width=24, listed=True, form=False)
    ]
    size: Annotated[int, Field(ge=0), F(N_("Size"), Kind.INT, width=10, words=told.size, form=False)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), F(N_("SHA-256"), width=20, form=False, inner=True)]
    figures: Annotated[str, F(N_("Figures"), Kind.LONG, width=20, form=False, inner=True)]
    reason: Annotated[str | None, Field(max_length=500), F(N_("Why figures differ"), Kind.LONG, width=24)] = None

    def told(self) -> list[tuple[FormCell, Fraction | None]]:
        """Return the cells with the figures that were sent in them."""
        return [
            (cell, None if item["value"] is None else Fraction(item["value"]))
            for item in json.loads(self.figures)
            if (cell := FormCell.of(item["cell"])).sure
        ]

    def left(self) -> list[FormCell]:
        """Return the cells that nobody had confirmed: they were sent as they stood in the workbook."""
        return [cell for item in json.loads(self.figures) if not (cell := FormCell.of(item["cell"])).sure]


def as_told(found: Sequence[tuple[FormCell, Fraction | None]], left: Sequence[FormCell] = ()) -> str:
    """Return cells with their exact figures ("1234/1", yuan or shares) as they are kept, and those `left` unfilled."""
    waiting = [(replace(cell, sure=False), None) for cell in left]
    items = [
        {"cell": cell.kept(), "value": None if value is None else str(value)} for cell, value in [*found, *waiting]
    ]
    return json.dumps(items, ensure_ascii=False, sort_keys=True)
