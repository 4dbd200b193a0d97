"""`zjtui day`: the checks, and closing."""

from pathlib import Path

from tests.cli.conftest import Cli
from zjtui.usecases import draft
from zjtui.usecases.session import open_session


def two_drafts(folder: Path) -> None:
    session = open_session(folder)
    uid = session.reader().execute("SELECT uid FROM project ORDER BY id LIMIT 1").fetchone()[0]
    draft.keep(session, f"follow_up.add:{uid}", "f", "甲", {"findings": "看过"}).result()
    draft.keep(session, f"issue.add:{uid}", "f", "乙", {"title_text": "", "kind": "land"}).result()
    session.close()


def test_the_day_is_shown_and_closed(cli: Cli, small: Path, tmp_path: Path) -> None:
    two_drafts(small)
    shown = {item["check"]: item for item in cli("day", "--json").json}
    assert shown["drafts"]["count"] == 2 and [bool(item["fault"]) for item in shown["drafts"]["items"]].count(True) == 1
    planned = cli("day", "close", "--dry-run", "--json")
    assert planned.code == 1 and len(planned.json["filed"]) == 1 and planned.json["backup"] is None
    done = cli("day", "close", "--to", tmp_path / "stick", "--json")
    assert done.code == 1 and len(done.json["left"]) == 1 and done.json["operation"]
    assert Path(done.json["backup"]).is_file()
    assert "乙" in cli("day", "close").out
    assert "乙" in cli("day").out
