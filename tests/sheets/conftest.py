"""An empty register, copied for each test, and ways to make lists as offices make them."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import TODAY
from zjtui.usecases.session import Session, open_session

Rows = Sequence[Sequence[Any]]


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with the regions alone, made once. Never open it: copy it."""
    from zjtui.usecases import setup

    folder = tmp_path_factory.mktemp("empty") / "workspace"
    setup.new(folder, today=TODAY, person="tester").close()
    return folder


@pytest.fixture
def session(empty_workspace: Path, tmp_path: Path) -> Iterator[Session]:
    """An open, empty register."""
    opened = open_session(Path(shutil.copytree(empty_workspace, tmp_path / "workspace")), today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Write rows to a workbook; `merge` are ranges such as "A1:C1"."""

    def make(rows: Rows, merge: Sequence[str] = (), name: str = "list.xlsx", sheet: str = "Sheet1") -> Path:
        made = openpyxl.Workbook()
        page = made.active
        page.title = sheet
        for row in rows:
            page.append(list(row))
        for area in merge:
            page.merge_cells(area)
        made.save(tmp_path / name)
        return tmp_path / name

    return make


def rows_of(session: Session, entity: str = "project") -> list[dict[str, Any]]:
    """Return the stored rows of a table, in the order in which they came."""
    return [dict(row) for row in session.reader().execute(f"SELECT * FROM {entity} ORDER BY id")]
