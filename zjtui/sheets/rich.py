"""Texts whose pieces have fonts of their own: a piece that is struck out is no part of what a cell says."""

import zipfile

from zjtui.sheets import elements

_CHUNK = 1 << 20


class Runs:
    """Collects the pieces of a text: what is left of it without those that are struck out."""

    def __init__(self) -> None:
        self.left, self.cut = "", False
        self._struck = self._inside = self._read = False

    def start(self, name: str, said: dict[str, str]) -> None:
        """Take the beginning of an element of the text."""
        if name == "r":
            self._struck = False
        elif name == "strike":
            self._struck = said.get("val", "1") not in ("0", "false")
        elif name == "rPh":  # how it is read, put over it
            self._read = True
        elif name == "t":
            self._inside = not self._read

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._inside and self._struck:
            self.cut = True
        elif self._inside:
            self.left += text

    def end(self, name: str) -> None:
        """Take the end of an element of the text."""
        if name == "t":
            self._inside = False
        elif name == "r":
            self._struck = False
        elif name == "rPh":
            self._read = False


class _Shared:
    """Looks through the shared texts of a workbook, one by one."""

    def __init__(self) -> None:
        self.found: dict[int, str] = {}
        self._runs, self._number = Runs(), -1

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == "si":
            self._runs, self._number = Runs(), self._number + 1
        self._runs.start(name, said)

    def text(self, text: str) -> None:
        self._runs.text(text)

    def end(self, name: str) -> None:
        self._runs.end(name)
        if name == "si" and self._runs.cut:
            self.found[self._number] = self._runs.left


def shared(file: zipfile.ZipFile, part: str) -> dict[int, str]:
    """Return what is left of the texts of a workbook in which something is struck out, by their numbers."""
    if not part or not _mentions(file, part):
        return {}
    looking = _Shared()
    with file.open(part) as stream:
        elements.parse(stream, looking.start, looking.end, looking.text)
    return looking.found


def _mentions(file: zipfile.ZipFile, part: str) -> bool:
    """Tell whether the shared texts strike anything out: of most workbooks they need not be read."""
    before = b""
    with file.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if b"strike" in before + chunk:
                return True
            before = chunk[-16:]
    return False
