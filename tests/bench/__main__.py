"""`make bench`: speed and memory on 100,000 projects and 1,000,000 follow-ups, as ratios measured in one run.

Prints each figure beside its limit and exits with 1 where one is missed. The workspaces are made once, in build/bench.
"""

import argparse
import compileall
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.bench import bad_files, dense, entry, exporting, figures, filling, importing, saving
from tests.bench.terminal import Terminal
from zjtui.store.read import searching
from zjtui.usecases.session import open_session

PYTHON = sys.executable
BUILD = Path("build/bench")
TODAY = date(2023, 9, 20)
DOWN, PAGE_DOWN, END, HOME = "\x1b[B", "\x1b[6~", "\x1b[F", "\x1b[H"


class Report:
    """Lines of measured figures against their limits."""

    def __init__(self) -> None:
        self.missed = 0

    def line(self, what: str, value: float, limit: float, unit: str) -> None:
        """Print one figure; count it where it is over its limit."""
        fits = value <= limit
        self.missed += not fits
        print(f"{'ok  ' if fits else 'OVER'}  {what:<66} {value:9.2f} {unit:<4} (at most {limit:g})", flush=True)


def workspace(projects: int, follow_ups: int, months: int = 0) -> Path:
    """Return a generated workspace, making it where it is missing."""
    from zjtui.__main__ import main

    folder = BUILD / (f"{projects}-{follow_ups}" + (f"-{months}" if months else ""))
    if not (folder / "zjtui.db").exists():
        print(f"making {projects:,} projects and {follow_ups:,} follow-ups in {folder} ...", flush=True)
        begin = time.perf_counter()
        code = main(
            [
                "new",
                str(folder),
                "--projects",
                str(projects),
                "--follow-ups",
                str(follow_ups),
                "--months",
                str(months),
                "--seed",
                "7",
            ]
        )
        if code:
            raise SystemExit(code)
        print(f"... {time.perf_counter() - begin:.0f} s", flush=True)
    with (folder / "zjtui.db").open("rb") as file:  # once, so that no figure depends on what the disk had at hand
        while file.read(1 << 24):
            pass
    return folder


def app_command(folder: Path) -> list[str]:
    return [PYTHON, "-m", "zjtui", "--workspace", str(folder), "--lang", "en", "--today", "2023-09-20"]


def start_once(command: list[str], marker: str) -> tuple[float, int]:
    terminal = Terminal(command)
    seconds = terminal.wait(marker)
    terminal.settle(0.6)
    return seconds, terminal.close()


def starts(report: Report, small: Path, large: Path, rounds: int) -> None:
    """Start the yardstick and the app in turn, so that a busy machine slows both."""
    times: dict[str, list[float]] = {"bare": [], "small": [], "large": []}
    memory = 0
    commands = {
        "bare": ([PYTHON, "-m", "tests.bench.bare"], "one line"),
        "small": (app_command(small), "Building"),
        "large": (app_command(large), "Building"),
    }
    for _round in range(rounds):
        for name, (command, marker) in commands.items():
            seconds, peak = start_once(command, marker)
            times[name].append(seconds)
            memory = max(memory, peak if name == "large" else 0)
    bare, few, many = (statistics.median(times[name]) for name in ("bare", "small", "large"))
    print(f"      bare Textual {bare * 1000:.0f} ms, 1,000 projects {few * 1000:.0f} ms, 100,000 {many * 1000:.0f} ms")
    report.line("start to first rows, 100,000 projects / bare Textual", many / bare, 2.0, "x")
    report.line("start, 100,000 projects / 1,000 projects", many / few, 1.33, "x")
    report.line("peak memory", memory / 1e6, 100, "MB")


def keys(report: Report, folder: Path, rounds: int) -> None:
    """Press keys in a real terminal and wait for the screen to change."""
    terminal = Terminal(app_command(folder))
    terminal.wait("Building")
    terminal.settle(1.0)

    def rows_changed(before: list[str], after: list[str]) -> bool:
        return before[3:37] != after[3:37]

    def median(send: str, changed: Callable[[list[str], list[str]], bool], back: str = "") -> float:
        found = []
        for _round in range(rounds):
            found.append(terminal.answer(send, changed))
            if back:
                terminal.answer(back, changed)
        return statistics.median(found) * 1000

    report.line("cursor down", median(DOWN, lambda _before, _after: True), 16, "ms")
    report.line("page down", median(PAGE_DOWN, rows_changed), 25, "ms")
    report.line("End", median(END, rows_changed, HOME), 25, "ms")
    report.line("a letter typed in the filter", _letters(terminal, rows_changed), 60, "ms")
    report.line("sort by an indexed column (menu, choice, first page)", _sorting(terminal, rounds), 300, "ms")
    terminal.close()


def _sorting(terminal: Terminal, rounds: int) -> float:
    found = []
    for number in range(rounds):
        terminal.answer("\x0f", lambda before, after: before != after)
        terminal.settle(0.2)
        terminal.answer("Stage" if number % 2 else "Region", lambda before, after: before != after)
        terminal.settle(0.2)
        found.append(terminal.answer("\r", lambda before, after: before[2] != after[2]))
    return statistics.median(found) * 1000


def _letters(terminal: Terminal, rows_changed: Callable[[list[str], list[str]], bool]) -> float:
    found = []
    for text in ("zs", "hzs", "新能", "gy", "桥"):
        terminal.press("/")
        found += [terminal.answer(letter, rows_changed) for letter in text]
        terminal.press("\r")
        terminal.press("\x1b")
    print("      letters: " + ", ".join(f"{seconds * 1000:.0f}" for seconds in found) + " ms")
    return statistics.median(found) * 1000


def finding(report: Report, folder: Path) -> None:
    """Search two-character words in a million texts."""
    session = open_session(folder, today=TODAY, write=False)
    found = []
    for word in ("用地", "报批", "征迁", "资金", "桥梁", "设计", "电力", "工期"):
        begin = time.perf_counter()
        searching.find(session.reader(), word, limit=50)
        found.append(time.perf_counter() - begin)
    session.close()
    report.line("search a two-character word", statistics.median(found) * 1000, 30, "ms")
    report.line("search a two-character word, slowest of 8", max(found) * 1000, 30, "ms")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--follow-ups", type=int, default=1_000_000)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    compileall.compile_dir("zjtui", quiet=1)  # as an installation does it, and did it with Textual
    small = workspace(1_000, 10_000)
    large = workspace(options.projects, options.follow_ups)
    report = Report()
    starts(report, small, large, options.rounds)
    keys(report, large, options.rounds)
    finding(report, large)
    saving.all_of(report.line, large, TODAY, options.rounds)
    entry.grid(report.line, app_command(small), options.rounds)
    entry.many(report.line, workspace(entry.ROWS, 0), TODAY)
    session = open_session(large, today=TODAY, write=False)
    entry.hint(report.line, session, options.rounds)
    session.close()
    figures.all_of(report.line, workspace(options.projects, 0, 12), TODAY, options.rounds)
    figures.of_all(report.line, "findings, generated", large, TODAY)
    figures.of_all(report.line, "findings, dense", dense.workspace(BUILD, options.projects // 99), TODAY)
    exporting.all_of(report.line, large)
    filling.all_of(report.line, large)
    bad_files.all_of(report.line)
    importing.all_of(report.line, BUILD, options.projects)
    print(f"{report.missed} over the limit" if report.missed else "all within their limits")
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
