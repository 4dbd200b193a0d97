"""A line of a list: what it says, why it is refused, what comes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.domain.show import named
from zjtui.errors import Msg, RefusedMany, ZjtuiError
from zjtui.i18n import N_
from zjtui.usecases.import_match import Twin
from zjtui.usecases.import_state import Back

Part = tuple[str, str]  # entity, period ("" for what the row itself is about)
Change = tuple[str, str, str]  # label, before, after
WHATS = Codes(
    new=N_("row|New"),
    changed=N_("row|Changed"),
    same=N_("row|Same"),
    refused=N_("row|Refused"),
    skipped=N_("row|No data"),
)
DECISIONS = ("new", "same")  # of a row that may be a project of the register: another one, or that one


@dataclass(frozen=True)
class Fault:
    """Why a row is refused: the column's heading ("": the whole row), what stood there, the reason, the rule.

    `about` is (entity, period, field) where it is one field's fault.
    """

    column: str
    value: str
    why: Any  # Msg or an error: told in the reader's language
    rule: str = ""
    about: tuple[str, str, str] | None = None

    def __str__(self) -> str:
        told = str(self.why)
        told = told if not self.rule or self.rule in told else f"{told} [{self.rule}]"
        place = f"{self.column}: " if self.column else ""
        return f"{place}{told}"


@dataclass
class Entry:
    """What one line of a list says. `skipped` names why it is no data; `empty` are fields of an exported sheet that
    somebody cleared; `texts` what stood in the cells, `heads` over them, by (entity, period, field). `by_site`: the
    region is what stands in the site's cell, which may name none: then it is `other_place`.
    """

    number: int
    skipped: str
    cells: tuple[Any, ...] = ()
    uid: str = ""
    parts: dict[Part, dict[str, Any]] = field(default_factory=dict)
    texts: dict[tuple[str, str, str], str] = field(default_factory=dict)
    heads: dict[tuple[str, str, str], str] = field(default_factory=dict)
    empty: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Any] = field(default_factory=list)
    by_site: bool = False
    other_place: str = ""
    sheet: str = ""  # of a list of several
    row: int = 0  # where `number` is not the row

    def put(self, entity: str, period: str, name: str, value: Any, text: str) -> None:
        """Note what the line says of a field."""
        self.parts.setdefault((entity, period), {})[name] = value
        self.texts[(entity, period, name)] = text


@dataclass(frozen=True, slots=True)
class Line:
    """What comes of a line: a code of `WHATS`, the record, its changes field by field, or why it is refused."""

    number: int
    what: str
    title: str = ""
    uid: str = ""
    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[Any, ...] = ()
    cells: tuple[Any, ...] = ()
    twin: Twin | None = None
    back: Back | None = None  # a state that it would take back, if somebody says so
    undated: str = ""  # entity.field of the day that its state needs and the list does not give
    sheet: str = ""
    row: int = 0
    made: tuple[tuple[str, str], ...] = ()  # of each record that it adds or changes: its kind, "new" or "changed"

    @property
    def place(self) -> str:
        """The row as a person finds it: with its sheet where there are several."""
        return f"{self.sheet} {self.row:,}" if self.sheet else f"{self.row or self.number:,}"

    @property
    def told(self) -> bool:
        """Whether there is more to say of it than that the register says the same."""
        return self.what != "same" or bool(self.notices)


class Alike:
    """Keeps one object of those that say the same: of 100,000 rows most say one of few things."""

    _MOST = 1000  # different ones: where every row says something else, nothing is gained by keeping it

    def __init__(self) -> None:
        self._kept: dict[Any, tuple[Any, ...]] = {}

    def notices(self, told: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return notices as they were told first."""
        key = tuple((each.msgid, each.rule, each.field, *each.params.items()) for each in told)
        try:
            return self._kept.setdefault(key, told) if len(self._kept) < self._MOST else self._kept.get(key, told)
        except TypeError:  # a list in them: it is another one each time
            return told

    def made(self, made: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Return what a row makes."""
        return self._kept.setdefault(("made", *made), tuple(made))


def faults_of(entry: Entry, error: ZjtuiError) -> list[Fault]:
    """Return an error as faults, each under the heading of its column."""
    found = []
    for refusal, name in _each(error, error.field):
        period = refusal.params.get("period", "")
        places = [key for key in entry.texts if key[2] == name and period in ("", key[1])]
        head = entry.heads.get(places[0], "") if places else ""
        value = entry.texts[places[0]] if places else ""
        why = Msg(refusal.msgid, **refusal.params)
        found.append(Fault(head, value, why, refusal.rule, places[0] if places else None))
    return found


def _each(error: ZjtuiError, name: str) -> Iterator[tuple[ZjtuiError, str]]:
    """Yield each reason with the field that it stands at: what is wrong with a unit stands where the unit is named."""
    if not isinstance(error, RefusedMany):
        yield error, name or error.field
        return
    for refusal in error.refusals:
        yield from _each(refusal, name or refusal.field)


def title_of(entry: Entry, kind: str) -> str:
    """Return what a line calls what it is about."""
    if entry.skipped:
        return _cells(entry)
    model = registry.model(kind)
    names = ("project_uid", "name", model.title_field) if "project_uid" in model.fields() else ("name",)
    fields = model.fields()
    texts = [
        named(fields[name], entry.texts.get((kind, "", name), "")) for name in dict.fromkeys(names) if name in fields
    ]
    return " · ".join(text for text in texts if text) or _cells(entry)


def _cells(entry: Entry) -> str:
    """Return what stands in a line, for one that names nothing."""
    cells = (int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in entry.cells)
    return " ".join(str(cell) for cell in cells if cell not in (None, ""))[:80]
