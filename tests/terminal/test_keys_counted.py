"""How many keys the everyday entries take, counted in a real terminal beside the texts themselves."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.tmux import TMUX, Tmux
from zjtui.usecases import register
from zjtui.usecases.session import open_session

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(not TMUX, reason="tmux is not installed")]
WORDS = {
    "zh": {"projects": "项目", "logged": "已登记跟进", "raised": "已登记问题", "accepted": "已受理", "green": "绿色通道"},
    "en": {"projects": "Projects", "logged": "Follow-up logged", "raised": "Issue raised", "accepted": "Accepted",
           "green": "Green channel"},
}  # fmt: skip


class Counting:
    """A terminal that counts the keys pressed; texts are typed beside them."""

    def __init__(self, terminal: Tmux) -> None:
        self.terminal = terminal
        self.count = 0

    def keys(self, *names: str) -> None:
        self.count += len(names)
        self.terminal.keys(*names)

    def type(self, text: str) -> None:
        self.terminal.type(text)
        self.terminal.until(text)


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def counting(workspace: Path, lang: str, tmp_path: Path) -> Iterator[Counting]:
    """The program on the demonstration register, with one application that waits to be accepted before all others."""
    session = open_session(workspace)
    project = session.reader().execute("SELECT uid FROM project ORDER BY total_invest DESC").fetchone()[0]
    register.add(session, "service", project, {"kind": "seismic", "applied_on": session.today, "doc_no": "计数用"})
    session.close()
    command = [sys.executable, "-m", "zjtui", "--workspace", str(workspace), "--lang", lang, "--today", "2023-09-20"]
    terminal = Tmux(tmp_path / "tmux", command)
    terminal.until("zjtui", WORDS[lang]["projects"])
    yield Counting(terminal)
    terminal.close()


def test_a_follow_up_with_one_sentence_takes_at_most_four_keys(counting: Counting, lang: str) -> None:
    counting.keys("F3")
    counting.terminal.until("*")
    counting.type("现场查看，用地已报批，进度正常")
    counting.keys("C-s")
    counting.terminal.until(WORDS[lang]["logged"])
    assert counting.count <= 4


def test_an_issue_from_it_takes_at_most_eight(counting: Counting, lang: str) -> None:
    counting.keys("F3")
    counting.terminal.until("*")
    counting.type("现场查看，发现用地问题")
    counting.keys("C-s")
    counting.terminal.until(WORDS[lang]["logged"])
    counting.count = 0
    counting.keys("Enter", "Tab", "Tab", "Tab", "Tab", "F4")
    counting.terminal.until("*")
    counting.type("用地指标尚缺四十二亩")
    counting.keys("Tab")
    counting.type("land")
    counting.keys("C-s")
    counting.terminal.until(WORDS[lang]["raised"])
    assert counting.count <= 8


def test_a_service_accepted_today_takes_at_most_four(counting: Counting, lang: str) -> None:
    counting.terminal.keys("3")
    counting.terminal.until(WORDS[lang]["green"])
    counting.terminal.keys("/")
    counting.type("计数用")
    counting.terminal.keys("Enter")
    counting.keys("F5")
    counting.terminal.until("→")
    counting.keys("Enter")
    counting.terminal.until("2023-09-20", "›")
    counting.keys("C-s")
    counting.terminal.until(WORDS[lang]["accepted"])
    assert counting.count <= 4


def test_a_months_amount_takes_enter_alone(counting: Counting) -> None:
    counting.terminal.keys("4")
    counting.terminal.until("2023-09", "[ ]")
    for amount in ("1210", "1350", "990"):
        before = counting.count
        counting.type(amount)
        counting.keys("Enter")
        counting.terminal.until(f"{int(amount):,}")
        assert counting.count - before == 1


def test_a_visit_with_a_problem_and_a_next_step_takes_at_most_eight_and_its_photo_three_more(
    counting: Counting, lang: str, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    photo = tmp_path_factory.getbasetemp().parents[1] / f"p{os.getpid()}.jpg"  # a path that is seen whole in one line
    photo.write_bytes(b"\xff\xd8" + bytes(1000))
    counting.keys("F3")
    counting.terminal.until("*")
    counting.type("现场查看，外线未迁改")
    counting.keys("Tab")
    counting.type("+7")
    counting.keys("C-Down")
    counting.type("十千伏外线未迁改")
    counting.keys("Tab")
    counting.type("utility")
    without = counting.count
    counting.keys("C-d")
    counting.terminal.until("Insert")
    counting.type(str(photo))
    counting.keys("Enter")
    counting.terminal.until(".jpg", gone="Insert 可" if lang == "zh" else "Insert marks several")
    assert counting.count - without <= 3
    counting.keys("C-s")
    counting.terminal.until(WORDS[lang]["logged"])
    assert without + 1 <= 8
    session = open_session(workspace)
    reader = session.reader()
    visit = reader.execute("SELECT uid, next_visit FROM follow_up WHERE findings LIKE '%外线未迁改'").fetchone()
    assert visit["next_visit"] == "2023-09-27"
    assert reader.execute("SELECT kind FROM issue WHERE follow_up_uid = ?", (visit["uid"],)).fetchone()[0] == "utility"
    assert (
        reader.execute("SELECT name FROM attachment WHERE about_uid = ?", (visit["uid"],)).fetchone()[0] == photo.name
    )
    session.close()
    photo.unlink()


def amounts(folder: Path) -> list[int]:
    """Return what was typed for the months of one project, once the last of them is saved."""
    session = open_session(folder, write=False)
    try:
        for _look in range(100):
            query = "SELECT invest_month FROM monthly_report WHERE month LIKE '2023-%' ORDER BY month"
            rows = session.reader().execute(query).fetchall()
            if len(rows) == 12:
                break
            time.sleep(0.1)
        return [row[0] for row in rows]
    finally:
        session.close()


def test_a_projects_twelve_months_take_at_most_fourteen(small: Path, tmp_path: Path, lang: str) -> None:
    command = [sys.executable, "-m", "zjtui", "--workspace", str(small), "--lang", lang, "--today", "2023-12-31"]
    counting = Counting(Tmux(tmp_path / "tmux", command))
    try:
        counting.terminal.until("zjtui", WORDS[lang]["projects"])
        counting.keys("4", "C-k")
        counting.terminal.until("2023-01")
        for number in range(1, 13):
            counting.type(str(100 + number))
            counting.keys("Tab")
        assert counting.count <= 14
        counting.terminal.until("101", "102")  # on the next row, which begins with January again
        assert amounts(small) == [(100 + number) * 10_000 for number in range(1, 13)]
    finally:
        counting.terminal.close()
