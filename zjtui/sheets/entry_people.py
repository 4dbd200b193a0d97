"""The persons that a line of a list names: contacts of a project, each in the role that the heading over them says."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from zjtui.errors import Notice
from zjtui.sheets import vague, words
from zjtui.sheets.columns import Target
from zjtui.sheets.entry_cells import ReadColumn, told
from zjtui.sheets.mapping import Plan
from zjtui.usecases.import_line import Entry

PERSON, _ROLE_KEY, _ROLE = ("contact", "", "person_uid"), ("contact", "", "role"), Target("contact", "role")


class People:
    """Those of the line in hand, with the headings over them; `said_by_column`: a column of its own says the role."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._named: list[tuple[str, str, Notice | None]] = []
        self.said_by_column = False

    def clear(self) -> None:
        """Begin another line."""
        self._named = []

    def note(self, column: ReadColumn, cell: Any) -> None:
        """Note the persons that a cell of contacts names."""
        shown = " ".join(str(cell).split())
        names = vague.people(shown) or [shown]
        alone = len(names) == 1 and names[0] != shown
        notice = told(column, shown, vague.Plainly(names[0], told=True)) if alone else None
        self._named += [(name, column.head, notice) for name in names]

    def _role(self, head: str) -> tuple[str, bool]:
        """Return the role that a heading says, and whether it says one."""
        target, role = words.meant(_ROLE, head, self._plan.year)
        return role, target == _ROLE and role != head

    def each(self, entry: Entry, *, keyed: bool) -> Iterator[Entry]:
        """Yield a contact for each person that a line of a list of contacts names; `keyed`: of an exported sheet."""
        if not self._named:
            nothing = not entry.faults and not keyed
            yield replace(entry, skipped="nothing") if nothing else entry
            return
        for name, head, notice in self._named:
            one = replace(
                entry,
                parts={part: dict(values) for part, values in entry.parts.items()},
                texts=dict(entry.texts),
                heads={**entry.heads, PERSON: head},
                notices=[*entry.notices, *([notice] if notice else [])],
            )
            one.put(*PERSON, name, name)
            role, said = self._role(head)
            if said and not self.said_by_column:
                one.put(*_ROLE_KEY, role, role)
            yield one

    def add_to(self, entry: Entry) -> None:
        """Add those that a row of projects names to it; who stands under no role leads."""
        for number, (name, head, notice) in enumerate(self._named, 1):
            role, said = self._role(head)
            entry.put("contact", str(number), "role", role if said else "leader", head)
            entry.put("contact", str(number), "person_uid", name, name)
            entry.heads[("contact", str(number), "person_uid")] = head
            entry.notices += [notice] if notice else []
