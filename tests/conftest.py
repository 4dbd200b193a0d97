"""Registers made once and copied for each test; every test starts in English, away from the machine's own settings."""

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests import reading_here
from zjtui.i18n import set_language

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

TODAY = date(2023, 9, 20)
NOON = 1_695_182_400_000  # 2023-09-20 12:00 in Beijing
settings.register_profile("zjtui", deadline=None)  # speed is proved by the bench; a busy machine turns no test red
settings.load_profile("zjtui")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogue before anything reads it: the .mo is made, not committed."""
    if not hasattr(config, "workerinput"):  # once, not in every worker
        from zjtui.locales import catalogue

        catalogue.compile_mo()


def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among what was imported: a tenth of the time of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """English, no colour switch, no workspace or debug setting of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("ZJTUI_") or name == "NO_COLOR"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ZJTUI_LANG", "en")
    set_language("en")
    yield
    set_language("en")


@pytest.fixture(autouse=True)
def files_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the files of others in this process, but in tests that are about the other one."""
    if not request.node.get_closest_marker("apart"):
        monkeypatch.setattr("zjtui.sheets.apart.run", reading_here.run)


@pytest.fixture
def other_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever lies outside the workspace lies on another disk."""
    monkeypatch.setattr("zjtui.files.same_disk", lambda one, other: other.is_relative_to(one))


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register, made once. Never open it: copy it."""
    from zjtui.usecases.demo import new_demo

    folder = tmp_path_factory.mktemp("demo") / "workspace"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zjtui.store.changes.now_ms", lambda: NOON)
        new_demo(folder).close()
    return folder


@pytest.fixture
def workspace(demo_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration register for one test."""
    return Path(shutil.copytree(demo_workspace, tmp_path / "workspace"))


@pytest.fixture
def demo_session(workspace: Path) -> Iterator["Session"]:
    """The demonstration register, open."""
    from zjtui.usecases.session import open_session

    session = open_session(workspace, today=TODAY)
    yield session
    session.close()


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two projects, a follow-up and an issue, made once. Never open it: copy it."""
    from zjtui.domain.named import New
    from zjtui.usecases import follow_up, issue, project, setup

    folder = tmp_path_factory.mktemp("small") / "workspace"
    session = setup.new(folder, today=TODAY, person="tester")
    dock = {"name": "舟山绿色石化基地", "region_code": "330900", "total_invest": 12_000_000_000, "attr": "industrial"}
    line = {"name": "杭州西站枢纽", "region_code": "330100", "total_invest": 2_500_000_000, "attr": "infrastructure"}
    uid = project.add(session, dock).uid
    project.add(session, {**line, "site": "余杭区", "owner_org": New("杭州交投")})
    follow_up.add(session, uid, {"findings": "现场查看桩基施工", "people": [New("张三")]})
    issue.add(session, uid, {"title_text": "用地指标未落实", "kind": "land", "severity": "mid"})
    session.close()
    return folder


@pytest.fixture
def small(small_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the small register for one test."""
    return Path(shutil.copytree(small_workspace, tmp_path / "small"))
