"""Policies and the projects that they fit: suggested by each policy's conditions, never by hand-made lists."""

from typing import Any

from zjtui.domain.check import check
from zjtui.domain.policy import Policy, PolicyMatch
from zjtui.domain.policy_rules import holds
from zjtui.domain.project import Project
from zjtui.store.read.records import get
from zjtui.store.rows import decode, record_from
from zjtui.store.sqlite import Connection
from zjtui.store.write.tx import Tx
from zjtui.usecases.session import Outcome, Session


def fitting(connection: Connection, year: int, *, policy: str = "", project: str = "") -> list[tuple[str, str]]:
    """Return (project uid, policy uid) of every policy of `year` that fits a project and is not matched yet.

    A policy without conditions fits nothing by itself: somebody matches it by hand.
    """
    policies = [
        record
        for row in connection.execute(
            "SELECT * FROM policy WHERE year = ? AND conditions <> '[]' ORDER BY id", (year,)
        ).fetchall()
        if (record := record_from(Policy, row)) and (not policy or record.uid == policy)
    ]
    if not policies:
        return []
    matched = {tuple(row) for row in connection.execute("SELECT project_uid, policy_uid FROM policy_match")}
    query = "SELECT p.*, r.mountain26, r.island6, a.year_class FROM project p JOIN region r ON r.uid = p.region_code "
    query += "LEFT JOIN annual_plan a ON a.project_uid = p.uid AND a.year = ? WHERE p.stage NOT IN "
    query += "('withdrawn', 'archived')" + (" AND p.uid = ?" if project else "") + " ORDER BY p.id"
    found = []
    for row in connection.execute(query, (year, project) if project else (year,)):
        facts = {**decode(Project, row), "year_class": row["year_class"], "region_flag": _flags(row)}
        found += [
            (row["uid"], item.uid)
            for item in policies
            if (row["uid"], item.uid) not in matched and holds(item.conditions, facts)
        ]
    return found


def suggest(session: Session, *, policy: str = "", project: str = "") -> tuple[Outcome, int]:
    """Suggest every policy of this year to the projects it fits, as one operation; return how many matches came."""
    if policy:
        get(session.reader(), "policy", policy)

    def work(tx: Tx) -> int:
        pairs = fitting(tx.connection, session.today.year, policy=policy, project=project)
        for project_uid, policy_uid in pairs:
            values = {"uid": tx.new_uid(), "project_uid": project_uid, "policy_uid": policy_uid}
            tx.add(check(PolicyMatch, values, session.today))
        return len(pairs)

    tx, count = session.operate("policy_match.suggest", work)
    return Outcome(policy or project, tx.operation), count


def _flags(row: Any) -> list[str]:
    return [name for name in ("mountain26", "island6") if row[name]]
