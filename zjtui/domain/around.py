"""What the rules of a record ask about the records around it, and everything that breaks a rule."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.workflow import Values
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_

if TYPE_CHECKING:
    from zjtui.domain.record import Record


class Around(Protocol):
    """The register around a record, as it stands when a rule is asked; looked up only where a rule needs it."""

    today: date

    def row(self, entity: str, uid: str) -> Any:
        """Return the stored row of another record, or None."""

    def one(self, entity: str, project_uid: str, field: str, value: Any) -> list[str]:
        """Return the uids of a project's records whose `field` is `value`, two at most."""

    def proofs(self, issue: Any) -> int:
        """Return how many follow-ups and attached files prove that an issue is solved."""

    def in_charge(self, issue: Any) -> set[str]:
        """Return everybody who is or ever was in charge of an issue."""

    def other_leader(self, contact: Any) -> str | None:
        """Return the name of another main leader of the same project at the same time."""

    def money(self, project_uid: str) -> tuple[int, int]:
        """Return what all months and the years before make of a project, and its total investment, in yuan."""

    def asked_already(self, question: Any) -> bool:
        """Tell whether the same is asked about the same month in another question that is open."""

    def unsettled(self, project_uid: str) -> tuple[int, int]:
        """Return how many issues and services of a project are open."""


def broken(record: "Record", around: Around) -> Iterator[Refused]:
    """Yield every rule that a record breaks: its own, what its state stands on, and what others say about it."""
    yield from record.rules()
    yield from broken_among_others(record, around)


def broken_among_others(record: "Record", around: Around) -> Iterator[Refused]:
    """Yield the rules that a record breaks beside its own, which whoever made it has just been told."""
    if registry.has_workflow(record.entity):
        yield from _unfounded(record)
    yield from record.stands(around)
    yield from _pointing_nowhere(record, around)


def _unfounded(record: "Record") -> Iterator[Refused]:
    """Yield what the state of a record needs and does not have. Rule <prefix>-11."""
    flow, values = registry.workflow(record.entity), record.__dict__
    for name in flow.ground(values).needs:
        if values.get(name) in (None, "", []):
            yield Refused(
                N_("“{target}” needs: {label}"),
                rule=f"{flow.rule}-11",
                field=name,
                facts=(name, flow.state_field),
                target=Msg(flow.states.labels.get(values[flow.state_field], values[flow.state_field])),
                label=Msg(type(record).fields()[name].label),
            )


@cache
def _lists(kind: "type[Record]") -> tuple[tuple[str, F], ...]:
    return tuple((name, field) for name, field in kind.fields().items() if field.kind is Kind.REFS)


def _pointing_nowhere(record: "Record", around: Around) -> Iterator[Refused]:
    """Yield the fields that name a record which is not there; of a single one the table itself sees to it. G-51."""
    for name, field in _lists(type(record)):
        if any(around.row(field.ref, uid) is None for uid in getattr(record, name)):
            yield Refused(
                N_("{label} names somebody or something that is not in the register"),
                rule="G-51",
                field=name,
                label=Msg(field.label),
            )


def changed_fact(record: "Record", before: Values) -> str | None:
    """Return the first changed field of `record` that its state stands on, None where only others were changed.

    `before` holds the former values of the changed fields. A fact that was empty is filled in, not changed, unless the
    state seals it.
    """
    flow = registry.workflow(record.entity)
    if flow.state_field in before:
        return None
    ground = flow.ground(record.__dict__)
    for name, was in before.items():
        if name in ground.sealed or (name in (*ground.needs, *ground.facts) and was not in (None, "", [], "[]")):
            return name
    return None
