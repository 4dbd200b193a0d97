"""What offices write in a cell for a code of a field: “技改” for a technical renovation, “已开工” for being built."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from zjtui import config
from zjtui.domain import registry
from zjtui.domain.fields import Kind
from zjtui.sheets.columns import KINDS, Target, declared, fields_of, folded
from zjtui.sheets.guess import bracketed
from zjtui.sheets.unit_words import plain_brackets

_FILE = "cell_words.csv"
_DEED = re.compile(r"^建设项目|文件|审批|批复|审查|批准|办理|手续|核发|许可")  # what is done with the paper
_SEVERAL = 3  # different texts
_ENOUGH = 0.9  # of the different texts of a column


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """Return {field: {word, folded: code}}; of another field's code the code is “entity.field=code”."""
    found: dict[str, dict[str, str]] = {}
    with (config.data_folder() / _FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split("|"):
                found.setdefault(row["field"], {}).setdefault(folded(word), row["code"])
    return found


def meant(target: Target, text: str, year: int) -> tuple[Target, str]:
    """Return the field and the code that a cell's text means where offices say so, else both as they are."""
    if f"{target.entity}.{target.field}" not in _words():
        return target, text
    if declared(target).kind is Kind.CODES:
        return target, "、".join(_code(target, part) for part in re.split(r"[、，,;；\n]+", text))
    code = _code(target, text)
    path, _equals, other = code.partition("=")
    if not other:
        return target, code
    entity, _dot, name = path.partition(".")
    period = target.period or (str(year) if entity == "annual_plan" != target.entity else "")
    return Target(entity, name, period), other


def _code(target: Target, text: str) -> str:
    known = _words().get(f"{target.entity}.{target.field}", {})
    for wanted in (
        folded(text),
        folded(text).removesuffix("类").removesuffix("项目"),
        *bracketed(text),
        *_papers(text),
    ):
        if wanted in known:
            return known[wanted]
    return text


def _papers(text: str) -> Iterator[str]:
    """Yield what the paper in the brackets of an approval is called: “环评报告书” for “环评批复【报告书】”."""
    for paper in re.findall(r"\((报告[书表]|登记表)\)", plain_brackets(text)):
        bare = re.sub(r"\([^()]*\)", "", plain_brackets(text))
        core = folded(_DEED.sub("", bare) + paper)
        yield from (core, core + "审批")


def called(entity: str, name: str) -> dict[str, list[str]]:
    """Return {code: what offices call it, folded} of a field."""
    found: dict[str, list[str]] = {}
    for word, code in _words().get(f"{entity}.{name}", {}).items():
        found.setdefault(code, []).append(word)
    return found


def code_of(entity: str, name: str, text: str) -> str:
    """Return the code that a typed text means where it is one of the words of offices, else the text."""
    code = _words().get(f"{entity}.{name}", {}).get(folded(text), text)
    return text if "=" in code else code


def known(target: Target) -> Iterator[str]:
    """Yield everything that means a code of a field, folded: codes, labels, and the words of offices."""
    yield from _words().get(f"{target.entity}.{target.field}", {})
    if codes := declared(target).codes:
        yield from codes.names()


def understood(target: Target, text: str, year: int) -> bool:
    """Tell whether a text is a code of exactly this field."""
    codes = declared(target).codes
    other, code = meant(target, text, year)
    return codes is not None and other == target and codes.meant(code) is not None


def fitting(target: Target, texts: Iterable[str], kind: str, year: int, taken: Iterable[Target]) -> Target | None:
    """Return what a column of codes means by what stands in it: `target` unless another field knows more of it.

    None where none of several texts is known: the column means something else.
    “新建” and “续建” under “建设性质” are no kinds of building, but classes of the year.
    """
    if declared(target).kind is not Kind.CODE:
        return target
    different = list(dict.fromkeys(text for text in texts if folded(text)))
    if not different:
        return target

    def share(other: Target) -> float:
        return sum(understood(other, text, year) for text in different) / len(different)

    own = share(target)
    if own == 1:
        return target

    def known(other: Target) -> float:  # also what is known to mean another field, as “续建” under the kind of building
        elsewhere = sum(meant(other, text, year)[0] != other for text in different)
        return share(other) + elsewhere / len(different)

    best = max(_code_fields(kind, year), key=share)
    if best not in taken and share(best) > own and known(best) >= _ENOUGH:
        return best
    return target if known(target) or len(different) < _SEVERAL else None


def _code_fields(kind: str, year: int) -> list[Target]:
    return [
        Target(entity, name, str(year) if entity != kind else "")
        for entity in KINDS[kind]
        if entity in (kind, "annual_plan")
        for name in fields_of(entity, kind)
        if registry.model(entity).fields()[name].kind is Kind.CODE
    ]
