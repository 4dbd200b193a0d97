"""What a person says of a list: what its columns mean, their units, its kind, and what holds for every row."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from zjtui.domain.fields import Kind
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.sheets import columns, unit_words
from zjtui.sheets.book import Book
from zjtui.sheets.columns import Target
from zjtui.sheets.mapping import Plan, set_fixed
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.regions import region_choices

if TYPE_CHECKING:
    from zjtui.ui.screens.importing import ImportScreen

_UNITS = {Kind.MONEY: ("亿元", "万元", "千元", "百万元", "元"), Kind.AREA: ("亩", "公顷", "平方米")}
_OTHER_UNITS = ("", "万平方米", "平方米")


def change(screen: "ImportScreen", plan: Plan, place: int) -> None:
    """Ask what a column means."""
    choices = [Choice("-", _(N_("(not taken)")))]
    choices += [
        Choice(str(target), columns.meaning(target, plan.kind)) for target in columns.targets(plan.kind, plan.year)
    ]

    def chosen(text: str | None) -> None:
        target = Target.of(text) if text and text != "-" else None
        if target and target.entity == "monthly_report" != plan.kind:
            _month_of(screen, plan, place, target)
        elif text:
            plan.change(place, target)
            screen.reload()

    now = plan.columns[place].target
    now = replace(now, period="") if now and now.entity == "monthly_report" != plan.kind else now
    screen.app.push_screen(ChoiceDialog(N_("What does the column mean?"), choices, str(now or "-")), chosen)


def _month_of(screen: "ImportScreen", plan: Plan, place: int, target: Target) -> None:
    """Ask of which month a column beside projects is, or up to which."""

    def chosen(month: str | None) -> None:
        if month:
            plan.change(place, replace(target, period=month))
            screen.reload()

    months = [f"{plan.year}-{number:02}" for number in range(1, 13)]
    now = plan.columns[place].target
    screen.app.push_screen(
        ChoiceDialog(
            N_("Of which month?"), [Choice(month, month) for month in months], now.period if now else plan.month
        ),
        chosen,
    )


def unit(screen: "ImportScreen", plan: Plan, place: int) -> None:
    """Ask in which unit a column counts; of one that is not taken nothing is asked."""
    target = plan.columns[place].target
    if target is None:
        return

    def chosen(unit: str | None) -> None:
        if unit is not None:
            plan.change_unit(place, unit)
            screen.reload()

    choices = [
        Choice(unit, unit_words.told(unit) or "-") for unit in _UNITS.get(columns.declared(target).kind, _OTHER_UNITS)
    ]
    screen.app.push_screen(ChoiceDialog(N_("In which unit?"), choices, plan.columns[place].unit), chosen)


def kind(screen: "ImportScreen", plan: Plan, book: Book | None) -> None:
    """Ask what kind of list it is, which sheet is meant, and what is left out; it is read anew."""
    choices = [Choice(kind, _(name)) for kind, name in columns.KIND_LABELS.items()]
    sheets = book.sheets if book and len(book.sheets) > 1 else []
    choices += [
        Choice(f"sheet {item.name}", _(N_("Only the sheet “{name}”")).format(name=item.name)) for item in sheets
    ]
    marks = [each.table.sheet.marks for each in (plan, *plan.more)]
    if any(each.hidden for each in marks):
        choices.append(Choice("leave hidden", _toggled(plan, "hidden", N_("hidden rows"))))
    if any(each.struck for each in marks):
        choices.append(Choice("leave struck", _toggled(plan, "struck", N_("what is struck out"))))

    def chosen(what: str | None) -> None:
        verb, _space, name = (what or "").partition(" ")
        if verb == "sheet":
            screen.read("", name)
        elif verb == "leave":
            plan.left_out = tuple({*plan.left_out} ^ {name})
            screen.result = None
            screen.reload()
        elif what:
            screen.read(what)

    screen.app.push_screen(ChoiceDialog(N_("What kind of list is it?"), choices, plan.kind), chosen)


def _toggled(plan: Plan, what: str, name: str) -> str:
    text = N_("Take {what} too") if plan.leaves(what) else N_("Leave out {what}")
    return _(text).format(what=_(name))


def fixed(screen: "ImportScreen", plan: Plan) -> None:
    """Ask for a field, then for the value of every row that has none of its own."""
    choices = [
        Choice(str(target), columns.meaning(target, plan.kind))
        for target in columns.targets(plan.kind, plan.year)
        if target.entity not in ("monthly_report", "contact") or plan.kind == target.entity
    ]

    def show_columns() -> None:
        screen.result = None
        screen.reload()

    def chosen(name: str | None) -> None:
        if name:
            value_of(screen, plan, Target.of(name), show_columns)

    screen.app.push_screen(ChoiceDialog(N_("Which field, for all rows?"), choices), chosen)


def value_of(screen: "ImportScreen", plan: Plan, target: Target, then: Callable[[], None]) -> None:
    """Ask for a field's value for all rows: one of its codes, a region, or what is typed."""

    def answered(text: str | None) -> None:
        if not text:
            return
        try:
            set_fixed(plan, f"{target.entity}.{target.field}={text}", screen.session.today)
        except ZjtuiError as error:
            screen.complain(error)
            return
        then()

    declared = columns.declared(target)
    title = _(N_("{field}, for all rows")).format(field=columns.meaning(target))
    if declared.codes:
        choices = [Choice(code, declared.codes.label(code)) for code in declared.codes]
    elif declared.kind is Kind.REF and declared.ref == "region":
        choices = region_choices(screen.session.reader())
    else:
        screen.app.push_screen(Prompt(title), answered)
        return
    screen.app.push_screen(ChoiceDialog(title, choices), answered)
