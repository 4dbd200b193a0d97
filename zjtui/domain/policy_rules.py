"""The small rule table that finds projects for a policy: conditions such as `field9=F1|F4` or `total_invest>=10亿`.

A condition is a field, one of `=`, `!=`, `>=`, `<=`, and a value or several behind `|`. All conditions of a policy must
hold. What a project does not say (an empty field) fulfils no condition.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.fields import WAN
from zjtui.domain.money import parse_money, report_unit, show_money
from zjtui.domain.plan import YEAR_CLASSES
from zjtui.domain.project_codes import ATTRS, FIELDS9, INVEST_KINDS, LEVELS, LIST_KINDS, NATURES, STAGES
from zjtui.errors import Refused
from zjtui.i18n import N_, joined

REGION_FLAGS = Codes(mountain26=N_("Mountain county"), island6=N_("Island county"))
FIELDS: Mapping[str, Codes | None] = {
    "field9": FIELDS9,
    "attr": ATTRS,
    "nature": NATURES,
    "invest_kind": INVEST_KINDS,
    "level": LEVELS,
    "list_kinds": LIST_KINDS,
    "stage": STAGES,
    "year_class": YEAR_CLASSES,
    "region_flag": REGION_FLAGS,
    "total_invest": None,  # yuan; typed with 万 or 亿
}
LABELS = Codes(
    field9=N_("Field"), attr=N_("Attribute"), nature=N_("Nature"), invest_kind=N_("Investor"),
    level=N_("Project level"), list_kinds=N_("Lists"), stage=N_("Stage"), year_class=N_("Class"),
    region_flag=N_("Kind of county"), total_invest=N_("Total investment"),
)  # fmt: skip
_CONDITION = re.compile(r"\s*([^=!<>]+?)\s*(>=|<=|!=|=)\s*(.+?)\s*")
_SIGNS = {">=": "≥", "<=": "≤", "!=": "≠", "=": "＝"}


def wrong(condition: str) -> Refused | None:
    """Return why a condition is none. Rule Y-03."""
    try:
        _parsed(condition)
    except Refused as refusal:
        return refusal
    return None


def told(condition: str) -> str:
    """Return a condition in words, which can be typed as they are; one that is none stands for itself."""
    try:
        name, operator, values = _parsed(condition)
    except Refused:
        return condition
    codes = FIELDS[name]
    said = [codes.label(value) if codes else _amount(value) for value in values]
    return f"{LABELS.label(name)}{_SIGNS[operator]}{'|'.join(said)}"


def _amount(yuan: int) -> str:
    return show_money(yuan, report_unit(), named=True).replace(",", "")  # a comma would end the condition


def canonical(condition: str) -> str:
    """Return a condition as it is stored, in whatever words it was typed; one that is none stays as it is."""
    try:
        name, operator, values = _parsed(condition)
    except Refused:
        return condition
    return f"{name}{operator}{'|'.join(map(str, values))}"


def holds(conditions: Sequence[str], project: Mapping[str, Any]) -> bool:
    """Tell whether all conditions hold for a project given as {field: value}, lists for several values."""
    return all(_holds(*_parsed(condition), project) for condition in conditions)


def _parsed(condition: str) -> tuple[str, str, list[Any]]:
    plain = unicodedata.normalize("NFKC", condition.replace("≠", "!="))  # taken apart it would be two signs
    found = _CONDITION.fullmatch(plain.replace("≥", ">=").replace("≤", "<="))
    try:
        name = LABELS.find(found[1]) if found else ""
    except Refused:
        name = ""
    if not found or not name:
        raise Refused(
            N_("“{value}” is no condition: type e.g. {example}; the fields are {names}"),
            rule="Y-03",
            field="conditions",
            value=condition[:60],
            example=f"{LABELS.label('field9')}={FIELDS9.label('F1')}",
            names=joined(map(LABELS.label, FIELDS)),
        )
    operator, text = found[2], found[3]
    codes = FIELDS[name]
    try:
        if codes is None:
            return name, operator, [parse_money(text, WAN) if not text.isdigit() else int(text)]
        values = [codes.find(part) for part in text.split("|")]
    except Refused as refusal:
        refusal.rule, refusal.field = "Y-03", "conditions"
        raise
    if operator in (">=", "<="):
        raise Refused(
            N_("{name} has no order: use = or !="),
            rule="Y-03",
            field="conditions",
            name=LABELS.label(name),
            value=condition[:60],
        )
    return name, operator, values


def _holds(name: str, operator: str, wanted: list[Any], project: Mapping[str, Any]) -> bool:
    value = project.get(name)
    held = value if isinstance(value, list) else [value]
    if value in (None, [], ""):
        return False
    if operator == ">=":
        return bool(value >= wanted[0])
    if operator == "<=":
        return bool(value <= wanted[0])
    return any(item in wanted for item in held) == (operator == "=")
