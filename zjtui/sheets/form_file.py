"""A workbook that somebody else made, as it has to be known to be filled: texts, formulas, merged cells, formats.

It is read in a process of its own (`form_read.py`), and filled there (`form_write.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zjtui.domain.cell_ref import Place, place_of, ref_of
from zjtui.errors import Notice, Refused, UsageError
from zjtui.i18n import N_, joined
from zjtui.sheets import apart


@dataclass(frozen=True)
class FormatOf:
    """How a cell shows a number: as a percentage, with how many decimals (None: as many as there are)."""

    percent: bool = False
    decimals: int | None = None


@dataclass(frozen=True)
class FormSheet:
    """One sheet: what stands in its cells (text or number; a formula is not a value), by place."""

    name: str
    part: str
    values: Mapping[Place, str | float]
    formulas: frozenset[Place]
    merged: tuple[tuple[Place, Place], ...]
    formats: Mapping[Place, FormatOf]

    def top_left(self, place: Place) -> Place:
        """Return the cell that a merged one shows, else the cell itself."""
        for (top, left), (bottom, right) in self.merged:
            if top <= place[0] <= bottom and left <= place[1] <= right:
                return top, left
        return place


@dataclass
class FormFile:
    """A workbook as it lies on the disk, with its sheets that are not hidden."""

    path: Path
    sheets: list[FormSheet] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)  # other files that its formulas take figures from
    macros: bool = False

    @property
    def notices(self) -> list[Notice]:
        """What is worth knowing before it is filled and sent on: it holds macros, or takes from other files. T-12."""
        found = [Notice(N_("The workbook holds macros: they are carried over, and not run here"), rule="T-12")]
        links = Notice(N_("The workbook takes figures from other files: {names}. These are not worked out here"),
                       rule="T-12", names=joined(self.outside))  # fmt: skip
        return [*(found if self.macros else []), *([links] if self.outside else [])]

    def sheet(self, name: str) -> FormSheet:
        """Return the sheet by this name."""
        found = next((sheet for sheet in self.sheets if sheet.name == name), None)
        if found is None:
            names = joined(sheet.name for sheet in self.sheets)
            raise UsageError(N_("There is no sheet “{value}”; there are: {names}"), value=name, names=names or "-")
        return found

    def holds(self, name: str, ref: str) -> bool:
        """Tell whether there is such a cell to be filled: not on a sheet that is gone, no formula."""
        sheet = next((sheet for sheet in self.sheets if sheet.name == name), None)
        return sheet is not None and sheet.top_left(place_of(ref)) not in sheet.formulas

    def fillable(self, name: str, ref: str) -> str:
        """Return the cell to fill for `ref`, the first of a merged one; a formula is refused. Rules T-03, T-04."""
        sheet = self.sheet(name)
        place = sheet.top_left(place_of(ref))
        if place in sheet.formulas:
            raise Refused(
                N_("{cell} of “{sheet}” holds a formula: it is not touched"),
                rule="T-03",
                cell=ref_of(place),
                sheet=name,
            )
        return ref_of(place)


def open_form(path: Path, name: str = "") -> FormFile:
    """Open a workbook to be filled; `name` is what it is called where `path` is not. What cannot be is refused."""
    shown = name or path.name
    size = apart.regular(path)
    try:
        pieces = apart.run("form", path, shown, size=size)
    except apart.NotReadError as error:
        raise not_read(shown, error) from None
    *sheets, (outside, macros) = pieces.between(0, len(pieces))
    return FormFile(Path(shown), sheets, outside, macros)


def not_read(name: str, error: apart.NotReadError) -> UsageError:
    """Return what is said of a form that its reader gave up."""
    return UsageError(N_("“{path}” is not read: {why}. A form is one sheet or a few"), path=name, why=error.why)
