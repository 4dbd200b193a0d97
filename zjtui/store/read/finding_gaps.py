"""Findings of the gap board alone: nothing agreed next, untouched, fields that the others fill in, unknown codes."""

from collections.abc import Iterator
from functools import cache

from zjtui.domain import registry
from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.fields import F, Kind
from zjtui.domain.project import Project
from zjtui.errors import Msg
from zjtui.store.read.finding_care import of_projects
from zjtui.store.read.finding_query import Query
from zjtui.store.read.finding_scope import ACTIVE, CLOSED, Asked
from zjtui.store.sqlite import Connection

_JSON = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)


def no_next_step(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects of which nobody knows what happens next: no day agreed, none planned, none due."""
    yield of_projects(
        asked,
        f"p.stage IN ({ACTIVE}) AND NOT EXISTS (SELECT 1 FROM visit_plan WHERE project_uid = p.uid AND day >= :today) "
        "AND NOT EXISTS (SELECT 1 FROM issue WHERE project_uid = p.uid AND due_on IS NOT NULL "
        "AND state IN ('open', 'assigned', 'doing', 'paused')) "
        "AND NOT EXISTS (SELECT 1 FROM service WHERE project_uid = p.uid "
        "AND state IN ('planned', 'applied', 'accepted', 'reviewing', 'paused') "
        "AND (promise_days IS NOT NULL AND accepted_on IS NOT NULL OR wanted_on IS NOT NULL)) "
        "AND (SELECT next_visit FROM follow_up WHERE project_uid = p.uid ORDER BY visit_date DESC, id DESC LIMIT 1) "
        "IS NULL",
    )


def untouched(_connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield projects that nobody has visited or changed for a long time; being loaded is no change."""
    cutoff = asked.day(-asked.limits["untouched_days"])
    yield of_projects(
        asked,
        f"p.stage IN ({ACTIVE}) AND NOT EXISTS (SELECT 1 FROM follow_up WHERE project_uid = p.uid "
        f"AND visit_date >= '{cutoff}') AND p.uid NOT IN ({_touched(cutoff)})",
        due="(SELECT max(visit_date) FROM follow_up WHERE project_uid = p.uid)",
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
    """Return the fields that nearly all projects fill in, and not all."""
    names = list(_optional())
    sums = ", ".join(f"sum({_empty(name)})" for name in names)
    count, *empty = connection.execute(
        f"SELECT count(*), {sums} FROM project p WHERE p.stage NOT IN ({CLOSED})"
    ).fetchone()
    share = asked.limits["filled_share"]
    return [
        name
        for name, number in zip(names, empty, strict=True)
        if count and number and share * count <= count - number < count
    ]


class Labels(Msg):
    """Several labels in a row, translated when they are shown."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__("")
        self.labels = labels

    def __str__(self) -> str:
        return "、".join(str(Msg(label)) for label in self.labels)


def unknown_code(connection: Connection, asked: Asked) -> Iterator[Query]:
    """Yield records that hold a code which this version does not know: a newer one wrote it.

    Each table is looked through once; only in one that holds such a code each of its fields is.
    """
    number = 0
    for entity in ("project", *registry.HANGING):
        fields = {name: field for name, field in registry.model(entity).fields().items() if field.codes}
        strange = " OR ".join(_strange(name, field) for name, field in fields.items())
        looked = bool(asked.scope.person or asked.scope.project)  # a few records are looked at without asking first
        if fields and (looked or connection.execute(f"SELECT 1 FROM {entity} t WHERE {strange} LIMIT 1").fetchone()):
            for place, (name, field) in enumerate(fields.items(), number + 1):
                yield _unknown(asked, entity, name, field, place)
        number += len(fields)


def _known(value: str, field: F) -> str:
    """Return that a value is a code: one comparison after the other is faster than a look into a list of them."""
    return " OR ".join(f"{value} = '{code}'" for code in field.codes or ())


def _strange(name: str, field: F) -> str:
    if field.kind is not Kind.CODES:
        return f"NOT ({_known(f't.{name}', field)})"
    alone = " OR ".join(f"t.{name} = '[\"{code}\"]'" for code in field.codes or ())
    each = f"EXISTS (SELECT 1 FROM json_each(t.{name}) j WHERE NOT ({_known('j.value', field)}))"
    return f"NOT (t.{name} = '[]' OR {alone}) AND {each}"


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
        f"{scope} AND NOT ({_known(value, field)})",
        f"'{entity}'",
        fields=f"{value} AS code",
        params=lambda found: {"noun": Msg(noun), "field": Msg(field.label), "code": found["code"]},
        project="p.uid" if entity == "project" else "t.project_uid",
        uid=f"{row}.uid",
        id=f"{row}.id",
        sub=f"{place * 64} + min({index}, 63)",
    )
