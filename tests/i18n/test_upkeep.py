"""The tool that keeps the catalogue: it sees every kind of fault, and an update changes only what must change."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from zjtui.domain import project_codes, service_codes
from zjtui.domain.codes import Codes
from zjtui.i18n import _, set_language
from zjtui.locales import catalogue
from zjtui.ui import actions

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
BAR = [action for group in actions.SCREENS.values() for action in group if action.footer]


def entry(text: str, translation: str) -> str:
    return f'msgid "{text}"\nmsgstr "{translation}"\n\n'


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue in place of the real one."""
    path = tmp_path / "zjtui.po"
    monkeypatch.setattr(catalogue, "SOURCE", path)
    monkeypatch.setattr(catalogue, "messages", lambda: {"Open", "state|Open", "{count} found"})
    return path


@pytest.mark.parametrize(
    ("faulty", "problem"),
    [
        (entry("Open", ""), "not translated: Open"),
        ("#, fuzzy\n" + entry("Open", "打开"), "fuzzy: Open"),
        (entry("Open", "打开") + entry("Gone", "没了"), "not in the code any more: Gone"),
        ("", "not in the catalogue: Open"),
    ],
)
def test_a_fault_is_seen(written: Path, faulty: str, problem: str) -> None:
    written.write_text(
        HEAD + faulty + entry("state|Open", "待交办") + entry("{count} found", "找到 {count} 条"), "utf-8"
    )
    assert list(catalogue.problems()) == [problem]
    assert catalogue.main(["check"]) == 1


def test_a_broken_placeholder_and_a_translated_context_are_seen(written: Path) -> None:
    faulty = entry("state|Open", "状态|待交办") + entry("{count} found", "找到 {数} 条")
    written.write_text(HEAD + entry("Open", "打开") + faulty, "utf-8")
    assert sorted(catalogue.problems()) == [
        "other placeholders: {count} found -> 找到 {数} 条",
        "the context is not translated: 状态|待交办",
    ]


def test_an_update_keeps_translations_drops_what_is_gone_and_marks_nothing_fuzzy(written: Path) -> None:
    written.write_text(
        HEAD + entry("Gone", "没了") + entry("{count} found", "找到 {count} 条") + entry("Open", "打开"), "utf-8"
    )
    catalogue.update()
    text = written.read_text("utf-8")
    found: dict[Any, Any] = {message.id: message.string for message in read_po(BytesIO(text.encode())) if message.id}
    assert found == {"Open": "打开", "state|Open": "", "{count} found": "找到 {count} 条"}
    assert list(found) == sorted(found)
    assert "#" not in text
    catalogue.update()
    assert written.read_text("utf-8") == text


def test_the_catalogue_in_the_repository_is_as_an_update_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = catalogue.SOURCE.read_text("utf-8")
    copy = tmp_path / "zjtui.po"
    copy.write_text(before, "utf-8")
    monkeypatch.setattr(catalogue, "SOURCE", copy)
    catalogue.update()
    assert copy.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("codes", "official"),
    [
        (
            project_codes.FIELDS9,
            "先进制造业基地 科技创新强基 交通强省 清洁能源保供 水网提升安澜 城镇有机更新 农业农村优先 文化旅游融合 民生设施",
        ),
        (project_codes.ATTRS, "产业 基础设施 社会民生 生态环保"),
        (project_codes.NATURES, "新建 扩建 改建 技术改造 迁建 恢复 单纯购置"),
        (project_codes.AUDIT_TYPES, "审批类 核准类 备案类"),
        (project_codes.WITHDRAW_REASONS, "前期审批滞后 征迁不力 规划调整 投资意愿消退 其他"),
        (service_codes.PAUSE_REASONS, "业主准备 补正材料 专家评审 公示 听证 上级审批"),
    ],
)
def test_official_terms_are_used_word_for_word_and_in_order(codes: Codes, official: str) -> None:
    set_language("zh")
    assert [codes.label(code) for code in codes] == official.split()


def test_keys_have_short_names_in_chinese() -> None:
    set_language("zh")
    names = {_(action.label) for action in BAR} - {"中文/English", "存为 Word"}
    assert all(1 <= len(name) <= 4 for name in names)
