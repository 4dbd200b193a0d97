"""A field is declared once: what is shown of it can be typed again; a refusal names field and rule."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zjtui.domain import registry
from zjtui.domain.check import check
from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import parse
from zjtui.domain.show import typed
from zjtui.errors import RefusedMany

TODAY = date(2023, 9, 20)
FIELDS = [
    (entity, name, field) for entity in registry.ENTITIES for name, field in registry.model(entity).fields().items()
]
TYPED = [item for item in FIELDS if item[2].kind not in (Kind.OBJECTS, Kind.REF, Kind.REFS)]
WORDS = st.text("abc甲乙丙", min_size=1, max_size=8)


def values(field: F) -> st.SearchStrategy[Any]:
    """Return values that the field can hold."""
    match field.kind:
        case Kind.CODE if field.codes:
            return st.sampled_from(list(field.codes))
        case Kind.CODES if field.codes:
            return st.lists(st.sampled_from(list(field.codes)), unique=True)
        case Kind.DATE:
            return st.dates(date(2000, 1, 1), TODAY)
        case Kind.PARTIAL:
            return st.sampled_from(["2024", "2024-03", "2024-03-09"])
        case Kind.MONTH:
            return st.sampled_from(["2023-01", "2023-12"])
        case Kind.MONEY | Kind.AREA | Kind.INT:
            return st.integers(0, 10**13)
        case Kind.NUMBER:
            return st.integers(0, 10**9).map(lambda number: number / 100)
        case Kind.YESNO:
            return st.booleans()
        case Kind.LIST:
            return st.lists(WORDS, unique=True)
        case _:
            return WORDS


@settings(deadline=None, max_examples=15)
@given(st.data())
@pytest.mark.parametrize(("entity", "name", "field"), TYPED, ids=[f"{entity}.{name}" for entity, name, _field in TYPED])
def test_what_is_written_into_a_form_is_read_back_unchanged(
    entity: str, name: str, field: F, data: st.DataObject
) -> None:
    value = data.draw(values(field))
    assert parse(field, typed(field, value), TODAY) == value


@pytest.mark.parametrize("entity", registry.ENTITIES)
def test_an_empty_record_is_refused_naming_field_and_rule(entity: str) -> None:
    with pytest.raises(RefusedMany) as error:
        check(registry.model(entity), {"uid": "x"}, TODAY)
    for refusal in error.value.refusals:
        assert refusal.field in registry.model(entity).fields()
        assert refusal.rule


def test_a_code_of_a_newer_version_that_was_there_stays() -> None:
    kind = registry.model("project")
    values = {"uid": "x", "name": "甲", "region_code": "330100", "total_invest": 10**9, "attr": "from_the_future"}
    with pytest.raises(RefusedMany, match="known code"):
        check(kind, values, TODAY)
    assert check(kind, {**values, "name": "乙"}, TODAY, before=kind.trusted(values)).attr == "from_the_future"
