"""Nothing that is stored for the program alone is shown: no code, no identifier, no uid, no name of a device."""

import html
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tests.ui.driver import TODAY, running
from zjtui.domain import registry
from zjtui.i18n import set_language
from zjtui.locales import catalogue
from zjtui.reports.registry import REPORTS
from zjtui.reports.telling import Params
from zjtui.sheets import markdown
from zjtui.usecases import attachment, freeze, register
from zjtui.usecases.session import open_session

DRAWN = Path(__file__).parent / "__snapshots__" / "test_snapshots"
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|\b[0-9a-f]{20,}\b")
SNAKE = re.compile(r"(?<![\w./-])[a-z][a-z0-9]*_[a-z0-9_]+(?![\w./])")
WORD = re.compile(r"(?<![\w./'’-])[A-Za-z][A-Za-z0-9]*(?![\w./'’])")


@cache
def codes() -> frozenset[str]:
    """Every stored code of every field."""
    kinds = [registry.model(entity) for entity in registry.ENTITIES]
    fields = [field for kind in kinds for field in kind.fields().values() if field.codes]
    return frozenset(code for field in fields for code in field.codes or () if code.islower())


@cache
def codes_alone() -> frozenset[str]:
    """The codes that no English text has as a word."""
    said = {word for text in catalogue.messages() for word in WORD.findall(text)}
    return codes() - said


def inner(text: str, *, chinese: bool) -> list[str]:
    """Return what stands in a text and means nothing to a person."""
    found = [*UID.findall(text), *SNAKE.findall(text)]
    known = codes() if chinese else codes_alone()
    return found + [word for word in WORD.findall(text) if word in known]


def drawn(path: Path) -> str:
    """The text of a screen as it was drawn, line by line."""
    lines: dict[str, list[str]] = {}
    for place, text in re.findall(r'<text class="terminal-r[^>]*? y="([\d.]+)"[^>]*>([^<]*)<', path.read_text("utf-8")):
        lines.setdefault(place, []).append(html.unescape(text).replace("\xa0", " "))
    return "\n".join("".join(parts) for parts in lines.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_screen_shows_a_code(lang: str) -> None:
    shown = {}
    for path in sorted(DRAWN.glob(f"*-{lang}-*.svg")):
        if found := inner(drawn(path), chinese=lang == "zh"):
            shown[path.stem] = sorted(set(found))
    assert not shown, "\n".join(f"{k}: {v}" for k, v in shown.items())


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_no_record_no_form_and_no_history_shows_a_code(workspace: Path, lang: str) -> None:
    shown = {}
    session = open_session(workspace, today=TODAY)
    project = session.reader().execute("SELECT uid FROM project ORDER BY id").fetchone()[0]
    attachment.add(session, project, Path(__file__))
    aside = {"kind": "issue_due", "about_uid": project, "reason": "等批文", "until": date(2023, 10, 1)}
    register.add(session, "set_aside", project, {**aside, "made_on": TODAY})
    register.add(session, "visit_plan", project, {"day": TODAY})
    freeze.make(session, "2023-08", "八月例会")
    session.close()
    async with running(workspace, lang, (160, 200)) as driver:
        reader = driver.app.session.reader()
        for entity in registry.ENTITIES:
            rows = reader.execute(f"SELECT uid FROM {entity} ORDER BY id LIMIT 1").fetchall()
            for row in rows if entity != "region" else ():
                driver.app.open_record(entity, row["uid"])
                await driver.settle()
                texts = [driver.text]
                await driver.press("f8")
                texts.append(driver.text)
                await driver.press("escape", "f2")
                texts.append(driver.text)
                await driver.press("escape", "escape")
                if found := inner("\n".join(texts), chinese=lang == "zh"):
                    shown[f"{entity} {row['uid']}"] = sorted(set(found))
                while len(driver.app.screen_stack) > 1:
                    driver.app.pop_screen()
    assert not shown, "\n".join(f"{k}: {v}" for k, v in shown.items())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_report_shows_a_code(workspace: Path, lang: str) -> None:
    set_language(lang)
    session = open_session(workspace, today=TODAY)
    project = session.reader().execute("SELECT uid FROM project ORDER BY id").fetchone()[0]
    shown = {}
    for name, report in REPORTS.items():
        page = report.make(session, Params(project=project if report.asks[0] == "project" else ""))
        if found := inner(markdown.content(page).decode(), chinese=lang == "zh"):
            shown[name] = sorted(set(found))
    session.close()
    assert not shown, "\n".join(f"{k}: {v}" for k, v in shown.items())
