"""The Chinese catalogue: whole, exact, and different words for different codes."""

import gettext
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import zjtui.domain
from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.domain.fields import Kind
from zjtui.i18n import N_, _, language, set_language
from zjtui.locales import catalogue

CODES = {
    f"{module.name}.{name}": value
    for module in iter_modules(zjtui.domain.__path__)
    for name, value in vars(import_module(f"zjtui.domain.{module.name}")).items()
    if isinstance(value, Codes)
}


def test_nothing_is_missing_fuzzy_left_over_or_has_other_placeholders() -> None:
    assert list(catalogue.problems()) == []


def test_a_planted_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    known = catalogue.messages()
    monkeypatch.setattr(catalogue, "messages", lambda: {*known, "A text that nobody translated"})
    assert list(catalogue.problems()) == ["not in the catalogue: A text that nobody translated"]


@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_codes_look_alike(name: str, lang: str) -> None:
    set_language(lang)
    labels = [CODES[name].label(code) for code in CODES[name]]
    assert len(set(labels)) == len(labels)
    assert all(CODES[name].find(label) == code for code, label in zip(CODES[name], labels, strict=True))


def test_the_language_switches_at_run_time_and_context_is_not_shown() -> None:
    word = N_("issue|Closed")
    set_language("zh")
    assert (_(word), language()) == ("已销号", "zh")
    set_language("en")
    assert (_(word), language()) == ("Closed", "en")


def test_the_compiled_catalogue_is_what_is_written() -> None:
    with Path(catalogue.SOURCE.with_suffix(".mo")).open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert all(compiled.gettext(message.id) == message.string for message in catalogue.read() if message.id)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_labels_that_are_typed_in_a_row_hold_no_separator(lang: str) -> None:
    set_language(lang)
    for entity in registry.ENTITIES:
        for field in registry.model(entity).fields().values():
            if field.kind is Kind.CODES and field.codes:
                labels = [field.codes.label(code) for code in field.codes]
                assert not [label for label in labels if set(label) & set(",，、;；")]
