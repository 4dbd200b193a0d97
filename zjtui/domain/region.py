"""Administrative divisions of Zhejiang (GB/T 2260 codes, state of 2023) and how a region contains others."""

from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain.codes import Codes
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.i18n import N_

PROVINCE = "330000"
LEVELS = Codes(province=N_("rank|Province"), city=N_("rank|City"), county=N_("rank|County"), zone=N_("Functional zone"))


class Region(Record):
    """A province, city, county or functional zone; its uid is its code."""

    entity: ClassVar[str] = "region"
    noun: ClassVar[str] = N_("Region")
    title_field: ClassVar[str] = "name_zh"

    level: Annotated[str, F(N_("region|Level"), Kind.CODE, codes=LEVELS, width=8)]
    parent: Annotated[str | None, F(N_("Belongs to"), Kind.REF, ref="region", width=10)] = None
    name_zh: Annotated[str, Field(min_length=1, max_length=40), F(N_("Chinese name"), width=16)]
    name_en: Annotated[str, Field(min_length=1, max_length=60), F(N_("English name"), width=24)]
    kind: Annotated[str, F(N_("region|Kind"), width=12)]
    mountain26: Annotated[bool, F(N_("Mountain county"), Kind.YESNO, width=8)] = False
    island6: Annotated[bool, F(N_("Island county"), Kind.YESNO, width=8)] = False
    successor: Annotated[str | None, F(N_("Successor"), Kind.REF, ref="region", width=8)] = None


def subtree(code: str) -> tuple[str, str]:
    """Return the first and last code of the region `code` and all it contains.

    Codes nest by prefix, which also places a development zone whose code the national list does not have.
    """
    prefix = code.rstrip("0")
    prefix += "0" * (len(prefix) % 2)
    return prefix.ljust(6, "0"), prefix.ljust(6, "9")


def contains(code: str, other: str) -> bool:
    """Tell whether the region `code` is `other`, or `other` lies in it."""
    first, last = subtree(code)
    return first <= other <= last
