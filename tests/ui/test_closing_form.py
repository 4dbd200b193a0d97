"""The form that closes an issue: what it needs is starred and told at once, in whole; a file attached is a proof."""

from datetime import date
from pathlib import Path

import pytest

from tests.ui.driver import Driver, running
from zjtui.domain.named import New
from zjtui.errors import RefusedMany
from zjtui.usecases import issue, project, register, setup
from zjtui.usecases.session import open_session

TODAY = date(2026, 12, 1)
NEEDED = "Closing needs proof: a document seen, a file attached or a follow-up that names it, since 2026-12-01"


@pytest.fixture
def solved(tmp_path: Path) -> Path:
    session = setup.new(tmp_path / "w", today=TODAY)
    home = project.add(session, {"name": "甲项目", "region_code": "330109", "total_invest": 10**9}).uid
    uid = issue.add(session, home, {"title_text": "用电未接通", "kind": "utility"}).uid
    issue.move(session, uid, "assigned", {"lead_unit": New("供电公司"), "owner_person": New("王五")})
    register.add(session, "person", None, {"name": "李四"})
    issue.move(session, uid, "doing", {})
    issue.move(session, uid, "solved", {})
    session.close()
    return tmp_path / "w"


async def closing(driver: Driver) -> None:
    await driver.press("2", "f5")
    await driver.choose("closed")


async def test_all_that_is_missing_is_told_at_once_and_in_whole(solved: Path) -> None:
    async with running(solved, today=TODAY) as driver:
        await closing(driver)
        assert all(f"*{label}" in driver.text for label in ("Verifier", "Verification", "Document seen")), driver.text
        await driver.press("ctrl+s")
        assert "also marked: Verification, Document seen" in " ".join(driver.text.split()), driver.text
        await driver.choose("李四")
        await driver.type("已通电")
        await driver.press("ctrl+s")
        assert NEEDED in " ".join(driver.text.split())


async def test_a_file_that_is_attached_proves_it(solved: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "验收单.pdf"
    sheet.write_bytes(b"%PDF-1.4")
    async with running(solved, today=TODAY) as driver:
        await closing(driver)
        await driver.choose("李四")
        await driver.type("已通电")
        await driver.press("ctrl+d")
        await driver.choose(str(sheet))
        await driver.press("ctrl+s")
        assert driver.app.session.reader().execute("SELECT state FROM issue").fetchone()[0] == "closed"
    session = open_session(solved, today=TODAY)
    file = session.reader().execute("SELECT uid FROM attachment").fetchone()[0]
    with pytest.raises(RefusedMany, match="I-13"):  # what proves a closed issue stays
        register.remove(session, "attachment", file)
    session.close()
