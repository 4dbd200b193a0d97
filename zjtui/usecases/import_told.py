"""What a list says beside what stands in the register: told as a person reads it, compared as it was exported."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zjtui.domain.fields import F, Kind
from zjtui.domain.show import MASK, label, show
from zjtui.store.read import find
from zjtui.store.write.tx import Tx
from zjtui.text import visible_lines

if TYPE_CHECKING:
    from zjtui.usecases.import_line import Change

_MONTH = re.compile(r"(?:20\d\d[-./年](?:1[0-2]|0?[1-9])月?|(?:1[0-2]|0?[1-9])月)份?(上旬|中旬|下旬|初|底|末)?")
_DAYS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31), "末": (21, 31)}


@dataclass
class Told:
    """Shows values with the names of what they refer to; the names are kept from row to row."""

    tx: Tx
    _names: dict[tuple[str, str], str] = field(default_factory=dict)

    def forget(self) -> None:
        """Forget names that were learned in a row that was taken back."""
        self._names.clear()

    def shown(self, field: F, value: Any) -> str:
        """Return a value as a person reads it."""
        return show(field, value, self._known(field, value))

    def says(self, before: Any, name: str, value: Any, text: str) -> bool:
        """Tell whether a cell says what stands in a record, as it is or as an export shows it."""
        declared, now = type(before).fields()[name], getattr(before, name)
        if now == value or (now in (None, "", [], False) and value in (None, "", [], False)):
            return True
        if declared.secret and now and text == MASK:
            return True
        if declared.kind is Kind.DATE and now and value and (part := _MONTH.fullmatch(_plain(text))):
            first, last = _DAYS.get(part[1] or "", (1, 31))  # what names a month says no other day of it
            return (now.year, now.month) == (value.year, value.month) and first <= now.day <= last
        return _plain(visible_lines(self.shown(declared, now))) == _plain(text)

    def differences(self, before: Any, after: Any) -> "list[Change]":
        """Return the fields in which two states of a record differ: label, before, after."""
        found = []
        for name, declared in type(after).fields().items():
            was, now = getattr(before, name), getattr(after, name)
            if was != now:
                found.append((label(declared), self.shown(declared, was), self.shown(declared, now)))
        return found

    def _known(self, field: F, value: Any) -> dict[str, str]:
        """Return the names of the records that a value refers to."""
        if not field.ref or not value:
            return {}
        found = {}
        for uid in value if isinstance(value, list) else [value]:
            key = (field.ref, str(uid))
            if key not in self._names:
                self._names[key] = find.names(self.tx.connection, field.ref, {str(uid)}).get(str(uid), str(uid))
            found[str(uid)] = self._names[key]
        return found


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "").casefold()
