"""Closing the day: valid drafts are filed as one operation, the others stay and say why; nothing typed is ever lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TODAY
from zjtui.errors import Cancelled, ZjtuiError
from zjtui.store.read import drafts, dump
from zjtui.usecases import day, draft, filing, register, undo
from zjtui.usecases.session import Session, open_session


@pytest.fixture
def session(demo_workspace: Path, tmp_path: Path) -> Iterator[Session]:
    import shutil

    shutil.copytree(demo_workspace, tmp_path / "w")
    opened = open_session(tmp_path / "w", today=TODAY)
    yield opened
    opened.close()


def projects(session: Session, count: int) -> list[str]:
    return [row[0] for row in session.reader().execute("SELECT uid FROM project ORDER BY id LIMIT ?", (count,))]


def keep(session: Session, key: str, **typed: str) -> None:
    draft.keep(session, key, "form", key, {name.replace("__", "."): text for name, text in typed.items()}).result()


def thirty(session: Session) -> None:
    """Thirty drafts of all kinds, four of them wrong."""
    uids = projects(session, 30)
    for uid in uids[:20]:
        keep(session, f"follow_up.add:{uid}", findings="看过现场", visit_date="2023-09-20", form="现场")
    keep(
        session, f"follow_up.add:{uids[20]}", findings="缺电", result="issue_raised", issue__title_text="临时用电未接",
        issue__kind="utility", issue__severity="较大",
    )  # fmt: skip
    for uid in uids[21:24]:
        keep(session, f"issue.add:{uid}", title_text="排水不畅", kind="征迁", found_on="2023-09-19")
    keep(session, f"project.set:{uids[24]}", short_name="改了")
    keep(session, f"promise.add:{uids[25]}", text="两周内交地", side="ours")
    keep(session, f"follow_up.add:{uids[26]}", findings="", visit_date="2023-09-20")  # 1: nothing was found
    keep(session, f"follow_up.add:{uids[27]}", findings="看过", visit_date="2023-09-30")  # 2: not yet
    keep(session, f"issue.add:{uids[28]}", title_text="用地", kind="没有这一类")  # 3: no such kind
    keep(session, f"month.grid:{uids[29]}", text="35")  # 4: has to be finished by hand


def test_thirty_drafts_four_of_them_wrong(session: Session) -> None:
    thirty(session)
    before = [line for line in dump.lines(session.reader()) if '"table":"change"' not in line]
    outcome, filed, left = filing.file_all(session)
    assert (len(filed), len(left)) == (26, 4) and outcome is not None
    kept = {item["key"].partition(":")[0]: item for item in drafts.everything(session.reader())}
    assert len(drafts.everything(session.reader())) == 4 and "month.grid" in kept
    named = {(item.key.partition(":")[0], item.faults[0][0]) for item in left}
    assert named == {
        ("follow_up.add", "Findings"),
        ("follow_up.add", "Date"),
        ("issue.add", "Kind"),
        ("month.grid", ""),
    }
    count = session.reader().execute("SELECT count(*) FROM issue WHERE title_text = '临时用电未接'").fetchone()[0]
    assert count == 1
    undo.undo(session, outcome.operation)
    assert [line for line in dump.lines(session.reader()) if '"table":"change"' not in line] == before


def test_looking_at_the_drafts_changes_nothing(session: Session) -> None:
    thirty(session)
    before = list(dump.lines(session.reader()))
    assert len(filing.waiting(session)) == 30
    assert list(dump.lines(session.reader())) == before
    assert len(drafts.everything(session.reader())) == 30


def test_stopped_half_way_nothing_is_filed_and_no_draft_is_gone(session: Session) -> None:
    thirty(session)
    before = list(dump.lines(session.reader()))
    looks = iter([False] * 10 + [True] * 100)
    with pytest.raises(Cancelled):
        filing.file_all(session, cancelled=lambda: next(looks))
    assert list(dump.lines(session.reader())) == before
    assert len(drafts.everything(session.reader())) == 30


def test_a_mended_record_is_not_overwritten_by_what_the_draft_did_not_touch(session: Session) -> None:
    [uid] = projects(session, 1)
    record = session.reader().execute("SELECT site FROM project WHERE uid = ?", (uid,)).fetchone()
    keep(session, f"project.set:{uid}", short_name="新简称", site=record["site"] or "")
    filing.file_all(session)
    row = session.reader().execute("SELECT short_name, site FROM project WHERE uid = ?", (uid,)).fetchone()
    assert tuple(row) == ("新简称", record["site"])
    fields = session.reader().execute("SELECT fields FROM change ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert "site" not in fields


def counted(session: Session) -> dict[str, int]:
    return {check.code: check.count for check in day.checks(session)}


def test_the_checks_follow_what_is_done(session: Session, tmp_path: Path) -> None:
    assert counted(session)["unlinked"] == counted(session)["photos"] == 0
    [uid] = projects(session, 1)
    register.add(
        session, "follow_up", uid, {"findings": "漏水", "form": "onsite", "result": "issue_raised", "people": [session.person]}
    )  # fmt: skip
    assert (counted(session)["unlinked"], counted(session)["photos"]) == (1, 1)
    assert day.unsaved(session) > 0
    path = day.backup(session, tmp_path / "stick")
    assert path.is_file() and day.unsaved(session) == 0
    assert day.backup_folder(session) == tmp_path / "stick"
    register.add(session, "promise", uid, {"text": "回电", "side": "ours"})
    assert day.unsaved(session) == 1
    path.unlink()
    assert day.unsaved(session) > 1  # a backup that is gone is none


def test_closing_files_backs_up_and_says_where(session: Session, tmp_path: Path) -> None:
    thirty(session)
    closed = day.close(session, tmp_path / "stick")
    assert (len(closed.filed), len(closed.left)) == (26, 4)
    assert closed.backup is not None and closed.backup.stat().st_size > 100_000
    assert counted(session)["backup"] == 0


def test_a_backup_that_cannot_be_written_is_told_and_the_drafts_are_filed_all_the_same(
    session: Session, tmp_path: Path
) -> None:
    thirty(session)
    (tmp_path / "stick").write_text("a file, no folder")
    with pytest.raises((ZjtuiError, OSError)):
        day.close(session, tmp_path / "stick")
    assert len(drafts.everything(session.reader())) == 4
