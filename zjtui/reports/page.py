"""The parts of a report; texts are in the reader's language already."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading within the page."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows of texts under heads; `right` are the columns with numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass
class Page:
    """A report: its title, its parts, and the line at the foot that says of when and from what it is."""

    title: str
    footer: str
    parts: list[Heading | Paragraph | Table] = field(default_factory=list)
