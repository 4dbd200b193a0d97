"""Enumerations: stored by code, shown by label, retired but never changed.

A `Codes` knows its labels as message ids. A code that it does not know (from a newer version) is shown as it is and
kept; only what a person types is checked against the list.
"""

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from zjtui.errors import Refused
from zjtui.i18n import N_, _, every_language, joined


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
        """Return the code that `text` means; raise `Refused` where it means none."""
        code = self.meant(text)
        if code is None:
            raise Refused(
                N_("“{value}” is not one of: {choices}"),
                rule="G-01",
                value=text.strip(),
                choices=joined(dict.fromkeys(self.label(code) for code in self.labels)),
            )
        return code

    def meant(self, text: str) -> str | None:
        """Return the code that `text` means: a code, a label in either language, or a label's unambiguous beginning."""
        folded = _fold(text.strip())
        if not folded or folded in self._folded_codes:
            return self._folded_codes.get(folded)
        exact = [code for code, names in self._folded_names.items() if folded in names]
        if len(exact) == 1:
            return exact[0]
        begins = [code for code, names in self._folded_names.items() if any(name.startswith(folded) for name in names)]
        return begins[0] if len(begins) == 1 else None

    def names(self) -> Iterator[str]:
        """Yield what `meant` understands, folded: codes, and labels in every language."""
        yield from self._folded_codes
        for names in self._folded_names.values():
            yield from names

    @cached_property
    def _folded_codes(self) -> dict[str, str]:
        return {code.casefold(): code for code in self.labels}

    @cached_property
    def _folded_names(self) -> dict[str, tuple[str, ...]]:
        return {code: tuple(map(_fold, every_language(msgid))) for code, msgid in self.labels.items()}


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
