"""Which project a row of a list is about: by its code or name; and which one it may be, to be decided on."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, floor
from sys import intern
from typing import Any

from zjtui.errors import Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.find import join
from zjtui.store.sqlite import Connection
from zjtui.usecases.import_place import Places, inside

_SIMILAR = 92  # of 100, by rapidfuzz
_MARKS = re.compile(r"[\s()\[\]{}【】《》“”\"'·,，.。、\-—_/*★☆▲△●◆■※]")
_TAIL = re.compile(r"(建设项目|建设工程|工程项目|项目|工程|建设)$")
_ROAD = re.compile(r"(?<![a-z])[gsx](?=\d{2,3}国?省?县?道)")  # “G318国道” is “318国道”
_NUMBERED = re.compile(r"(项目|工程|子项)?[\d一二三四五六七八九十a-z]{1,3}(号|#|期|标段?)?")
_OF_A_ROW = 64  # texts: what a row says is asked for several times
_BEGINNING, _MOST_BEGUN = 6, 50  # letters; projects looked at
_COUNTS = re.compile(r"\d+|[一二三四五六七八九十]+(?=[期标段号批])|[a-z]+|[东西南北]+(?=[区片段线])|[ⅰ-ⅹ]+")


@dataclass(frozen=True)
class Twin:
    """A project that a row may be about: its uid, its name, and how similar the names are (0 to 100).

    `elsewhere` is its region where that is another one than the row's.
    """

    uid: str
    name: str
    score: int
    elsewhere: str = ""


def folded(text: object) -> str:
    """Return a name as it is compared: full-width forms, brackets and spaces do not count."""
    return _folded(str(text))


@lru_cache(_OF_A_ROW)
def _folded(name: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", name).casefold())
    return name if plain == name else plain  # most names are what they fold to: kept once


@dataclass
class Matcher:
    """Knows every project by what lists call it; projects that the list adds are noted as they come."""

    connection: Connection
    by_code: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)  # uids, spaces between, by folded name
    facts: dict[str, tuple[str, str | None, str, str]] = field(default_factory=dict)  # uid: (name, code, region, bare)
    _near: dict[str, str] = field(default_factory=dict)  # uids, spaces between, by length and `_block`
    _begins: dict[str, str] = field(default_factory=dict)  # uids, spaces between, by region and first letters
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.connection)
        for row in self.connection.execute("SELECT uid, name, short_name, code, region_code FROM project"):
            self.note(row["uid"], row["name"], row["code"], row["region_code"])
            if row["short_name"]:
                join(self.by_name, folded(row["short_name"]), row["uid"])

    def note(self, uid: str, name: str, code: str | None, region: str) -> None:
        """Take a project into account."""
        if uid in self.facts:
            return
        bare = self._bare(name, region)
        self.facts[uid] = (name, code, intern(region), bare)  # one object for all projects of a region
        join(self.by_name, folded(name), uid)
        if code:
            self.by_code[code] = uid
        join(self._near, f"{len(bare)} {_block(region, _counts(name))}", uid)
        join(self._begins, region + bare[:_BEGINNING], uid)

    def _bare(self, name: str, region: str) -> str:
        """Return what tells a project from others of its region: neither place nor kind of undertaking."""
        plain = _ROAD.sub("", _TAIL.sub("", folded(name)))
        place = self.places.own.get(region)
        return place.sub("", plain) if place else plain

    def project(self, values: dict[str, Any], code: str | None) -> str | None:
        """Return the project that a row of projects is about: the one with its code, else the only one of its name.

        One of its name in quite another region is none: it is asked about.
        """
        if code and code in self.by_code:
            return self.by_code[code]
        same, region = self._called(values, code), str(values.get("region_code") or "")
        here = [uid for uid in same if not region or _nested(region, self.facts[uid][2])]
        found = [uid for uid in here if region == self.facts[uid][2]] or here
        if len(found) > 1:
            raise RefusedMany(
                [
                    Refused(
                        N_("{count} projects are called so: add their codes"),
                        rule="L-04",
                        field="name",
                        count=len(found),
                    )
                ]
            )
        return found[0] if found else None

    def _called(self, values: dict[str, Any], code: str | None) -> list[str]:
        """Return the projects that are called so, without those that have another code."""
        named = self.by_name.get(folded(values.get("name", "")), "").split()
        return [uid for uid in dict.fromkeys(named) if not (code and self.facts[uid][1] and self.facts[uid][1] != code)]

    def named(self, text: str) -> str | None:
        """Return the project that a cell names by uid, code or name; None where there is none or more than one."""
        if text in self.facts:
            return text
        code = re.sub(r"[^0-9-]", "", unicodedata.normalize("NFKC", text))
        if code in self.by_code:
            return self.by_code[code]
        found = list(dict.fromkeys(self.by_name.get(folded(text), "").split()))
        return found[0] if len(found) == 1 else None

    def twin(self, values: dict[str, Any], code: str | None) -> Twin | None:
        """Return the project of the same name elsewhere, or of nearly the same here; two codes tell them apart."""
        from rapidfuzz import fuzz, process

        if elsewhere := self._called(values, code):
            name, _code, region, _bare_name = self.facts[elsewhere[0]]
            return Twin(elsewhere[0], name, 100, region)
        bare = self._bare(values.get("name", ""), str(values.get("region_code")))
        if len(bare) < 4:
            return None
        region, counts, longer = str(values.get("region_code")), _counts(values["name"]), 200 / _SIMILAR - 1
        best: Twin | None = None
        block = _block(region, counts)
        for length in range(ceil(len(bare) / longer), floor(len(bare) * longer) + 1):  # no other can be as similar
            uids = self._near.get(f"{length} {block}")
            if not uids:
                continue
            near = {uid: self.facts[uid][3] for uid in uids.split()}
            for _name, score, uid in process.extract(bare, near, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=3):
                name, other, _region, _bare_name = self.facts[uid]
                if not (code and other and code != other) and (best is None or round(score) > best.score):
                    best = Twin(uid, name, round(score))
        return best or self._begun(bare, region, counts, code)

    def _begun(self, bare: str, region: str, counts: tuple[str, ...], code: str | None) -> Twin | None:
        """Return a project whose name goes on where the row's ends, or ends where it goes on."""
        if len(bare) < _BEGINNING:
            return None
        for uid in self._begins.get(region + bare[:_BEGINNING], "").split()[:_MOST_BEGUN]:
            name, other, _region, known = self.facts[uid]
            short, long = sorted((bare, known), key=len)
            apart = (code and other and code != other) or _NUMBERED.fullmatch(long[len(short) :])
            if long.startswith(short) and not apart and _counts(name) == counts:
                return Twin(uid, name, round(100 * len(short) / len(long)))
        return None


def _nested(one: str, other: str) -> bool:
    """Tell whether one of two regions lies in the other, by their codes."""
    return inside(one, other) or inside(other, one)


def _block(region: str, counts: tuple[str, ...]) -> str:
    """Return what projects have in common that may be the same: region and what counts in the name."""
    return f"{region} {' '.join(counts)}"


@lru_cache(_OF_A_ROW)
def _counts(name: str) -> tuple[str, ...]:
    """Return what tells two phases or sections of one undertaking apart."""
    return tuple(_COUNTS.findall(_ROAD.sub("", folded(name))))
