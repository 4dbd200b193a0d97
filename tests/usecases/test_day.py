"""Closing the day: valid drafts are filed as one operation, the others stay and say why; nothing typed is ever lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import TODAY
from zjtui.errors import Cancelled, Damaged, Locked, UsageError
from zjtui.store.read import day as reads
from zjtui.store.read import drafts, dump
from zjtui.usecases import (
    attachment,
    checking,
    day,
    draft,
    filing,
    maintenance,
    register,
    restoring,
    undo,
)
from zjtui.usecases.session import Session, open_session


@pytest.fixture
def session(demo_workspace: Path, tmp_path: Path) -> Iterator[Session]:
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


@pytest.mark.usefixtures("other_disk")
def test_the_checks_follow_what_is_done(session: Session, tmp_path: Path) -> None:
    assert counted(session)["unlinked"] == counted(session)["photos"] == 0
    [uid] = projects(session, 1)
    earlier = {"findings": "旧账", "result": "issue_raised", "visit_date": "2023-09-01", "people": [session.person]}
    register.add(session, "follow_up", uid, earlier)
    register.add(
        session, "follow_up", uid, {"findings": "漏水", "form": "onsite", "result": "issue_raised", "people": [session.person]}
    )  # fmt: skip
    assert (counted(session)["unlinked"], counted(session)["photos"]) == (1, 1)
    register.add(session, "set_aside", uid, {"kind": "not_linked", "reason": "已口头交办", "until": TODAY})
    assert counted(session)["unlinked"] == 0  # as on the gap board
    assert day.unsaved(session) > 0
    path = day.backup(session, tmp_path / "stick").path
    assert path.is_file() and day.unsaved(session) == 0
    assert day.backup_folder(session) == tmp_path / "stick"
    register.add(session, "promise", uid, {"text": "回电", "side": "ours"})
    assert day.unsaved(session) == 1
    path.unlink()
    assert day.unsaved(session) > 1  # a backup that is gone is none


@pytest.mark.usefixtures("other_disk")
def test_closing_files_backs_up_and_says_where(session: Session, tmp_path: Path) -> None:
    thirty(session)
    closed = day.close(session, tmp_path / "stick")
    assert (len(closed.filed), len(closed.left)) == (26, 4)
    assert closed.backup is not None and closed.backup.size > 100_000
    assert counted(session)["backup"] == 0


def test_a_backup_that_cannot_be_written_is_told_and_the_drafts_are_filed_all_the_same(
    session: Session, tmp_path: Path
) -> None:
    thirty(session)
    (tmp_path / "stick").write_text("a file, no folder")
    closed = day.close(session, tmp_path / "stick")
    assert (len(closed.filed), closed.backup) == (26, None) and "cannot be written" in str(closed.fault)
    assert len(drafts.everything(session.reader())) == 4


def test_a_photo_of_today_on_the_project_counts_and_a_lost_one_is_told(session: Session, tmp_path: Path) -> None:
    [uid] = projects(session, 1)
    register.add(session, "follow_up", uid, {"findings": "看过", "form": "onsite", "people": [session.person]})
    assert (counted(session)["photos"], counted(session)["files"]) == (1, 0)
    (tmp_path / "photo.jpg").write_bytes(b"jpg")
    attachment.add(session, uid, tmp_path / "photo.jpg")
    assert (counted(session)["photos"], counted(session)["files"]) == (0, 0)
    [stored] = [path for path in (session.workspace.folder / "files").rglob("*") if path.is_file()]
    stored.unlink()
    [lost] = next(check for check in day.checks(session) if check.code == "files").items
    assert (lost.about, lost.text) == ("attachment", "photo.jpg")


def test_visited_projects_are_asked_for_their_next_step_and_their_questions(session: Session) -> None:
    [uid] = (
        session.reader()
        .execute("SELECT p.uid FROM project p JOIN promise t ON t.project_uid = p.uid AND t.state = 'open' LIMIT 1")
        .fetchone()
    )
    assert (counted(session)["next"], counted(session)["questions"]) == (0, 0)
    register.add(session, "promise", uid, {"text": "今天回电", "side": "ours", "due_on": TODAY})
    assert counted(session)["questions"] == 0  # nobody was there today
    register.add(session, "follow_up", uid, {"findings": "看过", "people": [session.person]})
    asked = next(check for check in day.checks(session) if check.code == "questions").items
    assert "今天回电" in [item.fault for item in asked if item.about == "promise"]
    bare = register.add(
        session, "project", None, {"name": "新项目", "region_code": "330100", "total_invest": 10**9, "stage": "preparatory"}
    ).uid  # fmt: skip
    register.add(session, "follow_up", bare, {"findings": "看过", "people": [session.person]})
    assert bare in [item.uid for check in day.checks(session) if check.code == "next" for item in check.items]
    register.add(session, "visit_plan", bare, {"day": "2023-09-27"})
    assert bare not in [item.uid for check in day.checks(session) if check.code == "next" for item in check.items]


def test_many_visited_projects_give_the_same_answer_asked_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for uid in projects(session, 12):
        register.add(
            session, "follow_up", uid, {"findings": "看过", "result": "issue_raised", "people": [session.person]}
        )
    session.person = "nobody"
    one_by_one = day.checks(session)
    monkeypatch.setattr(day, "_MANY", 3)
    for check, other in zip(day.checks(session), one_by_one, strict=True):
        assert sorted(map(str, check.items)) == sorted(map(str, other.items))
    assert len(one_by_one[1].items) == 12


@pytest.mark.usefixtures("other_disk")
def test_a_stick_that_was_pulled_still_holds_its_backup_and_is_never_made_on_this_disk(
    session: Session, tmp_path: Path
) -> None:
    stick = tmp_path / "media" / "stick"
    stick.parent.mkdir()
    day.backup(session, stick)
    shutil.rmtree(tmp_path / "media")
    assert day.unsaved(session) == 0 and day.folder_gone(session)
    assert day.backup_folder(session) == session.workspace.folder / "backups"
    with pytest.raises(UsageError, match="There is no folder"):
        day.backup(session, stick)
    assert not (tmp_path / "media").exists()


def test_a_backup_is_made_even_where_its_note_cannot_be_kept(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_values: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("zjtui.config.save_settings", full)
    assert day.backup(session, tmp_path / "stick").path.is_file()


def test_what_was_done_is_counted_without_what_was_taken_back(session: Session) -> None:
    # Loading the demonstration is nobody's work.
    assert day.done(session) == reads.done_on(session.reader(), TODAY.isoformat(), "") == {}
    [uid] = projects(session, 1)
    register.add(session, "promise", uid, {"text": "一", "side": "ours"})
    register.add(session, "promise", uid, {"text": "二", "side": "ours"})
    undo.undo(session)
    assert day.done(session) == {"promise": 1}
    undo.redo(session)
    assert day.done(session) == {"promise": 2}
    assert day.told([day.Check("drafts", 0)], {"promise": 2}) == "Nothing is open. Good night! Entered today: Promise 2"
    assert "Good night" not in day.told([day.Check("drafts", 1)], {})


def test_a_backup_on_the_same_disk_is_said_to_be_none_and_the_box_stays_open(session: Session, tmp_path: Path) -> None:
    kept = day.backup(session, day.backup_folder(session))
    assert not kept.apart and "same disk" in " ".join(map(str, kept.told()))
    check = next(check for check in day.checks(session) if check.code == "backup")
    assert check.count > 0 and "same disk" in check.items[0].fault


@pytest.mark.usefixtures("other_disk")
def test_a_backup_holds_the_attachments_and_is_gone_back_to_with_them(session: Session, tmp_path: Path) -> None:
    """Photos lie once in the folder of all backups; what was there is kept aside, and the log goes on."""
    [uid] = projects(session, 1)
    (tmp_path / "photo.jpg").write_bytes(b"jpg")
    attachment.add(session, uid, tmp_path / "photo.jpg")
    session.settings.lang = "zh"
    kept = day.backup(session, tmp_path / "stick")
    assert (kept.contents, kept.content_bytes, kept.missing, kept.apart) == (1, 3, [], True)
    register.add(session, "promise", uid, {"text": "备份之后", "side": "ours"})
    day.backup(session, tmp_path / "stick")
    assert len([path for path in (tmp_path / "stick" / "files").rglob("*") if path.is_file()]) == 1
    folder = tmp_path / "elsewhere"
    found = restoring.restore(folder, kept.path)
    assert (found.kept, found.missing) == (None, [])
    other = open_session(folder, today=TODAY)
    assert attachment.problems(other) == [] and other.settings.lang == "zh"
    assert other.workspace.device != session.workspace.device
    register.add(other, "promise", uid, {"text": "之后", "side": "ours"})
    report = checking.check(other, whole=True)
    assert (report.problems, report.derived, report.identical) == ([], [], True)
    other.close()


def test_going_back_keeps_what_was_there_and_refuses_what_is_open_or_damaged(small: Path, tmp_path: Path) -> None:
    session = open_session(small, today=TODAY)
    uid = session.reader().execute("SELECT uid FROM project LIMIT 1").fetchone()[0]
    kept = maintenance.backup(session, tmp_path / "b.db")
    register.add(session, "promise", uid, {"text": "备份之后", "side": "ours"})
    with pytest.raises(Locked):
        restoring.restore(small, kept.path)
    session.close()
    damaged = tmp_path / "damaged.db"
    content = bytearray(kept.path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4000] = b"x" * 4000
    damaged.write_bytes(content)
    with pytest.raises(Damaged, match="nothing was changed"):
        restoring.restore(small, damaged)
    found = restoring.restore(small, kept.path)
    assert found.kept is not None
    again = open_session(small, today=TODAY)
    assert again.reader().execute("SELECT count(*) FROM promise").fetchone()[0] == 0
    again.close()
    aside = open_session(found.kept, today=TODAY)
    assert aside.reader().execute("SELECT count(*) FROM promise").fetchone()[0] == 1
    aside.close()


def test_old_backups_make_room_but_never_the_last_good_ones(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maintenance, "ROTATED", 3)
    session = open_session(small, today=TODAY)
    stick = tmp_path / "stick"
    newest = day.backup(session, stick).path
    for name in ("20230601-100000", "20230701-100000", "20230702-100000", "20230901-100000", "20230902-100000"):
        shutil.copy(newest, stick / f"zjtui-{name}.db")
    (stick / "mine.db").write_text("mine")
    (stick / "zjtui-20230501-100000.db").write_text("not ours")
    monkeypatch.setattr("zjtui.store.backup._check", _fails)
    with pytest.raises(Damaged):
        day.backup(session, stick)
    assert len(list(stick.glob("*.db"))) == 8  # what could not be made takes nothing away
    monkeypatch.undo()
    monkeypatch.setattr(maintenance, "ROTATED", 3)
    kept = day.backup(session, stick).path
    left = sorted(path.name for path in stick.glob("*.db"))
    months = ["zjtui-20230501-100000.db", "zjtui-20230601-100000.db", "zjtui-20230702-100000.db"]
    assert left == ["mine.db", *months, "zjtui-20230902-100000.db", *sorted([newest.name, kept.name])]
    session.close()


def _fails(_path: Path) -> None:
    raise Damaged("The copy is damaged")
