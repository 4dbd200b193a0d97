"""Findings of the gap board alone: nothing agreed next, untouched, fields that the others fill in, unknown codes."""

from collections.abc import Iterator
from functools import cache

from zjtui.domain import registry
from zjtui.domain.actions import FOUNDATIONS
from zjtui.domain.fields import F, Kind
from zjtui.domain.finding import Finding
from zjtui.domain.project import Project
from zjtui.errors import Msg
from zjtui.store.read.finding_scope import ACTIVE, HEAD, Asked, as_day, found
from zjtui.store.sqlite import Connection

_JSON = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)


def no_next_step(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects of which nobody knows what happens next: no day agreed, none planned, none due."""
    rows = connection.execute(
        f"SELECT {HEAD} FROM project p WHERE {asked.where} AND p.stage IN ({ACTIVE}) "
        "AND (SELECT next_visit FROM follow_up WHERE project_uid = p.uid ORDER BY visit_date DESC, id DESC LIMIT 1) "
        "IS NULL AND NOT EXISTS (SELECT 1 FROM visit_plan WHERE project_uid = p.uid AND day >= :today) "
        "AND NOT EXISTS (SELECT 1 FROM issue WHERE project_uid = p.uid AND due_on IS NOT NULL "
        "AND state IN ('open', 'assigned', 'doing', 'paused')) "
        "AND NOT EXISTS (SELECT 1 FROM service WHERE project_uid = p.uid "
        "AND state IN ('planned', 'applied', 'accepted', 'reviewing', 'paused') "
        "AND (promise_days IS NOT NULL AND accepted_on IS NOT NULL OR wanted_on IS NOT NULL))",
        asked.values,
    )
    for row in rows:
        yield found(asked, "no_next_step", row, "project", row["project_uid"])


def untouched(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects that nobody has visited or changed for a long time; being loaded is no change."""
    cutoff = asked.day(-asked.limits["untouched_days"])
    touched = _touched(connection, cutoff)
    rows = connection.execute(
        f"SELECT {HEAD}, (SELECT max(visit_date) FROM follow_up WHERE project_uid = p.uid) AS last FROM project p "
        f"WHERE {asked.where} AND p.stage IN ({ACTIVE}) AND NOT EXISTS "
        "(SELECT 1 FROM follow_up WHERE project_uid = p.uid AND visit_date >= :cutoff)",
        {**asked.values, "cutoff": cutoff},
    )
    for row in rows:
        if row["project_uid"] not in touched:
            yield found(
                asked, "untouched", row, "project", row["project_uid"], as_day(row["last"]),
                params={"day": row["last"] or "?"},
            )  # fmt: skip


def _touched(connection: Connection, cutoff: str) -> set[str]:
    """Return the projects that were changed since `cutoff`, or something that hangs on them."""
    touched, hanging = set[str](), dict[str, set[str]]()
    for row in connection.execute("SELECT entity, uid, at, action FROM deed ORDER BY seq DESC"):
        if row["at"] < cutoff or row["action"] in FOUNDATIONS:  # everything before it is older, or was loaded
            break
        if row["entity"] == "project":
            touched.add(row["uid"])
        elif row["entity"] in registry.HANGING:
            hanging.setdefault(row["entity"], set()).add(row["uid"])
    for entity, uids in hanging.items():
        for uid in uids:
            found_row = connection.execute(f"SELECT project_uid FROM {entity} WHERE uid = ?", (uid,)).fetchone()
            if found_row:
                touched.add(found_row[0])
    return touched


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
    return f"p.{name} = '[]'" if _optional()[name].kind in _JSON else f"coalesce(p.{name}, '') = ''"


def blank_fields(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield projects that leave fields empty which nearly all the others fill in."""
    names = list(_optional())
    sums = ", ".join(f"sum(NOT ({_empty(name)}))" for name in names)
    count, *filled = connection.execute(
        f"SELECT count(*), {sums} FROM project p WHERE p.stage NOT IN ('suspended', 'withdrawn', 'archived')"
    ).fetchone()
    usual = [
        name
        for name, number in zip(names, filled, strict=True)
        if count and asked.limits["filled_share"] * count <= (number or 0) < count
    ]
    if not usual:
        return
    fields = ", ".join(f"({_empty(name)}) AS {name}" for name in usual)
    any_empty = " OR ".join(_empty(name) for name in usual)
    rows = connection.execute(
        f"SELECT {HEAD}, {fields} FROM project p WHERE {asked.where} AND ({any_empty})", asked.values
    )
    for row in rows:
        labels = Labels(tuple(_optional()[name].label for name in usual if row[name]))
        yield found(asked, "blank_fields", row, "project", row["project_uid"], params={"fields": labels})


class Labels(Msg):
    """Several labels in a row, translated when they are shown."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        super().__init__("")
        self.labels = labels

    def __str__(self) -> str:
        return "、".join(str(Msg(label)) for label in self.labels)


def unknown_code(connection: Connection, asked: Asked) -> Iterator[Finding]:
    """Yield records that hold a code which this version does not know: a newer one wrote it."""
    for entity in ("project", *registry.HANGING):
        kind = registry.model(entity)
        for name, field in kind.fields().items():
            if not field.codes:
                continue
            known = ", ".join(f"'{code}'" for code in field.codes)
            source = f"{entity} t" if entity == "project" else f"{entity} t JOIN project p ON p.uid = t.project_uid"
            if entity == "project":
                source, owner = "project p", "p"
            else:
                owner = "t"
            value = f"{owner}.{name}"
            if field.kind is Kind.CODES:
                source, value = f"{source}, json_each({owner}.{name}) j", "j.value"
            rows = connection.execute(
                f"SELECT {HEAD}, {owner}.uid AS uid, {value} AS code FROM {source} "
                f"WHERE {asked.where} AND {value} IS NOT NULL AND {value} NOT IN ({known})",
                asked.values,
            )
            for row in rows:
                params = {"noun": Msg(kind.noun), "field": Msg(field.label), "code": row["code"]}
                yield found(asked, "unknown_code", row, entity, row["uid"], params=params)
