"""The parts of a report; texts are in the reader's language already."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any


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


@dataclass(frozen=True)
class Heading:
    """A heading within the page."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more."""

    text: str


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
    """A report: its title, its parts, and the line at the foot that says of when and from what it is.

    `scope` is the line under the title: of what and of which day the figures are.
    """

    title: str
    footer: str
    parts: list[Heading | Paragraph | Table] = field(default_factory=list)
    scope: str = ""
