"""Nobody else on the machine reads a workspace, and nothing that was thrown away is left lying about."""

import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TODAY
from zjtui import files
from zjtui.domain.attachment import Attachment
from zjtui.errors import Refused
from zjtui.store import contents
from zjtui.usecases import attachment, day, maintenance, moment, viewing
from zjtui.usecases.session import Session, open_session

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")


def _open_to_others(folder: Path) -> list[str]:
    return [
        str(path.relative_to(folder.parent)) for path in (folder, *folder.rglob("*"))
        if path.lstat().st_mode & 0o077 and not path.is_symlink()
    ]  # fmt: skip


def _first_project(session: Session) -> str:
    return str(session.reader().execute("SELECT uid FROM project ORDER BY id LIMIT 1").fetchone()[0])


def test_a_workspace_is_closed_to_others_also_one_that_an_earlier_version_left_open(
    small: Path, tmp_path: Path
) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    mask = os.umask(0o022)
    try:
        for path in (small, *small.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        session = open_session(small, today=TODAY)
        attachment.add(session, _first_project(session), tmp_path / "photo.jpg")
        day.backup(session, day.backup_folder(session))
        maintenance.backup(session, tmp_path / "elsewhere.db")
        session.save_settings()
        files.append(small / "zjtui.log", "x")
        assert {"zjtui.db", "zjtui.db-wal", "zjtui.db-shm"} <= {path.name for path in small.iterdir()}
        assert _open_to_others(small) == []
        session.close()
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "elsewhere.db").stat().st_mode) == 0o600


def test_what_was_taken_out_cannot_be_read_in_the_file(small: Path) -> None:
    from zjtui.usecases import draft

    session = open_session(small, today=TODAY)
    draft.keep(session, "project.add:", "form", "x", {"remark": "一句不想留下的话"}).result()
    draft.drop(session, "project.add:")
    session.close()
    assert "一句不想留下的话".encode() not in (small / "zjtui.db").read_bytes()


def test_the_register_of_another_day_lies_in_a_private_folder_and_goes(demo_session: Session) -> None:
    folder = demo_session.workspace.folder
    with moment.as_known(demo_session, moment.seen(demo_session.reader()), date(2023, 9, 20)) as past:
        assert past.folder is not None
        assert stat.S_IMODE(past.folder.stat().st_mode) == 0o700
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_leavings_of_a_killed_process_are_swept_and_those_of_a_living_one_stay(small: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from zjtui import files\n"
        "folder = Path(sys.argv[1]); (folder / 'files').mkdir(exist_ok=True)\n"
        "files.temporary(folder, 'write').touch(); files.scratch_folder(folder)\n"
        "files.temporary(folder / 'files', 'incoming').touch(); files.temporary(folder.parent, 'new').mkdir()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(small)], check=True)
    (small / ".zjtui-replay.999999999.db").touch()
    (small / ".zjtui-backup.999999999.tmp").touch()
    living = files.temporary(small, "write")
    living.touch()
    (small / ".mine").touch()
    open_session(small, today=TODAY).close()
    left = {path.name for path in (*small.parent.iterdir(), *small.rglob("*")) if path.name.startswith(".")}
    assert left == {living.name, ".mine"}


def test_a_content_whose_record_was_not_saved_does_not_stay(small: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    session = open_session(small, today=TODAY)
    with pytest.raises(Exception, match="no project"):
        attachment.add(session, "nothing", tmp_path / "photo.jpg")
    assert [path for path in (small / "files").rglob("*") if path.is_file()] == []
    uid = _first_project(session)
    kept = attachment.add(session, uid, tmp_path / "photo.jpg")
    with pytest.raises(Exception, match="no project"):  # the same content, which another record has, stays
        attachment.add(session, "nothing", tmp_path / "photo.jpg")
    assert kept.uid and attachment.problems(session) == []
    session.close()


def test_a_content_of_a_process_killed_before_its_record_is_swept(small: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    code = (
        "import os, sys; from pathlib import Path; from zjtui.usecases import attachment\n"
        "from zjtui.usecases.session import open_session\n"
        "session = open_session(Path(sys.argv[1]))\n"
        "session.operate = lambda *_: os._exit(9)\n"
        "attachment.add(session, 'x', Path(sys.argv[2]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(small), str(tmp_path / "photo.jpg")], check=False)
    assert done.returncode == 9
    assert len([path for path in (small / "files").rglob("*") if path.is_file()]) == 2  # the content and its mark
    open_session(small, today=TODAY).close()
    assert [path for path in (small / "files").rglob("*") if path.is_file()] == []


def test_content_and_new_folders_are_on_the_disk_before_the_record(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a power cut a name lasts only once its folder was synced: each new one, up to the workspace."""
    (tmp_path / "photo.jpg").write_bytes(b"photo")
    synced: list[Path] = []
    for module in (files, contents):
        monkeypatch.setattr(module, "sync_folder", synced.append)
        monkeypatch.setattr(module, "sync_file", synced.append)
    session = open_session(small, today=TODAY)
    uid = _first_project(session)
    before: list[Path] = []
    operate = session.operate
    monkeypatch.setattr(session, "operate", lambda *given: (before.extend(synced), operate(*given))[1])
    found = attachment.add(session, uid, tmp_path / "photo.jpg")
    digest = session.reader().execute("SELECT sha256 FROM attachment WHERE uid = ?", (found.uid,)).fetchone()[0]
    stored = contents.path_of(small, digest)
    assert {stored.parent, stored.parent.parent, small} <= set(before)
    assert any("incoming" in path.name for path in before)
    session.close()


@pytest.fixture
def attached(small: Path, tmp_path: Path) -> tuple[Session, Attachment]:
    (tmp_path / "报告.txt").write_text("内容")
    session = open_session(small, today=TODAY)
    uid = attachment.add(session, _first_project(session), tmp_path / "报告.txt").uid
    from zjtui.store.read import records

    yield session, records.get(session.reader(), "attachment", uid)
    session.close()


def test_an_attachment_is_opened_from_a_fresh_private_folder(attached: tuple[Session, Attachment]) -> None:
    session, record = attached
    one, other = viewing.readable_copy(session, record), viewing.readable_copy(session, record)
    assert one.name == "报告.txt" and one.read_text() == "内容" and one.parent != other.parent
    assert _open_to_others(one.parent.parent) == []


@pytest.mark.parametrize(
    "name", ["照片.jpg.exe", "a.DESKTOP", "b.lnk ", "c.bat.", "d\u202etxt.js", "..\\x.sh", "e.PS1"]
)
def test_a_program_is_not_opened(attached: tuple[Session, Attachment], name: str) -> None:
    session, record = attached
    with pytest.raises(Refused, match="F-04"):
        viewing.readable_copy(session, record.model_copy(update={"name": name}))


def test_a_path_in_a_name_leads_nowhere(attached: tuple[Session, Attachment]) -> None:
    session, record = attached
    copy = viewing.readable_copy(session, record.model_copy(update={"name": "../../etc/说明.txt:x"}))
    assert copy.name == "说明.txtx"
