"""One of something in English: “{count} rows are hidden” is “1 row is hidden” of one. Chinese has one form for both."""

import re
from functools import cache
from typing import Any

NOUNS = (
    "bytes", "cells", "changes", "characters", "columns", "contacts", "days", "decimals", "digits", "drafts", "entries",
    "figures", "files", "follow-ups", "gaps", "issues", "lines", "lists", "matches", "minutes", "month-ends", "months",
    "ones", "places", "points", "problems", "projects", "promises", "records", "reports", "rows", "services", "starts",
    "times", "visits", "words", "workdays",
)  # fmt: skip
_VERBS = {
    "are": "is", "were": "was", "have": "has", "do": "does", "hold": "holds", "stay": "stays", "wait": "waits",
    "lie": "lies", "differ": "differs", "contradict": "contradicts", "fit": "fits", "count": "counts",
}  # fmt: skip
_BETWEEN = "monthly|more|new|open|other|missing|running|such|weekend"
_SEVERAL = re.compile(
    rf"\{{(?P<name>\w+)\}}(?:(?P<before>(?: (?:{_BETWEEN}))* )(?P<noun>{'|'.join(NOUNS)})\b)?"
    rf"(?P<verb> (?:{'|'.join(_VERBS)})\b)?"
)


class Counting(str):
    """A text with numbers: where one of them is 1, what it counts is one."""

    __slots__ = ()

    def format(self, *args: Any, **values: Any) -> str:
        """Put the values in."""

        def one(found: re.Match[str]) -> str:
            if str(values.get(found["name"])) != "1":
                return found[0]
            noun = f"{found['before']}{single(found['noun'])}" if found["noun"] else ""
            return f"{{{found['name']}}}{noun}" + (f" {_VERBS[found['verb'][1:]]}" if found["verb"] else "")

        return _SEVERAL.sub(one, str(self)).format(*args, **values)


@cache
def counting(text: str) -> str:
    """Return a text that follows its numbers, where it has any; another one as it is."""
    return Counting(text) if any(found["noun"] or found["verb"] for found in _SEVERAL.finditer(text)) else text


def single(noun: str) -> str:
    """Return one of what `noun` names several of."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-2] if noun.endswith("ches") else noun[:-1]
