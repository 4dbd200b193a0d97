"""Green-channel services: what an application starts with, and outstanding documents that come in."""

from collections.abc import Mapping, Sequence
from typing import Any

from zjtui.domain.check import check, notices
from zjtui.domain.service import Service
from zjtui.errors import Notice, Refused, RefusedMany
from zjtui.i18n import N_, joined
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Outcome, Session


def prepared(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new service's values with the state that its days say, and the result that its document says."""
    found = dict(values)
    if found.get("decided_on"):
        found["state"] = "decided"
        found.setdefault("result", "approved" if found.get("doc_no") else None)
    elif found.get("accepted_on"):
        found["state"] = "accepted"
    else:
        found["state"] = "applied" if found.get("applied_on") else "planned"
    if found.get("accepted_on"):
        found["applied_on"] = found.get("applied_on") or found["accepted_on"]
    return found


def receive(session: Session, uid: str, documents: Sequence[str]) -> Outcome:
    """Note outstanding documents as received; all others stay outstanding. Rule S-14."""

    def work(tx: Tx) -> list[Notice]:
        before = tx.get("service", uid)
        unknown = [name for name in documents if name not in before.missing_docs]
        if unknown or not documents:
            raise RefusedMany(
                [
                    Refused(
                        N_("“{value}” is not outstanding; outstanding: {names}"),
                        rule="S-14",
                        field="missing_docs",
                        value=unknown[0] if unknown else "",
                        names=joined(before.missing_docs) or "-",
                    )
                ]
            )
        left = [name for name in before.missing_docs if name not in documents]
        changed = {"missing_docs": left, "received_docs": [*before.received_docs, *documents]}
        after = check(Service, {**before.__dict__, **changed}, session.today, before)
        tx.set(before, after)
        return notices(after, before)

    tx, found = session.operate("service.documents", work)
    return Outcome(uid, tx.operation, found)
