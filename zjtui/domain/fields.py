"""What a field is, declared once beside its type: label, kind, unit, width, where it shows.

List columns, forms, command-line options, Excel columns and the change log's texts are all derived from this. A field
is declared as ``name: Annotated[str, Field(max_length=200), F(N_("Name"), width=30, listed=True)]``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from zjtui.i18n import N_

if TYPE_CHECKING:
    from zjtui.domain.codes import Codes


class Kind(Enum):
    """How a value is typed, checked, stored and shown; `domain/parse.py` and `domain/show.py` have a case for each."""

    TEXT = "text"
    LONG = "long"  # several lines
    CODE = "code"  # one of `codes`
    CODES = "codes"  # several of `codes`, stored as a JSON list
    DATE = "date"  # ISO day
    PARTIAL = "partial"  # ISO year, month or day, as precise as it is known
    MONTH = "month"  # YYYY-MM
    MONEY = "money"  # integer yuan, typed and shown in `unit`
    AREA = "area"  # integer m2, typed and shown in `unit`
    INT = "int"
    NUMBER = "number"  # decimal
    PERCENT = "percent"  # 0 to 100 with at most two decimals; whole ones are integers
    YESNO = "yesno"
    REF = "ref"  # uid of a record of entity `ref`
    REFS = "refs"  # several uids, stored as a JSON list
    LIST = "list"  # several texts, stored as a JSON list
    OBJECTS = "objects"  # records within the record, stored as JSON


NUMBERS = (Kind.MONEY, Kind.AREA, Kind.INT, Kind.NUMBER, Kind.PERCENT)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of display: one unit is `factor` stored units, shown with at most `decimals` decimals.

    `label` stands behind an amount, `short` beside a column's heading.
    """

    label: str
    factor: float
    decimals: int
    short: str = ""


YI = Unit(N_("unit| 100m yuan"), 100_000_000, 4, N_("unit in short|100m"))
WAN = Unit(N_("unit| 10k yuan"), 10_000, 2, N_("unit in short|10k"))
# English counts in these; what is typed stays in 亿 and 万.
BILLION = Unit(N_("unit| bn yuan"), 1_000_000_000, 5, N_("unit in short|bn"))
MILLION = Unit(N_("unit| m yuan"), 1_000_000, 4, N_("unit in short|m"))
MU = Unit(N_("unit| mu"), 2000 / 3, 2)
SQUARE_METRE = Unit(N_("unit| m²"), 1, 0)


@dataclass(frozen=True, slots=True)
class F:
    """A field's declaration: `label` is a message id, `width` terminal cells, `group` the form's section.

    `listed`: shown in a list unless the person chooses otherwise. `form`: a person types it (else it is set by a move
    or derived). `indexed`: the table has an index, so sorting by it is quick at any size.
    """

    label: str
    kind: Kind = Kind.TEXT
    width: int = 12
    listed: bool = False
    form: bool = True
    codes: "Codes | None" = None
    unit: Unit | None = None
    ref: str = ""
    group: str = ""
    hint: str = ""
    short: str = ""  # message id for a column's head, where the label is long
    past: bool = False  # a date or month that cannot lie in the future
    ahead: bool = False  # a date that usually does
    indexed: bool = False
    secret: bool = False  # masked on screen and in print
    repeats: bool = False  # of a list of texts: one that comes twice is meant twice
    known: bool = False  # names somebody who is there already: nobody is added by being named here
    words: Callable[[Any], str] | None = None  # how a number, or each text or record of a list, is told instead
    inner: bool = False  # kept for the program alone: on no screen and in no list
    made_as: str = ""  # kind of an organisation that is named here for the first time, where not the usual one
