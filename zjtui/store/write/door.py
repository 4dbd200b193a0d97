"""The one door of the register: every record that an operation touched is asked its rules before anything is kept.

Whatever wrote it - form, grid, bulk, command line, import, undo - goes through the same rules, on the state after the
operation: the record's own, what its state stands on, and those of the records that stand on it. Only what the
operation touched is looked at: a rule that was broken before, by facts that stay as they were, stops nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.actions import CORRECTING, OWN_DEED
from zjtui.domain.around import broken, broken_among_others, changed_fact
from zjtui.domain.fields import Kind
from zjtui.domain.issue_codes import GIVEN_OUT
from zjtui.domain.record import Record
from zjtui.errors import Msg, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read.around import Around
from zjtui.store.read.records import title_of
from zjtui.store.rows import record_from, to_json

if TYPE_CHECKING:
    from zjtui.store.write.tx import Tx

_MOST = 10  # refusals that are told
_STANDING_ON = {  # a change of these fields, or a removal: which rules of the project are asked
    "monthly_report": (("invest_month", "month", "project_uid"), ("P-21",)),
    "annual_plan": (("opening_total", "year", "project_uid"), ("P-21",)),
}


@dataclass
class Touch:
    """What happened to one record: `kind` is "add", "set" or "remove"; `before` holds stored values as they were."""

    entity: str
    uid: str
    kind: str
    before: dict[str, Any] = field(default_factory=dict)
    record: Record | None = None  # what was added, where it is at hand


class Touched(dict[str, Touch]):
    """The records that were touched and not asked yet, by uid."""

    def added(self, entity: str, uid: str, record: Record | None = None) -> None:
        """Note a record that came; one that went before is a changed one."""
        gone = self.pop(uid, None)
        self[uid] = Touch(entity, uid, "set", gone.before) if gone else Touch(entity, uid, "add", record=record)

    def changed(self, entity: str, uid: str, before: Mapping[str, Any]) -> None:
        """Note fields that changed, with their values before."""
        touch = self.setdefault(uid, Touch(entity, uid, "set"))
        touch.record = None
        touch.before = {**before, **touch.before}

    def removed(self, entity: str, uid: str, before: Mapping[str, Any]) -> None:
        """Note a record that went; one that came in the same operation was never there."""
        known = self.pop(uid, None)
        if known is None or known.kind != "add":
            self[uid] = Touch(entity, uid, "remove", {**before, **(known.before if known else {})})


class AroundTx(Around):
    """The register as the transaction sees it, with what waits to be written."""

    def __init__(self, tx: "Tx") -> None:
        super().__init__(tx.today, lambda: tx.connection)
        self.tx = tx
        self.one = tx.one  # type: ignore[method-assign]

    def row(self, entity: str, uid: str) -> Any:
        """Return a stored row, or None; of a region only whether there is one."""
        if entity == "region":
            return uid if uid in self.tx.regions else None
        return self.tx.row(entity, uid)

    def money(self, project_uid: str) -> tuple[int, int]:
        """Return what all months make of a project, also of one that waits: nothing is written to add that up."""
        waiting = self.tx.waiting
        plans = waiting.beside("annual_plan", project_uid) if waiting else None
        if waiting is None or plans is None:
            return super().money(project_uid)
        given = [(plan.year, plan.opening_total) for plan in plans if plan.opening_total is not None]
        first, opening = min(given) if given else ("", 0)
        months = waiting.beside("monthly_report", project_uid) or []
        done = sum([report.invest_month for report in months if report.month >= str(first)])
        return done + opening, self.tx.get("project", project_uid).total_invest


def ask(tx: "Tx", touched: Touched) -> None:
    """Refuse the operation where it leaves a broken rule. Raises `RefusedMany`."""
    around = AroundTx(tx)
    changed = Counter(touch.entity for touch in touched.values()) if len(touched) > 1 else Counter[str]()
    refusals = []
    for touch in touched.values():
        if touch.kind == "remove":
            continue
        record = touch.record or tx.get(touch.entity, touch.uid)
        many = touch.kind == "set" and changed[touch.entity] > 1
        refusals += [_about(tx, each, record, named=many) for each in _own(tx, touch, record, around)]
    for entity, uid, rules in _dependents(tx, touched):
        row = tx.row(entity, uid)
        if row is not None:
            record = record_from(registry.model(entity), row)
            refusals += [_about(tx, each, record, named=True) for each in broken(record, around) if each.rule in rules]
    if refusals:
        raise RefusedMany(refusals[:_MOST])


def _own(tx: "Tx", touch: Touch, record: Record, around: Around) -> Iterator[Refused]:
    before = touch.before
    if touch.kind == "set" and tx.action not in CORRECTING and registry.has_workflow(touch.entity):
        allowed = OWN_DEED.get(tx.action, ())
        name = changed_fact(record, {key: was for key, was in before.items() if key not in allowed})
        if name:
            yield _by_correction(record, name)
            return
    if tx.action == "record.correct" and _put_off(touch, record):
        yield _extended("due_on")
        return
    asked = broken_among_others if touch.record else broken
    for refusal in asked(record, around):
        if touch.kind == "add" or any(name in before for name in refusal.facts):
            yield refusal


def _by_correction(record: Record, name: str) -> Refused:
    """Say how a fact is changed that a state stands on. Rules G-50, I-24."""
    flow = registry.workflow(record.entity)
    state = record.__dict__[flow.state_field]
    if (record.entity, name) == ("issue", "due_on") and state in GIVEN_OUT:
        return _extended(name)
    return Refused(
        N_("{label} is what “{state}” stands on: it is only corrected, with a reason ({how})"),
        rule="G-50",
        field=name,
        label=Msg(type(record).fields()[name].label),
        state=Msg(flow.states.labels.get(state, state)),
        how=Msg(N_("F2 and Ctrl+S ask for it; command line: zjtui correction add")),
    )


def _extended(name: str) -> Refused:
    return Refused(
        N_("A due date that was given out is extended, with a reason ({how})"),
        rule="I-24",
        field=name,
        how=Msg(N_("F5, Extend; command line: zjtui issue extend")),
    )


def _put_off(touch: Touch, record: Any) -> bool:
    """Tell whether a correction puts a due date off that somebody is working towards."""
    was = touch.before.get("due_on")
    return record.entity == "issue" and record.state in GIVEN_OUT and was is not None and str(record.due_on) > was


def _about(tx: "Tx", refusal: Refused, record: Record, *, named: bool) -> Refused:
    """Return a refusal that knows its record, and names it where the operation is not about that one alone."""
    told = refusal
    if named:
        told = Refused(
            N_("{noun} “{title}”: {told}"),
            rule=refusal.rule,
            field=refusal.field,
            noun=Msg(record.noun),
            title=title_of(tx.connection, record),
            told=Msg(refusal.msgid, **refusal.params),
        )
    told.about = (record.entity, record.uid)
    return told


def _dependents(tx: "Tx", touched: Touched) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (entity, uid, rules) of the records that stand on what was touched."""
    projects: dict[str, set[str]] = {}
    gone: dict[str, list[str]] = {}
    for touch in touched.values():
        if touch.kind == "remove":
            gone.setdefault(touch.entity, []).append(touch.uid)
        fields, rules = _STANDING_ON.get(touch.entity, ((), ()))
        if touch.kind != "add" and any(name in touch.before for name in fields):
            for project in _values(tx, touch, "project_uid"):
                projects.setdefault(project, set()).update(rules)
        if touch.entity == "follow_up":
            yield from ((*proved, ("I-13",)) for proved in _proved(tx, touch))
        if touch.entity == "attachment" and touch.kind == "remove" and touch.before.get("about") == "issue":
            yield "issue", touch.before["about_uid"], ("I-13",)
    for project, asked in projects.items():
        yield "project", project, tuple(asked)
    for entity, uids in gone.items():
        yield from ((owner, uid, ("G-51",)) for owner, uid in _naming(tx, entity, uids))


def _values(tx: "Tx", touch: Touch, name: str) -> set[str]:
    """Return what a field held before and holds now."""
    row = tx.row(touch.entity, touch.uid)
    return {value for value in (touch.before.get(name), row[name] if row is not None else None) if value}


def _proved(tx: "Tx", touch: Touch) -> Iterator[tuple[str, str]]:
    """Yield the closed issues that a changed or removed follow-up may have proved."""
    if touch.kind == "add" or not touch.before.keys() & {"visit_date", "project_uid", "issue_uids"}:
        return
    row = tx.row("follow_up", touch.uid)
    before = touch.before.get("issue_uids") or (row["issue_uids"] if row is not None else None)
    yield from (("issue", uid) for uid in json.loads(before or "[]"))


def _naming(tx: "Tx", entity: str, uids: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the records whose lists name one of the records that went: of those no table takes care."""
    for owner in registry.ENTITIES:
        for name, declared in registry.model(owner).fields().items():
            if declared.kind is Kind.REFS and declared.ref == entity:
                query = (
                    f"SELECT uid FROM {owner} WHERE {name} <> '[]' AND EXISTS "
                    f"(SELECT 1 FROM json_each({name}) WHERE value IN (SELECT value FROM json_each(?))) LIMIT ?"
                )
                yield from ((owner, row[0]) for row in tx.connection.execute(query, (to_json(uids), _MOST)).fetchall())
