"""How many keys the everyday entries take, counted in a real terminal beside the texts themselves."""

import sys
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
