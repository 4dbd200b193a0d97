"""Planned visits: what is worth knowing before one more is planned."""

from datetime import timedelta

from zjtui.domain.set_aside import VisitPlan
from zjtui.errors import Notice
from zjtui.i18n import N_
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Session


def worth_knowing(tx: Tx, session: Session, record: VisitPlan) -> list[Notice]:
    """Return a word where the project is visited too often, and where somebody else plans to go anyway."""
    limits = session.limits
    since = session.today - timedelta(days=int(limits["often_days"]))
    count = tx.connection.execute(
        "SELECT count(*) FROM follow_up WHERE project_uid = ? AND visit_date > ?",
        (record.project_uid, since.isoformat()),
    ).fetchone()[0]
    found = []
    if count >= limits["often_visits"]:
        found.append(
            Notice(
                N_("Visited too often: {count} follow-ups in {days} days. Join one that is planned anyway"),
                rule="N-03",
                field="day",
                count=count,
                days=int(limits["often_days"]),
            )
        )
    other = tx.connection.execute(
        "SELECT day, who FROM visit_plan WHERE project_uid = ? AND uid <> ? AND day >= ? ORDER BY day LIMIT 1",
        (record.project_uid, record.uid, session.today.isoformat()),
    ).fetchone()
    if other:
        found.append(
            Notice(
                N_("A visit is planned already: {day} {who}"),
                rule="N-04",
                field="day",
                day=other["day"],
                who=other["who"] or "",
            )
        )
    return found
