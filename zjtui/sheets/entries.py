"""From a list's lines to what each of them says: values field by field, and what is wrong with it."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.parse import parse
from zjtui.errors import Msg, Refused
from zjtui.i18n import N_
from zjtui.sheets import columns
from zjtui.sheets.columns import Target
from zjtui.sheets.layout import Line, filled
from zjtui.sheets.mapping import Column, Plan
from zjtui.sheets.values import period, typed_text
from zjtui.usecases.importing import Entry, Fault

_BY_CATEGORY = ("region_code", "attr", "field9")  # what a heading between the data can say of a project
_BARE = re.compile(
    r"^\s*([一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、]|[①-⑳]|—+)\s*|[(（]\s*共?\s*\d.*$|\s+\d+\s*[个项]$"
)


def entries(plan: Plan, today: date) -> Iterator[Entry]:
    """Yield what every line below the header says, those without data too: they are counted and listed."""
    reader = _Reader(plan, today)
    for line in plan.table.lines():
        yield reader.entry(line)


class _Reader:
    """Reads the lines of one list."""

    def __init__(self, plan: Plan, today: date) -> None:
        self.plan, self.today = plan, today
        self.mapped = [column for column in plan.columns if column.target]
        self.keyed = any(column.target and column.target.field == "uid" for column in self.mapped)
        self.known = {str(column.target) for column in self.mapped}
        self.percent = self._fractions()

    def entry(self, line: Line) -> Entry:
        """Return what one line says."""
        cells = tuple("" if cell is None else cell for cell in line.cells)
        if line.skipped and not self._has_key(line):
            return Entry(line.number, line.skipped, cells=cells)
        entry = Entry(line.number, "", cells=cells)
        for column in self.mapped:
            self._take(entry, column, line)
        self._complete(entry, line)
        return entry

    def _has_key(self, line: Line) -> bool:
        """Tell whether a row was exported: then it is data, whatever its texts look like."""
        places = [column.number for column in self.mapped if column.target and column.target.field == "uid"]
        return any(place < len(line.cells) and filled(line.cells[place]) for place in places)

    def _take(self, entry: Entry, column: Column, line: Line) -> None:
        target = column.target
        assert target is not None
        if column.number in line.wrong:
            what = line.wrong[column.number]
            msgid = N_("A formula without a value: open the file, let it calculate, and save it") if (
                what == "formula"
            ) else N_("The cell holds the error {what}")  # fmt: skip
            entry.faults.append(Fault(column.heading.text, what, Msg(msgid, what=what), "L-03"))
            return
        cell = line.cells[column.number] if column.number < len(line.cells) else None
        if target.field == "uid":
            entry.uid = str(cell or "").strip()
            return
        if not filled(cell) or (_nothing(cell) and not self.keyed):
            if self.keyed:
                entry.empty.append((target.entity, target.period, target.field))
            return
        if column in self.percent and isinstance(cell, int | float):
            cell = round(cell * 100, 9)
        field = columns.declared(target)
        try:
            text = typed_text(cell, field, column.unit)
            entry.heads[(target.entity, target.period, target.field)] = column.heading.text
            self._put(entry, target, field, text)
        except Refused as refusal:
            entry.faults.append(
                Fault(column.heading.text, str(cell), Msg(refusal.msgid, **refusal.params), refusal.rule)
            )

    def _put(self, entry: Entry, target: Target, field: F, text: str) -> None:
        if field.kind is Kind.PARTIAL and (ends := period(text)):
            other = target.field.replace("_start", "_end")
            if other != target.field and str(Target(target.entity, other, target.period)) not in self.known:
                ending = registry.model(target.entity).fields()[other]
                entry.put(target.entity, target.period, other, parse(ending, ends[1], self.today), ends[1])
            text = ends[0]
        if target.field == "region_code":
            earlier = entry.texts.get((target.entity, target.period, target.field))
            text = f"{earlier}/{text}" if earlier and earlier != text else text
        if field.kind is Kind.MONTH and re.fullmatch(r"\d{1,2}月?", text):
            text = f"{target.period[:4] or self.plan.year}-{text.rstrip('月')}"
        entry.put(target.entity, target.period, target.field, parse(field, text, self.today), text)

    def _complete(self, entry: Entry, line: Line) -> None:
        """Add what the headings between the data say, and what holds for every row."""
        for text in () if self.keyed else line.categories:
            for name, value, shown in self._of_category(text):
                if ("project", "", name) not in entry.texts:
                    entry.put("project", "", name, value, shown)
        for key, text in self.plan.fixed.items():
            target = Target.of(key)
            if (target.entity, target.period, target.field) not in entry.texts:
                field = columns.declared(target)
                entry.put(target.entity, target.period, target.field, parse(field, text, self.today), text)

    def _of_category(self, text: str) -> Iterator[tuple[str, Any, str]]:
        if self.plan.kind != "project":
            return
        bare = _BARE.sub("", unicodedata.normalize("NFKC", text)).strip()
        plain = re.sub(r"(项目|类项目|类)$", "", bare)
        fields = registry.model("project").fields()
        for name in _BY_CATEGORY:
            codes = fields[name].codes
            if codes is None:
                if re.fullmatch(r"\S{1,8}[省市县区]", bare):
                    yield name, bare, bare
                continue
            for wanted in dict.fromkeys((bare, plain)):
                try:
                    yield name, codes.find(wanted), wanted
                    break
                except Refused:
                    continue

    def _fractions(self) -> list[Column]:
        """Return the columns of percentages that stand as fractions, as a workbook keeps “75%”."""
        found = []
        for column in self.mapped:
            if column.target and column.target.field == "progress_pct":
                cells = [
                    line.cells[column.number]
                    for line in self.plan.table.lines()
                    if not line.skipped and column.number < len(line.cells)
                ]
                numbers = [float(cell) for cell in cells if isinstance(cell, int | float)]
                if numbers and max(numbers) <= 1 and any(number % 1 for number in numbers):
                    found.append(column)
        return found


def _nothing(cell: Any) -> bool:
    return isinstance(cell, str) and cell.strip() in (
        "-",
        "—",
        "--",
        "——",
        "/",
        "／",
        "无",
        "暂无",
        "待定",
        "N/A",
        "n/a",
    )
