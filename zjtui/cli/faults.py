"""Errors as the one line in which the command line tells them: field, value and rule, however long what was typed."""

from pathlib import Path
from typing import Any

from zjtui.cli.parser import shortened
from zjtui.domain import registry
from zjtui.errors import Msg, Refused, RefusedMany, WrongFiles, ZjtuiError, fill
from zjtui.i18n import N_, _

_ENTITIES = {"project": "project", "follow-up": "follow_up", "issue": "issue", "service": "service",
             "month": "monthly_report", "contact": "contact", "element": "element_need", "policy": "policy",
             "match": "policy_match", "promise": "promise", "plan": "annual_plan", "person": "person",
             "org": "org", "set-aside": "set_aside", "visit-plan": "visit_plan",
             "question": "question", "correction": "correction"}  # fmt: skip


def line(error: ZjtuiError, command: str) -> str:
    """Return `error` as one line for the user of `command`."""
    entity = _ENTITIES.get(command, "")
    if isinstance(error, RefusedMany):
        return "; ".join(_one(refusal, entity) for refusal in error.refusals)
    return _one(error, entity)


def as_json(error: ZjtuiError, command: str) -> dict[str, Any]:
    """Return `error` as the answer of a command that was asked for JSON: a list, for several may be told at once."""
    if isinstance(error, WrongFiles):
        return {"errors": [{"file": name, **_as_json(each, command)} for name, each in error.wrong]}
    each_of = error.refusals if isinstance(error, RefusedMany) else [error]
    return {"errors": [_as_json(each, command) for each in each_of]}


def _as_json(error: ZjtuiError, command: str) -> dict[str, Any]:
    return {"error": line(error, command), "rule": error.rule or None, "field": error.field or None}


def _one(error: ZjtuiError, entity: str) -> str:
    params = {name: _short(value) for name, value in error.params.items()}
    text = fill(error.msgid, params)
    value = params.get("value")
    if isinstance(error, Refused) and value not in (None, "") and f"{value}" not in text:
        text = fill(N_("{refusal} (given: “{value}”)"), {"refusal": text, "value": value})
    field = registry.model(entity).fields().get(error.field) if entity else None
    if field and _(field.label) not in text:
        text = fill(N_("{label}: {refusal}"), {"label": Msg(field.label), "refusal": text})
    if error.rule == "L-30":
        text = fill(N_("{refusal}. Where the headings are others, say their row and columns: {how}"),
                    {"refusal": text, "how": "--header-row 3 --column B=name --column C=region_code"})  # fmt: skip
    if error.rule == "G-32":
        text = fill(N_("{refusal}. If it is a new one, say so: --new “{value}”"), {"refusal": text, "value": value})
    return f"{text} [{error.rule}]" if error.rule else text


def _short(value: Any) -> Any:
    """Return a parameter as it fits into the line; a path that is to be copied has more room."""
    if isinstance(value, Path):
        return shortened(str(value), 300)
    return shortened(value) if isinstance(value, str) else value
