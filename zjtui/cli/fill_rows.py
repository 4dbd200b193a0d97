"""`zjtui fill rows FILE`: a form with a row for each project, in a workbook or a Word table, filled for a month."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.cli import output
from zjtui.cli.parser import Call, escaped, verb_parser
from zjtui.cli.top import path_named
from zjtui.errors import UsageError
from zjtui.i18n import N_, _, joined
from zjtui.text import visible

if TYPE_CHECKING:
    from zjtui.sheets.row_form import RowForm

_SHOWN = 40  # rows


def build(verbs: Any, command: str) -> None:
    """Add the verb to `zjtui fill`."""
    rows = verb_parser(
        verbs, command, "rows", N_("fill a form with a row for each project: numbers and texts"), run_rows
    )
    rows.add_argument("form", metavar="FORM", help=escaped(N_("an .xlsx workbook, or a .docx with tables")))
    rows.add_argument("--file", metavar="FILE", help=escaped(N_("the filled form to write; else it is only shown")))
    rows.add_argument("--month", metavar="MONTH", help=escaped(N_("by default the last one that is over")))
    about = N_("what a column asks, e.g. 进展=progress_text; nothing after = leaves it as it is")
    rows.add_argument("--column", metavar="HEADING=FIELD", action="append", default=[], help=escaped(about))
    rows.add_argument("--unit", metavar="HEADING=UNIT", action="append", default=[],
                      help=escaped(N_("in what a column counts, e.g. 总投资=亿元")))  # fmt: skip
    rows.add_argument("--row", metavar="ROW=PROJECT", action="append", default=[],
                      help=escaped(N_("which project a row means, e.g. 7=舟山绿色石化基地")))  # fmt: skip
    rows.add_argument("--replace", action="store_true", help=escaped(N_("also over what stands in the cells already")))
    rows.add_argument("--over", action="store_true", help=escaped(N_("replace a file that is there")))


def run_rows(call: Call, given: Any) -> int:
    """Fill it, say what goes where, and write it. Ends with 1 where the project of a row is not known."""
    from zjtui.domain.dates import parse_month
    from zjtui.domain.report_template import usual_month
    from zjtui.sheets import row_form

    with call.reading() as session:
        month = parse_month(given.month, session.today) if given.month else usual_month("month", session.today)
        means = {_number(row): project for row, project in _pairs(given.row)}
        form = row_form.understood(
            session, path_named(given.form), month, _said(given.column), _units(given.unit), means
        )
        written = None
        if given.file:
            written = row_form.write(form, Path(given.file), over=given.over, replaced=given.replace)
    if call.json:
        output.print_json(_as_json(form, given.replace, written))
    else:
        _print(form, given.replace)
        if written:
            output.say("{told}", told=_("Written: {path}").format(path=written))
    return 1 if form.asking else 0


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    found = []
    for text in texts:
        name, equals, value = text.rpartition("=")
        if not equals:
            raise UsageError(N_("“{value}”: type NAME=VALUE"), value=text)
        found.append((name.strip(), value.strip()))
    return found


def _number(text: str) -> int:
    if not text.isdigit():
        raise UsageError(N_("“{value}” is no number of a row"), value=text)
    return int(text)


def _said(texts: list[str]) -> dict[str, str]:
    from zjtui.sheets.columns import folded

    return {folded(name): value for name, value in _pairs(texts)}


def _units(texts: list[str]) -> dict[str, str]:
    from zjtui.sheets.columns import folded
    from zjtui.sheets.unit_words import unit_of

    found = {}
    for name, value in _pairs(texts):
        if not unit_of(f"({value})"):
            raise UsageError(N_("“{value}” is no unit: 亿元, 万元, 千元, 元, 亩, 公顷, 平方米"), value=value)
        found[folded(name)] = unit_of(f"({value})")
    return found


def _print(form: "RowForm", replaced: bool) -> None:
    from zjtui.sheets import columns, unit_words

    for _name, mapped in form.columns:
        rows = [
            [visible(each.heading.text, 40), columns.meaning(each.target, "project") if each.target else "-",
             unit_words.told(each.unit) + "?" * each.unsure]
            for each in mapped
        ]  # fmt: skip
        output.print_table([_("Column"), _("Means"), _("Unit")], rows)
    for row in form.rows[:_SHOWN]:
        name = row.name or _("which project? --row {number}=…: {names}").format(
            number=row.number, names=joined(name for _uid, name in row.near)
        )
        output.say(
            "{number:>6}  {text} → {name}", number=row.number, text=visible(row.text, 60), name=visible(name, 200)
        )
        for cell in row.cells:
            state = (
                _("stands there: {text}").format(text=visible(cell.there, 40)) if cell.there and not cell.same else ""
            )
            output.say("        {head}: {value}  {state}", head=visible(cell.column.heading.text, 30),
                       value=visible(cell.shown, 120), state=state)  # fmt: skip
        for notice in row.notices:
            output.say("        ! {told}", told=str(notice))
    if len(form.rows) > _SHOWN:
        output.say("  {told}", told=_("… and {count} more").format(count=len(form.rows) - _SHOWN))
    told = _("{rows} rows, {asking} of unknown projects; {cells} cells filled, {standing} hold something else: {what}")
    what = _("replaced") if replaced else _("left as they are (--replace)")
    output.say("{told}", told=told.format(rows=len(form.rows), asking=len(form.asking), standing=len(form.standing),
               cells=len(form.cells(over=replaced)), what=what))  # fmt: skip


def _as_json(form: "RowForm", replaced: bool, written: Path | None) -> dict[str, Any]:
    return {
        "month": form.month,
        "columns": [
            {
                "heading": each.heading.text,
                "means": str(each.target) if each.target else None,
                "unit": each.unit or None,
            }
            for _name, mapped in form.columns
            for each in mapped
        ],
        "rows": [
            {
                "row": row.number,
                "text": row.text,
                "uid": row.uid or None,
                "project": row.name or None,
                "near": [name for _uid, name in row.near],
                "cells": [
                    {"heading": cell.column.heading.text, "value": cell.shown, "there": cell.there or None,
                     "written": not cell.there or (replaced and not cell.same)}
                    for cell in row.cells
                ],
                "notices": [str(notice) for notice in row.notices],
            }
            for row in form.rows
        ],
        "file": str(written) if written else None,
    }  # fmt: skip
