"""Eighty columns never show half a number, day or percent as if it were a whole one."""

import re
from pathlib import Path

import pytest

from tests.ui.test_no_codes import DRAWN, drawn

NUMBER = re.compile(r"\d(?:[\d,.:-]*\d)?%?(?=[^\d…]{0,3}$)")  # the last one of a line, with nothing but a frame behind
NARROW = sorted(DRAWN.glob("*-80x24*.svg"))


@pytest.mark.parametrize("path", NARROW, ids=lambda path: path.stem[12:])
def test_the_number_that_ends_a_line_is_whole(path: Path) -> None:
    """A number that a wider screen shows with more digits was cut; a cut one ends in "…"."""
    wide = re.findall(r"\d(?:[\d,.:-]*\d)?%?", drawn(path.with_name(path.name.replace("80x24", "120x40"))))
    for line in drawn(path).splitlines()[1:-1]:
        if {"│", "╰", "╭"} & set(line):
            continue  # a dialog lies over it
        for last in NUMBER.findall(line.rstrip()):
            longer = [number for number in wide if number != last and number.startswith(last)]
            assert last in wide or not longer, line
