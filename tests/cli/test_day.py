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


def test_while_the_app_is_open_the_checks_are_told_and_drafts_stay_untried(cli: Cli, small: Path) -> None:
    two_drafts(small)
    holder = open_session(small)
    try:
        [drafts, *_rest] = cli("day", "--json").json
        assert all("reading only" in item["fault"] for item in drafts["items"]) and drafts["count"] == 2
        assert cli("day", "close", "--dry-run").code == 1
        assert cli("day", "close").code == 3
    finally:
        holder.close()


def test_a_backup_that_fails_ends_with_1_and_tells_what_was_filed(cli: Cli, small: Path, tmp_path: Path) -> None:
    two_drafts(small)
    done = cli("day", "close", "--to", tmp_path / "no" / "such", "--json")
    assert done.code == 1 and len(done.json["filed"]) == 1 and "There is no folder" in done.json["fault"]


def test_tomorrow_is_listed(cli: Cli) -> None:
    cli("visit-plan", "add", "杭州西站", "--day", "+1", "--who", "专班")
    assert "专班" in cli("day", "tomorrow").out
    found = cli("day", "tomorrow", "--json").json
    assert found["day"] == "2023-09-21" and any("专班" in row for row in found["tables"][0]["rows"])
