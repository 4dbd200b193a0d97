"""How the grid of monthly reports is laid out: one month's figures of each project, or its twelve months as one row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from zjtui.domain.fields import WAN, F
from zjtui.domain.plan import MonthlyReport
from zjtui.domain.show import label
from zjtui.i18n import N_, _
from zjtui.store.read import months
from zjtui.store.sqlite import Connection

_FIELDS = MonthlyReport.fields()
_NAME_WIDTH = 20
_AMOUNT_WIDTH = 7  # up to 999,999, in 10k yuan
_MONTHS = (
    N_("month|Jan"), N_("month|Feb"), N_("month|Mar"), N_("month|Apr"), N_("month|May"), N_("month|Jun"),
    N_("month|Jul"), N_("month|Aug"), N_("month|Sep"), N_("month|Oct"), N_("month|Nov"), N_("month|Dec"),
)  # fmt: skip


@dataclass(frozen=True)
class TypedColumn:
    """A column that is typed into: its `name` in the rows, and which field of which month's report it is."""

    name: str
    field: F
    month: str
    report_field: str


class Layout(Protocol):
    """What the grid asks of a layout."""

    typed: tuple[TypedColumn, ...]
    enter: str  # where Enter goes on to: "down" or "right"

    def shown(self, width: int, place: int) -> tuple[Mapping[str, F], Sequence[str]]:
        """Return the fields, and the names of the columns that are shown with the cursor in typed column `place`."""
        ...

    def asked(self, place: int) -> str:
        """Return what is typed into typed column `place`, with its unit."""
        ...

    def rows(self, connection: Connection, wanted: Sequence[int]) -> list[dict[str, Any]]:
        """Return the rows of the projects with the local ids `wanted`."""
        ...


class OneMonth:
    """A month's amount, progress and text of each project, typed down the columns."""

    enter = "down"

    def __init__(self, month: str) -> None:
        self.month = month
        names = ("invest_month", "progress_pct", "progress_text")
        self.typed = tuple(TypedColumn(name, _FIELDS[name], month, name) for name in names)

    def shown(self, width: int, place: int) -> tuple[Mapping[str, F], Sequence[str]]:
        """What is typed stands first, so that it is seen on a small screen too."""
        text = ("progress_text",) if self.typed[place].name == "progress_text" else ()
        names = ("name", "last_month", "invest_month", "progress_pct", *text, "state", "invest_ytd", "waiting", "rate",
                 "plan", "started", *(() if text else ("progress_text",)))  # fmt: skip
        return months.COLUMNS, names

    def asked(self, place: int) -> str:
        """Return the label of the field."""
        return label(self.typed[place].field)

    def rows(self, connection: Connection, wanted: Sequence[int]) -> list[dict[str, Any]]:
        """Read the month."""
        found = months.rows(connection, wanted, self.month)
        return [{**row, "rate": months.rate(row), "states": {self.month: row["state"]}} for row in found]


class OneYear:
    """The months of a year side by side, typed along the row; what has not come yet is not typed."""

    enter = "right"

    def __init__(self, year: int, today: date) -> None:
        self.year = year
        last = 12 if year < today.year else today.month
        amount = _FIELDS["invest_month"]
        self._fields: dict[str, F] = {"name": F(N_("Project"), width=_NAME_WIDTH)}
        for number, name in enumerate(_MONTHS, 1):
            self._fields[f"{year}-{number:02}"] = F(name, amount.kind, unit=amount.unit, width=_AMOUNT_WIDTH)
        self._fields["invest_ytd"] = F(N_("months|Total"), amount.kind, unit=amount.unit, width=9)
        self._fields["waiting"] = months.COLUMNS["waiting"]
        self.typed = tuple(
            TypedColumn(month, amount, month, "invest_month") for month in list(self._fields)[1 : last + 1]
        )

    def shown(self, width: int, place: int) -> tuple[Mapping[str, F], Sequence[str]]:
        """As many months as fit, those around the cursor."""
        fitting = max((width - _NAME_WIDTH - 2) // (_AMOUNT_WIDTH + 1), 1)
        first = 0 if fitting >= 12 else max(0, min(place - fitting // 2, 12 - fitting))
        names = list(self._fields)[1:13][first : first + fitting]
        return self._fields, ["name", *names, "invest_ytd", "waiting"]

    def asked(self, place: int) -> str:
        """Return the month and the unit: there is little room, and all of a row is done in a month."""
        return _(N_("{month} done ({unit})")).format(month=self.typed[place].month, unit=_(WAN.label).strip())

    def rows(self, connection: Connection, wanted: Sequence[int]) -> list[dict[str, Any]]:
        """Read the year."""
        return months.year_rows(connection, wanted, self.year)
