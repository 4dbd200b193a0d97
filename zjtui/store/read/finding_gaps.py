"""Findings of the gap board alone: nothing agreed next, untouched, fields that the others fill in, unknown codes."""

from collections.abc import Iterator
from functools import cache

from zjtui.domain import registry
from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.fields import NUMBERS, F, Kind
from zjtui.domain.project import Project
from zjtui.errors import Msg
from zjtui.i18n import joined
from zjtui.store import strange
from zjtui.store.read.finding_care import LOOKED_AFTER, of_projects
from zjtui.store.read.finding_query import Query
from zjtui.store.read.finding_scope import ACTIVE, CLOSED, Asked
from zjtui.store.sqlite import Connection

_PARTS = 8
_JSON = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)


def no_next_step(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects of which nobody knows what happens next: no day agreed, none planned, none due."""
    nothing = (  # one after the other: most projects have a day, and nothing else is asked of them
        "CASE WHEN l.next_visit IS NOT NULL THEN 0 "
        "WHEN EXISTS (SELECT 1 FROM visit_plan WHERE project_uid = p.uid AND day >= :today) THEN 0 "
        "WHEN EXISTS (SELECT 1 FROM issue INDEXED BY issue_to_solve WHERE project_uid = p.uid AND due_on IS NOT NULL "
        "AND state IN ('open', 'assigned', 'doing', 'paused')) THEN 0 "
        "WHEN EXISTS (SELECT 1 FROM service INDEXED BY service_next WHERE project_uid = p.uid "
        "AND state IN ('planned', 'applied', 'accepted', 'reviewing', 'paused') "
        "AND (promise_days IS NOT NULL AND accepted_on IS NOT NULL OR wanted_on IS NOT NULL)) THEN 0 ELSE 1 END"
    )
    yield of_projects(asked, f"p.stage IN ({ACTIVE}) AND {nothing}", f"LEFT {LOOKED_AFTER}")


def untouched(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects that nobody has visited or changed for a long time; being loaded is no change."""
    cutoff = asked.day(-asked.limits["untouched_days"])
    yield of_projects(
        asked,
        f"p.stage IN ({ACTIVE}) AND coalesce(l.last, '') < '{cutoff}' AND p.uid NOT IN ({_touched(cutoff)})",
        f"LEFT {LOOKED_AFTER}",
        due="l.last",
        params=lambda row: {"day": row["due"] or "?"},
    )


def _touched(cutoff: str) -> str:
    """Return the projects that were changed since `cutoff`, or something that hangs on them, in one pass over the log.

    It ends at what was loaded as a whole: everything before is older, or was loaded.
    """
    foundations = ", ".join(f"'{action}'" for action in FOUNDATIONS)
    hanging = " ".join(
        f"WHEN '{entity}' THEN (SELECT project_uid FROM {entity} WHERE uid = d.uid)" for entity in registry.HANGING
    )
    return (
        f"SELECT coalesce(CASE d.entity WHEN 'project' THEN d.uid {hanging} END, '') FROM deed d WHERE d.seq > "
        f"coalesce((SELECT seq FROM deed WHERE at < '{cutoff}' OR action IN ({foundations}) "
        "ORDER BY seq DESC LIMIT 1), 0)"
    )


@cache
def _optional() -> dict[str, F]:
    """Return the fields of a project that a person may leave empty."""
    infos = Project.model_fields
    return {
        name: field
        for name, field in Project.fields().items()
        if field.form and not infos[name].is_required() and field.kind is not Kind.YESNO
    }


def _empty(name: str) -> str:
    return f"p.{name} = '[]'" if _optional()[name].kind in _JSON else f"(p.{name} IS NULL OR p.{name} = '')"


def blank_fields(connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects that leave fields empty which nearly all the others fill in."""
    if "usual" not in asked.known:
        asked.known["usual"] = _usual(connection, asked)
    usual = asked.known["usual"]
    if usual:
        yield of_projects(
            asked,
            f"({' OR '.join(_empty(name) for name in usual)})",
            fields=", ".join(f"({_empty(name)}) AS {name}" for name in usual),
            params=lambda row: {"fields": Labels(tuple(_optional()[name].label for name in usual if row[name]))},
        )


def _usual(connection: Connection, asked: Asked) -> list[str]:
    """Return the fields that nearly all projects fill in, and not all.

    Some projects after the others are looked at: of a field that too many leave empty the rest need not be.
    """
    followed = f"FROM project p WHERE p.stage NOT IN ({CLOSED})"
    count, last = connection.execute(f"SELECT count(*), coalesce(max(p.id), 0) {followed}").fetchone()
    left = dict.fromkeys(_optional(), 0)  # how many leave it empty
    least = asked.limits["filled_share"] * count
    step = last // _PARTS + 1
    for first in range(0, last + 1 if count else 0, step):
        filled = ", ".join(_filled(name) for name in left)
        looked, *numbers = connection.execute(
            f"SELECT count(*), {filled or 0} {followed} AND p.id BETWEEN ? AND ?", (first, first + step - 1)
        ).fetchone()
        empty = {name: left[name] + looked - (number or 0) for name, number in zip(left, numbers, strict=False)}
        left = {name: number for name, number in empty.items() if least <= count - number}
    return [name for name, number in left.items() if number and count]


def _filled(name: str) -> str:
    """Return in how many projects a field is filled in, as SQL: one look at each is all it takes."""
    kind = _optional()[name].kind
    if kind in _JSON:
        return f"sum(p.{name} <> '[]')"
    return f"count(p.{name})" if kind in NUMBERS else f"sum(p.{name} > '')"


class Labels(Msg):
    """Several labels in a row, translated when they are shown."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__("")
        self.labels = labels

    def __str__(self) -> str:
        return joined(str(Msg(label)) for label in self.labels)


def unknown_code(connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield records that hold a code which this version does not know: a newer one wrote it.

    Only in a table that holds such a code each of its fields is looked through.
    """
    number = 0
    for entity in strange.ENTITIES:
        fields = strange.fields(entity)
        held = f"SELECT 1 FROM {entity} INDEXED BY {entity}_strange WHERE {strange.condition(entity)} LIMIT 1"
        if fields and connection.execute(held).fetchone():
            for place, (name, field) in enumerate(fields.items(), number + 1):
                yield _unknown(asked, entity, name, field, place)
        number += len(fields)


def _unknown(asked: Asked, entity: str, name: str, field: F, place: int) -> Query:
    """Return the findings of one field; of a list of codes each is one."""
    row, value, index = ("p" if entity == "project" else "t"), "", "0"
    source, scope = (asked.projects, asked.where) if entity == "project" else asked.hanging(entity)
    value = f"{row}.{name}"
    if field.kind is Kind.CODES:
        source, value, index = f"{source} CROSS JOIN json_each({row}.{name}) j", "j.value", "j.key"
    noun = registry.model(entity).noun
    return Query(
        source,
        f"{scope} AND NOT ({strange.known(value, field)})",
        f"'{entity}'",
        fields=f"{value} AS code",
        params=lambda found: {"noun": Msg(noun), "field": Msg(field.label), "code": found["code"]},
        project="p.uid" if entity == "project" else "t.project_uid",
        uid=f"{row}.uid",
        id=f"{row}.id",
        sub=f"{place * 64} + min({index}, 63)",
    )
