"""Monthly reports: one amount after the other, checked against last month, the plan and the whole investment."""

from collections.abc import Mapping, Sequence
from typing import Any

from zjtui.domain.plan import MonthlyReport, odd
from zjtui.errors import Msg, Notice, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read import months
from zjtui.store.write.tx import Tx
from zjtui.usecases import records
from zjtui.usecases.session import Outcome, Session


def put(session: Session, project_uid: str, month: str, values: Mapping[str, Any]) -> Outcome:
    """Set fields of a project's report of one month; the report is made where there is none yet.

    `month` is "YYYY-MM". A month nobody reported stays missing: without an amount nothing is made. Rules R-01 to R-08.
    """
    tx, (record, notices) = session.operate(
        "monthly_report.set", lambda tx: put_in(tx, session, project_uid, month, values)
    )
    return Outcome(record.uid, tx.operation, notices, tx.created)


def put_in(
    tx: Tx, session: Session, project_uid: str, month: str, values: Mapping[str, Any]
) -> tuple[MonthlyReport, list[Notice]]:
    """Set fields of a report as a part of an operation."""
    row = tx.connection.execute(
        "SELECT uid FROM monthly_report WHERE project_uid = ? AND month = ?", (project_uid, month)
    ).fetchone()
    if row is None:
        given = {name: value for name, value in values.items() if value not in (None, "", [])}
        if "invest_month" not in given:
            raise RefusedMany(
                [Refused(N_("The month's amount comes first; 0 is an amount"), rule="R-06", field="invest_month")]
            )
        tx.get("project", project_uid)
        record, notices = records.add(
            tx, MonthlyReport, {**given, "project_uid": project_uid, "month": month}, session.today
        )
        return record, notices + checked(tx, session, record, None)
    before = tx.get("monthly_report", row["uid"])
    record, notices = records.edit(tx, "monthly_report", row["uid"], values, session.today)
    return record, notices + checked(tx, session, record, before)


def checked(tx: Tx, session: Session, record: MonthlyReport, before: MonthlyReport | None) -> list[Notice]:
    """Return what is odd: against last month, the plan, and the whole investment."""
    figures = months.figures(tx.connection, record.project_uid, record.month)
    same = before and (before.invest_month, before.progress_pct) == (record.invest_month, record.progress_pct)
    return [] if same else odd(record.invest_month, record.progress_pct, figures)


def put_many(session: Session, reports: Sequence[tuple[str, str, Mapping[str, Any]]]) -> Outcome:
    """Set fields of many reports, (project, month, values), as one operation; one that is refused stops all of them."""

    def work(tx: Tx) -> list[Notice]:
        found: list[Notice] = []
        for project_uid, month, values in reports:
            try:
                found += put_in(tx, session, project_uid, month, values)[1]
            except RefusedMany as refused:
                name = tx.get("project", project_uid).name
                raise RefusedMany([_named(refusal, name) for refusal in refused.refusals]) from None
        return found

    tx, notices = session.operate("monthly_report.set", work)
    return Outcome(reports[0][0] if reports else "", tx.operation, notices[:3], tx.created)


def odd_about(session: Session, project_uid: str, month: str, values: Mapping[str, Any]) -> list[Notice]:
    """Return what would be odd about a report with other `values`, without saving it: for a question beforehand."""
    reader = session.reader()
    figures = months.figures(reader, project_uid, month)
    row = reader.execute(
        "SELECT invest_month FROM monthly_report WHERE project_uid = ? AND month = ?", (project_uid, month)
    ).fetchone()
    before = (row["invest_month"] if row else None) or 0
    amount = values.get("invest_month", before)
    figures |= {name: figures[name] + amount - before for name in ("invest_ytd", "invest_total")}
    return odd(amount, values.get("progress_pct"), figures)


def _named(refusal: Refused, name: str) -> Refused:
    """Return the refusal of one report among many, with whose it is."""
    told = Msg(refusal.msgid, **refusal.params)
    return Refused(N_("{name}: {told}"), rule=refusal.rule, field=refusal.field, name=name, told=told)
