"""Which file? One dialog for all that is read and written, and what is done with a file once it is there."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zjtui.files import free
from zjtui.i18n import N_, _
from zjtui.ui.dialogs.file import FileDialog, Place, Purpose

if TYPE_CHECKING:
    from zjtui.ui.app import ZjtuiApp

AGAIN = ("X-01", "X-02")  # rules of files that are there or cannot be written: another name is asked for
_RECENT = 6  # files remembered
_STICKS = ("/media", "/run/media", "/mnt")


def ask(
    app: "ZjtuiApp",
    title: str,
    then: Callable[[str], object],
    *,
    purpose: Purpose = "open",
    text: str = "",
    endings: Sequence[str] = (),
    without: Callable[[], None] | None = None,
) -> None:
    """Ask for a file (or folder) and hand its path to `then`; where the person goes back, go on `without`.

    Of several files `then` gets one path a line. What is written goes into the workspace's `reports` unless another
    folder is named; the name that is offered is one that no file has yet.
    """
    from zjtui.usecases.attachment import path_typed

    folder, reading = reports(app), purpose in ("open", "several")
    if purpose == "write":
        folder.mkdir(parents=True, exist_ok=True)
    places = [*recent(app, endings), *folders(app)] if reading else list(folders(app))
    base = folder if purpose == "write" else Path.home()
    if purpose == "write" and text:
        text = text if Path(text).is_absolute() else str(free(folder / text))  # what was typed stays to be mended

    def answered(path: str | None) -> None:
        if path:
            if reading:
                for name in path.splitlines():
                    remember(app, Path(name))
            then(path)
        elif without:
            without()

    dialog = FileDialog(title, purpose, path_typed, base, text=text, endings=endings, places=places)
    app.push_screen(dialog, answered)


def reports(app: "ZjtuiApp") -> Path:
    """Return the folder that written files go to."""
    return app.session.workspace.folder / "reports"


def recent(app: "ZjtuiApp", endings: Sequence[str]) -> Iterator[Place]:
    """Yield the files that were opened last and are still there."""
    for name in app.session.settings.files:
        path = Path(str(name))
        if (not endings or path.name.lower().endswith(tuple(endings))) and path.is_file():
            yield Place(path.name, path)


def remember(app: "ZjtuiApp", path: Path) -> None:
    """Put a file at the head of those opened last."""
    settings = app.session.settings
    settings.files = [str(path), *(name for name in settings.files if name != str(path))][:_RECENT]
    app.session.save_settings()


def folders(app: "ZjtuiApp") -> Iterator[Place]:
    """Yield the folders where files usually are: sticks first, then the person's own."""
    import platformdirs

    for stick in sticks():
        yield Place(_(N_("Stick")), stick)
    named = (
        (N_("Desktop"), platformdirs.user_desktop_dir()),
        (N_("Downloads"), platformdirs.user_downloads_dir()),
        (N_("Documents"), platformdirs.user_documents_dir()),
        (N_("Home"), str(Path.home())),
        (N_("Reports of the workspace"), str(reports(app))),
    )
    for label, path in named:
        if Path(path).is_dir():
            yield Place(_(label), Path(path))


def sticks() -> list[Path]:
    """Return the folders of sticks and other drives that are plugged in."""
    if sys.platform == "win32":
        drives = [Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ"]
        return [drive for drive in drives if drive.exists()]
    found: list[Path] = []
    for place in _STICKS:
        for depth in ("*", "*/*"):
            found += [path for path in sorted(Path(place).glob(depth)) if os.path.ismount(path)]
    return found


def written(app: "ZjtuiApp", path: Path, text: str) -> None:
    """Say where a file was written; where there is a desktop, one key opens it or its folder."""
    if not has_desktop():
        app.notify(text, markup=False, timeout=8)
        return
    from zjtui.ui.dialogs.confirm import Question

    def answered(answer: str | None) -> None:
        if answer:
            open_with_system(path if answer == "file" else path.parent)

    answers = [("", N_("Done")), ("file", N_("Open it")), ("folder", N_("Open its folder"))]
    app.push_screen(Question(N_("The file is written"), text, answers), answered)


def has_desktop() -> bool:
    """Tell whether there is a desktop to open files on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_with_system(path: Path) -> bool:
    """Open a file or folder with the program that the system has for it; False where there is no desktop."""
    if not has_desktop():
        return False
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606
        return True
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.Popen([opener, str(path)], **quiet)  # type: ignore[call-overload]  # noqa: S603
    return True
