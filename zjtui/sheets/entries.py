"""From a list's lines to what each of them says: values field by field, and what is wrong with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from zjtui.domain.fields import NUMBERS, Kind
from zjtui.domain.parse import parse
from zjtui.errors import Msg, Notice
from zjtui.i18n import N_, joined
from zjtui.sheets import columns, vague, words
from zjtui.sheets.book import filled
from zjtui.sheets.columns import Target
from zjtui.sheets.entry_cells import Cells, Key, ReadColumn, fraction, told, wrong
from zjtui.sheets.entry_people import PERSON, People
from zjtui.sheets.entry_told import problem, told_of
from zjtui.sheets.layout import Line
from zjtui.sheets.lines import SKIPPED, plain_name, unmarked
from zjtui.sheets.mapping import Column, Plan, keys_of, shown
from zjtui.sheets.propose import further
from zjtui.usecases.import_line import Entry, Fault

_BY_CATEGORY = ("attr", "field9")  # what a heading between the data can say of a project, beside its place
_NOTHING = ("-", "—", "--", "——", "/", "／", "无", "暂无", "待定", "N/A", "n/a")
_OPEN = ("待定",)  # something is going to stand here: that it is left out is told
_OWN_PLACE = ("市本级", "市级", "市直", "市属", "本级", "市直属", "全市")
_DITTO = re.compile(r"[(（]?(同上|同前|同上行|上同|ditto|[〃″〞＂]{1,2}|[”“]{1,2}|\")[)）]?", re.IGNORECASE)
_DITTO_LONG, _UNPOINTED = 10, re.compile(r"[\s。.，,；;：:]")  # “同 上”, “同上。”
_APART = 2_000_000  # between the numbers of two sheets: no sheet has so many rows


def entries(plan: Plan, today: date) -> Iterator[Entry]:
    """Yield what every line below the header says, those without data too: they are counted and listed.

    Of a list in several sheets each says in which it stands.
    """
    places = {key: column.number for key, column in _keyed(plan)}
    for index, each in enumerate((plan, *plan.more)):
        for entry in _of_sheet(each, today):
            if plan.more:
                entry.row, entry.sheet = entry.number, each.table.sheet.name
                entry.number += index * _APART
            if index:
                entry.cells = _moved(entry.cells, {column.number: places[key] for key, column in _keyed(each)})
            yield entry


def _keyed(plan: Plan) -> list[tuple[str, Column]]:
    return list(zip(keys_of(column.heading for column in plan.columns), plan.columns, strict=True))


def _moved(cells: tuple[Any, ...], places: dict[int, int]) -> tuple[Any, ...]:
    """Return the cells of a row in the order of the columns of the first table."""
    found: list[Any] = [""] * (max(places.values(), default=-1) + 1)
    for column, place in places.items():
        if column < len(cells):
            found[place] = cells[column]
    return tuple(found)


def _of_sheet(plan: Plan, today: date) -> Iterator[Entry]:
    reader = _Reader(plan, today)
    for line in plan.table.lines():
        entry = reader.entry(line)
        if plan.kind == "contact" and not entry.skipped:
            yield from reader.people.each(entry, keyed=reader.keyed)
        else:
            yield entry


class _Reader:
    """Reads the lines of one list."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan, self.today = plan, today
        self.above: dict[int, Any] = {}  # what stood in a column of the row before
        self.project: tuple[Any, str] | None = None  # of the row before, and what it is called there
        self.amounts: dict[int, Any] = {}  # that stand for several rows
        self.people = People(plan)
        self.moved: dict[int, int] = {}  # where columns in another order stand in the first table
        self._map(plan.columns)

    def _map(self, columns: Sequence[Column]) -> None:
        """Take what the columns mean, from here on."""
        mapped = [(column, column.target) for column in columns if column.target]
        self.keys = [column.number for column, target in mapped if target.field == "uid"]
        self.keyed = bool(self.keys)
        self.known = {str(target) for _column, target in mapped}
        self.people.said_by_column = "contact.role" in self.known
        self.columns = [
            ReadColumn(column, target, fraction(self.plan, column, target))
            for column, target in mapped
            if target.field != "uid"
        ]
        self.cells = Cells(self.plan, self.today, self.known, keyed=self.keyed)

    def _again(self, line: Line) -> Iterator[Notice]:
        """Read on by headings that stand in the middle of a list in another order; those that are new are told."""
        self.moved = {}
        held = dict(zip(keys_of(column.heading for column in self.plan.columns), self.plan.columns, strict=True))
        found, new, read = [], list[str](), list[str]()
        for key, heading in zip(keys_of(line.again), line.again, strict=True):
            known = held.get(key)
            if known is None:
                more = further(self.plan, heading)
                found += [more] if more else []
                (read if more else new).append(heading.text)
            else:
                found.append(replace(known, heading=heading, unit=heading.unit or known.unit))
                self.moved[heading.column] = known.number
        self._map(found)
        self.above, self.amounts = {}, {}
        if read:
            yield Notice(N_("Below it stand further columns, which are read too: {names}"), rule="L-25",
                         names=joined(read))  # fmt: skip
        if new:
            yield Notice(N_("Below it stand columns that are not taken: {names}"), rule="L-25", names=joined(new))

    def entry(self, line: Line) -> Entry:
        """Return what one line says."""
        cells = tuple("" if cell is None else cell for cell in line.cells)
        left = self._left_out(line)
        if left:
            return Entry(line.number, left, cells=cells, notices=[Notice(SKIPPED.labels[left])])
        keys = [str(cells[place]).strip() for place in self.keys if place < len(cells)]
        if line.skipped and not any(keys):  # a row that was exported is data, whatever its texts look like
            notices = [Notice(SKIPPED.labels[line.skipped]), *(self._again(line) if line.again else ())]
            return Entry(line.number, line.skipped, cells=cells, notices=notices)
        cells = _moved(cells, self.moved) if self.moved else cells
        entry = Entry(line.number, "", cells=cells, uid=keys[-1] if keys else "")
        self.people.clear()
        for column in self.columns:
            cell = line.cells[column.number] if column.number < len(line.cells) else None
            if column.number in line.wrong:
                entry.faults.append(wrong(column, line.wrong[column.number]))
            elif line.shared and column.number in line.shared and column.field.kind in NUMBERS:
                self._shared(entry, column, line)
            elif line.struck and column.number in line.struck and self.plan.leaves("struck"):
                continue
            elif not filled(cell) or (not self.keyed and isinstance(cell, str) and cell.strip() in _NOTHING):
                if self.keyed:
                    entry.empty.append(column.key)
                elif isinstance(cell, str) and cell.strip() in _OPEN:
                    entry.notices.append(told(column, cell.strip(), vague.Plainly("", told=True)))
            else:
                self._take(entry, column, self._ditto(entry, column, cell) if isinstance(cell, str) else cell, line)
        self._from_above(entry)
        self._complete(entry, line)
        entry.notices += list(told_of(line, self.columns))
        return entry

    def _ditto(self, entry: Entry, column: ReadColumn, cell: str) -> Any:
        """Return what a cell says, that of the row above where it says so; an amount is never the one above."""
        if len(cell) < _DITTO_LONG and _DITTO.fullmatch(_UNPOINTED.sub("", cell)) and column.field.kind not in NUMBERS:
            above = self.above.get(column.number)
            if above is None:
                why = Msg(N_("Nothing stands above it"))
                entry.faults.append(Fault(column.head, cell, why, "L-21", column.key))
                return None
            entry.notices.append(told(column, cell.strip(), vague.Plainly(shown(above), told=True)))
            return above
        self.above[column.number] = cell
        return cell

    def _from_above(self, entry: Entry) -> None:
        """Take the project of the row above where a row that says something names none; told. Rule L-24."""
        key = (self.plan.kind, "", "project_uid")
        if self.keyed or f"{self.plan.kind}.project_uid" not in self.known:
            return
        if key in entry.texts:
            self.project = (entry.parts[key[:2]][key[2]], entry.texts[key])
        elif self.project and entry.texts:
            entry.put(*key, *self.project)
            text = N_("The row names no project: “{name}” is taken from above")
            entry.notices.append(Notice(text, rule="L-24", name=self.project[1]))

    def _shared(self, entry: Entry, column: ReadColumn, line: Line) -> None:
        """Take an amount that stands once for several rows as somebody said; else ask. Rule L-22."""
        first, last = line.shared[column.number]
        if line.number == first:
            self.amounts[column.number] = line.cells[column.number]
        amount = self.amounts.get(column.number)
        if self.plan.shared == "first":
            if line.number == first:
                self._take(entry, column, amount, line)
        elif self.plan.shared == "even" and isinstance(amount, int | float):
            self._take(entry, column, amount / (last - first + 1), line)
        elif self.plan.shared != "none":
            why = N_("{value} stands once for the rows {first} to {last}: say whose it is (Enter, or --shared)")
            told_of = Msg(why, value=shown(amount), first=first, last=last)
            entry.faults.append(Fault(column.head, shown(amount), told_of, "L-22", ("", "", "shared")))

    def _left_out(self, line: Line) -> str:
        """Return why a row is left out that somebody does not want: hidden in the file, or struck out as a whole."""
        if line.hidden and self.plan.leaves("hidden"):
            return "hidden"
        there = {column for column, cell in enumerate(line.cells) if filled(cell)}
        return "struck" if there and there <= line.struck and self.plan.leaves("struck") else ""

    def _take(self, entry: Entry, column: ReadColumn, cell: Any, line: Line) -> None:
        """Add what a cell says, or what is wrong with it."""
        if cell is None:
            return
        if column.key == PERSON and not self.keyed:
            self.people.note(column, cell)
            return
        said = self.cells.said(column, cell, line.scales.get(column.number))
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
            for key, value, wanted in self._of_category(text):
                if key not in entry.texts:
                    entry.put(*key, value, wanted)
        if self.plan.kind == "project":
            self._place(entry)
        if self.plan.kind in ("issue", "follow_up", "project") and not self.keyed:
            problem(entry, self.plan.kind, described="描述" in entry.heads.get(("issue", "", "title_text"), ""))
        if self.plan.kind == "project":
            self.people.add_to(entry)
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
                assert codes is not None
                value = codes.meant(words.meant(target, wanted, self.plan.year)[1])
                if value is None:
                    continue
                found = True
                yield (target.entity, target.period, target.field), value, wanted
                break
        if not found and re.fullmatch(r"\S{1,8}[省市县区]", bare):
            yield ("project", "", "region_code"), bare, bare


def _as_precise(column: ReadColumn, text: str, before: str) -> bool:
    """Tell whether a day, month or year is no vaguer than what an earlier column said: a range says years alone."""
    return column.field.kind is not Kind.PARTIAL or len(text) >= len(before)
