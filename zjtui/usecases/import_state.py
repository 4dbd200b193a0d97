"""How far a row of a list takes a state: along the table of moves, as its guards allow; back only if told to."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.show import label
from zjtui.domain.workflow import Move, Workflow
from zjtui.errors import Msg, Notice, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.write.tx import Tx
from zjtui.usecases import register
from zjtui.usecases.session import Session


@dataclass(frozen=True, slots=True)
class Back:
    """A state that a list would take back, and nobody has decided on: of which record, and to which state."""

    entity: str
    uid: str
    target: str


@dataclass
class Walk:
    """What became of a state: its change (label, before, after), what is to be said, what is to be decided."""

    change: tuple[str, str, str] | None = None
    notices: list[Notice] = field(default_factory=list)
    back: Back | None = None


@dataclass
class Walker:
    """Takes states towards those of a list. `given` is what the moves back ask for; None: no state goes back.

    `decided` says that it stays because somebody said so: nothing is asked any more.
    """

    tx: Tx
    session: Session
    given: Mapping[str, Any] | None = None
    decided: bool = False

    def walk(self, entity: str, uid: str, wanted: str) -> Walk:
        """Take a record towards the state of the list. Rule L-11; a refused move back raises."""
        flow = registry.workflow(entity)
        before = str(self.tx.row(entity, uid)[flow.state_field])
        path = forward(flow, before, wanted)
        if path is None:
            return self._back(entity, uid, flow, before, wanted)
        now, why = before, None
        for target in path:
            try:
                with self.tx.part():
                    register.move_in(self.tx, self.session, entity, uid, target, {}, self._day(entity, uid, target))
            except ZjtuiError as error:
                why = error
                break
            now = target
        change = _change(entity, flow, before, now) if now != before else None
        return Walk(change, [_stays(flow, now, wanted, why)] if why else [])

    def _day(self, entity: str, uid: str, target: str) -> date:
        """Return the day of a move: a problem of an old list was handed over when it was found, not today."""
        if (entity, target) == ("issue", "assigned"):
            row = self.tx.row(entity, uid)
            return date.fromisoformat(max(str(row["found_on"]), row["state_on"] or ""))
        return self.session.today

    def _back(self, entity: str, uid: str, flow: Workflow, before: str, wanted: str) -> Walk:
        move = next((move for move in flow.from_state(before) if move.target == wanted), None)
        if move is None:
            return Walk(notices=[_stays(flow, before, wanted, Msg(N_("there is no way back to it")))])
        if self.given is None:
            why = N_("you decided so") if self.decided else N_("an import takes no state back unless you say so")
            back = None if self.decided else Back(entity, uid, wanted)
            return Walk(notices=[_stays(flow, before, wanted, Msg(why))], back=back)
        register.move_in(self.tx, self.session, entity, uid, wanted, _asked(move, self.given), self.session.today)
        return Walk(_change(entity, flow, before, wanted))


def _asked(move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return of what was given what the move asks for."""
    return {name: given[name] for name in (*move.needs, *move.asks) if given.get(name) not in (None, "", [])}


def _change(entity: str, flow: Workflow, before: str, now: str) -> tuple[str, str, str]:
    told = label(registry.model(entity).fields()[flow.state_field])
    return told, flow.states.label(before), flow.states.label(now)


def _stays(flow: Workflow, now: str, wanted: str, why: Any) -> Notice:
    text = N_("It stays “{state}”, the list says “{wanted}”: {why}")
    states = flow.states.labels
    return Notice(text, rule="L-11", why=why, state=Msg(states[now]), wanted=Msg(states[wanted]))


def forward(flow: Workflow, source: str, target: str) -> list[str] | None:
    """Return the states on the shortest way from `source` to `target` that never goes back, else None."""
    order = {state: number for number, state in enumerate(flow.states)}
    ways: deque[list[str]] = deque([[source]])
    while ways:
        way = ways.popleft()
        if way[-1] == target:
            return way[1:]
        for move in flow.from_state(way[-1]):
            if order[move.target] > order[move.source] and move.target not in way:
                ways.append([*way, move.target])
    return None
