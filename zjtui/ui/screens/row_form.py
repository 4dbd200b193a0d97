"""A form with a row for each project, filled for a month: which project a row means, what goes where, then its file."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain.month import month_away
from zjtui.i18n import N_, _, joined
from zjtui.sheets import columns, row_form, unit_words
from zjtui.sheets.columns import folded
from zjtui.sheets.mapping import Column as Asked
from zjtui.sheets.row_form import FormRow, RowForm
from zjtui.ui import file_asking
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions_office_forms import ROW_FORM
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.confirm import Question
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.text import content
from zjtui.ui.watching import watched
from zjtui.ui.widgets.window_table import Cell, Column, WindowTable
from zjtui.usecases.attachment import path_typed

_TYPED = "\0typed"  # no project is called so
_UNITS = ("万元", "亿元", "元")


class RowFormScreen(BaseScreen):
    """The rows of the form. Nothing is written before Ctrl+X, and what stands in it only where somebody says so."""

    ACTIONS: ClassVar[tuple[Action, ...]] = ROW_FORM
    BINDINGS: ClassVar[list[BindingType]] = bindings(ROW_FORM)
    DEFAULT_CSS = """
    RowFormScreen #whole { height: auto; max-height: 9; padding: 0 1; display: none; }
    """

    def __init__(self, form: RowForm) -> None:
        super().__init__()
        self.form = form
        self.means: dict[int, str] = {}
        self.counted: dict[str, str] = {}
        self.said: dict[str, str] = {}  # what columns ask, as targets; "" leaves one as it is

    def body(self) -> Iterable[Widget]:
        yield WindowTable()
        yield Static(id="whole")

    def on_mount(self) -> None:
        self.query_one(WindowTable).focus()
        self.reload()

    def title_parts(self) -> list[str]:
        return [_(N_("Forms")), self.form.path.name, self.form.month]

    def reload(self) -> None:
        """Show each row with its project and what is filled in."""
        self.show_title()
        rows = self.form.rows

        def fetch(wanted: Sequence[int]) -> list[list[Cell]]:
            return [_cells(rows[number - 1]) for number in wanted]

        heads = [
            Column("number", _(N_("Row")), 5, right=True),
            Column("text", _(N_("In the form")), 20),
            Column("project", _(N_("Project")), 20),
            Column("told", _(N_("What is filled in")), 200),
        ]
        self.query_one(WindowTable).show(heads, range(1, len(rows) + 1), fetch)
        parts = [_(N_("{count} cells filled")).format(count=len(self.form.cells(over=False)))]
        if self.form.asking:
            parts.insert(0, _(N_("{count} rows of unknown projects: Enter")).format(count=len(self.form.asking)))
        if self.form.standing:
            parts.append(_(N_("{count} hold something else")).format(count=len(self.form.standing)))
        unknown = [text for text in self.form.unknown if folded(text) not in self.said]
        if unknown:
            parts.append(_(N_("not understood, Ctrl+K says what they ask: {names}")).format(names=joined(unknown)))
        self.status(" · ".join(parts), "$text-warning" if self.form.asking or unknown else "")
        self.on_window_table_highlighted()

    def on_window_table_highlighted(self) -> None:
        """Show what is said of the row under the cursor, whole, below the rows."""
        row = self._row()
        whole = self.query_one("#whole", Static)
        text = _told(row) if row else ""
        whole.display = bool(text)
        whole.update(content(text))

    def _row(self) -> FormRow | None:
        current = self.query_one(WindowTable).current
        return self.form.rows[current - 1] if current and current <= len(self.form.rows) else None

    def on_window_table_selected(self) -> None:
        """Enter says which project the row means."""
        self.action_choose()

    def action_choose(self) -> None:
        """Say which project the row means."""
        row = self._row()
        if row is None:
            return
        known = [(row.uid, row.name)] if row.uid else row.near
        choices = [Choice(uid, name) for uid, name in known]
        choices.append(Choice(_TYPED, _(N_("Another project: type its name or code …"))))

        def means(text: str | None) -> None:
            if text:
                self.means[row.number] = text
                self._fill(self.form.month)

        def chosen(uid: str | None) -> None:
            if uid == _TYPED:
                self.app.push_screen(Prompt(N_("Which project is it? Name or code")), means)
            else:
                means(uid)

        title = _(N_("Which project is “{name}”?")).format(name=row.text)
        self.app.push_screen(ChoiceDialog(title, choices), chosen)

    def action_columns(self) -> None:
        """Say what a column asks."""
        year = int(self.form.month[:4])
        heads = {folded(each.heading.text): each for _name, mapped in self.form.columns for each in mapped}
        means = [Choice(str(target), columns.meaning(target, "project")) for target in columns.targets("project", year)]
        means.append(Choice("", _(N_("Leave it as it is"))))

        def said(key: str, asked: str | None) -> None:
            if asked is not None:
                self.said[key] = asked
                self._fill(self.form.month)

        def chosen(key: str | None) -> None:
            if key:
                title = _(N_("What does “{name}” ask?")).format(name=heads[key].heading.text)
                current = str(heads[key].target or "")
                self.app.push_screen(ChoiceDialog(title, means, current), lambda asked: said(key, asked))

        choices = [Choice(key, _asks(each)) for key, each in heads.items()]
        first = next((key for key, each in heads.items() if not each.target), None)
        self.app.push_screen(ChoiceDialog(N_("Which column?"), choices, first), chosen)

    def action_month(self, step: int) -> None:
        """Fill it for the month before or after."""
        year, month = month_away(int(self.form.month[:4]), int(self.form.month[5:7]), step)
        if (year, month) > (self.session.today.year, self.session.today.month):
            self.status(_(N_("That month has not begun")), "$text-warning")
            return
        self._fill(f"{year}-{month:02}")

    def _fill(self, month: str) -> None:
        session, path, means, counted = self.session, self.form.path, dict(self.means), dict(self.counted)
        said = dict(self.said)

        def filled(form: RowForm) -> None:
            self.form = form
            self.reload()

        def work(_watch: Any) -> RowForm:
            return row_form.understood(session, path, month, said, counted, means)

        watched(self, N_("Filling the form"), work, filled)

    def action_write(self) -> None:
        """Write the filled form to a file of its own; before that ask what stays open."""
        unsure = next((each for _name, mapped in self.form.columns for each in mapped if each.unsure), None)
        if unsure:
            key = folded(unsure.heading.text)

            def unit(found: str | None) -> None:
                if found:
                    self.counted[key] = found
                    self._fill(self.form.month)

            title = _(N_("In which unit does “{name}” count?")).format(name=unsure.heading.text)
            choices = [Choice(each, unit_words.told(each)) for each in _UNITS]
            self.app.push_screen(ChoiceDialog(title, choices, unsure.unit), unit)
        elif self.form.standing:
            told = [f"{row.text} · {cell.column.heading.text}: {cell.there} → {cell.shown}"
                    for row, cell in self.form.standing[:6]]  # fmt: skip
            answers = [("left", N_("Leave what stands there")), ("over", N_("Replace it")), ("", N_("Back"))]

            def answered(answer: str | None) -> None:
                if answer:
                    self._ask_file(replaced=answer == "over")

            title = _(N_("{count} cells hold something else")).format(count=len(self.form.standing))
            self.app.push_screen(Question(title, "\n".join(told), answers), answered)
        else:
            self._ask_file(replaced=False)

    def _ask_file(self, *, replaced: bool) -> None:
        form, suffix = self.form, self.form.path.suffix

        def done(path: Path) -> None:
            file_asking.written(self.zj, path, _(N_("Written: {path}")).format(path=path))

        def answered(typed: str) -> None:
            def work(_watch: Any) -> Path:
                return row_form.write(form, path_typed(typed), replaced=replaced)

            watched(self, N_("Writing the form"), work, done)

        name = f"{form.path.stem}-{form.month}{suffix}"
        title = N_("Write the filled form to which file?")
        file_asking.ask(self.zj, title, answered, purpose="write", text=name, endings=(suffix,))


def _asks(column: Asked) -> str:
    means = columns.meaning(column.target, "project") if column.target else _(N_("not understood"))
    return f"{column.heading.text} → {means}"


def _cells(row: FormRow) -> list[Cell]:
    project: Cell = row.name if row.uid else (_(N_("which project?")), "bad")
    return [str(row.number), row.text, project, _told(row)]


def _told(row: FormRow) -> str:
    """Return what is filled into a row, and what stands there already."""
    parts = []
    for cell in row.cells:
        stands = _(N_(" (stands there: {text})")).format(text=cell.there) if cell.there and not cell.same else ""
        parts.append(f"{cell.column.heading.text}: {cell.shown}{stands}")
    return "; ".join([*parts, *(str(notice) for notice in row.notices)])
