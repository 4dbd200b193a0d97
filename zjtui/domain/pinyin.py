"""Pinyin of names: initials to find by (舟山绿色石化 -> zslssh) and full spelling to sort by.

Place names are read piece by piece, or 湖州市长兴县 would be read with 市长 (mayor) in the middle.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

# Readings of place names that a general dictionary gets wrong.
_PLACES = {
    "台州": "tai zhou", "天台": "tian tai", "乐清": "yue qing", "丽水": "li shui", "嵊州": "sheng zhou",
    "嵊泗": "sheng si", "缙云": "jin yun", "鄞州": "yin zhou", "衢州": "qu zhou", "衢江": "qu jiang",
    "长兴": "chang xing", "婺城": "wu cheng", "柯桥": "ke qiao", "瓯海": "ou hai", "龙游": "long you",
    "岱山": "dai shan", "黄岩": "huang yan", "莲都": "lian du", "六横": "liu heng", "朱家尖": "zhu jia jian",
}  # fmt: skip


_HAN = re.compile(r"([\u4e00-\u9fff]+)")


_READ = re.compile("(" + "|".join(sorted(_PLACES, key=len, reverse=True)) + ")")  # within a longer name too


def syllables(text: str, places: Iterable[str] = ()) -> list[str]:
    """Return one item per Chinese character, and other letters and digits as they are, in lower case."""
    read = _reader(tuple(places))
    found: list[str] = []
    for run in _HAN.split(unicodedata.normalize("NFKC", text).casefold()):
        found += run if run.isascii() else read(run)
    return [item for item in found if item.isalnum()]


@cache
def _reader(places: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """Return what reads a run of Chinese characters, the places in it by themselves."""
    ordered = sorted(set(places) | set(_PLACES), key=len, reverse=True)
    splitter = re.compile("(" + "|".join(map(re.escape, ordered)) + ")")

    @lru_cache(maxsize=20_000)  # names that differ by their number share what stands around it
    def read(run: str) -> tuple[str, ...]:
        from pypinyin.seg import simpleseg

        found: list[str] = []
        for piece in splitter.split(run):
            for part in _READ.split(piece):
                if part in _PLACES:
                    found += _PLACES[part].split()
                else:
                    found += (syllable for word in simpleseg.seg(part) for syllable in _of_word(word))
        return tuple(found)

    return read


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    """Return the syllables of one word: names are made of few words, and reading one costs more than all else."""
    import pypinyin

    found: list[str] = []
    # Runs without pinyin come back whole: digits and letters are taken one by one.
    for part in pypinyin.lazy_pinyin(word):
        found += [part] if part.isascii() and part.isalpha() and part not in word else list(part)
    return tuple(found)


def keys(text: str, places: Iterable[str] = ()) -> tuple[str, str]:
    """Return the key to sort `text` by and its initials."""
    parts = syllables(text, places)
    return " ".join(parts)[:200], "".join(part[0] for part in parts)[:200]


@lru_cache(maxsize=4_000)
def spoken(text: str) -> tuple[str, str]:
    """Return the full pinyin of a label in one word, and its initials; both are empty for plain ASCII."""
    if text.isascii():
        return "", ""
    spelled, first = keys(text)
    return spelled.replace(" ", ""), first


def found_by(query: str, text: str) -> bool:
    """Tell whether `query` is part of `text`, of its full pinyin or of its initials."""
    full, first = spoken(text)
    return matches(query, f"{text} {full}", first) or "".join(query.casefold().split()) in full


def matches(query: str, text: str, initials: str) -> bool:
    """Tell whether `query` occurs in `text` or in its pinyin initials."""
    wanted = unicodedata.normalize("NFKC", query).casefold().strip()
    return wanted in unicodedata.normalize("NFKC", text).casefold() or wanted.replace(" ", "") in initials


def closeness(query: str, text: str, initials: str) -> int:
    """Return how near what `matches` is to what was typed: 0 begins so, 1 a word of it does, 2 holds it somewhere."""
    wanted, held = (unicodedata.normalize("NFKC", item).casefold().strip() for item in (query, text))
    if held.startswith(wanted) or initials.startswith(wanted.replace(" ", "")):
        return 0
    return 1 if any(word.startswith(wanted) for word in held.split()) else 2


def place_stems(names: Iterable[str]) -> tuple[str, ...]:
    """Return place names with and without their last character (杭州市 and 杭州), for `syllables`."""
    stems: set[str] = set()
    for name in names:
        stems.add(name)
        if len(name) > 2 and name[-1] in "市县区省":
            stems.add(name[:-1])
    return tuple(sorted(stems))
