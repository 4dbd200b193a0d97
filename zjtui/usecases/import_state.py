"""How far a row of a list takes a state: along the table of moves, as its guards allow; back only if told to.

The days of the moves are those that the list gives; no day is taken for one that it does not give.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.record import Record
from zjtui.domain.show import label
from zjtui.domain.workflow import Move, Workflow
from zjtui.errors import Locked, Msg, Notice, RefusedMany, ZjtuiError
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
    undated: str = ""  # entity.field of the day that the state needs and the list does not give


@dataclass
class Walker:
    """Takes states towards those of a list. `given` is what the moves back ask for; None: no state goes back.

    `decided` says that it stays because somebody said so: nothing is asked any more.
    """

    tx: Tx
    session: Session
    given: Mapping[str, Any] | None = None
    decided: bool = False

    def reach(self, entity: str, uid: str, wanted: Any, days: Mapping[str, date], own: Mapping[str, date]) -> Walk:
        """Take a record to the state that a list says, or that its row's `own` days say where it names none."""
        if not wanted and own:
            flow = registry.workflow(entity)
            now = list(flow.states).index(str(self.tx.row(entity, uid)[flow.state_field]))
            further = [state for state in list(flow.states)[now + 1 :] if flow.days.get(state) in own]
            wanted = further[-1] if further else None
        return self.walk(entity, uid, str(wanted), days) if wanted else Walk()

    def walk(self, entity: str, uid: str, wanted: str, days: Mapping[str, date]) -> Walk:
        """Take a record towards the state of the list; `days` are what it gives, by field.

        Rules L-11 (as far as it goes), L-29 (it stays for want of a day); a refused move back raises.
        """
        flow = registry.workflow(entity)
        before = str(self.tx.row(entity, uid)[flow.state_field])
        path = forward(flow, before, wanted)
        if path is None:
            return self._back(entity, uid, flow, before, wanted)
        done, why = self._along(entity, uid, path, days)
        now = path[done - 1] if done else before
        change = _change(entity, flow, before, now) if now != before else None
        if why is None:
            return Walk(change)
        undated = day_missing(entity, why)
        return Walk(change, [_stays(flow, now, wanted, why, "L-29" if undated else "L-11")], undated=undated)

    def _along(
        self, entity: str, uid: str, path: Sequence[str], days: Mapping[str, date]
    ) -> tuple[int, ZjtuiError | None]:
        """Return how many of the moves of `path` were done, and why the next was not.

        What only a state on the way would need is not asked for: of a service that was decided nobody may know when it
        was applied for.
        """
        done = 0
        while done < len(path):
            errors: list[ZjtuiError] = []
            for end in range(done + 1, len(path) + 1):
                try:
                    with self.tx.part():
                        for target in path[done:end]:
                            self._move(entity, uid, target, days)
                    break
                except Locked:
                    raise
                except ZjtuiError as error:
                    errors.append(error)
            else:  # what the last state needs is asked for before what those on the way do
                return done, errors[-1] if day_missing(entity, errors[-1]) else errors[0]
            done = end
        return done, None

    def _move(self, entity: str, uid: str, target: str, days: Mapping[str, date]) -> None:
        flow = registry.workflow(entity)
        day = days.get(flow.days.get(target, ""), days.get(flow.day_field))
        move = flow.find(str(self.tx.row(entity, uid)[flow.state_field]), target)
        given = {flow.day_field: day} if day and flow.day_field in move.asks else {}
        register.move_in(self.tx, self.session, entity, uid, target, given, day)

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


def day_missing(entity: str, error: ZjtuiError) -> str:
    """Return entity.field of the day of a state that a refusal is about, "" for any other refusal."""
    if not registry.has_workflow(entity):
        return ""
    flow = registry.workflow(entity)
    for each in error.refusals if isinstance(error, RefusedMany) else [error]:
        if each.rule == f"{flow.rule}-11" and each.field in (*flow.days.values(), flow.day_field):
            return f"{entity}.{each.field}"
    return ""


def state_days(entity: str, given: dict[str, Any]) -> dict[str, date]:
    """Take the days of states that no form asks for out of what a list gives, and return them by field."""
    if not registry.has_workflow(entity):
        return {}
    fields = registry.model(entity).fields()
    names = [name for name in registry.day_fields(entity) if not fields[name].form and name in given]
    return {name: day for name in names if (day := given.pop(name)) is not None}


def filled_in(before: Record, days: Mapping[str, date]) -> tuple[dict[str, date], list[Notice]]:
    """Return the days of states that a record has come to and whose day nobody knew; of others what is told. L-30."""
    found: dict[str, date] = {}
    said: list[Notice] = []
    for name, day in days.items():
        flow, now = registry.workflow(before.entity), getattr(before, name)
        order = list(flow.states)
        here = order.index(getattr(before, flow.state_field))
        if now is None and any(field == name and order.index(state) <= here for state, field in flow.days.items()):
            found[name] = day
        elif now not in (None, day):
            text = N_("{label}: the list says {day}, the register {now}; such a day is only corrected")
            said.append(Notice(text, rule="L-30", label=label(type(before).fields()[name]), day=day, now=now))
    return found, said


def _stays(flow: Workflow, now: str, wanted: str, why: Any, rule: str = "L-11") -> Notice:
    text = N_("It stays “{state}”, the list says “{wanted}”: {why}")
    states = flow.states.labels
    return Notice(text, rule=rule, why=why, state=Msg(states[now]), wanted=Msg(states[wanted]))


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
