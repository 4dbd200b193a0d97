"""State machines: one table of moves per record type, read by screen, command line and (later) import and merge alike.

A move names its states, what it asks for, and a guard. Nothing else decides whether a state may change.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.limits import LIMITS
from zjtui.errors import Msg, Refused, RefusedMany
from zjtui.i18n import N_, joined

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a guard may need to know beyond the record itself; counted by the use-case inside its transaction."""

    today: date
    person: str = ""  # who does it
    undated: bool = False  # nobody knows on which day it was done: no day is taken for it
    merge_into: Values | None = None  # the issue that another one is merged into
    odd_figures: str | None = None  # those that a question's rule asks about now, None where it no longer does
    proved: bool | None = None  # whether files or follow-ups prove that it is solved; None: nobody looked yet
    limits: Mapping[str, float] = field(default_factory=lambda: LIMITS)

    @property
    def day(self) -> date | None:
        """The day of the move, where it is known."""
        return None if self.undated else self.today


Guard = Callable[[Values, Facts], Refused | None]
Effect = Callable[[Values, Facts], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed change of state. `needs` must be filled after it, `asks` may be; `sets` adds what follows from it.

    `wants` say which of what it `asks` is needed as things stand: they are told together with what is missing.
    """

    source: str
    target: str
    label: str  # message id, what a person does
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    wants: tuple[Guard, ...] = ()
    guard: Guard | None = None
    sets: Effect | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What a state stands on: `needs` has to be there, `facts` may be; neither is changed by a plain edit.

    `sealed` is not filled in afterwards either. `second` says that a correction has to be confirmed by somebody else.
    """

    needs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()
    second: bool = False


_NO_GROUND = Ground()


@dataclass(frozen=True)
class Workflow:
    """The moves of one record type; `state_field` holds the state, `states` its codes, `rule` prefixes the rule ids.

    `fresh` names what every move asks anew: the reason or proof of an earlier move is none for this one. `grounds` are
    what states stand on; a state that stands on what the one before it stood on names that one in `back_field`.
    """

    state_field: str
    states: Codes
    rule: str
    moves: tuple[Move, ...]
    fresh: frozenset[str] = frozenset()
    grounds: Mapping[str, Ground] = field(default_factory=dict)
    back_field: str = ""
    day_field: str = ""  # holds the day of the last move; a move that asks for it takes place on the day that is said
    days: Mapping[str, str] = field(default_factory=dict)  # {state: the field that holds the day on which it came}

    def ground(self, record: Values) -> Ground:
        """Return what the state of a record stands on."""
        back = record.get(self.back_field) if self.back_field else None
        return self.grounds.get(back or record[self.state_field], _NO_GROUND)

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
            possible=joined(possible) or "-",
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
        day = given.get(self.day_field) or facts.today
        facts = replace(facts, today=day, undated=facts.undated and not given.get(self.day_field))
        if refusal := None if facts.undated else self._out_of_order(record, day):
            raise RefusedMany([refusal])
        after = {**record, **dict.fromkeys(self.fresh), **{name: given[name] for name in asked if name in given}}
        dayless = facts.undated and self.day_field in move.asks
        missing = [
            Refused(
                N_("“{target}” needs: {label}"),
                rule=f"{self.rule}-11",
                field=name,
                target=Msg(self.states.labels[target]),
                label=Msg(labels[name]),
            )
            for name in (*move.needs, *((self.day_field,) if dayless else ()))
            if after.get(name) in (None, "", []) or (dayless and name == self.day_field)
        ]
        missing += _wanted(move, {**after, self.state_field: target}, facts)
        if missing:
            raise RefusedMany(missing)
        refusal = move.guard({**after, self.state_field: target}, facts) if move.guard else None
        if refusal:
            raise RefusedMany([refusal])
        follows = move.sets(after, facts) if move.sets else {}
        # What is asked anew by every move goes with the state that it was said of.
        stale = {name: None for name in self.fresh if record.get(name) is not None}
        moved = {self.day_field: facts.day} if self.day_field else {}
        return {**stale, **given, **follows, **moved, self.state_field: target}

    def wanted(self, record: Values, target: str, given: Values, facts: Facts) -> list[Refused]:
        """Return what the move to `target` wants beside what it always needs, with what is `given` so far."""
        after = {**record, **dict.fromkeys(self.fresh), **given, self.state_field: target}
        return _wanted(self.find(record[self.state_field], target), after, facts)

    def _out_of_order(self, record: Values, day: date) -> Refused | None:
        """Refuse a move that would lie before the one that led to where the record is. Rule G-18."""
        last = record.get(self.day_field) if self.day_field else None
        if last is None or last <= day:
            return None
        return Refused(
            N_("It is “{state}” since {last}: the next move cannot lie before that"),
            rule="G-18",
            field=self.day_field,
            state=self.states.label(record[self.state_field]),
            last=last,
        )


def _wanted(move: Move, after: Values, facts: Facts) -> list[Refused]:
    return [refusal for guard in move.wants if (refusal := guard(after, facts))]


def needed(states: Codes, rule: str, state: str, name: str, label: str) -> Refused:
    """Return the refusal of a move to `state` that wants the field `name`."""
    return Refused(
        N_("“{target}” needs: {label}"),
        rule=f"{rule}-11",
        field=name,
        target=Msg(states.labels[state]),
        label=Msg(label),
    )


def moves(sources: Iterable[str], target: str, label: str, **more: Any) -> list[Move]:
    """Return the same move from several states."""
    return [Move(source, target, label, **more) for source in sources]
