"""A field is declared once: what is shown of it can be typed again, in either language."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.issue_codes import KINDS
from zjtui.domain.parse import parse
from zjtui.domain.project_codes import FIELDS9, LIST_KINDS
from zjtui.domain.show import show, typed
from zjtui.errors import Refused
from zjtui.i18n import LANGUAGES, set_language

TODAY = date(2023, 9, 20)
FIELDS = {
    f"{entity}.{name}": field for entity in registry.ENTITIES for name, field in registry.model(entity).fields().items()
}
TYPED = [name for name, field in FIELDS.items() if field.kind is not Kind.OBJECTS]
CODED = [name for name, field in FIELDS.items() if field.codes]
WORDS = st.text("abc 甲乙丙（）0", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
PERCENT = st.integers(0, 100) | st.integers(1, 9999).filter(lambda n: n % 100).map(lambda n: n / 100)
PARTIAL = st.dates(date(1990, 1, 1), date(2099, 12, 31)).flatmap(
    lambda day: st.sampled_from([4, 7, 10]).map(lambda cut: day.isoformat()[:cut])
)


def values(field: F) -> st.SearchStrategy[Any]:
    """Return values that the field can hold."""
    match field.kind:
        case Kind.CODE if field.codes:
            return st.sampled_from(list(field.codes))
        case Kind.CODES if field.codes:
            return st.lists(st.sampled_from(list(field.codes)), unique=True)
        case Kind.DATE:
            return st.dates(date(1990, 1, 1), TODAY if field.past else date(2099, 12, 31))
        case Kind.PARTIAL | Kind.PERCENT | Kind.YESNO:
            return {Kind.PARTIAL: PARTIAL, Kind.PERCENT: PERCENT, Kind.YESNO: st.booleans()}[field.kind]
        case Kind.MONTH:
            return PARTIAL.filter(lambda text: len(text) == 7)
        case Kind.MONEY:
            return st.integers(-(2**62), 2**62)
        case Kind.AREA | Kind.INT:
            return st.integers(0, 10**13)
        case Kind.NUMBER:
            return st.floats(0, 1e12).map(lambda number: round(number, 4)) | st.integers(0, 10**9).map(
                lambda number: number / 1e6
            )
        case Kind.LIST | Kind.REFS:
            return st.lists(WORDS, unique=True)
        case Kind.LONG:
            return st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
        case _:
            return WORDS


@settings(max_examples=20)
@given(st.data(), st.sampled_from(LANGUAGES))
@pytest.mark.parametrize("name", TYPED)
def test_what_is_written_into_a_form_is_read_back_unchanged(name: str, data: st.DataObject, lang: str) -> None:
    set_language(lang)
    field = FIELDS[name]
    value = data.draw(values(field))
    read = parse(field, typed(field, value), TODAY)
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODED)
def test_what_a_list_shows_of_codes_can_be_typed(name: str, lang: str) -> None:
    set_language(lang)
    field = FIELDS[name]
    for code in field.codes or ():
        value = [code] if field.kind is Kind.CODES else code
        assert parse(field, show(field, value), TODAY) == value


@pytest.mark.parametrize("name", TYPED)
def test_nothing_typed_is_nothing(name: str) -> None:
    field = FIELDS[name]
    empty: Any = [] if field.kind in (Kind.CODES, Kind.REFS, Kind.LIST) else False if field.kind is Kind.YESNO else None
    assert parse(field, " \n", TODAY) == empty
    assert show(field, None) == typed(field, None) == ""


@settings(max_examples=20)
@given(st.text(max_size=20) | st.text("0123456789年月日万亿亩、，.-+\0\ud800", max_size=12))
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.OBJECTS])
def test_whatever_is_typed_is_understood_or_refused_with_a_rule(kind: Kind, text: str) -> None:
    field = next(field for field in FIELDS.values() if field.kind is kind)
    try:
        value = parse(field, text, TODAY)
    except Refused as refusal:
        assert refusal.rule and str(refusal)
    else:
        assert "\0" not in str(value)
        str(value).encode()


@pytest.mark.parametrize("text", ["F3", "f3", "Ｆ３", " strong transport ", "Strong transport province", "strong tra"])
def test_a_code_is_found_by_itself_its_label_or_the_beginning_of_it(text: str) -> None:
    assert FIELDS9.find(text) == "F3"


def test_a_chinese_label_is_found_on_a_chinese_screen() -> None:
    set_language("zh")
    assert (FIELDS9.find("交通强省"), FIELDS9.find("交通"), KINDS.find("land")) == ("F3", "F3", "land")


@pytest.mark.parametrize("text", ["", "F10", "nothing", "c"])
def test_what_means_no_code_or_several_is_refused_with_the_choices(text: str) -> None:
    with pytest.raises(Refused, match="Advanced manufacturing base") as error:
        FIELDS9.find(text)
    assert error.value.rule == "G-01"


def test_a_code_of_a_newer_version_is_shown_as_it_is() -> None:
    assert (
        show(F("Lists", Kind.CODES, codes=LIST_KINDS), ["key_city", "from_the_future"]) == "City key、from_the_future"
    )
