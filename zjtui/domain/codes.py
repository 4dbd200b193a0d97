"""Enumerations: stored by code, shown by label, retired but never changed.

A `Codes` knows its labels as message ids. A code that it does not know (from a newer version) is shown as it is and
kept; only what a person types is checked against the list.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

from zjtui.errors import Refused
from zjtui.i18n import N_, _, every_language


class Codes:
    """An ordered list of codes with their labels; `Codes(reserve=N_("Reserve"), ...)`."""

    def __init__(self, _entries: dict[str, str] | None = None, /, **entries: str) -> None:
        self.labels: dict[str, str] = {**(_entries or {}), **entries}

    def __iter__(self) -> Iterator[str]:
        return iter(self.labels)

    def __contains__(self, code: object) -> bool:
        return code in self.labels

    def label(self, code: Any) -> str:
        """Return the label of `code` in the current language; an unknown code stands for itself."""
        if code is None:
            return ""
        msgid = self.labels.get(str(code))
        return _(msgid) if msgid else str(code)

    def find(self, text: str) -> str:
        """Return the code that `text` means: a code, a label in either language, or a label's unambiguous beginning."""
        wanted = text.strip()
        folded = _fold(wanted)
        codes = {code.casefold(): code for code in self.labels}
        if folded in codes:
            return codes[folded]
        shown = {code: [_fold(name) for name in every_language(msgid)] for code, msgid in self.labels.items()}
        exact = [code for code, names in shown.items() if folded in names]
        begins = [code for code, names in shown.items() if any(name.startswith(folded) for name in names)]
        for found in (exact, begins):
            if folded and len(found) == 1:
                return found[0]
        raise Refused(
            N_("“{value}” is not one of: {choices}"),
            rule="G-01",
            value=wanted,
            choices="、".join(dict.fromkeys(self.label(code) for code in self.labels)),
        )


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
