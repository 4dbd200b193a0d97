"""How far a row of a list takes a record's state: along the table of moves, as its guards allow, and never back."""

from collections import deque
from typing import Any

from zjtui.domain import registry
from zjtui.domain.show import label
from zjtui.domain.workflow import Workflow
from zjtui.errors import Msg, Notice, ZjtuiError
from zjtui.i18n import N_
from zjtui.store.write.tx import Tx
from zjtui.usecases import register
from zjtui.usecases.session import Session


def walk(
    tx: Tx, session: Session, entity: str, uid: str, flow: Workflow, wanted: str
) -> tuple[tuple[str, str, str] | None, list[Notice]]:
    """Take a record towards the state of the list; return the change, and what is to be said. Rule L-11."""
    before = str(tx.row(entity, uid)[flow.state_field])
    path = forward(flow, before, wanted)
    why: Any = Msg(N_("an import takes no state back")) if path is None else None
    now = before
    for target in path or ():
        try:
            with tx.part():
                register.move_in(tx, session, entity, uid, target, {}, session.today)
        except ZjtuiError as error:
            why = error
            break
        now = target
    told = label(registry.model(entity).fields()[flow.state_field])
    change = (told, flow.states.label(before), flow.states.label(now)) if now != before else None
    if why is None:
        return change, []
    text = N_("It stays “{state}”, the list says “{wanted}”: {why}")
    states = flow.states.labels
    return change, [Notice(text, rule="L-11", why=why, state=Msg(states[now]), wanted=Msg(states[wanted]))]


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
