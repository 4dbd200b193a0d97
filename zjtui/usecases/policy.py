"""Policies and the projects that they fit: suggested by each policy's conditions, never by hand-made lists."""

from collections.abc import Iterator, Mapping
from typing import Any

from zjtui.domain.check import check
from zjtui.domain.policy import Policy, PolicyMatch
from zjtui.domain.policy_rules import holds, wrong
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
    return [
        (facts["uid"], item.uid)
        for facts in _facts(connection, year, project)
        for item in policies
        if (facts["uid"], item.uid) not in matched and holds(item.conditions, facts)
    ]


def difference(session: Session, uid: str | None, values: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the names of the projects that a policy would fit, and not fit any more, were it saved with `values`.

    `uid` is None for a new one. Conditions that are none are left to the saving, which refuses them.
    """
    connection = session.reader()
    held = get(connection, "policy", uid) if uid else None
    before = (held.year, held.conditions) if held else (0, [])
    after = (values.get("year", before[0]), values.get("conditions", before[1]) or [])
    if before == after or any(wrong(condition) for condition in after[1]):
        return [], []
    year = session.today.year
    gained: list[str] = []
    lost: list[str] = []
    for facts in _facts(connection, year):
        fits = [each == year and bool(rules) and holds(rules, facts) for each, rules in (before, after)]
        if fits[0] != fits[1]:
            (gained if fits[1] else lost).append(facts["name"])
    return gained, lost


def _facts(connection: Connection, year: int, project: str = "") -> Iterator[dict[str, Any]]:
    """Yield what conditions may ask of each project that is not withdrawn."""
    query = "SELECT p.*, r.mountain26, r.island6, a.year_class FROM project p JOIN region r ON r.uid = p.region_code "
    query += "LEFT JOIN annual_plan a ON a.project_uid = p.uid AND a.year = ? WHERE p.stage NOT IN "
    query += "('withdrawn', 'archived')" + (" AND p.uid = ?" if project else "") + " ORDER BY p.id"
    for row in connection.execute(query, (year, project) if project else (year,)):
        yield {**decode(Project, row), "year_class": row["year_class"], "region_flag": _flags(row)}


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
