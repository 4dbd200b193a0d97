"""Going back to a backup from the app: chosen and asked about here, done once the workspace is closed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _, joined
from zjtui.ui.dialogs.choice import Choice, ChoiceDialog
from zjtui.ui.dialogs.confirm import Question
from zjtui.ui.dialogs.prompt import Prompt
from zjtui.usecases import restoring
from zjtui.usecases.attachment import path_typed

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

LABEL = N_("Restore a backup")
_OTHER = "/"  # no file has this name


def choices(app: "ZjtuiApp") -> list[Choice]:
    """Return the rescue copy and the backups that are known, the newest first, and any other file."""
    session = app.session
    found = restoring.found(session.workspace.folder, session.settings)
    known = [Choice(str(path), f"{path.name}  {path.parent}") for path in found]
    return [*known, Choice(_OTHER, _(N_("Another file …")))]


def choose(app: "ZjtuiApp") -> None:
    """Ask which backup to go back to."""
    app.push_screen(ChoiceDialog(_(LABEL), choices(app)), lambda chosen: ask(app, chosen) if chosen else None)


def ask(app: "ZjtuiApp", chosen: str) -> None:
    """Ask for a file where none of the known ones is meant, then whether that is to be gone back to."""

    def answered(text: str | None) -> None:
        if not text:
            return
        try:
            path = path_typed(text)
            restoring.refuse_damaged(path)
        except ZjtuiError as error:
            app.notify(str(error), severity="error", markup=False, timeout=10)
            return
        _confirm(app, path)

    if chosen == _OTHER:
        app.push_screen(Prompt(N_("Which backup? Type or paste its path"), ""), answered)
    else:
        answered(chosen)


def _confirm(app: "ZjtuiApp", path: Path) -> None:
    def answered(answer: str | None) -> None:
        if answer == "go":
            app.to_restore = path
            app.exit()

    kept = _(N_("What is here now is kept beside it. zjtui ends, and shows the backup when it is started again."))
    answers = [("back", N_("Back")), ("go", N_("Go back to it"))]
    app.push_screen(Question(N_("Go back to this backup?"), f"{path}\n{kept}", answers), answered)


def finish(folder: Path, path: Path) -> int:
    """Do what was asked for, after the app has ended; say what came of it and return the exit code."""
    try:
        found = restoring.restore(folder, path)
    except ZjtuiError as error:
        print(f"zjtui: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    told = [_(N_("{folder} is as {path} has it")).format(folder=folder, path=path)]
    if found.kept:
        told.append(_(N_("What was there is kept in {path}")).format(path=found.kept))
    if found.missing:
        told.append(_(N_("Attachments that are not with it: {names}")).format(names=joined(found.missing)))
    print("\n".join(told))  # noqa: T201
    return 0
