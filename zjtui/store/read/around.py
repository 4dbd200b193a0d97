"""What the rules of a record ask about the records around it, read by index alone."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zjtui.domain.issue_codes import OPEN_STATES
from zjtui.domain.service_codes import OPEN_STATES as OPEN_SERVICES
from zjtui.store.sqlite import Connection


@dataclass
class Around:
    """The register as `read` returns it, on `today`; see `domain.around`."""

    today: date
    read: Callable[[], Connection]

    def row(self, entity: str, uid: str) -> Any:
        """Return a stored row, or None."""
        return self.read().execute(f"SELECT * FROM {entity} WHERE uid = ?", (uid,)).fetchone()

    def one(self, entity: str, project_uid: str, field: str, value: Any) -> list[str]:
        """Return the uids of a project's records whose `field` is `value`, two at most."""
        query = f"SELECT uid FROM {entity} WHERE project_uid = ? AND {field} = ? LIMIT 2"
        return [row[0] for row in self.read().execute(query, (project_uid, value))]

    def proofs(self, issue: Any) -> int:
        """Return how many follow-ups and attached files between solution and closing prove that an issue is solved."""
        query = (
            "SELECT (SELECT count(*) FROM follow_up WHERE project_uid = ?1 AND visit_date BETWEEN ?2 AND ?3 "
            "AND instr(issue_uids, ?4)) + (SELECT count(*) FROM attachment WHERE project_uid = ?1 "
            "AND added_on BETWEEN ?2 AND ?3 AND about_uid = ?4)"
        )
        days = (issue.solved_on.isoformat(), (issue.closed_on or self.today).isoformat())
        return int(self.read().execute(query, (issue.project_uid, *days, issue.uid)).fetchone()[0])

    def in_charge(self, issue: Any) -> set[str]:
        """Return everybody who is or ever was in charge of an issue."""
        found = {issue.owner_person}
        rows = self.read().execute(
            "SELECT fields -> '$.owner_person' FROM deed WHERE uid = ? AND fields -> '$.owner_person' IS NOT NULL",
            (issue.uid,),
        )
        for row in rows:
            value = json.loads(row[0])
            found.update(value if isinstance(value, list) else [value])
        return found - {None}

    def other_leader(self, contact: Any) -> str | None:
        """Return the name of another main leader of the same project at the same time."""
        row = self.read().execute(
            "SELECT n.name FROM contact c JOIN person n ON n.uid = c.person_uid WHERE c.project_uid = ? AND c.is_main "
            "AND c.uid <> ? AND c.from_date <= ? AND coalesce(c.to_date, '9999') >= ? LIMIT 1",
            (contact.project_uid, contact.uid, (contact.to_date or date.max).isoformat(),
             contact.from_date.isoformat()),
        ).fetchone()  # fmt: skip
        return row[0] if row else None

    def money(self, project_uid: str) -> tuple[int, int]:
        """Return what all months and the years before make of a project, and its total investment, in yuan."""
        return tuple(
            self.read()
            .execute(
                # What was done before the first year with an opening total is in that total.
                "WITH opening AS MATERIALIZED (SELECT year, opening_total FROM annual_plan "
                "WHERE project_uid = ?1 AND opening_total IS NOT NULL ORDER BY year LIMIT 1) "
                "SELECT coalesce((SELECT sum(invest_month) FROM monthly_report WHERE project_uid = ?1 "
                "AND month >= coalesce((SELECT year FROM opening), '')), 0) "
                "+ coalesce((SELECT opening_total FROM opening), 0), (SELECT total_invest FROM project WHERE uid = ?1)",
                (project_uid,),
            )
            .fetchone()
        )

    def asked_already(self, question: Any) -> bool:
        """Tell whether the same is asked about the same month in another question that is open."""
        query = (
            "SELECT 1 FROM question WHERE project_uid = ? AND rule = ? AND coalesce(month, '') = ? AND uid <> ? "
            "AND state = 'asked'"
        )
        given = (question.project_uid, question.rule, question.month or "", question.uid)
        return self.read().execute(query, given).fetchone() is not None

    def unsettled(self, project_uid: str) -> tuple[int, int]:
        """Return how many issues and services of a project are open."""

        def count(entity: str, states: tuple[str, ...]) -> int:
            marks = ", ".join("?" * len(states))
            query = f"SELECT count(*) FROM {entity} WHERE project_uid = ? AND state IN ({marks})"
            return int(self.read().execute(query, (project_uid, *states)).fetchone()[0])

        return count("issue", OPEN_STATES), count("service", OPEN_SERVICES)
