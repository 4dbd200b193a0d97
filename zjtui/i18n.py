"""Language at run time: English in the source, Chinese from the gettext catalogue.

``N_`` marks a text for translation and returns it unchanged: everything declared at import time (field labels,
key bindings, enumeration labels) is marked, never translated, because the language can change while the app runs.
``_`` translates at the moment of showing; in English it follows the numbers put in: "1 project", "2 projects".

A text before ``|`` is context for the translator and is not shown: ``N_("state|Open")`` is "Open" in English.
"""

import gettext
import locale
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from zjtui.english import counting

LANGUAGES = ("zh", "en")
_CATALOGUES = {"zh": "zh_CN"}
_LOCALES = Path(__file__).parent / "locales"

_current = "en"
_translation: gettext.NullTranslations = gettext.NullTranslations()
_spoken: ContextVar[str] = ContextVar("spoken", default="")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def N_(text: str) -> str:  # noqa: N802 - the customary gettext name
    """Mark `text` for translation without translating it yet."""
    return text


def _(text: str) -> str:
    """Return `text` in the current language."""
    if not text:
        return ""
    spoken = _spoken.get()
    shown = (_load(spoken) if spoken else _translation).gettext(text)
    if shown is not text:
        return shown
    return counting(text.split("|", 1)[1] if "|" in text else text)


def counted(text: str, count: int) -> str:
    """Return the text for `count` of something: `{count}` is filled in."""
    return _(text).format(count=f"{count:,}")


def joined(items: Iterable[str]) -> str:
    """Return names in a row, as the language separates them."""
    return _(N_("names|, ")).join(items)


def every_language(text: str) -> list[str]:
    """Return `text` in every language that the product speaks."""
    english = text.rpartition("|")[2]
    return list(dict.fromkeys([english, *(_load(lang).gettext(text).rpartition("|")[2] for lang in _CATALOGUES)]))


@cache
def _load(lang: str) -> gettext.NullTranslations:
    name = _CATALOGUES.get(lang)
    return gettext.translation("zjtui", _LOCALES, [name], fallback=True) if name else gettext.NullTranslations()


def set_language(lang: str) -> None:
    """Switch every later ``_`` to `lang`, one of `LANGUAGES`."""
    global _current, _translation
    if lang not in LANGUAGES:
        raise ValueError(lang)
    _translation = _load(lang)
    _current = lang


def language() -> str:
    """Return the current language, one of `LANGUAGES`."""
    return _spoken.get() or _current


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Speak `lang` for a while: into a paper of another language. Screens beside it keep the reader's."""
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


def language_of(texts: Iterable[str]) -> str:
    """Return the language in which texts are written: Chinese where any of them has a Chinese letter."""
    return "zh" if any(_HAN.search(text) for text in texts) else "en"


def default_language() -> str:
    """Return the language the machine is set to, Chinese where it says nothing: most users type Chinese."""
    named = os.environ.get("ZJTUI_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if not named:
        named = locale.getlocale()[0] or ""
    return "en" if named.lower().startswith("en") else "zh"
