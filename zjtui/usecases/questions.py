"""Questions about odd figures: asked, explained in one operation however far they had got, put right by themselves."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zjtui.domain.odd_facts import Hit
from zjtui.domain.question import Question
from zjtui.domain.workflow import Facts
from zjtui.errors import Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.store.read import finding_odd, findings
from zjtui.store.read.finding_odd import OddFigure
from zjtui.store.read.finding_scope import Scope
from zjtui.store.write.tx import Tx
from zjtui.usecases import records
from zjtui.usecases.session import Outcome, Session

Values = Mapping[str, Any]


def open_of(session: Session, scope: Scope) -> list[OddFigure]:
    """Return what is to be asked about figures, apart from what is set aside."""
    board = findings.gaps(session.reader(), session.asked(scope), "odd_figure")
    return [finding.params["odd"] for finding in board.findings]


def stale_of(session: Session, project_uid: str) -> list[Any]:
    """Return the questions of a project that wait for an answer although their rule asks no longer."""
    waiting = finding_odd.waiting(session.reader(), project_uid)
    return [row for row in waiting if finding_odd.asked_of(session.reader(), _of(session, project_uid), row) is None]


def prepared(tx: Tx, session: Session, given: Values) -> dict[str, Any]:
    """Return the values of a new question: asked only where a rule asks it. Rules Q-02, Q-04."""
    hit = _now(tx, session, given) if {"rule", "project_uid"} <= given.keys() else None
    if hit is None:
        raise RefusedMany(
            [
                Refused(
                    N_("{which} asks nothing about this project in {month}"),
                    rule="Q-04",
                    field="rule",
                    which=given.get("rule", ""),
                    month=given.get("month") or "-",
                )
            ]
        )
    return {**given, **_asked(session, given["project_uid"], hit), "state": _state(given)}


def answer(session: Session, odd: OddFigure, values: Values) -> Outcome:
    """Note a question that a rule asks, with its answer; without one it is noted as asked. Rules Q-01, Q-02, Q-03."""
    given = {name: value for name, value in values.items() if value not in (None, "", [])}

    def work(tx: Tx) -> str:
        if odd.uid:
            if not given:
                raise RefusedMany([Refused(N_("It is asked already; what was answered?"), rule="Q-03", field="answer")])
            move_in(tx, session, odd.uid, "explained", given, session.today)
            return odd.uid
        asked = {**_asked(session, odd.project_uid, odd.hit), **given, "state": _state(given)}
        record, _notices = records.add(tx, Question, asked, session.today)
        return str(record.uid)

    tx, uid = session.operate("question.answer", work)
    return Outcome(uid, tx.operation, created=tx.created)


def move_in(tx: Tx, session: Session, uid: str, target: str, given: Values, day: date) -> Any:
    """Take a question to another state; whether its rule still asks, and about what, is looked up now."""
    hit = _now(tx, session, tx.get("question", uid).__dict__)
    facts = Facts(day, limits=session.limits, odd_figures=hit.figures if hit else None)
    record, _changed = records.move(tx, "question", uid, target, given, facts)
    return record


def settle(tx: Tx, session: Session, projects: list[str]) -> None:
    """Put right, in the operation that changed the figures, every question whose rule asks no longer.

    `projects` are those whose plan or months changed; follow-ups and problems are looked up in the log.
    """
    waiting = {row[0] for row in tx.connection.execute("SELECT project_uid FROM question WHERE state = 'asked'")}
    if not waiting or tx.action == "undo":  # undoing makes things exactly as they were
        return
    touched = {*projects, *_of_entries(tx, "issue"), *_of_entries(tx, "follow_up")}
    for project in sorted(waiting & touched):
        for row in finding_odd.waiting(tx.connection, project):
            if finding_odd.asked_of(tx.connection, _of(session, project), row) is None:
                before = tx.get("question", row["uid"])
                tx.set(before, before.model_copy(update={"state": "corrected"}))


def _of_entries(tx: Tx, entity: str) -> list[str]:
    rows = tx.connection.execute(
        f"SELECT DISTINCT project_uid FROM {entity} WHERE uid IN "
        "(SELECT uid FROM change WHERE operation = ? AND entity = ?)",
        (tx.operation, entity),
    )
    return [row[0] for row in rows]


def _of(session: Session, project_uid: str) -> Any:
    return session.asked(Scope(project=project_uid))


def _now(tx: Tx, session: Session, question: Values) -> Hit | None:
    return finding_odd.asked_of(tx.connection, _of(session, question["project_uid"]), {"month": None, **question})


def _asked(session: Session, project_uid: str, hit: Hit) -> dict[str, Any]:
    return {
        "project_uid": project_uid,
        "rule": hit.rule,
        "month": hit.month or None,
        "text": str(hit.sentence)[:500],
        "figures": hit.figures,
        "asked_on": session.today,
    }


def _state(given: Values) -> str:
    return "explained" if given.get("answer") or given.get("answered_by") else "asked"
