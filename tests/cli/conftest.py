"""Calling `zjtui` as a script does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zjtui.__main__ import main


@dataclass
class Answer:
    """What one call printed and returned."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Answer]


@pytest.fixture
def zjtui(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Call `zjtui` in this process, without any workspace being named."""

    def call(*words: object) -> Answer:
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def cli(zjtui: Cli, small: Path) -> Cli:
    """Call `zjtui` on the small register, on 20 September 2023."""

    def call(*words: object) -> Answer:
        return zjtui("--workspace", small, "--today", "2023-09-20", *words)

    return call
