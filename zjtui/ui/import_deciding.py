"""What a person decides about a row of a list: whether it is the same, a state goes back, what a text means."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.i18n import N_, _
from zjtui.sheets import columns
from zjtui.sheets.columns import Target
from zjtui.sheets.mapping import Plan
from zjtui.ui import import_columns, import_text
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.confirm import Question
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.regions import region_choices
from zjtui.usecases.import_line import Fault, Line
from zjtui.usecases.import_sums import ASKED, SUMS
from zjtui.usecases.import_sure import SURE

if TYPE_CHECKING:
    from zjtui.ui.screens.importing import ImportScreen

_EMPTY, _TYPED = "\0empty", "\0typed"  # no code is called so


def decide(screen: "ImportScreen", line: Line) -> None:
    """Ask what is open about a row; of a row about which nothing is, show all that is told."""
    fault = next((fault for fault in line.faults if fault.about and fault.about[0] and fault.value), None)
    asked = {fault.about for fault in line.faults if fault.about}
    if line.twin:
        _twin(screen, line)
    elif ("", "", "shared") in asked:
        _shared(screen, line)
    elif ASKED in asked:
        _sums(screen, line)
    elif SURE in asked:
        _sure(screen, line)
    elif line.back:
        _back(screen, line)
    elif line.undated and screen.plan:  # the day that its state needs, for all rows that give none
        import_columns.value_of(screen, screen.plan, Target.of(line.undated), screen.preview)
    elif fault:
        _word(screen, fault)
    elif screen.plan and any(screen.plan.words.values()):
        _said(screen, screen.plan)
    else:
        screen.app.notify(f"{line.title}\n{import_text.told(line, 12)}", markup=False, timeout=12)


def _said(screen: "ImportScreen", plan: Plan) -> None:
    """Show what texts were said to mean: what is chosen is asked about again."""
    said = [(name, text, means) for name, words in plan.words.items() for text, means in words.items()]
    choices = []
    for number, (name, text, means) in enumerate(said):
        target = Target.of(name)
        codes = columns.declared(target).codes
        shown = (codes.label(means) if codes else means) or _(N_("nothing"))
        choices.append(Choice(str(number), f"{columns.meaning(target)}: “{text}” → {shown}"))

    def chosen(number: str | None) -> None:
        if number is not None:
            name, text, _means = said[int(number)]
            plan.unsay(name, text)
            screen.preview()

    screen.app.push_screen(ChoiceDialog(N_("What was said of texts: Enter asks again"), choices), chosen)


def _shared(screen: "ImportScreen", line: Line) -> None:
    """Ask whose an amount is that stands once for several rows; it holds for all such amounts of the list."""
    choices = [
        Choice("first", _(N_("It is the first row's"))),
        Choice("even", _(N_("It is split evenly"))),
        Choice("none", _(N_("It is left out"))),
    ]

    def chosen(answer: str | None) -> None:
        if answer and screen.plan:
            screen.plan.shared = answer
            screen.preview()

    screen.app.push_screen(ChoiceDialog(told_whole(line), choices), chosen)


def _sums(screen: "ImportScreen", line: Line) -> None:
    """Ask what becomes of totals up to a month; it holds for the list, and for later ones of its shape."""

    def chosen(answer: str | None) -> None:
        if answer and screen.plan:
            screen.plan.sums = answer
            screen.preview()

    choices = [Choice(code, SUMS.label(code)) for code in SUMS]
    screen.app.push_screen(ChoiceDialog(told_whole(line), choices), chosen)


def _sure(screen: "ImportScreen", line: Line) -> None:
    """Ask whether an amount is right that is larger than what can be."""
    assert screen.result
    asking = [one.number for one in screen.result.lines if any(fault.about == SURE for fault in one.faults)]
    choices = [Choice("one", _(N_("It is right")))]
    if len(asking) > 1:
        choices.append(Choice("all", _(N_("All {count} such rows are right")).format(count=len(asking))))

    def chosen(answer: str | None) -> None:
        if answer:
            screen.settled.sure |= set(asking) if answer == "all" else {line.number}
            screen.preview()

    screen.app.push_screen(ChoiceDialog(told_whole(line), choices), chosen)


def told_whole(line: Line) -> str:
    """Return why a row is refused, whole: it is what is asked about."""
    return "; ".join(str(fault) for fault in line.faults)


def _twin(screen: "ImportScreen", line: Line) -> None:
    assert line.twin
    choices = [
        Choice("same", _(N_("It is “{name}”")).format(name=line.twin.name)),
        Choice("new", _(N_("It is another project, a new one"))),
    ]

    def chosen(decision: str | None) -> None:
        if decision:
            screen.settled.decisions[line.number] = decision
            screen.preview()

    screen.app.push_screen(ChoiceDialog(told_whole(line), choices), chosen)


def _back(screen: "ImportScreen", line: Line) -> None:
    """Ask whether a state goes back, in this row or in all that ask; a move back says why, and who confirmed it."""
    from zjtui.ui.entry import move_spec

    back = line.back
    assert back and screen.result
    asking = [other.number for other in screen.result.asking if other.back and _alike(other, line)]
    state = registry.workflow(back.entity).states.label(back.target)
    choices = [
        Choice("keep", _(N_("It stays as it is here"))),
        Choice("back", _(N_("Take it back to “{state}”")).format(state=state)),
    ]
    if len(asking) > 1:
        choices += [
            Choice("keep all", _(N_("All {count} such rows stay as they are here")).format(count=len(asking))),
            Choice("back all", _(N_("Take all {count} such rows back")).format(count=len(asking))),
        ]

    def settle(given: dict[str, Any] | None, numbers: list[int]) -> None:
        screen.settled.backs |= dict.fromkeys(numbers, given)
        screen.preview()

    def chosen(decision: str | None) -> None:
        if not decision:
            return
        numbers = asking if decision.endswith("all") else [line.number]
        if decision.startswith("keep"):
            settle(None, numbers)
            return
        spec = move_spec(screen.zj, back.entity, back.uid, back.target, files=False)
        if spec is None:
            settle({}, numbers)
        else:
            screen.app.push_screen(_form(replace(spec, collect=lambda values: settle(values, numbers))))

    screen.app.push_screen(ChoiceDialog(N_("The list says an earlier state"), choices), chosen)


def ask_about_states(screen: "ImportScreen") -> None:
    """Ask once more before a list is taken in with rows that nobody decided on: their states stay."""
    assert screen.result
    told = _(N_("Rows that say an earlier state than the register: {count}")).format(count=len(screen.result.asking))
    answers = [("look", N_("Look at them first")), ("keep", N_("Their states stay as they are here; take the rest in"))]

    def answered(answer: str | None) -> None:
        if answer == "keep":
            screen.take_in()
        elif answer == "look":
            screen.show_only("asks")

    screen.app.push_screen(Question(N_("States that would go back"), told, answers), answered)


def _alike(one: Line, other: Line) -> bool:
    """Tell whether two rows ask for the same: the same kind of record, to the same state."""
    return bool(
        one.back and other.back and (one.back.entity, one.back.target) == (other.back.entity, other.back.target)
    )


def _form(spec: Any) -> Any:
    from zjtui.ui.screens.form import FormScreen

    return FormScreen(spec)


def _word(screen: "ImportScreen", fault: Fault) -> None:
    """Ask what a text means that no rule understands; it holds for all rows, and for later lists of this shape."""
    assert fault.about and screen.plan
    entity, period, name = fault.about
    target = Target(entity, name, period)
    declared = columns.declared(target)
    # The safe one first: with "nothing" the texts of all rows go.
    choices = [Choice(_TYPED, _(N_("Type what it means …"))), Choice(_EMPTY, _(N_("Nothing: leave the field empty")))]
    if declared.codes:
        choices += [Choice(code, declared.codes.label(code)) for code in declared.codes]
    elif declared.kind is Kind.REF and declared.ref == "region":
        choices += region_choices(screen.session.reader())
    plan = screen.plan

    def said(text: str | None) -> None:
        if text is not None:
            plan.say(target, fault.value, text)
            screen.preview()

    def chosen(value: str | None) -> None:
        if value == _TYPED:
            screen.app.push_screen(Prompt(N_("What does it mean?"), fault.value), said)
        elif value is not None:
            said("" if value == _EMPTY else value)

    asked = _(N_("What does “{value}” under “{column}” mean, in all rows?"))
    title = f"{asked.format(value=fault.value, column=fault.column)} {fault}"
    screen.app.push_screen(ChoiceDialog(title, choices), chosen)
