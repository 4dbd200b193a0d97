"""Which regions a list means: by code, name or address; and in which one a row lies that names several."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.region import PROVINCE
from zjtui.errors import Notice, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.sqlite import Connection

if TYPE_CHECKING:
    from zjtui.usecases.import_line import Entry
    from zjtui.usecases.import_told import Told

_PARTED = re.compile(r"[/,，、;；>\s]+|(?<=[市县区])(?:和|与|及)?")  # “长兴县和德清县”, “长兴县德清县”
_PREFIX = re.compile(r"^(浙江省)?([\u4e00-\u9fff]{2}市(?=\S{2,4}[市县区]))?")
_OWN = re.compile(r"(\S{2})\S+族自治县")
_LISTED = re.compile(r"[,，、;；]")


@dataclass
class Places:
    """Knows every region by what lists call it."""

    connection: Connection
    own: dict[str, re.Pattern[str]] = field(default_factory=dict)  # what names of a region's projects begin with
    _names: list[tuple[str, str]] = field(default_factory=list)  # (name without its last character, code)
    _known: dict[tuple[str, bool], list[str]] = field(default_factory=dict)  # by text, and whether it is a site's

    def __post_init__(self) -> None:
        rows = self.connection.execute(
            "SELECT uid, name_zh, name_en FROM region ORDER BY level <> 'county', uid"
        ).fetchall()
        for row in rows:
            self._names.append((row["name_zh"], row["uid"]))
            self._names.append((row["name_en"].casefold(), row["uid"]))
            self._names.append((row["name_en"].casefold().split(" ")[0], row["uid"]))
        self._names += [(row["name_zh"][:-1], row["uid"]) for row in rows if len(row["name_zh"]) > 2]
        for row in rows:  # “景宁县” for 景宁畲族自治县
            if short := _OWN.fullmatch(row["name_zh"]):
                self._names += [(short[1] + "县", row["uid"]), (short[1], row["uid"])]
        names = {row["uid"]: row["name_zh"] for row in rows}
        for uid, name in names.items():
            own = [text for text in (name, names.get(f"{uid[:4]}00", ""), "浙江省") if text]
            said = "|".join(
                re.escape(text) for text in sorted({*own, *(text[:-1] for text in own)}, key=len, reverse=True)
            )
            self.own[uid] = re.compile(f"^(?:{said})+(?=.{{4}})|(?<=.{{4}})(?:{said})段$")

    def locate(self, entry: "Entry", values: dict[str, Any], told: "Told") -> list[Notice]:
        """Say in `values` in which region a row is; return what is told of it. Rule L-13.

        One in several regions lies in what they have in common.
        """
        text = values.get("region_code")
        if not text:
            return []
        notices = []
        known = (text, entry.by_site)
        if known not in self._known:
            self._known[known] = self.regions(str(text), entry.by_site)
        codes = self._known[known]
        if not codes and entry.other_place:
            codes = self.regions(entry.other_place)
            notices.append(Notice(N_("“{value}” names no region: {place} is taken"), rule="L-13", value=text,
                               place=entry.other_place))  # fmt: skip
        if not codes:
            raise RefusedMany(
                [Refused(N_("There is no region “{value}”"), rule="G-30", field="region_code", value=text)]
            )
        small = smallest(codes)
        values["region_code"] = small[0]
        if len(small) == 1 < len(codes):
            place = told.shown(registry.model("project").fields()["region_code"], small[0])
            notices.append(Notice(N_("Of “{value}” {place} is taken"), rule="L-13", value=text, place=place))
        if len(small) > 1:
            values["region_code"] = small[0][:4] + "00" if len({code[:4] for code in small}) == 1 else PROVINCE
            values.setdefault("cross_region", small)
            entry.texts.setdefault(("project", "", "cross_region"), "")
            notices.append(Notice(N_("It lies in several regions: {value}"), rule="L-13", value=text))
        return notices

    def regions(self, text: str, within: bool = False) -> list[str]:
        """Return the codes of the regions that a cell names; none where a part of it is none.

        Parts are codes or names, “湖州市长兴县”, “湖州/长兴”, “长兴、德清”; a city beside its counties does not count
        again. `within`: a name may stand anywhere in a longer text, as in an address.
        """
        plain = unicodedata.normalize("NFKC", text).strip()
        parts = [part for part in _PARTED.split(plain) if part]
        found = [self._region(part) for part in parts]
        if not all(found) and not _LISTED.search(plain):  # “Changxing County” has a space
            found = [self._region(plain)]
        elif not within and any(part[-1] in "市县区" for part, code in zip(parts, found, strict=True) if not code):
            return []  # one of several that nobody knows
        if not all(found):  # “安吉县天荒坪镇”, “普陀区（朱家尖）”; in an address a name may stand anywhere
            found = list(self._within(plain, anywhere=within))
        codes = [code for code in dict.fromkeys(found) if code]
        return codes if _LISTED.search(plain) else smallest(codes)  # “温州市、瑞安市” may be two

    def _region(self, plain: str) -> str | None:
        """Return the code of the one region that a name means, with what stands before it."""
        if re.fullmatch(r"33\d{4}", plain):
            return plain if self.connection.execute("SELECT 1 FROM region WHERE uid = ?", (plain,)).fetchone() else None
        folded_name = plain.casefold()
        for name, uid in self._names:
            if folded_name == name or (len(name) > 2 and plain.endswith(name)):
                return uid
        for name, uid in self._names:
            if len(plain) > 2 and len(name) > 1 and plain.endswith(name):
                return uid
        return None

    def _within(self, plain: str, *, anywhere: bool) -> Iterator[str]:
        """Yield the counties whose full names stand in a text, or at its beginning; in an address the cities too."""
        bare = _PREFIX.sub("", plain)
        for name, uid in self._names:
            full = len(name) > 2 and name[-1] in "市县区" and uid != PROVINCE
            if full and (name in plain if anywhere else bare.startswith(name) and not uid.endswith("00")):
                yield uid


def smallest(codes: list[str]) -> list[str]:
    """Return the regions in which none of the others lies."""
    return [code for code in codes if not any(other != code and inside(other, code) for other in codes)]


def inside(code: str, region: str) -> bool:
    """Tell whether a region lies in another, by their codes."""
    return code.startswith(region.removesuffix("00").removesuffix("00"))
