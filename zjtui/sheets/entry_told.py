"""What is told of a line beside what its cells say; and what a line of problems calls its problem."""

import re
from collections.abc import Iterator

from zjtui.errors import Notice
from zjtui.i18n import N_, joined
from zjtui.sheets.entry_cells import ReadColumn
from zjtui.sheets.layout import Line
from zjtui.sheets.lines import SKIPPED
from zjtui.sheets.mapping import shown
from zjtui.usecases.import_line import Entry

_NAMING = ("name", "code", "project_uid", "title_text", "person_uid")
_TITLE, _DETAIL, _TITLE_LONG = ("issue", "", "title_text"), ("issue", "", "detail"), 100  # characters
_PHRASE = 30  # characters that a title may well have


def told_of(line: Line, columns: list[ReadColumn]) -> Iterator[Notice]:
    """Yield what is seen in a file and not in its values: hidden, struck out, unseen letters. Rule L-23."""
    if not (line.hidden or line.struck or line.unseen or line.cut):
        return
    if line.hidden:
        yield Notice(N_("The row is hidden in the file"), rule="L-23")
    heads = {column.number: column.head for column in columns}
    if struck := [heads[column] for column in sorted(line.struck) if column in heads]:
        yield Notice(N_("Struck out in the file: {names}"), rule="L-23", names=joined(struck))
    for column in columns:
        if column.number in line.cut:
            text = N_("{column}: a part of “{value}” is struck out in the file; “{text}” is taken")
            cells = {"value": shown(line.cut[column.number]), "text": shown(line.cells[column.number])}
            yield Notice(text, rule="L-23", column=column.head, **cells)
        cell = line.cells[column.number] if column.number < len(line.cells) else None
        if column.number in line.unseen and column.key[2] in _NAMING:
            text = N_("{column}: letters that nobody sees were left out of “{value}”")
            yield Notice(text, rule="L-23", column=column.head, value=shown(cell))


def problem(entry: Entry, kind: str, *, described: bool = False) -> None:
    """Let a line without a problem be no data; of a long one the beginning is its title, the whole its detail.

    `described`: the column of titles is called a description, which is kept as one where it is more than a phrase.
    """
    text = entry.texts.get(_TITLE, "")
    if not text and (whole := entry.texts.get(_DETAIL, "")):  # a list without a column of titles
        text = _short(whole)
        entry.put(*_TITLE, text, text)
    if not text and not entry.faults and kind == "issue":
        entry.skipped = "nothing"
        entry.notices.append(Notice(SKIPPED.labels["nothing"]))
    short = _short(text) if len(text) > _TITLE_LONG else text
    if short != text:
        entry.put(*_TITLE, short, short)
    if short != text or (described and len(text) > _PHRASE):
        detail = entry.texts.get(_DETAIL, "")
        whole = detail if text in detail else f"{text}\n{detail}".strip()
        entry.put(*_DETAIL, whole, whole)


def _short(text: str) -> str:
    """Return the beginning of a text that may stand for it: its first sentence, or as much as a title holds."""
    first = re.split(r"[。；;\n]", text)[0].strip()
    if 0 < len(first) <= _TITLE_LONG:
        return first
    return text if len(text) <= _TITLE_LONG else text[: _TITLE_LONG - 1] + "…"
