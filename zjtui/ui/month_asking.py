"""What the grid of months asks about a cell before it is saved, and the whole report of its row as a form."""

from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.plan import MonthlyReport
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui import correcting
from zjtui.usecases import month

if TYPE_CHECKING:
    from zjtui.ui.screens.month_cell import TypedGrid

Row = dict[str, Any]


def _sealed(screen: "TypedGrid", row: Row) -> str:
    """Return the label of the state that stands on the cell, "" where it is typed as it likes."""
    state = row["states"].get(screen.column.month)
    flow = registry.workflow("monthly_report")
    stands = state and screen.column.report_field in flow.ground({flow.state_field: state}).sealed
    return flow.states.label(state) if stands else ""


def doubt(screen: "TypedGrid", row: Row, value: Any, text: str) -> str:
    """Return what speaks against saving `value`, and which key does it all the same; "" where nothing does.

    No question in the middle of a column: it would take the next amount for its answer.
    """
    warning = _odd(screen, row, value)
    if state := _sealed(screen, row):
        told = _(N_("{text} is not saved, for “{state}” stands on it: go back to it, and Enter asks for the reason"))
        return f"{warning} {told.format(text=text, state=state)}".strip()
    if _negative(screen, value):
        return _(N_("A negative month is a correction: go back to it, and Enter asks for its reason"))
    if warning:
        told = _(N_("{warning}. If it is right, go back to it and press Enter; if not, type it anew"))
        return told.format(warning=warning)
    return ""


def _odd(screen: "TypedGrid", row: Row, value: Any) -> str:
    field = screen.column.report_field
    if field == "progress_text" or value is None:
        return ""
    found = month.odd_about(screen.session, row["uid"], screen.column.month, {field: value})
    # A negative month is not warned about: its reason is asked for.
    return "; ".join(str(notice) for notice in found if notice.field == field and notice.rule != "R-15")


def _negative(screen: "TypedGrid", value: Any) -> bool:
    return screen.column.report_field == "invest_month" and value is not None and value < 0


def ask(screen: "TypedGrid", row: Row, value: Any, text: str) -> bool:
    """Ask for the reason of a correction, and save it with that; False where `value` needs none."""
    if _sealed(screen, row):
        _ask_as_correction(screen, row, value)
        return True
    if _negative(screen, value):
        _ask_why_negative(screen, row, value, text)
        return True
    return False


def _ask_as_correction(screen: "TypedGrid", row: Row, value: Any) -> None:
    report, key = screen.report_of(row), screen.key_of(row, screen.column)

    def saved(outcome: Any) -> None:
        if outcome:
            screen.settled(row, key)
            screen.go_on()

    field = screen.column.report_field
    screen.zj.open_form(lambda: correcting.correction(screen.zj, "monthly_report", report or "", {field: value}), saved)


def _ask_why_negative(screen: "TypedGrid", row: Row, value: int, text: str) -> None:
    from zjtui.ui.dialogs.prompt import Prompt

    async def answered(reason: str | None) -> None:
        if reason:
            told = await screen.put(row, {"invest_month": value, "correction_reason": reason}, text)
            screen.go_on()
            if told:
                screen.status(told.fault, "$text-error")

    screen.app.push_screen(Prompt(N_("A negative month is a correction: why?")), answered)


def whole_report(screen: "TypedGrid", row: Row, text: str) -> None:
    """Open the report of the cell as a form, or a new one where nothing is reported; `text` is typed and not saved."""
    from zjtui.ui import entry

    app, column, report = screen.zj, screen.column, screen.report_of(row)
    key = screen.key_of(row, column)

    def form() -> Any:
        if report:
            return entry.edit_spec(app, "monthly_report", report)
        return entry.add_spec(app, "monthly_report", row["uid"], {"month": column.month})

    def saved(outcome: Any) -> None:
        if outcome:
            screen.settled(row, key)
            screen.enter_cell()

    app.open_form(form, saved, {column.report_field: text} if text else None)


def not_done(fault: str) -> str:
    """Return that something waits for the cell, which could not be saved."""
    return _(N_("Not done: first the cell. {fault}")).format(fault=fault)


def not_saved(screen: "TypedGrid") -> list[str]:
    """Return the cells of all months that are not saved: whose, of when, and what is typed."""
    names = find.names(screen.session.reader(), "project", {uid for uid, _month, _field in screen.unsaved})
    fields = MonthlyReport.fields()
    return [
        f"{names.get(uid, uid)} · {when} · {_(fields[field].label)}: {unsaved.text}"
        for (uid, when, field), unsaved in screen.unsaved.items()
    ]
