"""The parts of a report; texts are in the reader's language already."""

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from zjtui.i18n import language

_DAY = re.compile(r"(?<![\d_-])(\d{4})-(\d\d)-(\d\d)(?![\w.-])", re.ASCII)


class Number(str):
    """A cell that is a number: the text as it is read, with its value and unit for a workbook ("%": a share)."""

    value: int | float | Fraction
    unit: str

    def __new__(cls, text: str, value: int | float | Fraction, unit: str = "") -> "Number":
        """Make it."""
        made = super().__new__(cls, text)
        made.value, made.unit = value, unit
        return made

    def __getnewargs__(self) -> Any:
        """Say what it is made anew from, in another process."""
        return str(self), self.value, self.unit


def running(text: str) -> str:
    """Return a text with its days as the language writes them in a sentence; names of files stay as they are."""
    if language() != "zh":
        return text
    return _DAY.sub(lambda found: f"{found[1]}年{int(found[2])}月{int(found[3])}日", text)


@dataclass(frozen=True)
class Heading:
    """A heading within the page."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more. Running Chinese text writes a day out: 2023年9月20日."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", running(self.text))


class Hint(Paragraph):
    """What the reader can do about it in the program: said there, and not in a file that goes to others."""


@dataclass(frozen=True)
class Table:
    """Rows of texts (a `Number` where a workbook needs its value) under heads; `right` are the columns with numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass
class Page:
    """A report: its title, its parts, and the line at the foot of every page that says of when it is.

    `scope` is the line under the title: of what and of which day the figures are. `proof` says once, at the end, from
    which state of the change log it was made.
    """

    title: str
    footer: str
    parts: list[Heading | Paragraph | Table] = field(default_factory=list)
    scope: str = ""
    proof: str = ""

    @property
    def foot(self) -> str:
        """The foot and the proof in one line, where there are no pages."""
        return " · ".join(part for part in (self.footer, self.proof) if part)
