"""Many at once: seen before it is done, done as one, taken back as one."""

from pathlib import Path
from typing import Any

import pytest

from zjtui.domain.named import New
from zjtui.errors import Cancelled, Refused
from zjtui.usecases import bulk, maintenance, undo
from zjtui.usecases.bulk import Job
from zjtui.usecases.session import Session, open_session

JOBS = [
    Job("set", "project", {"level": "city", "remark": "批量"}),
    Job("move", "project", {"stage_reason": "停工整改"}, "suspended"),
    Job("assign", "project", {"person_uid": New("新来的人"), "role": "team"}),
]


@pytest.fixture
def session(workspace: Path) -> Any:
    opened = open_session(workspace)
    yield opened
    opened.close()


def records(session: Session) -> list[str]:
    """Return the canonical dump but for the log."""
    return [line for line in maintenance.dump(session) if '"table":"change"' not in line]


def uids(session: Session) -> list[str]:
    return [row[0] for row in session.reader().execute("SELECT uid FROM project ORDER BY id")]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.kind)
def test_undo_leaves_everything_as_it_was_but_for_the_log(session: Session, job: Job) -> None:
    before = records(session)
    lines = bulk.preview(session, job, uids(session))
    assert records(session) == before  # a preview changes nothing
    possible = [line.uid for line in lines if not line.refusal]
    assert possible
    bulk.run(session, job, possible)
    assert records(session) != before
    undo.undo(session)
    assert records(session) == before


def test_the_preview_says_what_changes_and_why_some_cannot(session: Session) -> None:
    lines = bulk.preview(session, JOBS[1], uids(session))
    stages = {row[0]: row[1] for row in session.reader().execute("SELECT uid, stage FROM project")}
    for line in lines:
        assert bool(line.refusal) == (stages[line.uid] not in ("preparatory", "ready", "building"))
        assert line.refusal or line.after == "Suspended"
    assert any("P-10" in line.refusal for line in lines if line.refusal)


def test_one_refused_row_stops_the_whole_operation(session: Session) -> None:
    before = list(maintenance.dump(session))
    with pytest.raises(Refused):
        bulk.run(session, JOBS[1], uids(session))
    assert list(maintenance.dump(session)) == before


def test_a_cancelled_job_changes_nothing_not_even_the_log(session: Session) -> None:
    before = list(maintenance.dump(session))
    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        bulk.run(session, JOBS[0], uids(session), lambda done, total: seen.append((done, total)), lambda: len(seen) > 0)
    assert list(maintenance.dump(session)) == before
    assert seen
