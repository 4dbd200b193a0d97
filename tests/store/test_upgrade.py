"""A workspace of an older zjtui: brought up to date with all it holds, or left alone with a reason."""

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from zjtui.domain.money import parse_percent
from zjtui.errors import Locked
from zjtui.store import sqlite, strange
from zjtui.store.workspace import SCHEMA_VERSION
from zjtui.usecases import checking, month, register, undo
from zjtui.usecases.session import open_session

GOLDEN = sorted((Path(__file__).parent / "golden").glob("schema-*.db.gz"))
GOLDEN_WITH_MONTHS = Path(__file__).parent / "golden" / "schema-11.db.gz"


@pytest.fixture(params=GOLDEN, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace as an older version left it: a project, a follow-up, an assigned issue."""
    (tmp_path / "zjtui.db").write_bytes(gzip.decompress(request.param.read_bytes()))
    return tmp_path


def test_there_is_a_golden_file_of_every_older_schema() -> None:
    assert len(GOLDEN) == SCHEMA_VERSION - 1


def test_an_old_workspace_is_brought_up_to_date_and_its_log_still_rebuilds_it(old: Path) -> None:
    was = sqlite.open_reader(old / "zjtui.db")
    version = was.execute("PRAGMA user_version").fetchone()[0]
    was.close()
    session = open_session(old)
    try:
        assert session.reader().execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        report = checking.check(session, whole=True)
        assert (report.identical, report.problems) == (True, [])
        [issue] = session.reader().execute("SELECT uid FROM issue").fetchall()
        register.move(session, "issue", issue["uid"], "open", {"state_reason": "不属本单位"})
        undo.undo(session)
        assert checking.check(session, whole=True).identical
    finally:
        session.close()
    copy = sqlite.open_reader(old / f"before-upgrade-from-{version}.db")
    assert copy.execute("SELECT count(*) FROM project").fetchone()[0] == 1
    copy.close()


def test_whoever_changes_the_codes_makes_the_indexes_of_unknown_ones_anew() -> None:
    """Files made before know the codes of then: a new step has to drop and make the indexes of store/strange.py."""
    made = "".join(strange.index(entity) for entity in strange.ENTITIES if strange.fields(entity))
    assert sha256(made.encode()).hexdigest()[:16] == "002d1da9b45ba5c4"


def test_progress_of_an_older_schema_reads_as_before_and_takes_decimals(tmp_path: Path) -> None:
    """What was 80 % stays the integer 80, in the table, the log and what undo puts back; 80.5 beside it is exact."""
    (tmp_path / "zjtui.db").write_bytes(gzip.decompress(GOLDEN_WITH_MONTHS.read_bytes()))
    session = open_session(tmp_path)
    try:
        reader = session.reader()

        def held() -> list[str]:
            found = reader.execute("SELECT month, progress_pct FROM monthly_report ORDER BY month").fetchall()
            return [f"{row[0]}: {row[1]!r}" for row in found]

        assert held() == ["2023-07: 45", "2023-08: 80"]
        project = reader.execute("SELECT uid FROM project").fetchone()[0]
        month.put(session, project, "2023-08", {"progress_pct": parse_percent("80.5%")})
        assert held() == ["2023-07: 45", "2023-08: 80.5"]
        undo.undo(session)
        month.put(session, project, "2023-07", {"progress_pct": 44.0})
        assert held() == ["2023-07: 44", "2023-08: 80"]
        assert checking.check(session, whole=True).identical
    finally:
        session.close()


def test_only_looking_brings_it_up_to_date_too(old: Path) -> None:
    session = open_session(old, write=False)
    assert session.reader().execute("SELECT count(*) FROM promise").fetchone()[0] == 0
    session.close()


def test_an_old_workspace_that_somebody_holds_is_left_alone(old: Path) -> None:
    import filelock

    before = (old / "zjtui.db").read_bytes()
    with filelock.FileLock(old / "zjtui.lock"), pytest.raises(Locked, match="older"):
        open_session(old, write=False)
    assert (old / "zjtui.db").read_bytes() == before
