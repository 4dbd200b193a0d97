"""Which field a column of somebody's list means: by declared names, by what offices call it, by what stands in it."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from zjtui import config
from zjtui.domain import registry
from zjtui.domain.fields import F
from zjtui.domain.show import label
from zjtui.i18n import N_, _, every_language
from zjtui.sheets.unit_words import without_unit

# kind of list: the record that a row is about, then what its columns may fill beside it
KINDS: Mapping[str, tuple[str, ...]] = {
    "project": ("project", "annual_plan", "monthly_report", "contact", "issue"),
    **{name: (name,) for name in ("annual_plan", "monthly_report", "contact", "issue", "service", "org")},
    "follow_up": ("follow_up", "issue"),
    "element_need": ("element_need",),
    "policy": ("policy",),
}
KIND_LABELS = {
    "project": N_("import|Projects"),
    "annual_plan": N_("import|Annual plans"),
    "monthly_report": N_("import|Monthly amounts"),
    "contact": N_("import|Contacts"),
    "issue": N_("import|Problems"),
    "service": N_("import|Green-channel services"),
    "org": N_("import|Organisations"),
    "follow_up": N_("import|Visits"),
    "element_need": N_("import|Element needs"),
    "policy": N_("import|Policies"),
}
NAMES = "import_names.csv"
# of what stands beside projects only these fields, under the names that are its own there
BESIDE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("project", "contact"): ("person_uid",),
    ("project", "issue"): ("title_text", "measure", "lead_unit", "due_on"),
}
_SAID = {"service": ("result",)}  # what a list says that a form leaves to the move


@dataclass(frozen=True)
class Target:
    """A field of the record that a row is about, or of one that hangs on it (a plan of a year, a month's report)."""

    entity: str
    field: str
    period: str = ""  # "2023" of an annual plan, "2023-09" of a monthly report

    def __str__(self) -> str:
        return f"{self.entity}.{self.field}" + (f"@{self.period}" if self.period else "")

    @classmethod
    def of(cls, text: str) -> "Target":
        """Return the target that was written as text."""
        path, _at, period = text.partition("@")
        entity, _dot, name = path.partition(".")
        return cls(entity, name, period)


def declared(target: Target) -> F:
    """Return the declaration of a target's field; the reference to the project stands for any way of naming it."""
    return registry.model(target.entity).fields()[target.field]


def meaning(target: Target, kind: str = "") -> str:
    """Return what a column means, as a person reads it; what stands beside the rows of `kind` with what it is of."""
    if (kind, target.entity) in BESIDE:
        noun = _(registry.model(target.entity).noun)
        return noun if target.field in ("person_uid", "title_text") else f"{noun}: {label(declared(target))}"
    if target.field == "uid":
        return _(N_("key of the record"))
    return label(declared(target)) + (f" {target.period}" if target.period else "")


def folded(text: object) -> str:
    """Return a heading without spaces, its unit, full-width forms and marks, as it is compared."""
    plain = without_unit(text)
    return re.sub(r"[\s_*#·:/、,,。.()\[\]“”\"'-]", "", plain)


def with_period(target: Target, kind: str, year: int) -> Target:
    if target.entity == "annual_plan" and kind != "annual_plan":
        return Target(target.entity, target.field, str(year))
    return target


@cache
def names(kind: str) -> Mapping[str, Target]:
    """Return every name of every field that a list of `kind` can have, folded."""
    found: dict[str, Target] = {}
    for target, name in _pairs(kind):
        found.setdefault(folded(name), target)
    return found


@cache
def _all_meanings(kind: str) -> Mapping[str, tuple[Target, ...]]:
    found: dict[str, tuple[Target, ...]] = {}
    for target, name in _pairs(kind):
        known = found.get(folded(name), ())
        if target not in known:
            found[folded(name)] = (*known, target)
    return found


def meanings(kind: str, heading: str) -> tuple[Target, ...]:
    """Return every field of a list of `kind` that is called so, the usual one first."""
    return _all_meanings(kind).get(folded(heading), ())


@cache
def _other_names() -> Mapping[str, tuple[str, ...]]:
    """Return what offices call a field, beside its declared names (domain dictionary A9)."""
    with (config.data_folder() / NAMES).open(encoding="utf-8", newline="") as file:
        return {row["field"]: tuple(row["names"].split("|")) for row in csv.DictReader(file)}


def _pairs(kind: str) -> Iterator[tuple[Target, str]]:
    for entity in KINDS[kind]:  # the record's own fields first
        for name in taken_of(entity, kind):
            target = Target(entity, name)
            if (kind, entity) in BESIDE:
                yield from ((target, other) for other in _other_names().get(f"{kind}:{entity}.{name}", ()))
                continue
            for other in _other_names().get(f"{entity}.{name}", ()):
                yield target, other
            field = declared(target)
            for msgid in (field.label, field.short):
                if msgid:
                    for shown in every_language(msgid):
                        yield target, shown
            yield target, name


def fields_of(entity: str, kind: str) -> list[str]:
    """Return the fields of `entity` that a list of `kind` can fill: what a person types, its state, and its key."""
    kept = []
    for name, field in registry.model(entity).fields().items():
        states = registry.has_workflow(entity) and name == registry.workflow(entity).state_field
        if field.form or states or (name == "project_uid" and entity == kind):
            kept.append(name)
    return kept


def taken_of(entity: str, kind: str) -> list[str]:
    """Return the fields that a list of others can fill: beside those that are exported the days of states, a result."""
    if (kind, entity) in BESIDE:
        return list(BESIDE[(kind, entity)])
    more = [*(registry.day_fields(entity) if registry.has_workflow(entity) else []), *_SAID.get(entity, ())]
    return list(dict.fromkeys((*fields_of(entity, kind), *more)))


def targets(kind: str, year: int) -> list[Target]:
    """Return everything that a column of a list of `kind` can mean; of a month's figures without the month."""
    return [
        with_period(Target(entity, name), kind, year)
        for entity in KINDS[kind]
        for name in taken_of(entity, kind)
        if not (entity == "monthly_report" != kind and name == "month")  # the heading says it
    ]
