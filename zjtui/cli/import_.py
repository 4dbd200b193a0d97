"""`zjtui import FILE`: what a list says against the register, and taking it in."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.cli import output
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.text import visible

if TYPE_CHECKING:
    from zjtui.sheets.book import Book
    from zjtui.sheets.mapping import Plan
    from zjtui.usecases.import_line import Line
    from zjtui.usecases.importing import Job, Result
    from zjtui.usecases.session import Session

_SHOWN = 20  # lines of each kind without --all


def build(command: str) -> Parser:
    """Return the parser of `zjtui import`."""
    parser = command_parser(command)

    def option(name: str, about: str, **more: Any) -> None:
        parser.add_argument(name, help=escaped(about), **more)

    about = N_("the list: .xlsx .xls .ods .csv .tsv .json; several are taken in as one, of a folder all that lie in it")
    parser.add_argument("file", metavar="FILE", nargs="+", help=escaped(about))
    option("--kind", N_("what its rows are; else it is seen from the headings"), choices=_kinds(), default="")
    option("--sheet", N_("the sheet; else the one whose headings are known best"), metavar="NAME", default="")
    option("--header-row", N_("the row of the headings, where none of them is known"), metavar="ROW", type=count,
           default=0)  # fmt: skip
    option("--year", N_("the year of amounts whose heading names none"), metavar="YEAR", type=count, default=0)
    option("--column", N_("what a column means, e.g. 规模=scale or A=name; nothing after = leaves it out"),
           metavar="HEADING=FIELD", action="append", default=[])  # fmt: skip
    option(
        "--unit", N_("in what a column counts, e.g. 总投资=亿元"), metavar="HEADING=UNIT", action="append", default=[]
    )
    option("--set", N_("a value for every row that has none, e.g. region_code=长兴县"), metavar="FIELD=VALUE",
           action="append", default=[])  # fmt: skip
    option("--word", N_("what a text of a column means, e.g. 属地:南太湖新区=湖州市; nothing after = leaves it empty"),
           metavar="HEADING:TEXT=VALUE", action="append", default=[])  # fmt: skip
    option("--lower", N_("take states back where the list says so, with what that asks for, e.g. stage_reason=…"),
           metavar="FIELD=VALUE", action="append", default=[])  # fmt: skip
    option("--leave", N_("leave out what is hidden, or struck out, in the file"), choices=["hidden", "struck"],
           action="append", default=[])  # fmt: skip
    option("--shared", N_("an amount that stands once for several rows: of the first, in even parts, or of none"),
           choices=["first", "even", "none"], default="")  # fmt: skip
    option("--sums", N_("a total up to a month whose months are not known: spread over them, from the project's start "
                        "on, or of none"), choices=["spread", "opening", "none"], default="")  # fmt: skip
    option("--sure", N_("take amounts that are larger than what can be"), action="store_true")
    option("--twins", N_("rows that are nearly called like a project: new ones, or the same"), choices=["new", "same"],
           default="")  # fmt: skip
    option("--dry-run", N_("say what would be done, and do nothing"), action="store_true")
    option("--skip-wrong", N_("of several lists take in those that can be, where one is wrong"), action="store_true")
    option("--refused", N_("write the refused rows with their reasons to a new .xlsx"), metavar="FILE")
    option("--all", N_("print every line"), action="store_true")
    parser.set_defaults(run=run)
    return parser


def _kinds() -> list[str]:
    from zjtui.sheets.columns import KINDS

    return list(KINDS)


def run(call: Call, given: Any) -> int:
    """Preview lists and take them in as one. Ends with 1 where rows were refused, or none was data."""
    from zjtui.cli import import_many
    from zjtui.sheets import reading

    paths = reading.files_of([Path(name) for name in given.file])
    with call.writing() as session:
        if len(paths) > 1:
            return import_many.run(call, session, paths, given)
        return _run_one(call, session, paths[0], given)


def _run_one(call: Call, session: "Session", path: Path, given: Any) -> int:
    from zjtui.cli.workspace import watched
    from zjtui.sheets import reading
    from zjtui.usecases import importing

    book, plan, job = prepared(session, path, given)
    with watched(N_("Looking at the rows")) as (progress, cancelled):
        result = importing.preview(session, job, progress, cancelled)
    outcome = None
    if not given.dry_run:
        with watched(N_("Taking the rows in")) as (progress, cancelled):
            outcome, result = importing.run(session, job, result, progress, cancelled)
        reading.remember(session, plan)
    written = None
    if given.refused and result.of("refused"):
        written = reading.write_refused(plan, result, Path(given.refused))
    if call.json:
        output.print_json(as_json(book, plan, result, outcome.operation if outcome else None))
    else:
        print_list(book, plan, result, all_lines=given.all)
        say_done(given, result.empty, bool(outcome))
        if written:
            output.say("{told}", told=_("The refused rows are in {path}").format(path=written))
    return 1 if result.of("refused") or result.empty else 0


def prepared(session: "Session", path: Path, given: Any) -> "tuple[Book, Plan, Job]":
    """Read a list and correct it as the call says."""
    from zjtui.cli.workspace import watched
    from zjtui.sheets import reading

    with watched(N_("Reading the list")) as (_progress, cancelled):
        book, plan = reading.read(session, path, given.kind, given.sheet, given.year, given.header_row, cancelled)
    _correct(plan, given, session.today)
    _refuse_unsure(plan)
    lower = _lowering(given.lower)
    return book, plan, reading.job(session, plan, twins=given.twins, lower=lower, all_sure=given.sure)


def say_done(given: Any, empty: bool, written: bool) -> None:
    """Say what became of it."""
    if empty:
        output.say("{told}", told=_("No line of it is data: nothing was taken"))
    elif given.dry_run:
        output.say("{told}", told=_("Nothing was changed (--dry-run)"))
    elif written:
        output.say("{told}", told=_("Taken in as one operation; take it back with: zjtui undo"))
    else:
        output.say("{told}", told=_("There was nothing to change"))


def _correct(plan: "Plan", given: Any, today: date) -> None:
    """Apply what the call says about columns, units and fixed values."""
    from zjtui.sheets.guess import guess
    from zjtui.sheets.mapping import set_fixed
    from zjtui.sheets.unit_words import unit_of

    for text in given.column:
        heading, _equals, name = text.rpartition("=")
        place = _place(plan, heading)
        target = guess(name, plan.kind, plan.year) if name else None
        if name and target is None:
            raise UsageError(N_("There is no field “{name}”"), name=name)
        plan.change(place, target)
    for text in given.unit:
        heading, _equals, unit = text.rpartition("=")
        known = unit_of(f"({unit})")
        if not known:
            raise UsageError(N_("“{value}” is no unit: 亿元, 万元, 千元, 元, 亩, 公顷, 平方米"), value=unit)
        plan.change_unit(_place(plan, heading), known)
    for text in given.word:
        said, _equals, means = text.rpartition("=")
        heading, _colon, word = said.partition(":")
        _say(plan, heading, word, means)
    for text in given.set:
        set_fixed(plan, text, today)
    plan.left_out, plan.shared = tuple(given.leave), given.shared
    plan.sums = given.sums or plan.sums


def _say(plan: "Plan", heading: str, word: str, means: str) -> None:
    """Take what a text means in a column, or in a field where no column is called so."""
    from zjtui.sheets import columns
    from zjtui.sheets.guess import guess

    target = guess(heading, plan.kind, plan.year)
    for column in plan.columns:
        if columns.folded(column.heading.text) == columns.folded(heading):
            target = column.target
    if target is None or not word:
        raise UsageError(N_("“{value}”: type HEADING:TEXT=VALUE, with a column or field of this list"), value=heading)
    plan.say(target, word, means)


def _lowering(texts: list[str]) -> dict[str, str] | None:
    """Return what moves back ask for; None where no state is to be taken back."""
    pairs = [text.partition("=") for text in texts]
    for name, equals, _value in pairs:
        if not equals:
            raise UsageError(N_("“{value}”: type FIELD=VALUE"), value=name)
    return {name.strip(): value.strip() for name, _equals, value in pairs} or None


def _place(plan: "Plan", heading: str) -> int:
    from zjtui.domain.cell_ref import place_of
    from zjtui.sheets.columns import folded

    for place, column in enumerate(plan.columns):
        if heading in (column.heading.text, folded(column.heading.text)) or folded(heading) == folded(
            column.heading.text
        ):
            return place
    if re.fullmatch(r"[A-Z]{1,2}", heading):  # no column is called so: it is the letter over it
        for place, column in enumerate(plan.columns):
            if column.number == place_of(f"{heading}1")[1]:
                return place
    names = "、".join(column.heading.text for column in plan.columns)
    raise UsageError(N_("There is no column “{value}”; there are: {names}"), value=heading, names=names)


def _refuse_unsure(plan: "Plan") -> None:
    for column in plan.columns:
        if column.unsure:
            raise UsageError(
                N_("The column “{name}” states no unit (e.g. {samples}): say --unit {name}={unit}, or another one"),
                name=column.heading.text, samples="、".join(column.samples), unit=column.unit,
            )  # fmt: skip


def print_list(book: "Book", plan: "Plan", result: "Result", *, all_lines: bool) -> None:
    """Print how a list was read, what becomes of its rows, and how many there are."""
    from zjtui.domain.show import named
    from zjtui.sheets import columns, reading
    from zjtui.usecases.import_line import WHATS

    told = _("{file}: {kind}, sheet “{sheet}”, headings above row {first}{encoding}").format(
        file=book.path.name, kind=_(columns.KIND_LABELS[plan.kind]), sheet=visible(plan.table.sheet.name),
        first=plan.table.first, encoding=f", {book.encoding}" if book.encoding else "",
    )  # fmt: skip
    output.say("{told}", told=told)
    rows = []
    for column in plan.columns:
        means = columns.meaning(column.target, plan.kind) if column.target else plan.untaken(column)
        rows.append([visible(column.heading.text, 40), means, column.unit, visible("、".join(column.samples), 60)])
    output.print_table([_("Column"), _("Means"), _("Unit"), _("Samples")], rows)
    for name, value in plan.fixed.items():
        told = _("For every row without its own: {field} = {value}")
        target = columns.Target.of(name)
        shown = visible(named(columns.declared(target), value))
        output.say("{told}", told=told.format(field=columns.meaning(target), value=shown))
    for notice in plan.told:
        output.say("! {told}", told=visible(str(notice), 600))
    output.say()
    for what in ("refused", "new", "changed", "same", "skipped"):
        lines = [line for line in result.of(what) if line.told]
        for line in lines if all_lines else lines[:_SHOWN]:
            _print_line(line, WHATS.label(what))
        if len(lines) > _SHOWN and not all_lines:
            output.say("  {told}", told=_("… and {count} more").format(count=len(lines) - _SHOWN))
    if result.created:
        told = _("Added on the way: {names}").format(names=visible("、".join(result.created[:_SHOWN]), 600))
        more = (
            _("… and {count} more").format(count=len(result.created) - _SHOWN) if len(result.created) > _SHOWN else ""
        )
        output.say("{told}", told=f"{told} {more}".rstrip())
    if result.asking:
        told = _("Rows that say an earlier state than the register: {count}. --lower takes them back")
        output.say("{told}", told=told.format(count=len(result.asking)))
    if result.undated:
        told = _("Rows whose state needs a day that the list does not give: {count}. Say it with --set {field}=DAY")
        names = "、".join(dict.fromkeys(line.undated.partition(".")[2] for line in result.undated))
        output.say("{told}", told=told.format(count=len(result.undated), field=names))
    if result.behind:
        told = _("Rows whose state the register does not follow: {count}. What is missing stands at each")
        output.say("{told}", told=told.format(count=len(result.behind)))
    if kinds := reading.kinds_told(result):
        output.say("{told}", told=kinds)
    parts = "、".join(f"{WHATS.label(what)} {number:,}" for what, number in result.counts.items())
    output.say("{told}", told=_("{total} lines: {parts}").format(total=len(result.lines), parts=parts))


def _print_line(line: "Line", what: str) -> None:
    output.say("{number:>6}  {what}  {title}", number=line.place, what=what, title=visible(line.title, 100))
    for change in line.changes if line.what == "changed" else ():
        output.say("        {name}: {was} → {now}", name=change[0], was=visible(change[1] or "-", 60),
                   now=visible(change[2] or "-", 60))  # fmt: skip
    for fault in line.faults:
        value = f" “{visible(fault.value, 40)}”" if fault.value and fault.value not in str(fault) else ""
        output.say("        ✗ {told}{value}", told=visible(str(fault), 300), value=value)
    for notice in line.notices:
        output.say("        ! {told}", told=visible(str(notice), 300))


def as_json(book: "Book", plan: "Plan", result: "Result", operation: str | None) -> dict[str, Any]:
    """Return how a list was read and what becomes of its rows."""
    return {
        "file": book.path.name,
        "format": book.kind,
        "encoding": book.encoding or None,
        "kind": plan.kind,
        "sheet": plan.table.sheet.name,
        "first_row": plan.table.first,
        "columns": [
            {"heading": column.heading.text, "means": str(column.target) if column.target else None,
             "unit": column.unit or None, "samples": list(column.samples)}
            for column in plan.columns
        ],
        "for_all": dict(plan.fixed),
        "sums": plan.sums or None,
        "told": [str(notice) for notice in plan.told],
        "counts": result.counts,
        "records": result.by_kind,
        "created": result.created,
        "lines": [
            {
                "row": line.row or line.number,
                "sheet": line.sheet or None,
                "what": line.what,
                "uid": line.uid or None,
                "title": line.title,
                "changes": [dict(zip(("field", "before", "after"), change, strict=True)) for change in line.changes],
                "faults": [
                    {"column": fault.column, "value": fault.value, "why": str(fault.why), "rule": fault.rule}
                    for fault in line.faults
                ],
                "notices": [str(notice) for notice in line.notices],
                "back_to": line.back.target if line.back else None,
                "needs_day": line.undated or None,
            }
            for line in result.lines
            if line.told
        ],
        "operation": operation,
    }  # fmt: skip
