"""Records that break a rule: of all that a register holds, as old ones may that were taken over with their faults."""

from collections.abc import Callable, Iterator
from datetime import date

from zjtui.domain import registry
from zjtui.domain.around import broken
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store.read.around import Around
from zjtui.store.read.records import title_of
from zjtui.store.rows import record_from
from zjtui.store.sqlite import Connection

_STEP = 1000
_OF_PROJECT = "R-08"  # asked of the months too, so that a form says it at the month: told once, of the project


def breaches(connection: Connection, today: date, tick: Callable[[int], None]) -> Iterator[Msg]:
    """Yield every rule that a record breaks, with the record."""
    around = Around(today, lambda: connection)
    done = 0
    for entity in registry.ENTITIES:
        kind = registry.model(entity)
        for row in connection.execute(f"SELECT * FROM {entity} ORDER BY id"):
            if done % _STEP == 0:
                tick(done)
            done += 1
            record = record_from(kind, row)
            for refusal in broken(record, around):
                if refusal.rule != _OF_PROJECT or entity == "project":
                    yield Msg(
                        N_("{noun} “{title}” ({uid}): {told} [{rule}]"),
                        noun=Msg(kind.noun),
                        title=title_of(connection, record),
                        uid=record.uid,
                        told=Msg(refusal.msgid, **refusal.params),
                        rule=refusal.rule,
                    )
