"""What is done with forms from their screens: taking one in, filling it, writing it, recording it as sent."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.domain.report_template import Sent, refs, usual_month
from zjtui.errors import Refused, UsageError
from zjtui.i18n import N_, _
from zjtui.reports.filling import Filled
from zjtui.ui import file_asking
from zjtui.ui.base import BaseScreen
from zjtui.ui.dialogs.confirm import Question
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.ui.forms import FormSpec, fields_of, form_names, texts_of
from zjtui.ui.watching import watched
from zjtui.usecases import report_template
from zjtui.usecases.attachment import path_typed

if TYPE_CHECKING:
    from zjtui.sheets.forms import Written
    from zjtui.sheets.row_form import RowForm
    from zjtui.ui.app import ZjtuiApp

_ENTITY = "report_template"
_ANSWERS = [
    ("send", N_("Send it")), ("file", N_("Send it, into another file …")), ("", N_("Do not send it yet"))
]  # fmt: skip


def take(app: "ZjtuiApp", path: Path | None = None) -> None:
    """Ask for a workbook, then for its name and recipient; take it in and show what was understood."""
    screen: Any = app.screen
    if not isinstance(screen, BaseScreen) or not screen.writable():
        return
    if path is not None:
        _ask_about(app, path)
        return

    title = N_("Which form is to be filled? .xlsx, or .docx with a row for each project")
    file_asking.ask(app, title, lambda path: _look_at(app, screen, path), endings=(".xlsx", ".docx"))


def _look_at(app: "ZjtuiApp", screen: BaseScreen, typed: str) -> None:
    """Open the workbook before anything is asked about it: what cannot be filled is refused at once."""
    from zjtui.sheets.form_file import open_form as opened

    def work(_watch: Any) -> "tuple[Path, RowForm | UsageError | None]":
        path = path_typed(typed)
        if path.suffix.lower() != ".docx":
            opened(path)
        return path, _by_rows(app.session, path)

    def done(found: "tuple[Path, RowForm | UsageError | None]") -> None:
        path, form = found
        if form is None or isinstance(form, UsageError):
            if form:  # it can be a form for other cells all the same
                screen.complain(form)
            _ask_about(app, path)
        elif path.suffix.lower() == ".docx":
            app.push_screen(RowFormScreen(form))
        else:
            _ask_how(app, path, form)

    from zjtui.ui.screens.row_form import RowFormScreen

    watched(screen, N_("Reading the workbook"), work, done)


def _by_rows(session: Any, path: Path) -> "RowForm | UsageError | None":
    """Return a form with a row for each project, filled for the last month; None for one that has no such rows.

    One whose rows name no project yet is returned as what is to be said of it.
    """
    from zjtui.sheets import row_form

    try:
        form = row_form.understood(session, path, usual_month("month", session.today))
    except UsageError as error:
        if path.suffix.lower() == ".docx":
            raise
        return error if error.rule else None
    return form if path.suffix.lower() == ".docx" or any(row.uid for row in form.rows) else None


def _ask_how(app: "ZjtuiApp", path: Path, form: "RowForm") -> None:
    """Ask whether a workbook is filled project by project, or cell by cell."""
    from zjtui.ui.screens.row_form import RowFormScreen

    def answered(answer: str | None) -> None:
        if answer == "rows":
            app.push_screen(RowFormScreen(form))
        elif answer:
            _ask_about(app, path)

    known = sum(bool(row.uid) for row in form.rows)
    told = _(N_("{known} of its {count} rows are projects of the register")).format(known=known, count=len(form.rows))
    answers = [("rows", N_("Fill it row by row")), ("cells", N_("Take it in cell by cell, as a form to send"))]
    app.push_screen(Question(N_("The form has a row for each project"), told, answers), answered)


def renew(screen: BaseScreen, uid: str) -> None:
    """Ask for a newer workbook of a form and take it; what has to be confirmed is said."""
    from zjtui.sheets import forms

    if not screen.writable():
        return
    session = screen.session

    def done(found: Any) -> None:
        _outcome, doubtful = found
        screen.zj.main_screens.changed()
        text = _(N_("The newer workbook is taken; {count} cells to be confirmed")).format(count=doubtful)
        screen.app.notify(text, markup=False, timeout=8)

    def answered(typed: str) -> None:
        title = N_("Reading the workbook")
        watched(screen, title, lambda _watch: forms.renew(session, uid, path_typed(typed)), done)

    file_asking.ask(screen.zj, N_("Which newer workbook? .xlsx"), answered, endings=(".xlsx",))


def _ask_about(app: "ZjtuiApp", path: Path) -> None:
    session = app.session

    def save(values: dict[str, Any]) -> Any:
        from zjtui.sheets import forms

        return forms.take(session, path, values)[0]

    def make() -> FormSpec:
        items = fields_of(session, _ENTITY, form_names(_ENTITY))
        texts = texts_of(session, items, {"name": path.stem, "period": "month"})
        return FormSpec(
            title=N_("form|Register"),
            subject=path.name,
            key=f"{_ENTITY}.take:{path}",
            items=items,
            texts=texts,
            save=save,
            done=N_("Taken in"),
            start="recipient",
        )

    app.open_form(make, lambda outcome: open_form(app.screen, outcome.uid) if outcome else None)


def open_form(screen: Any, uid: str, month: str = "", freeze: str = "") -> None:
    """Fill a form off the screen's thread and show it."""
    from zjtui.ui.screens.filling import FillScreen

    fill(screen, uid, month, freeze, lambda filled: screen.app.push_screen(FillScreen(filled)))


def fill(screen: Any, uid: str, month: str, freeze: str, then: Callable[[Filled], None]) -> None:
    """Fill a form off the screen's thread."""
    from zjtui.sheets import forms

    session = screen.session
    watched(
        screen, N_("Filling the form"), lambda watch: forms.filled_for(session, uid, month, freeze, watch), then
    )  # fmt: skip


def write(screen: BaseScreen, filled: Filled) -> None:
    """Ask for a file and write the filled workbook to it; nothing is recorded."""
    from zjtui.sheets import forms

    session = screen.session

    def work(path: Path) -> "Written":
        return forms.write(session, filled, path)

    _to_file(screen, forms.file_name(filled), work, lambda _written: None)


def send(screen: BaseScreen, filled: Filled) -> None:
    """Ask whether it is sent: to whom, for which month, what is frozen by it; before that, why figures differ.

    Then workbook and slip are written and recorded. Where they lie is asked only of who wants another place.
    """
    from zjtui.sheets import forms

    if not screen.writable():
        return
    session, count = screen.session, filled.counts()["against"]
    left = bool(filled.left)

    def done(written: "Written") -> None:
        screen.zj.main_screens.changed()
        text = _(N_("Recorded as sent to {name}; Ctrl+Z takes it back. The paper slip lies beside it"))
        screen.app.notify(text.format(name=filled.template.recipient), markup=False, timeout=8)

    def go(reason: str) -> None:
        def work(path: Path) -> "Written":
            return forms.send(session, filled, path, sent_on=session.today, reason=reason, incomplete=left)

        def answered(answer: str | None) -> None:
            if answer == "send":
                _work(screen, str(_free(place / forms.file_name(filled))), work, done)
            elif answer == "file":
                _to_file(screen, forms.file_name(filled), work, done)

        place = file_asking.reports(screen.zj)
        question = Question(N_("Send the form?"), _sending(filled, _free(place / forms.file_name(filled))), _ANSWERS)
        screen.app.push_screen(question, answered)

    def ask_why() -> None:
        if not count:
            go("")
            return
        title = _(N_("{count} figures differ from what others were told. Why?")).format(count=count)
        screen.app.push_screen(Prompt(title), lambda reason: go(reason) if reason else None)

    if not left:
        ask_why()
        return
    text = _(N_("They are sent as they stand in the workbook, and the paper slip names them: {cells}"))
    question = Question(
        _(N_("{count} cells wait to be confirmed")).format(count=len(filled.left)),
        text.format(cells=refs(filled.left)),
        [("back", N_("Look at the cells first")), ("send", N_("Send it all the same"))],
    )
    screen.app.push_screen(question, lambda answer: ask_why() if answer == "send" else None)


def _sending(filled: Filled, path: Path) -> str:
    """Return what sending does, as it is asked about."""
    template, count = filled.template, len(filled.told)
    frozen = (
        _(N_("The figures are those of the freeze “{name}”")).format(name=filled.freeze.name)
        if filled.freeze
        else _(N_("Its figures are frozen with it, as “{name}”: what changes later is seen against them")).format(
            name=report_template.freeze_name(template, filled.month)
        )
    )
    lines = [
        _(N_("To {recipient}: “{name}” of {month}, {count} figures")).format(
            recipient=template.recipient, name=template.name, month=filled.month, count=f"{count:,}"
        ),
        frozen,
        _(N_("Workbook and paper slip go into {path}; Ctrl+Z takes the sending back")).format(path=path),
    ]
    return "\n".join(lines)


def _free(path: Path) -> Path:
    """Return a path where neither a workbook nor its slip is yet: with a number where there is one."""
    number, found = 1, path
    while found.exists() or found.with_name(f"{found.stem}-slip.docx").exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def again(screen: BaseScreen, sent: Sent) -> None:
    """Ask for a file and write what was sent to it."""
    from zjtui.sheets import forms

    session = screen.session
    _to_file(screen, sent.file_name, lambda path: forms.again(session, sent, path), lambda _written: None)


def _to_file(
    screen: BaseScreen, name: str, work: "Callable[[Path], Written]", then: "Callable[[Written], None]"
) -> None:
    """Ask which file, write it off the screen's thread and say where; a name that is taken is asked for again."""
    suggested = name if Path(name).is_absolute() else str(screen.session.workspace.folder / "reports" / name)

    title = N_("Write the form to which file? .xlsx")
    endings = (".xlsx",)
    file_asking.ask(
        screen.zj, title, lambda path: _work(screen, path, work, then), purpose="write", text=suggested, endings=endings
    )


def _work(screen: BaseScreen, typed: str, work: "Callable[[Path], Written]", then: "Callable[[Written], None]") -> None:
    from zjtui.ui.dialogs.working import Working

    def done(found: Any) -> None:
        if not isinstance(found, Exception):
            then(found)
            file_asking.written(screen.zj, found.workbook, _(N_("Written: {path}")).format(path=found.workbook))
            return
        screen.complain(found)
        if isinstance(found, Refused) and found.rule in file_asking.AGAIN:
            _to_file(screen, str(path_typed(typed).absolute()), work, then)

    screen.app.push_screen(Working(N_("Writing the form"), lambda *_ways: work(path_typed(typed))), done)
