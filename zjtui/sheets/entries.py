"""From a list's lines to what each of them says: values field by field, and what is wrong with it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from zjtui.domain.fields import Kind
from zjtui.domain.parse import parse
from zjtui.errors import Notice, Refused
from zjtui.sheets import columns, vague, words
from zjtui.sheets.book import filled
from zjtui.sheets.columns import Target
from zjtui.sheets.entry_cells import Cells, Key, ReadColumn, fraction, told, wrong
from zjtui.sheets.layout import Line
from zjtui.sheets.lines import plain_name, unmarked
from zjtui.sheets.mapping import Plan
from zjtui.usecases.import_line import Entry, Fault

_BY_CATEGORY = ("attr", "field9")  # what a heading between the data can say of a project, beside its place
_NOTHING = ("-", "—", "--", "——", "/", "／", "无", "暂无", "待定", "N/A", "n/a")
_OWN_PLACE = ("市本级", "市级", "市直", "市属", "本级", "市直属", "全市")
_PERSON, _ROLE_KEY, _ROLE = ("contact", "", "person_uid"), ("contact", "", "role"), Target("contact", "role")
_TITLE, _DETAIL, _TITLE_LONG = ("issue", "", "title_text"), ("issue", "", "detail"), 100  # characters


def entries(plan: Plan, today: date) -> Iterator[Entry]:
    """Yield what every line below the header says, those without data too: they are counted and listed."""
    reader = _Reader(plan, today)
    for line in plan.table.lines():
        entry = reader.entry(line)
        if plan.kind == "contact" and not entry.skipped:
            yield from reader.each_person(entry)
        else:
            yield entry


class _Reader:
    """Reads the lines of one list."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan, self.today = plan, today
        self.people: list[tuple[str, str, Notice | None]] = []  # of the line in hand, with the headings over them
        mapped = [(column, column.target) for column in plan.columns if column.target]
        self.keys = [column.number for column, target in mapped if target.field == "uid"]
        self.keyed = bool(self.keys)
        self.known = {str(target) for _column, target in mapped}
        self.columns = [
            ReadColumn(column, target, fraction(plan, column, target))
            for column, target in mapped
            if target.field != "uid"
        ]
        self.cells = Cells(plan, today, self.known, keyed=self.keyed)

    def entry(self, line: Line) -> Entry:
        """Return what one line says."""
        cells = tuple("" if cell is None else cell for cell in line.cells)
        keys = [str(cells[place]).strip() for place in self.keys if place < len(cells)]
        if line.skipped and not any(keys):  # a row that was exported is data, whatever its texts look like
            return Entry(line.number, line.skipped, cells=cells)
        entry = Entry(line.number, "", cells=cells, uid=keys[-1] if keys else "")
        self.people = []
        for column in self.columns:
            cell = line.cells[column.number] if column.number < len(line.cells) else None
            if column.number in line.wrong:
                entry.faults.append(wrong(column, line.wrong[column.number]))
            elif not filled(cell) or (not self.keyed and isinstance(cell, str) and cell.strip() in _NOTHING):
                if self.keyed:
                    entry.empty.append(column.key)
            else:
                self._take(entry, column, cell)
        self._complete(entry, line)
        return entry

    def each_person(self, entry: Entry) -> Iterator[Entry]:
        """Yield a contact for each person that a line names, in the role that the column's heading says."""
        if not self.people:
            nothing = not entry.faults and not self.keyed
            yield replace(entry, skipped="nothing") if nothing else entry
            return
        for name, head, notice in self.people:
            one = replace(
                entry,
                parts={part: dict(values) for part, values in entry.parts.items()},
                texts=dict(entry.texts),
                heads={**entry.heads, _PERSON: head},
                notices=[*entry.notices, *([notice] if notice else [])],
            )
            one.put(*_PERSON, name, name)
            target, text = words.meant(_ROLE, head, self.plan.year)
            if "contact.role" not in self.known and target == _ROLE and text != head:
                one.put(*_ROLE_KEY, text, text)
            yield one

    def _named(self, column: ReadColumn, cell: Any) -> None:
        """Note the persons that a cell of contacts names."""
        shown = " ".join(str(cell).split())
        names = vague.people(shown) or [shown]
        alone = len(names) == 1 and names[0] != shown
        notice = told(column, shown, vague.Plainly(names[0], told=True)) if alone else None
        self.people += [(name, column.head, notice) for name in names]

    def _take(self, entry: Entry, column: ReadColumn, cell: Any) -> None:
        """Add what a cell says, or what is wrong with it."""
        if column.key == _PERSON and not self.keyed:
            self._named(column, cell)
            return
        said = self.cells.said(column, cell)
        if isinstance(said, Fault):
            entry.faults.append(said)
            return
        if said.notice:
            entry.notices.append(said.notice)
        for key, value, text in said.fields:
            entry.heads[key] = column.head
            if key[2] == "region_code":  # a city in one column, its county in another
                earlier = entry.texts.get(key)
                both = f"{earlier}/{text}" if earlier and earlier != text else text
                entry.put(*key, both, both)
            elif key[2] == "project_uid" and key in entry.texts:  # its code in one column, its name in another
                named = sorted((entry.texts[key], text), key=lambda each: each[:1].isdigit())  # the name is shown first
                entry.put(*key, [entry.parts[key[:2]][key[2]], text], " · ".join(named))
            elif key not in entry.texts or (key == column.key and _as_precise(column, text, entry.texts[key])):
                entry.put(*key, [*value] if isinstance(value, list) else value, text)

    def _complete(self, entry: Entry, line: Line) -> None:
        """Add what the headings between the data say, and what holds for every row; then where the row's place is."""
        for text in () if self.keyed else reversed(line.categories):  # the nearest says it
            for key, value, shown in self._of_category(text):
                if key not in entry.texts:
                    entry.put(*key, value, shown)
        if self.plan.kind == "project":
            self._place(entry)
        if self.plan.kind == "issue" and not self.keyed:
            _problem(entry)
        for name, text in self.plan.fixed.items():
            target = Target.of(name)
            key = (target.entity, target.period, target.field)
            if key not in entry.texts:
                field = columns.declared(target)
                entry.put(*key, parse(field, text, self.today), text)
            elif key[2] == "region_code" and entry.by_site:
                entry.other_place = text

    def _place(self, entry: Entry) -> None:
        """Say where a project is as the register calls it: by its site where no column names the region."""
        key, site = ("project", "", "region_code"), ("project", "", "site")
        text = entry.texts.get(key)
        if text is None and not self.keyed and "project.region_code" not in self.known and site in entry.texts:
            text = entry.texts[site]
            entry.put(*key, text, text)
            entry.heads[key], entry.by_site = entry.heads[site], True
        if text is None:
            return
        own = self.plan.word(Target("project", "region_code"), text)
        if own is None and text.strip() in _OWN_PLACE:
            own = self.plan.city or None
        if own:
            entry.put(*key, own, text)

    def _of_category(self, text: str) -> Iterator[tuple[Key, Any, str]]:
        if self.plan.kind != "project":
            return
        bare = unmarked(text)
        plain = plain_name(bare)
        year = str(self.plan.year)
        found = False
        for target in (*(Target("project", name) for name in _BY_CATEGORY), Target("annual_plan", "year_class", year)):
            codes = columns.declared(target).codes
            for wanted in dict.fromkeys((bare, plain)):
                try:
                    assert codes is not None
                    value = codes.find(words.meant(target, wanted, self.plan.year)[1])
                except Refused:
                    continue
                found = True
                yield (target.entity, target.period, target.field), value, wanted
                break
        if not found and re.fullmatch(r"\S{1,8}[省市县区]", bare):
            yield ("project", "", "region_code"), bare, bare


def _as_precise(column: ReadColumn, text: str, before: str) -> bool:
    """Tell whether a day, month or year is no vaguer than what an earlier column said: a range says years alone."""
    return column.field.kind is not Kind.PARTIAL or len(text) >= len(before)


def _problem(entry: Entry) -> None:
    """Let a line without a problem be no data; of a long one the beginning is its title, the whole its detail."""
    text = entry.texts.get(_TITLE, "")
    if not text and not entry.faults:
        entry.skipped = "nothing"
    if len(text) > _TITLE_LONG:
        first = re.split(r"[。；;\n]", text)[0]
        short = first if 0 < len(first) <= _TITLE_LONG else text[: _TITLE_LONG - 1] + "…"
        entry.put(*_TITLE, short, short)
        if _DETAIL not in entry.texts:
            entry.put(*_DETAIL, text, text)
