"""Correcting a fact that a state stands on: with a reason, and a second person where the state asked for one."""

from collections.abc import Mapping
from typing import Any

from zjtui.domain import registry
from zjtui.domain.correction import Correction
from zjtui.domain.show import label, show
from zjtui.errors import Msg, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read import find
from zjtui.store.write.tx import Tx
from zjtui.usecases import records, register
from zjtui.usecases.session import Outcome, Session

Values = Mapping[str, Any]


def needs_second(session: Session, entity: str, uid: str) -> bool:
    """Tell whether correcting a record has to be confirmed by another person."""
    row = session.reader().execute(f"SELECT * FROM {entity} WHERE uid = ?", (uid,)).fetchone()
    return row is not None and _ground(entity, dict(row)).second


def correct(session: Session, entity: str, uid: str, values: Values, given: Values) -> Outcome:
    """Change facts of a record; `given` holds "reason" and "confirmed_by". Rules G-52 to G-55."""

    def work(tx: Tx) -> list[Any]:
        before = tx.get(entity, uid)
        flow = registry.workflow(entity) if registry.has_workflow(entity) else None
        if flow and flow.state_field in values:
            raise RefusedMany([Refused(N_("A state is changed by a move"), rule="G-54", field=flow.state_field)])
        if _ground(entity, before.__dict__).second and not given.get("confirmed_by"):
            raise RefusedMany(
                [
                    Refused(
                        N_("“{state}” was confirmed by a second person: so is its correction"),
                        rule="G-52",
                        field="confirmed_by",
                        state=Msg(flow.states.labels[before.__dict__[flow.state_field]]) if flow else "",
                    )
                ]
            )
        after, notices = register.edit_in(tx, session, entity, uid, values)
        changed = [name for name in type(after).fields() if getattr(before, name) != getattr(after, name)]
        if not changed:
            raise Refused(N_("Nothing would change"), rule="G-55")
        said = {
            "project_uid": uid if entity == "project" else before.project_uid,
            "about": entity,
            "about_uid": uid,
            "what": "、".join(changed)[:200],
            "told": _told(tx, before, after, changed),
            "made_on": session.today,
            "made_by": session.person,
            **{name: value for name, value in given.items() if value not in (None, "", [])},
        }
        records.add(tx, Correction, said, session.today)
        return list(notices)

    tx, notices = session.operate("record.correct", work)
    return Outcome(uid, tx.operation, notices, tx.created)


def _ground(entity: str, values: Values) -> Any:
    from zjtui.domain.workflow import Ground

    return registry.workflow(entity).ground(values) if registry.has_workflow(entity) else Ground()


def _told(tx: Tx, before: Any, after: Any, changed: list[str]) -> str:
    """Return what was changed, from what to what, as a person reads it."""
    parts = []
    for name in changed:
        field = type(before).fields()[name]
        texts = []
        for record in (before, after):
            value = getattr(record, name)
            uids = set(value) if isinstance(value, list) else {str(value)}
            known = find.names(tx.connection, field.ref, uids) if field.ref and value else {}
            texts.append(show(field, value, known) if value not in (None, "", []) else "-")
        parts.append(f"{label(field)}: {texts[0]} → {texts[1]}")
    return "; ".join(parts)
