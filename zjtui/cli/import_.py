"""`zjtui import FILE`: what a list says against the register, and taking it in."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.cli import import_shown, output
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped
from zjtui.errors import UsageError
from zjtui.i18n import N_, _, joined

if TYPE_CHECKING:
    from zjtui.sheets.book import Book
    from zjtui.sheets.mapping import Plan
    from zjtui.usecases.importing import Job
    from zjtui.usecases.session import Session


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
        output.print_json(import_shown.as_json(book, plan, result, outcome.operation if outcome else None))
    else:
        import_shown.print_list(book, plan, result, all_lines=given.all)
        import_shown.say_done(given, result.empty, bool(outcome))
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
    names = joined(column.heading.text for column in plan.columns)
    raise UsageError(N_("There is no column “{value}”; there are: {names}"), value=heading, names=names)


def _refuse_unsure(plan: "Plan") -> None:
    for column in plan.columns:
        if column.unsure:
            raise UsageError(
                N_("The column “{name}” states no unit (e.g. {samples}): say --unit {name}={unit}, or another one"),
                name=column.heading.text, samples=joined(column.samples), unit=column.unit,
            )  # fmt: skip
