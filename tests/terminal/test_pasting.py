"""A line pasted in a real terminal is entered once, in every kind of field."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.tmux import TMUX, Tmux

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(not TMUX, reason="tmux is not installed")]
TEXT = "云礁进度表"
WAYS = {  # keys that lead to a field of each kind, and those that lead away again
    "filter": (["C-f"], ["C-u", "Enter"]),
    "search": (["F7"], ["C-u", "Escape"]),
    "choice": (["C-o"], ["C-u", "Escape"]),
    "long field": (["F3"], ["Escape", "3", "Enter"]),
    "field": (["F4"], ["Escape", "3", "Enter"]),
    "cell": (["4", "Tab", "Tab"], ["C-z", "C-z"]),
}


def test_a_line_pasted_in_a_real_terminal_is_entered_once(workspace: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "zjtui", "--workspace", str(workspace), "--lang", "zh", "--today", "2023-09-20"]
    terminal = Tmux(tmp_path / "tmux", command)
    try:
        terminal.until("zjtui", "项目")
        for kind, (there, away) in WAYS.items():
            for key in there:
                terminal.key(key)
            for pasted, seen in ((TEXT, 1), (f"第二{TEXT}", 2)):
                subprocess.run([*terminal.base, "set-buffer", pasted], check=True)
                subprocess.run([*terminal.base, "paste-buffer", "-p"], check=True)  # bracketed, as terminals do
                screen = terminal.until(pasted)
                line = next(line for line in screen.splitlines() if pasted in line)
                assert line.count(TEXT) == seen * (2 if kind == "cell" and line.count("[") else 1), (kind, screen)
            for key in away:  # Esc and a digit in one breath are Alt with it
                terminal.key(key)
                time.sleep(0.3)
            terminal.until("zjtui", gone=TEXT)
    finally:
        terminal.close()
