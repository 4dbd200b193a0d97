"""A file as a job for `usecases/importing.py`: opened, its table found, its columns proposed, its shape remembered."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from zjtui.errors import UsageError
from zjtui.i18n import N_, _, joined
from zjtui.sheets import columns, entries_apart, finding
from zjtui.sheets.book import KEY, Book, open_book
from zjtui.sheets.entries import entries
from zjtui.sheets.headings import Heading
from zjtui.sheets.mapping import Plan
from zjtui.sheets.propose import propose
from zjtui.sheets.workbook import new_workbook, write_text
from zjtui.usecases.importing import Job, Result
from zjtui.usecases.session import Session

ENDINGS = (".xlsx", ".xls", ".ods", ".csv", ".tsv", ".json")
_KEPT = 40  # shapes of lists that are remembered


def read(
    session: Session,
    path: Path,
    kind: str = "",
    sheet: str = "",
    year: int = 0,
    header: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Book, Plan]:
    """Open a list and propose how it is read; `kind`, `sheet` and `year` settle what is not to be guessed.

    `header` is the row of its headings where a person says it. Further sheets that are read alike come with it.
    """
    book = open_book(path, cancelled)
    return book, planned(session, book, kind, sheet, year, header)


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Return the lists that are named: of a folder those that lie in it, by name; a file once."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        lists = [each for each in inside if each.suffix.lower() in ENDINGS and each.name[0] not in ".~"]
        if path.is_dir() and not lists:
            raise UsageError(N_("There is no list in the folder {path}"), path=path)
        found += lists if path.is_dir() else inside
    return list(dict.fromkeys(found))


def planned(session: Session, book: Book, kind: str = "", sheet: str = "", year: int = 0, header: int = 0) -> Plan:
    """Propose how an open list is read."""
    chosen = [item for item in book.sheets if not sheet or item.name == sheet]
    if not chosen:
        names = joined(item.name for item in book.sheets)
        raise UsageError(N_("There is no sheet “{value}”; there are: {names}"), value=sheet, names=names or "-")
    named_year, year = year, year or session.today.year
    lists, keyed = session.settings.lists, _keyed(book)
    table = (
        finding.pointed_at(chosen[0], kind or "project", header)
        if header
        else finding.found(book, chosen, kind or keyed, year, lists)
    )
    if named := re.search(r"(20\d\d)\s*年", table.title):
        year = named_year or int(named[1])
    elif not named_year:
        year = _year_of_plans(table.headings) or year
    kept = lists.get(table.shape)
    if kept and not kind and not header and kept.get("kind") in columns.KINDS and kept["kind"] != table.kind:
        table = finding.found(book, chosen, kept["kind"], year, lists)
    if kept and kept.get("kind") != table.kind:
        kept = None
    plan = propose(table, year, kept)
    _place(session, plan)
    for other in [] if sheet or keyed or header else book.sheets:
        alike = finding.alike(plan, other, year) if other is not table.sheet else None
        if alike:
            plan.more.append(propose(alike, year, kept))
            _place(session, plan.more[-1])
    plan.told = finding.told(book, plan, bool(sheet))
    return plan


def _year_of_plans(heads: Sequence[Heading]) -> int:
    """Return the year that the headings of plans name: without one in the title “1-8月” is of that; 0 for none."""
    years = {int(year) for head in heads for year in re.findall(r"(20\d\d)\s*年度?[^\d]{0,4}计划", head.text)}
    return years.pop() if len(years) == 1 else 0


def _place(session: Session, plan: Plan) -> None:
    """Take the region of a list without a column of regions from what stands above its header."""
    rows = session.reader().execute("SELECT uid, level, name_zh, parent FROM region ORDER BY level <> 'county', uid")
    regions = {row["name_zh"]: row for row in rows if row["level"] != "province"}
    above = " ".join((*plan.table.above, plan.table.sheet.name))
    named = next((row for name, row in regions.items() if name in above), None)
    if named is None:
        return
    plan.city = named["uid"] if named["level"] == "city" else named["parent"]
    mapped = {str(column.target) for column in plan.columns}
    if plan.kind == "project" and (named["level"] == "county" or "project.region_code" not in mapped):
        plan.fixed["project.region_code"] = plan.own_fixed["project.region_code"] = named["name_zh"]


def _keyed(book: Book) -> str:
    """Return the kind that an exported sheet names itself, "" for any other list."""
    for sheet in book.sheets:
        first = next(sheet.rows(), [])
        if first and str(first[0]).startswith(f"{KEY}:"):
            kind = str(first[0]).split(":")[1].split("@")[0]
            if kind not in columns.KINDS:
                raise UsageError(N_("Lists of this kind ({kind}) are exported only, not imported"), kind=kind)
            return kind
    return ""


def job(session: Session, plan: Plan, decisions: Mapping[int, str] | None = None, **more: Any) -> Job:
    """Return the list as something to preview and to take in; `more` are what else a `Job` knows."""
    for other in plan.more:
        finding.follow(plan, other)
    total = sum(max(each.table.sheet.height - each.table.first + 1, 0) for each in (plan, *plan.more))
    work = partial(entries, plan, session.today)
    if total >= entries_apart.LONG:
        work = partial(entries_apart.read_ahead, plan, session.today, total)
    return Job(plan.kind, work, total, decisions or {}, head=_head(plan), sums=plan.sums, **more)


def _head(plan: Plan) -> str:
    """Return which state of the register an exported sheet was written from, "" of any other list."""
    keys = [column.heading.text for column in plan.columns if column.heading.text.startswith(f"{KEY}:")]
    return keys[0].rpartition("@")[2] if keys and "@" in keys[0] else ""


def kinds_told(result: Result) -> str:
    """Return how many records of each kind a list adds and changes, "" where they are of one kind."""
    counts = result.by_kind
    each = _("{kind}: {new} new, {changed} changed")
    parts = [
        each.format(kind=_(columns.KIND_LABELS[entity]), new=f"{count['new']:,}", changed=f"{count['changed']:,}")
        for entity, count in counts.items()
    ]
    return _("; ").join(parts) if len(counts) > 1 else ""


def remember(session: Session, plan: Plan) -> None:
    """Keep what the columns mean for the next list of this shape."""
    lists = {shape: kept for shape, kept in session.settings.lists.items() if shape != plan.table.shape}
    lists[plan.table.shape] = plan.kept()
    session.settings.lists = dict(list(lists.items())[-_KEPT:])
    session.save_settings()


def write_refused(plan: Plan, result: Result, target: Path, *, over: bool = False) -> Path:
    """Write the refused rows as they stood, with their reasons in a last column: to be mended and imported again."""
    headings = plan.table.headings
    with new_workbook(target, over=over) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(_("Refused rows"))
        sheet.freeze_panes(1, 0)
        for place, heading in enumerate(headings):
            unit = next((column.unit for column in plan.columns if column.heading == heading), "")
            named = f"{heading.text}({unit})" if unit and unit not in heading.text else heading.text
            write_text(sheet, 0, place, named, bold)
        write_text(sheet, 0, len(headings), _(REASON), bold)
        sheet.set_column(len(headings), len(headings), 60)
        for row, line in enumerate(result.of("refused"), 1):
            for place, heading in enumerate(headings):
                cell = line.cells[heading.column] if heading.column < len(line.cells) else ""
                if cell in ("", None):
                    continue
                if isinstance(cell, bool):
                    sheet.write_boolean(row, place, cell)
                elif isinstance(cell, int | float):
                    sheet.write_number(row, place, cell)
                elif hasattr(cell, "isoformat"):
                    sheet.write_datetime(row, place, cell, day)
                else:
                    write_text(sheet, row, place, str(cell))
            write_text(sheet, row, len(headings), "; ".join(str(fault) for fault in line.faults))
    return target.absolute()


REASON = N_("Why it was refused")
