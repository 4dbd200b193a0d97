"""What stood in the register when a sheet was written from it: so that a sheet which comes back late undoes nothing."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zjtui.store.rows import restore
from zjtui.store.sqlite import Connection


@dataclass
class Base:
    """The register as it was at `head`, the first digits of a hash of its log; "" of a list that was not exported."""

    connection: Connection
    head: str

    @cached_property
    def seq(self) -> int | None:
        """The entry of the log that `head` names; None where this log has no such one, or several."""
        if len(self.head) < 8:
            return None
        rows = self.connection.execute(
            "SELECT seq FROM change WHERE lower(substr(hex(hash), 1, ?)) = ? LIMIT 2",
            (len(self.head), self.head.lower()),
        ).fetchall()
        return int(rows[0][0]) if len(rows) == 1 else None

    def changed_since(self, record: Any) -> dict[str, Any]:
        """Return the fields of a record that were changed since, with what stood in them."""
        if self.seq is None:
            return {}
        found: dict[str, Any] = {}
        fields = type(record).fields()
        for row in self.connection.execute(
            "SELECT fields FROM change WHERE uid = ? AND seq > ? AND kind = 'set' ORDER BY seq", (record.uid, self.seq)
        ):
            for name, (was, _now) in json.loads(row[0]).items():
                if name in fields:
                    found.setdefault(name, restore(fields[name].kind, was))
        return {name: was for name, was in found.items() if was != getattr(record, name)}
