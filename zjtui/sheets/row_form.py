"""Forms of other offices with a row for each project: workbooks and Word tables, numbers and texts.

Rows are known by code, then by exact name; of others somebody says which project they mean. What stands in a cell
already is left, and told, unless somebody says that it is replaced; formulas are never touched.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from zjtui.domain.cell_ref import ref_of
from zjtui.domain.fields import Kind
from zjtui.errors import Msg, Notice, UsageError
from zjtui.i18n import N_, joined, language_of, speaking
from zjtui.reports import project_row
from zjtui.sheets import apart, columns, form_write, row_form_table
from zjtui.sheets.book import Row, filled
from zjtui.sheets.form_file import not_read, open_form
from zjtui.sheets.lines import Look
from zjtui.sheets.mapping import Column
from zjtui.sheets.mapping import shown as as_shown
from zjtui.sheets.row_form_table import NAMING, Grid
from zjtui.sheets.target import put
from zjtui.sheets.unit_words import FACTORS
from zjtui.usecases.import_match import Matcher
from zjtui.usecases.session import Session

ENDINGS = (".xlsx", ".xlsm", ".docx")
_NEAR = 3  # projects that a row may mean
Value = Fraction | str


@dataclass
class Cell:
    """One cell to be filled: its place, the column, the value, and what stands in it."""

    place: tuple[int, int]
    column: Column
    value: Value
    there: str = ""

    @property
    def shown(self) -> str:
        """The value as it will stand there."""
        return self.value if isinstance(self.value, str) else f"{float(self.value):,.10g}"

    @property
    def same(self) -> bool:
        """Whether it stands there already."""
        return self.there.replace(",", "") in (self.shown.replace(",", ""), str(self.value))


@dataclass
class FormRow:
    """A row: what it is called, the project (uid "" for nobody knows which), those it may mean, its cells."""

    grid: int
    number: int
    text: str
    uid: str = ""
    name: str = ""
    near: list[tuple[str, str]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass
class RowForm:
    """A form as it is understood and filled for a month."""

    path: Path
    month: str
    grids: list[Grid]
    columns: list[tuple[str, list[Column]]] = field(default_factory=list)  # by grid that holds rows
    rows: list[FormRow] = field(default_factory=list)

    @property
    def asking(self) -> list[FormRow]:
        """The rows of which nobody knows the project."""
        return [row for row in self.rows if not row.uid]

    @property
    def unknown(self) -> list[str]:
        """The headings that nobody understands; what is said to be left as it is is among them."""
        return [each.heading.text for _name, mapped in self.columns for each in mapped if not each.target]

    @property
    def standing(self) -> list[tuple[FormRow, Cell]]:
        """The cells in which something else stands already."""
        return [(row, cell) for row in self.rows for cell in row.cells if cell.there and not cell.same]

    def cells(self, *, over: bool) -> list[tuple[FormRow, Cell]]:
        """The cells that are written: the empty ones, with `over` those too in which something else stands."""
        pairs = ((row, cell) for row in self.rows for cell in row.cells)
        return [(row, cell) for row, cell in pairs if not cell.there or (over and not cell.same)]


def opened(path: Path) -> list[Grid]:
    """Return the sheets of a workbook, or the tables of a Word document."""
    if path.suffix.lower() == ".docx":
        size = apart.regular(path)
        try:
            found = apart.run("word", path, path.name, None, size=size)
        except apart.NotReadError as error:
            raise not_read(path.name, error) from None
        return [Grid(str(number + 1), found[number][0], above=tuple(found[number][1])) for number in range(len(found))]
    return [Grid(sheet.name, _rows_of(sheet.values), sheet.merged, sheet.formulas) for sheet in open_form(path).sheets]


def understood(
    session: Session,
    path: Path,
    month: str,
    said: Mapping[str, str] | None = None,
    counted: Mapping[str, str] | None = None,
    means: Mapping[int, str] | None = None,
) -> RowForm:
    """Return a form filled for a month; `said` are columns, `counted` units, `means` rows that a person settled.

    What has no row for a project is refused; where such a table names no project yet, that is said. Rule T-14.
    """
    form = RowForm(path, month, opened(path))
    matcher = Matcher(session.reader())
    for number, grid in enumerate(form.grids):
        found = row_form_table.headed(grid, int(month[:4]), said or {})
        if found is None:
            continue
        heads, first = found
        mapped = [row_form_table.column(each, heads, grid, month, said or {}, counted or {}) for each in heads]
        form.columns.append((grid.name, mapped))
        form.rows += list(_rows(session, matcher, form, number, first, means or {}))
    if not form.rows:
        raise _no_rows(form)
    return form


def _no_rows(form: RowForm) -> UsageError:
    """Return why a form cannot be filled project by project."""
    for _name, mapped in form.columns:
        heading = next((column.heading.text for column in mapped if column.target in NAMING), "")
        text = N_("“{path}” names no project yet: write names or codes under “{heading}”, one a row; then it is filled")
        return UsageError(text, rule="T-14", path=form.path.name, heading=heading)
    return UsageError(
        N_(
            "“{path}” has no table with a row for each project: a heading such as “Project name” or “Project code” "
            "(项目名称, 项目代码), and beside it at least one that is understood"
        ),
        path=form.path.name,
    )


def write(form: RowForm, target: Path, *, over: bool = False, replaced: bool = False) -> Path:
    """Write the filled form to `target`; `replaced`: also over what stands in its cells. Rules X-01, X-02."""
    unsure = [column.heading.text for _name, each in form.columns for column in each if column.unsure]
    if unsure:
        raise UsageError(
            N_("The column “{name}” states no unit: say --unit {name}=万元, or another one"), name=unsure[0]
        )
    cells = form.cells(over=replaced)
    if form.path.suffix.lower() == ".docx":
        values = {(row.grid, *cell.place): cell.shown for row, cell in cells}
        try:
            content = apart.run("word", form.path, form.path.name, values, size=apart.regular(form.path))[0]
        except apart.NotReadError as error:
            raise not_read(form.path.name, error) from None
    else:
        placed = {(form.grids[row.grid].name, ref_of(cell.place)): cell.value for row, cell in cells}
        content = form_write.filled(form.path, placed)
    return put(content, target, over=over)


def _rows_of(values: Mapping[tuple[int, int], Any]) -> list[Row]:
    height, width = (max((place[at] for place in values), default=-1) + 1 for at in (0, 1))
    rows: list[Row] = [[None] * width for _number in range(height)]
    for (row, column), value in values.items():
        rows[row][column] = value
    return rows


def _rows(
    session: Session, matcher: Matcher, form: RowForm, number: int, first: int, means: Mapping[int, str]
) -> Iterator[FormRow]:
    """Yield the rows of the grid `number` from `first` on, of the columns that were understood last."""
    grid, mapped = form.grids[number], form.columns[-1][1]
    look = Look([column.heading for column in mapped], "project")
    naming = [column for target in (NAMING[1], NAMING[0]) for column in mapped if column.target == target]
    for place in range(first, len(grid.rows)):
        cells = grid.rows[place]
        there = [cells[each.number] for each in naming if each.number < len(cells)]
        texts = [as_shown(cell) for cell in there if filled(cell)]
        if not texts or look.what(cells):
            continue
        row = FormRow(number, place + 1, " · ".join(reversed(texts)))
        named = [means[place + 1]] if place + 1 in means else texts
        row.uid = next((uid for text in named if (uid := matcher.named(text))), "")
        if row.uid:
            row.name = matcher.facts[row.uid][0]
            row.cells, row.notices = _filled(session, row.uid, grid, place, mapped, form.month)
        else:
            row.near = _near(matcher, texts[-1])
        yield row


def _near(matcher: Matcher, text: str) -> list[tuple[str, str]]:
    from rapidfuzz import process

    names = {uid: facts[0] for uid, facts in matcher.facts.items()}
    return [(uid, name) for name, _score, uid in process.extract(text, names, limit=_NEAR)]


def _filled(
    session: Session, uid: str, grid: Grid, place: int, mapped: Sequence[Column], month: str
) -> tuple[list[Cell], list[Notice]]:
    cells, notices = [], []
    told = project_row.Project(session, uid, month)
    lang = language_of(column.heading.text for column in mapped)  # texts are the form's, not of who fills it
    for column in mapped:
        target, at = column.target, (place, column.number)
        goes_on = any(
            top <= place <= bottom and left <= at[1] <= right and (top, left) != at
            for (top, left), (bottom, right) in grid.merged
        )
        if target is None or target in NAMING or at in grid.locked or goes_on:
            continue
        with speaking(lang):
            value = told.value(target)
        if value is None:
            continue
        row = grid.rows[place]
        there = row[column.number] if column.number < len(row) else ""
        if there is None and not grid.merged and not grid.locked and grid.name.isdigit():
            continue  # a cell of a Word table that goes on from another
        if not isinstance(value, str) and columns.declared(target).kind is Kind.MONEY:
            value /= FACTORS.get(column.unit, 1)
        cells.append(Cell(at, column, value, as_shown(there) if filled(there) else ""))
    if told.waiting:
        text = N_("The report of {month} is not submitted: nothing is taken from it")
        notices.append(Notice(text, rule="T-13", month=Msg("{months}", months=joined(sorted(told.waiting)))))
    return cells, notices
