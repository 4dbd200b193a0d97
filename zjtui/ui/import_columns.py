"""What a person says of a list: what its columns mean, their units, its kind, and what holds for every row."""

from typing import TYPE_CHECKING

from zjtui.domain.fields import Kind
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.sheets import columns
from zjtui.sheets.columns import Target
from zjtui.sheets.mapping import Plan, set_fixed
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.prompt import Prompt

if TYPE_CHECKING:
    from zjtui.ui.screens.importing import ImportScreen

_UNITS = {Kind.MONEY: ("亿元", "万元", "元"), Kind.AREA: ("亩", "公顷", "平方米")}
_OTHER_UNITS = ("", "万平方米", "平方米")


def change(screen: "ImportScreen", plan: Plan, place: int) -> None:
    """Ask what a column means."""
    choices = [Choice("-", _(N_("(not taken)")))]
    choices += [Choice(str(target), columns.meaning(target)) for target in columns.targets(plan.kind, plan.year)]

    def chosen(text: str | None) -> None:
        if text:
            plan.change(place, None if text == "-" else Target.of(text))
            screen.reload()

    now = plan.columns[place].target
    screen.app.push_screen(ChoiceDialog(N_("What does the column mean?"), choices, str(now or "-")), chosen)


def unit(screen: "ImportScreen", plan: Plan, place: int) -> None:
    """Ask in which unit a column counts; of one that is not taken nothing is asked."""
    target = plan.columns[place].target
    if target is None:
        return

    def chosen(unit: str | None) -> None:
        if unit is not None:
            plan.change_unit(place, unit)
            screen.reload()

    choices = [Choice(unit, unit or "-") for unit in _UNITS.get(columns.declared(target).kind, _OTHER_UNITS)]
    screen.app.push_screen(ChoiceDialog(N_("In which unit?"), choices, plan.columns[place].unit), chosen)


def kind(screen: "ImportScreen", plan: Plan) -> None:
    """Ask what kind of list it is; it is read anew."""
    choices = [Choice(kind, _(name)) for kind, name in columns.KIND_LABELS.items()]
    dialog = ChoiceDialog(N_("What kind of list is it?"), choices, plan.kind)
    screen.app.push_screen(dialog, lambda chosen: screen.read(chosen) if chosen else None)


def fixed(screen: "ImportScreen", plan: Plan) -> None:
    """Ask for a value of every row that has none of its own."""

    def answered(text: str | None) -> None:
        if not text:
            return
        try:
            set_fixed(plan, text)
        except ZjtuiError as error:
            screen.complain(error)
            return
        screen.result = None
        screen.reload()

    screen.app.push_screen(Prompt(N_("For all rows, e.g. region_code=长兴县")), answered)
