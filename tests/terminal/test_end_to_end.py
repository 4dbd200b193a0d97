"""The whole day in a real terminal, in both languages, and what is left of it after the plug was pulled."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal.tmux import TMUX, Tmux

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(not TMUX, reason="tmux is not installed")]
WORDS = {
    "zh": {
        "projects": "项目", "logged": "已登记跟进", "raised": "已登记问题", "closed": "已销号", "solved": "已解决待核验",
        "draft": "草稿", "taken back": "已撤销", "history": "历史", "issues": "问题", "move": "流转到",
    },
    "en": {
        "projects": "Projects", "logged": "Follow-up logged", "raised": "Issue raised", "closed": "Closed",
        "solved": "Solved, to verify", "draft": "draft", "taken back": "Taken back", "history": "History",
        "issues": "Issues", "move": "Move to",
    },
}  # fmt: skip


Opener = Callable[[], Tmux]


@pytest.fixture
def open_terminal(workspace: Path, lang: str, tmp_path: Path) -> Iterator[Opener]:
    """Return a function that starts the program in a terminal; all are ended after the test."""
    opened: list[Tmux] = []

    def start() -> Tmux:
        command = [
            sys.executable,
            "-m",
            "zjtui",
            "--workspace",
            str(workspace),
            "--lang",
            lang,
            "--today",
            "2023-09-20",
        ]
        opened.append(Tmux(tmp_path / f"tmux-{len(opened)}", command))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def terminal(open_terminal: Opener) -> Tmux:
    return open_terminal()


def take(terminal: Tmux, target: str, words: dict[str, str]) -> None:
    """Move what is in front to another state."""
    terminal.keys("F5")
    terminal.until(words["move"])
    terminal.type(target)
    terminal.keys("Enter")
    terminal.until("zjtui", gone=words["move"])


def test_a_day_from_the_first_visit_to_the_closed_issue(terminal: Tmux, open_terminal: Opener, lang: str) -> None:
    words = WORDS[lang]
    terminal.until("zjtui", words["projects"])
    terminal.keys("/")
    terminal.type("舟山")
    terminal.until("舟山", "3 ")
    terminal.keys("Enter", "Enter")
    terminal.until("zjtui ›", "Tab")
    terminal.keys("F3")
    terminal.until("*")
    terminal.type("现场查看桩基施工，用地已报批，进度正常")
    terminal.until("现场查看桩基施工，用地已报批，进度正常")
    terminal.keys("C-s")
    terminal.until(words["logged"])
    terminal.keys("F4")
    terminal.type("用地指标尚缺四十二亩")
    terminal.keys("Tab")
    terminal.type("land")
    terminal.keys("Enter", "C-s")
    terminal.until(words["raised"])
    terminal.keys("2")
    terminal.until(words["issues"])
    terminal.keys("/")
    terminal.type("用地指标尚缺四十二亩")
    terminal.keys("Enter")
    terminal.until("用地指标尚缺四十二亩")
    terminal.keys("Enter")
    terminal.until("330")
    take(terminal, "assigned", words)
    terminal.type("县自然资源局")
    terminal.keys("Tab", "Tab")
    terminal.type("章佩瑶")
    terminal.keys("C-s")
    terminal.until("7 ", "“县自然资源局”")
    terminal.keys("6", "Enter")
    terminal.until("330", gone="“县自然资源局”")
    take(terminal, "doing", words)
    terminal.keys("C-s")
    take(terminal, "solved", words)
    terminal.keys("C-s")
    take(terminal, "closed", words)
    terminal.type("章海平")
    terminal.keys("Tab")
    terminal.type("现场已核，手续齐全")
    terminal.keys("Tab")
    terminal.type("验收单")
    terminal.keys("C-s")
    terminal.until(words["closed"])
    terminal.keys("C-z")
    terminal.until(words["taken back"], words["solved"])
    terminal.keys("F8")
    terminal.until(words["history"], words["closed"])
    terminal.keys("F10")
    terminal.until("CODE=0")
    again = open_terminal()
    again.until(words["projects"])
    again.keys("2")
    again.until(words["issues"])
    again.keys("/")
    again.type("用地指标尚缺四十二亩")
    again.keys("Enter", "Enter")
    again.until(words["solved"], "县自然资源局")


def test_what_was_typed_when_the_plug_was_pulled_is_offered(terminal: Tmux, open_terminal: Opener, lang: str) -> None:
    words = WORDS[lang]
    terminal.until("zjtui", words["projects"])
    terminal.keys("F3")
    terminal.until("*")
    terminal.type("写到一半的走访记录")
    terminal.until("写到一半的走访记录")
    time.sleep(0.5)  # a letter is drawn before it is on the disk: a busy machine needs that long at most
    os.kill(terminal.pid(), signal.SIGKILL)
    again = open_terminal()
    again.until(words["draft"])
    again.keys("Enter")
    again.until("写到一半的走访记录")
    again.keys("C-s")
    again.until(words["logged"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_closed_terminal_keeps_the_draft(terminal: Tmux, open_terminal: Opener, lang: str, number: int) -> None:
    terminal.until("zjtui", WORDS[lang]["projects"])
    terminal.keys("F3")
    terminal.until("*")
    terminal.type("终端被关掉之前")
    terminal.until("终端被关掉之前")
    os.kill(terminal.pid(), number)
    terminal.until(f"CODE={128 + number}")
    again = open_terminal()
    again.until(WORDS[lang]["draft"])


def test_three_pasted_lines_stay_three_lines(terminal: Tmux, lang: str) -> None:
    terminal.until("zjtui", WORDS[lang]["projects"])
    terminal.keys("F3")
    terminal.until("*")
    subprocess.run([*terminal.base, "set-buffer", "第一行\n第二行\n第三行"], check=True)
    subprocess.run([*terminal.base, "paste-buffer", "-p"], check=True)
    screen = terminal.until("第一行", "第二行", "第三行")
    rows = [number for number, row in enumerate(screen.splitlines()) if "行" in row and "第" in row]
    assert len(rows) == 3


def test_full_width_punctuation_of_an_input_method_counts(terminal: Tmux, lang: str) -> None:
    terminal.until("zjtui", WORDS[lang]["projects"])
    terminal.type("／")
    terminal.type("舟山")
    terminal.until("舟山")
    terminal.keys("Escape")


def test_without_a_terminal_it_says_what_to_do(workspace: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zjtui", "--workspace", str(workspace)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
