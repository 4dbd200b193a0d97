"""Who is meant by a name that nobody has exactly: those that look like it, to choose from before one is added."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zjtui.domain.fields import F
from zjtui.domain.named import New, names
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_, joined
from zjtui.store.read import find
from zjtui.store.sqlite import Connection

SHOWN = 5
_SIMILAR = 60  # of 100, by rapidfuzz
_ENDS = tuple("局委办厅院处jwbtyc")  # one office is called 发改委 here and 发改局 there


@dataclass(frozen=True)
class Near:
    """An organisation or person that may be meant."""

    uid: str
    name: str
    initials: str


@dataclass(frozen=True)
class Unknown:
    """A name in a field that nobody has."""

    name: str
    field: F
    text: str


def unknown(connection: Connection, fields: Mapping[str, F], values: Mapping[str, Any]) -> Iterator[Unknown]:
    """Yield the names in `values` that are nobody's, and of which nobody said that they are new."""
    for name, value in values.items():
        field = fields[name]
        if not value or not names(field):
            continue
        for item in value if isinstance(value, list) else [value]:
            text = " ".join(item.split())
            if not (isinstance(item, New) and not field.known) and not find.exact(connection, field.ref, text):
                yield Unknown(name, field, text)


def near(connection: Connection, entity: str, text: str, limit: int = SHOWN) -> list[Near]:
    """Return who looks like `text`: by a part of the name, initials, a short form (发改局), or nearly the same name."""
    from rapidfuzz import fuzz, process

    wanted = unicodedata.normalize("NFKC", text).casefold().replace(" ", "")
    everybody = [Near(row["uid"], row["name"], row["initials"]) for row in find.choices(connection, entity, limit=-1)]
    ranked = [(rank, each) for each in everybody if (rank := _rank(wanted, each)) is not None]
    found = [each for _rank_of, each in sorted(ranked, key=lambda pair: pair[0])]
    if not found:
        names_of = {each.uid: each.name for each in everybody}
        alike = process.extract(text, names_of, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=limit)
        uids = [uid for _name, _score, uid in alike]
        found = sorted((each for each in everybody if each.uid in uids), key=lambda each: uids.index(each.uid))
    return found[:limit]


def _rank(wanted: str, each: Near) -> tuple[int, int] | None:
    """Return how near a name is, the smaller the nearer; None where it is not."""
    name = each.name.casefold()
    short = wanted[:-1] if wanted.endswith(_ENDS) else wanted
    tests = (
        wanted == each.initials, wanted in name, wanted in each.initials, name in wanted and len(name) > 1,
        _abridged(wanted, name), _abridged(wanted, each.initials),
        _abridged(short, name), _abridged(short, each.initials),
    )  # fmt: skip
    return next(((number, len(name)) for number, holds in enumerate(tests) if wanted and holds), None)


def _abridged(short: str, long: str) -> bool:
    """Tell whether `short` is made of letters of `long` in their order: 发改委 of 发展和改革委员会."""
    letters = iter(long)
    return 1 < len(short) < len(long) and all(letter in letters for letter in short)


def refusal(connection: Connection, field: F, text: str) -> Refused:
    """Return why a name that nobody has is not taken, with those that are near. Rules G-32, G-33 (never a new one)."""
    alike = near(connection, field.ref, text)
    rule = "G-33" if field.known else "G-32"
    if not alike:
        return Refused(N_("{label}: “{value}” is not in the register"), rule=rule, label=Msg(field.label), value=text)
    shown = joined(each.name for each in alike)
    msgid = N_("{label}: “{value}” is not in the register; near are {names}")
    return Refused(msgid, rule=rule, label=Msg(field.label), value=text, names=Msg("{names}", names=shown))
