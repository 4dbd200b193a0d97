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
from zjtui.domain.money import parse_money
from zjtui.domain.plan import YEAR_CLASSES
from zjtui.domain.project_codes import ATTRS, FIELDS9, INVEST_KINDS, LEVELS, LIST_KINDS, NATURES, STAGES
from zjtui.errors import Refused
from zjtui.i18n import N_

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
_CONDITION = re.compile(r"\s*(\w+)\s*(>=|<=|!=|=)\s*(.+?)\s*")


def wrong(condition: str) -> Refused | None:
    """Return why a condition is none. Rule Y-03."""
    try:
        _parsed(condition)
    except Refused as refusal:
        return refusal
    return None


def holds(conditions: Sequence[str], project: Mapping[str, Any]) -> bool:
    """Tell whether all conditions hold for a project given as {field: value}, lists for several values."""
    return all(_holds(*_parsed(condition), project) for condition in conditions)


def _parsed(condition: str) -> tuple[str, str, list[Any]]:
    found = _CONDITION.fullmatch(unicodedata.normalize("NFKC", condition).replace("≥", ">=").replace("≤", "<="))
    if not found or found[1] not in FIELDS:
        raise Refused(
            N_("“{value}” is no condition: type e.g. field9=F1; the fields are {names}"),
            rule="Y-03",
            field="conditions",
            value=condition[:60],
            names=", ".join(FIELDS),
        )
    name, operator, text = found[1], found[2], found[3]
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
            N_("{name} has no order: use = or !="), rule="Y-03", field="conditions", name=name, value=condition[:60]
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
