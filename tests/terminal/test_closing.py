"""A closed window leaves no process behind, and nothing that was typed is lost with it."""

import sys
from pathlib import Path

import pytest

from tests.terminal import closings

pytestmark = [pytest.mark.terminal, pytest.mark.skipif(sys.platform == "win32", reason="a pty")]


@pytest.mark.parametrize("way", closings.WAYS)
def test_a_closed_window_ends_the_process_within_two_seconds_and_keeps_what_was_typed(small: Path, way: str) -> None:
    """The workspace is free at once: the next start can write. Many more: `python -m tests.terminal.closings`."""
    found = closings.main(small, 1, (way,))
    assert (found["alive"], found["read only"], found["draft lost"]) == (0, 0, 0), found
