"""The codes of a field to choose from: by their labels, in the other language, and by what offices call them."""

from functools import cache

from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.i18n import every_language
from zjtui.ui.dialogs.choice import Choice


def code_choices(entity: str, name: str) -> list[Choice]:
    """Return the choices of a field of codes, in the current language."""
    codes = _codes(entity, name)
    also = _also(entity, name)
    return [Choice(code, codes.label(code), also=also.get(code, "")) for code in codes]


@cache
def _also(entity: str, name: str) -> dict[str, str]:
    from zjtui.sheets import words

    codes = _codes(entity, name)
    called = words.called(entity, name)
    return {code: " ".join([*every_language(text), *called.get(code, ())]) for code, text in codes.labels.items()}


def _codes(entity: str, name: str) -> Codes:
    codes = registry.model(entity).fields()[name].codes
    assert codes is not None
    return codes
