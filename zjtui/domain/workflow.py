"""State machines: one table of moves per record type, read by screen, command line and (later) import and merge alike.

A move names its states, what it asks for, and a guard. Nothing else decides whether a state may change.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.limits import LIMITS
from zjtui.errors import Msg, Refused, RefusedMany
from zjtui.i18n import N_

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may need to know beyond the record itself; counted by the use-case inside its transaction."""

    today: date
    person: str = ""  # who does it
    visits_since_solved: int = 0
    open_issues: int = 0
    open_services: int = 0
    invested: int = 0  # yuan reported in all months and before
    merge_into: Values | None = None  # the issue that another one is merged into
    odd_figures: str | None = None  # those that a question's rule asks about now, None where it no longer does
    limits: Mapping[str, float] = field(default_factory=lambda: LIMITS)


Guard = Callable[[Values, Facts], Refused | None]
Effect = Callable[[Values, Facts], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of state. `needs` must be filled after it, `asks` may be; `sets` adds what follows from it."""

    source: str
    target: str
    label: str  # message id, what a person does
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    guard: Guard | None = None
    sets: Effect | None = None


@dataclass(frozen=True)
class Workflow:
    """The moves of one record type; `state_field` holds the state, `states` its codes, `rule` prefixes the rule ids.

    `fresh` names what every move asks anew: the reason or proof of an earlier move is none for this one.
    """

    state_field: str
    states: Codes
    rule: str
    moves: tuple[Move, ...]
    fresh: frozenset[str] = frozenset()

    def from_state(self, state: str) -> list[Move]:
        """Return the moves that lead out of `state`, in the order of the table."""
        return [move for move in self.moves if move.source == state]

    def find(self, source: str, target: str) -> Move:
        """Return the move from `source` to `target`, or refuse saying which moves there are. Rule <prefix>-10."""
        for move in self.moves:
            if (move.source, move.target) == (source, target):
                return move
        possible = [self.states.label(move.target) for move in self.from_state(source)]
        raise Refused(
            N_("From “{source}” there is no way to “{target}”; possible: {possible}"),
            rule=f"{self.rule}-10",
            field=self.state_field,
            source=self.states.label(source),
            target=self.states.label(target),
            possible="、".join(possible) or "-",
        )

    def apply(
        self, record: Values, target: str, given: Values, facts: Facts, labels: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the fields that the move to `target` changes, or refuse naming every missing field and broken guard.

        `given` holds what the person filled in, and nothing that the move does not ask for (rule G-17); `labels` the
        message ids of field labels for the refusals.
        """
        move = self.find(record[self.state_field], target)
        asked = (*move.needs, *move.asks)
        besides = [
            Refused(
                N_("{label} is not asked for by this move"), rule="G-17", field=name, label=Msg(labels.get(name, name))
            )
            for name in given
            if name not in asked
        ]
        if besides:
            raise RefusedMany(besides)
        after = {**record, **dict.fromkeys(self.fresh), **{name: given[name] for name in asked if name in given}}
        missing = [
            Refused(
                N_("“{target}” needs: {label}"),
                rule=f"{self.rule}-11",
                field=name,
                target=Msg(self.states.labels[target]),
                label=Msg(labels[name]),
            )
            for name in move.needs
            if after.get(name) in (None, "", [])
        ]
        if missing:
            raise RefusedMany(missing)
        refusal = move.guard({**after, self.state_field: target}, facts) if move.guard else None
        if refusal:
            raise RefusedMany([refusal])
        follows = move.sets(after, facts) if move.sets else {}
        # What is asked anew by every move goes with the state that it was said of.
        stale = {name: None for name in self.fresh if record.get(name) is not None}
        return {**stale, **given, **follows, self.state_field: target}


def moves(sources: Iterable[str], target: str, label: str, **more: Any) -> list[Move]:
    """Return the same move from several states."""
    return [Move(source, target, label, **more) for source in sources]
