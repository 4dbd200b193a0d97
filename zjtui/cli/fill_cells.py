"""`zjtui fill show`, `set` and `drop`: the cells of a form, and what they are filled with."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, count, escaped, shortened, verb_parser
from zjtui.domain.cell_ref import place_of, ref_of
from zjtui.domain.project_codes import ATTRS, FIELDS9
from zjtui.domain.report_template import QUERIES, UNITS, FormCell, ReportTemplate
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.reports import filling
from zjtui.reports.filling import Filled, Line
from zjtui.text import visible
from zjtui.usecases import report_template
from zjtui.usecases.session import Session

_MOST = 5000  # cells of one range


def build(verbs: Any, command: str) -> None:
    """Add the verbs that change cells."""
    change = verb_parser(verbs, command, "set", N_("say what cells are filled with; alone: confirm them"), run_set)
    drop = verb_parser(verbs, command, "drop", N_("leave cells as they are in the workbook"), run_drop)
    for verb in (change, drop):
        verb.add_argument("form", metavar="FORM", help=escaped(N_("name or uid")))
        verb.add_argument("cell", metavar="CELL", help=escaped(N_("e.g. C5, C5:C15 or Sheet!C5; “?”: all in doubt")))
    change.add_argument("--query", metavar="QUERY", help=", ".join(QUERIES))
    change.add_argument("--region", metavar="REGION", help=escaped(N_("a region with all it contains; empty: all")))
    change.add_argument("--field", metavar="FIELD", help=", ".join(FIELDS9))
    change.add_argument("--attr", metavar="ATTR", help=", ".join(ATTRS))
    change.add_argument("--month", type=count, metavar="N", help=escaped(N_("always of this month; 0: the form's")))
    change.add_argument("--unit", metavar="UNIT", help=", ".join(UNITS))
    change.add_argument("--decimals", type=count, metavar="N", help=escaped(N_("decimals of the figure")))


def run_set(call: Call, given: Any) -> int:
    """Put cells right, or confirm what is proposed."""
    with call.writing() as session:
        template = _template(session, given.form)
        cells = [_changed(session, cell, given) for cell in _asked(session, template, given)]
        outcome = report_template.change(session, template.uid, cells)
        return output.print_outcome(call, outcome, N_("{count} cells are put right"), count=len(cells))


def run_drop(call: Call, given: Any) -> int:
    """Fill cells no more."""
    with call.writing() as session:
        template = _template(session, given.form)
        known = {cell.place for cell in template.form_cells}
        places = [cell.place for cell in _meant(session, template, given) if cell.place in known]
        if not places:
            raise UsageError(N_("“{value}” is not filled by this form"), value=shortened(given.cell))
        outcome = report_template.change(session, template.uid, [], places)
        return output.print_outcome(call, outcome, N_("{count} cells left unchanged"), count=len(places))


def print_filled(call: Call, session: Session, filled: Filled) -> int:
    """Print a filled form."""
    if call.json:
        output.print_json(as_json(filled))
        return 0
    names = filling.region_names(session, [line.cell for line in filled.lines])
    heads = (N_("form|Cell"), N_("form|What"), N_("form|Scope"), N_("form|Figure"), N_("form|Last sent"),
             N_("form|Told otherwise"))  # fmt: skip
    rows = [
        [
            visible(f"{line.cell.sheet}!{line.cell.ref}"),
            filling.query(line.cell),
            visible(filling.scope(line.cell, names)),
            visible(_shown(line)),
            filling.figure(line.last.cell, line.last.value) if line.last else "",
            visible(filling.difference(line)),
        ]
        for line in filled.lines
    ]
    output.print_table([_(head) for head in heads], rows, (3, 4))
    print(visible(f"{filled.template.name} · {filled.month}"))
    print(visible(filling.summary(filled)))
    return 0


def as_json(filled: Filled) -> dict[str, Any]:
    """Return a filled form as plain data: figures as exact fractions of yuan or of one, and as they are shown."""
    return {
        "form": filled.template.name,
        "uid": filled.template.uid,
        "recipient": filled.template.recipient,
        "month": filled.month,
        "freeze": filled.freeze.name if filled.freeze else None,
        "head": filled.head,
        **filled.counts(),
        "lines": [
            {
                **line.cell.kept(),
                "value": None if line.value is None else str(line.value),
                "shown": line.shown if line.filled else None,
                "filled": line.filled,
                "changed": line.changed,
                "against": [
                    {"recipient": told.sent.recipient, "sent_on": told.sent.sent_on.isoformat(),
                     "value": None if told.value is None else str(told.value)}
                    for told in line.against
                ],
            }
            for line in filled.lines
        ],
    }  # fmt: skip


def _shown(line: Line) -> str:
    if not line.filled:
        return _(N_("form|to be confirmed"))
    return line.text or filling.with_unit(line.cell, line.value)


def _template(session: Session, text: str) -> ReportTemplate:
    return report_template.get(session, resolve.one(session.reader(), "report_template", text))


def _meant(session: Session, template: ReportTemplate, given: Any) -> list[FormCell]:
    """Return the cells that are named, new ones without a query; formulas are refused."""
    from zjtui.sheets import forms

    if given.cell.strip() in ("?", "？"):
        return [cell for cell in template.form_cells if not cell.sure]
    form = forms.opened(session, template)
    sheet, bang, refs = given.cell.rpartition("!")
    name = sheet.strip("'") if bang else form.sheets[0].name
    known = {cell.place: cell for cell in template.form_cells}
    found = {}
    for ref in _refs(refs):
        place = (name, form.fillable(name, ref))
        found[place] = known.get(place) or FormCell(*place, "", "")
    return list(found.values())


def _refs(text: str) -> Iterator[str]:
    first, _colon, last = re.sub(r"[：]", ":", text).partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    if (bottom - top + 1) * (right - left + 1) > _MOST:
        raise UsageError(N_("{cells} are more than {limit} cells"), cells=shortened(text), limit=_MOST)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield ref_of((row, column))


def _asked(session: Session, template: ReportTemplate, given: Any) -> list[FormCell]:
    """Return the cells that are meant, with the query that is given."""
    from zjtui.sheets import forms

    cells = _meant(session, template, given)
    if query := resolve.code(QUERIES, "--query", given.query):
        return forms.asked(session, template, cells, query)
    if new := [cell for cell in cells if not cell.query]:
        raise UsageError(N_("{cell} is not filled yet: say with what (--query)"), cell=new[0].ref)
    return cells


def _changed(session: Session, cell: FormCell, given: Any) -> FormCell:
    changed = replace(cell, sure=True)
    if given.month is not None:
        changed = replace(changed, month=given.month)
    if unit := resolve.code(UNITS, "--unit", given.unit):
        changed = changed.counted(unit)
    if given.decimals is not None:
        changed = replace(changed, decimals=given.decimals)
    if given.region is not None:
        code = resolve.one(session.reader(), "region", given.region) if given.region.strip() else ""
        changed = replace(changed, region=code)
    if given.field is not None:
        changed = replace(changed, field9=resolve.code(FIELDS9, "--field", given.field) if given.field else "")
    if given.attr is not None:
        changed = replace(changed, attr=resolve.code(ATTRS, "--attr", given.attr) if given.attr else "")
    return changed
