"""Issues: raise, edit, move from state to state."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain.issue import Issue
from zjtui.domain.workflow import Facts
from zjtui.errors import Notice
from zjtui.store.write.tx import Tx
from zjtui.usecases import records
from zjtui.usecases.session import Outcome, Session


def add(session: Session, project_uid: str, values: Mapping[str, Any]) -> Outcome:
    """Raise an issue of a project; one raised from a follow-up marks that follow-up."""

    def work(tx: Tx) -> tuple[Issue, list[Notice]]:
        project = tx.get("project", project_uid)
        given = {name: value for name, value in values.items() if value not in (None, "", [])}
        found_on = given.get("found_on") or session.today
        number = next_number(tx, project.region_code, found_on.year)
        complete = {**given, "found_on": found_on, "no": number, "project_uid": project_uid}
        record, notices = records.add(tx, Issue, complete, session.today)
        if record.follow_up_uid:
            visit = tx.get("follow_up", record.follow_up_uid)
            tx.set(visit, visit.model_copy(update={"result": "issue_raised"}))
        return record, notices

    tx, (record, notices) = session.operate("issue.add", work)
    return Outcome(record.uid, tx.operation, notices, tx.created)


def edit(session: Session, uid: str, values: Mapping[str, Any]) -> Outcome:
    """Change fields of an issue; its state changes only by `move`."""
    tx, (_record, notices) = session.operate(
        "issue.set", lambda tx: records.edit(tx, "issue", uid, values, session.today)
    )
    return Outcome(uid, tx.operation, notices, tx.created)


def move(session: Session, uid: str, target: str, given: Mapping[str, Any], on: date | None = None) -> Outcome:
    """Take an issue to another state on day `on` (today by default)."""
    day = records.day_of(session.today, on)

    def work(tx: Tx) -> Any:
        issue = tx.get("issue", uid)
        return records.move(tx, "issue", uid, target, given, Facts(day, visits_since_solved=_visits(tx, issue)))

    tx, _result = session.operate("issue.move", work)
    return Outcome(uid, tx.operation, created=tx.created)


def next_number(tx: Tx, region_code: str, year: int) -> str:
    """Return the next human number, e.g. 330782-2023-0042/K7QX2B: two laptops may count alike, the device differs."""
    prefix = f"{region_code}-{year}-"
    rows = tx.connection.execute("SELECT no FROM issue WHERE no > ? AND no < ?", (prefix, prefix + "~"))
    taken = [row[0][len(prefix) :].partition("/")[0] for row in rows if row[0].endswith(tx.clock.device)]
    last = max((int(number) for number in taken if number.isdigit()), default=0)
    return f"{prefix}{last + 1:04}/{tx.clock.device}"


def _visits(tx: Tx, issue: Issue) -> int:
    if issue.solved_on is None:
        return 0
    query = "SELECT count(*) FROM follow_up WHERE project_uid = ? AND visit_date >= ?"
    return int(tx.connection.execute(query, (issue.project_uid, issue.solved_on.isoformat())).fetchone()[0])
