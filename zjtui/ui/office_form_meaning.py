"""Saying what the cells of a form are filled with: which query, of which projects, in which unit."""

from collections.abc import Callable, Sequence
from typing import Any

from zjtui.domain.project_codes import ATTRS, FIELDS9
from zjtui.domain.report_template import MOST_DECIMALS, QUERIES, UNITS, UNITS_OF, FormCell, kind_of
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.reports import filling
from zjtui.reports.filling import Filled
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog, choose_in_two_steps
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.regions import region_choices

Keep = Callable[[Sequence[FormCell]], None]
_COUNTED = ("decimals", "month")
_ALIKE = ("query", "unit", "decimals")  # what usually changes for a whole column


def change(screen: Any, filled: Filled, cell: FormCell, meant: Sequence[FormCell], keep: Keep) -> None:
    """Ask what is to be changed and into what, then for which cells."""

    def chosen(found: dict[str, str]) -> None:
        [(name, value)] = found.items()
        _for_which(screen, filled, cell, meant, name, lambda cells: keep(_with(screen, filled, cells, name, value)))

    current = {**cell.kept(), "decimals": str(cell.decimals), "month": str(cell.month)}
    choose_in_two_steps(screen.app, N_("What is to be changed?"), _kinds(screen, cell), current, chosen, clear=False)


def add(screen: Any, filled: Filled, keep: Keep) -> None:
    """Ask for a cell, then for what it is filled with."""

    def typed(text: str | None) -> None:
        if not text:
            return
        try:
            place = _place(screen, filled, text)
        except ZjtuiError as error:
            screen.complain(error)
            return
        known = next((line.cell for line in filled.lines if line.cell.place == place), None)
        _ask_query(screen, filled, known or FormCell(*place, "", ""), keep)

    screen.app.push_screen(Prompt(N_("Which cell? e.g. C5 or Sheet2!C5")), typed)


def _ask_query(screen: Any, filled: Filled, cell: FormCell, keep: Keep) -> None:
    def chosen(query: str | None) -> None:
        if query:
            keep(_with(screen, filled, [cell], "query", query))

    dialog = ChoiceDialog(N_("What is it filled with?"), _queries(), cell.query)
    screen.app.push_screen(dialog, chosen)


def _place(screen: Any, filled: Filled, text: str) -> tuple[str, str]:
    """Return the sheet and cell that are meant; a formula is refused."""
    from zjtui.sheets import forms

    form = forms.opened(screen.session, filled.template)
    sheet, _bang, ref = text.replace("！", "!").rpartition("!")
    name = sheet.strip("' ") or (filled.lines[0].cell.sheet if filled.lines else form.sheets[0].name)
    return name, form.fillable(name, ref)


def _queries() -> list[Choice]:
    return [Choice(code, QUERIES.label(code)) for code in QUERIES if code != "period"]


def _kinds(screen: Any, cell: FormCell) -> dict[str, tuple[str, Sequence[Choice]]]:
    """Return what can be changed about a cell, and into what."""
    if cell.query == "period":
        return {"query": (N_("form|What"), _queries())}
    anything = Choice("", _(N_("(all)")))
    units = UNITS_OF[kind_of(cell.query)]
    return {
        "query": (N_("form|What"), _queries()),
        "region": (N_("Region"), [anything, *region_choices(screen.session.reader())]),
        "field9": (N_("Field"), [anything, *(Choice(code, FIELDS9.label(code)) for code in FIELDS9)]),
        "attr": (N_("Attribute"), [anything, *(Choice(code, ATTRS.label(code)) for code in ATTRS)]),
        "month": (N_("Month"), [Choice(str(number), filling.of_month(number)) for number in range(13)]),
        "unit": (N_("Unit"), [Choice(unit, UNITS.label(unit)) for unit in units]),
        "decimals": (N_("Decimals"), [Choice(str(number), str(number)) for number in range(MOST_DECIMALS + 1)]),
    }


def _with(screen: Any, filled: Filled, cells: Sequence[FormCell], name: str, value: str) -> list[FormCell]:
    from zjtui.sheets import forms

    if name == "query":
        return forms.asked(screen.session, filled.template, cells, value)
    return [_with_detail(cell, name, value) for cell in cells]


def _with_detail(cell: FormCell, name: str, value: str) -> FormCell:
    if name == "unit":
        return cell.counted(value) if value in UNITS_OF[kind_of(cell.query)] else cell
    return FormCell.of({**cell.kept(), name: int(value) if name in _COUNTED else value, "sure": True})


def _for_which(
    screen: Any,
    filled: Filled,
    cell: FormCell,
    meant: Sequence[FormCell],
    name: str,
    then: Callable[[Sequence[FormCell]], None],
) -> None:
    """Ask whether a change is for one cell or for all of its column that ask the same; not where some are marked."""
    column = cell.ref.rstrip("0123456789")
    alike = [
        line.cell
        for line in filled.lines
        if line.cell.sheet == cell.sheet
        and line.cell.ref.rstrip("0123456789") == column
        and line.cell.query == cell.query
    ]
    if len(meant) > 1 or name not in _ALIKE or len(alike) < 2:
        then(meant)
        return
    choices = [
        Choice("all", _(N_("all {count} of column {column} with “{query}”")).format(
            count=len(alike), column=column, query=filling.query(cell))),
        Choice("one", _(N_("{cell} alone")).format(cell=cell.ref)),
    ]  # fmt: skip

    def chosen(which: str | None) -> None:
        if which:
            then(alike if which == "all" else [cell])

    screen.app.push_screen(ChoiceDialog(N_("For which cells?"), choices), chosen)
