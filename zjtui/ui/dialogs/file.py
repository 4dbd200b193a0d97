"""Choosing a file or folder: type or paste its path, complete it with Tab, or go there with the arrows."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from zjtui.domain import pinyin
from zjtui.errors import ZjtuiError
from zjtui.i18n import N_, _
from zjtui.ui.dialogs.choice import initials
from zjtui.ui.key_meanings import bound
from zjtui.ui.text import cell_len, content
from zjtui.ui.widgets.inputs import SafeInput

_MOST = 300  # entries shown of one folder
_WIDTH = 70  # cells of a line in the dialog
Purpose = Literal["open", "several", "write", "folder"]


@dataclass(frozen=True)
class Place:
    """Somewhere to begin: a file used last, the desktop, a stick."""

    label: str
    path: Path


class FileDialog(ModalScreen[str | None]):
    """Ask for a path; the result is the path as text, or None. A path that cannot be taken stays to be mended.

    Of several files Insert marks each; the result has one path a line. A path that was typed and not taken stands there
    again when the same is asked next.

    `reads` makes a path of what was typed; names alone lie in `base`. `endings` are those of the files that are shown.
    """

    _left: ClassVar[dict[str, str]] = {}  # heading: what was typed last and not taken

    CSS_PATH = "../styles/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [bound("back", "answer_none")]

    def __init__(
        self,
        title: str,
        purpose: Purpose,
        reads: Callable[[str], Path],
        base: Path,
        *,
        text: str = "",
        endings: Sequence[str] = (),
        places: Sequence[Place] = (),
    ) -> None:
        super().__init__()
        self.heading, self.purpose, self.reads, self.base = title, purpose, reads, base
        self.text, self.endings, self.places = text, tuple(endings), places
        self.left = self._left.pop(title, "")
        self.marked: list[Path] = []
        self.shown: list[Path] = []
        self._chosen = False  # an arrow went to an entry: Enter means that one, and not what is typed

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(content(_(self.heading), "bold"), classes="dialog-title")
            given = self.left or self.text
            yield SafeInput(given, id="answer", compact=True, select_on_focus=bool(given))
            yield OptionList(id="options", compact=True)
            yield Static(id="echo", classes="dialog-hint")
            yield Static(content(_(N_("Tab completes   ↑↓ choose   ⏎ take   Esc back")), "dim"), classes="dialog-hint")

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.look()
        self.query_one(SafeInput).focus()

    @property
    def typed(self) -> str:
        """What is typed."""
        return self.query_one(SafeInput).value

    # What is shown

    def look(self) -> None:
        """Show what the typed path may go on to; the places to begin with where nothing is typed."""
        self._chosen = False
        options = self.query_one(OptionList)
        options.clear_options()
        if not self.typed.strip():
            self.shown = [place.path for place in self.places]
            options.add_options([Option(content(_in_one_line(place))) for place in self.places])
        else:
            self.shown = self._entries()
            options.add_options([Option(self._named(path)) for path in self.shown])
        options.highlighted = None
        again = bool(self.left) and self.typed == self.left
        self._say(
            _(N_("This is what was typed last and not taken")) if again else "", "dim" if again else "$text-error"
        )

    def _named(self, path: Path) -> Content:
        return content(("● " if path in self.marked else "") + path.name + (os.sep if path.is_dir() else ""))

    def mark(self) -> None:
        """Mark the file under the cursor, or unmark it, and go on to the next."""
        options = self.query_one(OptionList)
        row = options.highlighted
        if row is None or self.shown[row].is_dir():
            return
        path = self.shown[row]
        (self.marked.remove if path in self.marked else self.marked.append)(path)
        if self.typed.strip():
            options.replace_option_prompt_at_index(row, self._named(path))
        options.action_cursor_down()
        self._say(_(N_("{count} files marked; Enter takes them")).format(count=len(self.marked)))

    def _split(self) -> tuple[Path, str]:
        """Return the folder that is typed, and the beginning of a name in it."""
        text = self.typed.strip()
        path = self._path(text)
        if text.endswith(("/", os.sep)) or (path.is_dir() and not text):
            return path, ""
        return path.parent, path.name

    def _path(self, text: str) -> Path:
        try:
            return self.base / self.reads(text)
        except ZjtuiError:
            return self.base

    def _entries(self) -> list[Path]:
        folder, start = self._split()
        found = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not entry.name.startswith(".") and self._fits(entry, start):
                        found.append((not entry.is_dir(), entry.name.casefold(), Path(entry.path)))
        except OSError:
            return []
        return [path for _file, _name, path in sorted(found)[:_MOST]]

    def _fits(self, entry: "os.DirEntry[str]", start: str) -> bool:
        wanted = self.purpose != "folder" and (not self.endings or entry.name.lower().endswith(self.endings))
        if not wanted and not entry.is_dir():
            return False
        return not start or pinyin.matches(start, entry.name, initials(entry.name))

    # Keys

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look again with every letter."""
        event.stop()
        self.look()

    def on_key(self, event: events.Key) -> None:
        """Let the arrows move in the list while the cursor is in the text; Tab completes."""
        options = self.query_one(OptionList)
        moves = {"down": options.action_cursor_down, "up": options.action_cursor_up}
        if event.key in moves:
            event.stop()
            moves[event.key]()
            self._chosen = options.highlighted is not None
        elif event.key == "insert" and self.purpose == "several":
            event.stop()
            self.mark()
        elif event.key == "tab":
            event.stop()
            event.prevent_default()  # or the focus would go on
            self.complete()

    def complete(self) -> None:
        """Type what can be meant: the entry under the cursor, the only one, else what all have in common."""
        if not self.shown:
            self._say(_(N_("Nothing here begins like that")))
            return
        row = self.query_one(OptionList).highlighted
        if row is not None or len(self.shown) == 1:
            self._type(self.shown[row or 0])
            return
        folder, start = self._split()
        letters = zip(*(path.name for path in self.shown), strict=False)
        common = "".join(same[0] for same in takewhile(lambda same: len(set(same)) == 1, letters))
        if len(common) > len(start) and self.typed.strip():
            self._put(str(folder / common))

    def _type(self, path: Path) -> None:
        self._put(str(path) + (os.sep if path.is_dir() else ""))

    def _put(self, text: str) -> None:
        line = self.query_one(SafeInput)
        line.value = text
        line.action_end()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter takes the path where it can be taken, or goes into the folder."""
        event.stop()
        row = self.query_one(OptionList).highlighted
        if self.marked:
            self.dismiss("\n".join(str(path) for path in self.marked))
        elif self._chosen and row is not None:
            self._take(self.shown[row])
        elif self.typed.strip():
            path = self._path(self.typed)
            only = self.shown[0] if len(self.shown) == 1 and self.purpose != "write" and not path.exists() else None
            self._take(only or path)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """So does the mouse."""
        event.stop()
        self._take(self.shown[event.option_index])

    def _take(self, path: Path) -> None:
        at_end = self.typed.strip().rstrip("/" + os.sep) == str(path).rstrip("/" + os.sep)
        try:
            is_folder, is_there = path.is_dir(), path.exists()
        except OSError as error:
            self._say(_(N_("This cannot be read: {reason}")).format(reason=error.strerror or error))
            return
        if is_folder and not (self.purpose == "folder" and (at_end or not self._chosen)):
            self._type(path)
        elif self.purpose in ("open", "several") and not is_there:
            self._say(_(N_("There is no such file; mend the path, Tab completes it")))
        elif self.purpose == "folder" and is_there and not is_folder:
            self._say(_(N_("This is a file: {path}")).format(path=path))
        elif self.purpose == "write" and self.endings and not path.name.lower().endswith(self.endings):
            self._say(_(N_("The name ends in one of: {endings}")).format(endings=" ".join(self.endings)))
        elif self.purpose == "write" and is_there:
            self._say(_(N_("There is such a file already: choose another name")))
        else:
            self.dismiss(str(path))

    def _say(self, text: str, tone: str = "$text-error") -> None:
        self.query_one("#echo", Static).update(content(text, tone))

    def action_answer_none(self) -> None:
        """Go back without a file; what was typed is there the next time."""
        if self.typed.strip() not in ("", self.text.strip()):
            self._left[self.heading] = self.typed
        self.dismiss(None)


def _in_one_line(place: Place) -> str:
    """Return a place with the end of its path: the beginnings are alike."""
    text = str(place.path)
    room = _WIDTH - cell_len(place.label) - 2
    while cell_len(text) > room and len(text) > 1:
        text = "…" + text[2:]
    return f"{place.label}  {text}"
