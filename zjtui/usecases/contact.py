"""Contacts: one main leader per project, and handing projects over from one person to another."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from zjtui.domain.check import check
from zjtui.domain.contact import Contact
from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.store.rows import record_from
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Outcome, Session


def prepared(session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new contact's values: it begins today, a leader contacts, a team supervises, a department comes."""
    found = dict(values)
    found["from_date"] = found.get("from_date") or session.today
    by_role = {"team": "supervise", "lead_dept": "sink", "agent": "sink"}
    if not found.get("mechanism"):
        found["mechanism"] = by_role.get(str(found.get("role")), "contact")
    return found


def hand_over(
    session: Session, old: str, new: str, on: date | None = None, projects: Sequence[str] | None = None
) -> tuple[Outcome, int]:
    """Hand all current contacts of one person (or those of `projects`) over to another, as one operation.

    The old ones end the day before, the new ones begin `on` (today by default) with the same role, mechanism and
    cycle. Returns the outcome and how many projects changed hands. Rules C-04, C-05.
    """
    day = on or session.today

    def work(tx: Tx) -> int:
        if old == new:
            raise Refused(N_("That is the same person"), rule="C-04", field="person_uid")
        rows = tx.connection.execute(
            "SELECT * FROM contact WHERE person_uid = ? AND to_date IS NULL ORDER BY id", (old,)
        ).fetchall()
        moved = 0
        for row in rows:
            before = record_from(Contact, row)
            if projects is not None and before.project_uid not in projects:
                continue
            if day <= before.from_date:  # who has not begun has nothing to hand over yet
                raise Refused(
                    N_("That contact begins on {day}: it is handed over later, or edited"),
                    rule="C-06",
                    field="from_date",
                    day=before.from_date,
                )
            last = day - timedelta(days=1)
            tx.set(before, check(Contact, {**before.__dict__, "to_date": last}, session.today, before))
            if not _has(tx, before.project_uid, new, before.role):
                begun = {**before.__dict__, "uid": tx.new_uid(), "person_uid": new, "from_date": day, "rank": None}
                tx.add(check(Contact, begun, session.today))
            moved += 1
        if not moved:
            raise Refused(N_("There is nothing to hand over"), rule="C-05", field="person_uid")
        return moved

    tx, moved = session.operate("contact.hand_over", work)
    return Outcome(new, tx.operation), moved


def _has(tx: Tx, project_uid: str, person_uid: str, role: str) -> bool:
    query = "SELECT 1 FROM contact WHERE project_uid = ? AND person_uid = ? AND role = ? AND to_date IS NULL"
    return tx.connection.execute(query, (project_uid, person_uid, role)).fetchone() is not None
