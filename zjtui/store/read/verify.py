"""Whether a workspace is sound: the file, the hash chains of its log, its rows and what is derived from them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store import changes, migrations, undone
from zjtui.store.first_tables import FTS_COLUMNS
from zjtui.store.search import PINYIN_NAMES
from zjtui.store.sqlite import Connection
from zjtui.store.standing import counted

Tick = Callable[[int], None]
MANY = 20  # problems of one sort that are told one by one
LAST = 1000  # entries of the log that a partial check compares with the tables
_STEP = 5000
_LISTS = (Kind.CODES, Kind.REFS, Kind.LIST, Kind.OBJECTS)


def file(connection: Connection) -> Iterator[Msg]:
    """Yield what SQLite itself finds wrong with the file and with references."""
    for row in connection.execute(f"PRAGMA integrity_check({MANY})"):
        if row[0] != "ok":
            yield Msg(N_("The database file: {reason}"), reason=row[0])
    for number, row in enumerate(connection.execute("PRAGMA foreign_key_check")):
        if number == MANY:
            break
        yield Msg(
            N_("{table}: row {row} points to a record of {parent} that does not exist"),
            table=row[0],
            row=row[1],
            parent=row[2],
        )


def schema(connection: Connection) -> Iterator[tuple[str, Msg]]:
    """Yield (name, problem) of tables, indexes and guards that are not as this version makes them."""
    expected, held = migrations.shape(), migrations.shape_of(connection)
    for name in sorted(expected.keys() | held.keys()):
        if name not in held:
            problem = N_("{name} of the database is missing")
        elif name not in expected:
            problem = N_("{name} of the database was not made by zjtui")
        else:
            problem = N_("{name} of the database is not as zjtui made it")
        if expected.get(name) != held.get(name):
            yield name, Msg(problem, name=name)


def chains(connection: Connection, tick: Tick, until: int = 2**62) -> Iterator[Msg]:
    """Yield where the log was changed, cut or put in another order.

    Every entry's hash is computed anew, in the order in which the log is read and replayed (`seq`, which the hash does
    not cover): in it each device's entries have to follow one another, by number and by clock.
    """
    ends: dict[Any, tuple[Any, bytes, Any]] = {}
    found = 0
    columns = ", ".join((*changes.COLUMNS, "hash"))
    rows = connection.execute(f"SELECT {columns} FROM change WHERE seq <= ? ORDER BY seq", (until,))
    for number, row in enumerate(rows):
        if number % _STEP == 0:
            tick(number)
        if _follows(row, ends.get(row["device"], (0, changes.GENESIS, ""))):
            ends[row["device"]] = (row["device_seq"], row["hash"], row["hlc"])
            continue
        ends[row["device"]] = (row["device_seq"], row["hash"], row["hlc"])
        found += 1
        if found <= MANY:
            yield Msg(
                N_("The change log is broken at entry {number} of {device} ({entity} {uid})"),
                number=row["device_seq"],
                device=row["device"],
                entity=row["entity"],
                uid=row["uid"],
            )


def _follows(row: Any, end: tuple[Any, bytes, Any]) -> bool:
    """Tell whether an entry is whole and comes right after the last one of its device."""
    last, previous, clock = end
    try:
        hashed = changes.entry_hash(previous, tuple(row)[:-1])
        return bool(row["device_seq"] == last + 1 and hashed == row["hash"] and row["hlc"] > clock)
    except (TypeError, ValueError):  # a value that no entry can have
        return False


def counts(connection: Connection) -> Iterator[Msg]:
    """Yield tables that hold more or fewer records than the log says."""
    logged = dict.fromkeys(registry.ENTITIES, 0)
    for row in connection.execute(
        "SELECT entity, sum(CASE kind WHEN 'add' THEN 1 WHEN 'remove' THEN -1 ELSE 0 END) FROM change GROUP BY entity"
    ):
        if row[0] in logged:
            logged[row[0]] = row[1]
    for entity, expected in logged.items():
        held = size(connection, entity)
        if held != expected:
            yield Msg(
                N_("{table} holds {held} records, the change log says {expected}"),
                table=entity,
                held=held,
                expected=expected,
            )


def last_entries(connection: Connection) -> Iterator[Msg]:
    """Yield records that do not hold what the newest entries of the log say."""
    seen: set[tuple[str, str]] = set()
    found = 0
    for entry in connection.execute(f"SELECT * FROM change ORDER BY seq DESC LIMIT {LAST}").fetchall():
        entity, uid = entry["entity"], entry["uid"]
        if entity not in registry.ENTITIES or (uid, "*") in seen:
            continue
        row = connection.execute(f"SELECT * FROM {entity} WHERE uid = ?", (uid,)).fetchone()
        try:
            problem = _contradiction(entry, row, seen)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
            problem = Msg(N_("Entry {number} of the change log cannot be read"), number=entry["seq"])
        if problem is not None:
            found += 1
            if found <= MANY:
                yield problem


def _contradiction(entry: Any, row: Any, seen: set[tuple[str, str]]) -> Msg | None:
    """Compare one entry with its record, leaving out fields that a newer entry (in `seen`) has set."""
    uid, kind = entry["uid"], entry["kind"]
    fields = json.loads(entry["fields"])
    known = [name for name in (row.keys() if row is not None else ()) if name != "id"]
    expected = {name: pair[1] for name, pair in fields.items()} if kind == "set" else fields
    if kind == "add":
        expected = {**dict.fromkeys(known), **fields}
    wrong = []
    if (kind == "remove") != (row is None):
        wrong = ["uid"]
    elif row is not None:
        wrong = [name for name, value in expected.items() if (uid, name) not in seen and row[name] != value]
    seen.update((uid, name) for name in expected)
    if kind != "set" or wrong == ["uid"]:
        seen.add((uid, "*"))
    if not wrong:
        return None
    return Msg(
        N_("{table} {uid}: {fields} is not what the change log says"),
        table=entry["entity"],
        uid=uid,
        fields=", ".join(wrong),
    )


def values(connection: Connection) -> Iterator[Msg]:
    """Yield records with a value that cannot be read: a list that is no JSON, a day that is no date."""
    for entity in registry.ENTITIES:
        rules = [rule for name, field in registry.model(entity).fields().items() if (rule := _broken(name, field))]
        if not rules:
            continue
        for row in connection.execute(f"SELECT uid FROM {entity} WHERE {' OR '.join(rules)} LIMIT {MANY}"):
            yield Msg(N_("{table} {uid}: a value cannot be read"), table=entity, uid=row[0])


def _broken(name: str, field: F) -> str:
    if field.kind in _LISTS:
        return f"({name} IS NOT NULL AND CASE WHEN json_valid({name}) THEN json_type({name}) <> 'array' ELSE 1 END)"
    if field.kind is Kind.DATE:
        return f"({name} IS NOT NULL AND ({name} NOT GLOB '????-??-??' OR date({name}) IS NOT {name}))"
    return f"({name} IS NOT NULL AND {name} NOT IN (0, 1))" if field.kind is Kind.YESNO else ""


def not_undone(connection: Connection) -> Iterator[tuple[str, Msg]]:
    """Yield where what was undone is not what the log says."""
    if undone.differs(connection):
        yield "undone", Msg(N_("What was undone is not what the change log says"))


def derived(connection: Connection) -> Iterator[tuple[str, Msg]]:
    """Yield (entity, problem) where the search index and the table do not hold the same rows."""
    for entity in FTS_COLUMNS:
        other = f"(SELECT id FROM {entity}_fts_docsize)"
        yield from _compared(connection, entity, other)
    if _standing_differs(connection):
        yield "standing", Msg(N_("The sums of the years are not those of the plans and reports"))
    if _care_differs(connection):
        yield "looked_after", Msg(N_("What is known of visits and contacts is not what the records say"))
    for entity in PINYIN_NAMES:
        yield from _compared(connection, entity, f"(SELECT id FROM pinyin WHERE entity = '{entity}')")


def _standing_differs(connection: Connection) -> bool:
    """Tell whether the derived years hold other plans or other amounts than the records they are made from."""
    held = connection.execute("SELECT count(*), total(plan), total(d12) FROM standing").fetchone()
    records = connection.execute(
        "SELECT (SELECT count(*) FROM (SELECT project_uid, year FROM annual_plan UNION "
        "SELECT project_uid, CAST(substr(month, 1, 4) AS INTEGER) FROM monthly_report)), "
        "(SELECT total(coalesce(adjusted_invest, plan_invest)) FROM annual_plan), "
        f"(SELECT total(invest_month) FROM monthly_report WHERE {counted()})"
    ).fetchone()
    return tuple(held) != tuple(records)


def _care_differs(connection: Connection) -> bool:
    """Tell whether other projects were looked after, or on other days, than the records say."""
    held = connection.execute("SELECT count(last), max(last), (SELECT count(*) FROM contact_due) FROM looked_after")
    records = connection.execute(
        "SELECT count(DISTINCT project_uid), max(visit_date), (SELECT count(*) FROM (SELECT DISTINCT project_uid, "
        "mechanism FROM contact INDEXED BY contact_seen WHERE to_date IS NULL)) FROM follow_up"
    )
    return tuple(held.fetchone()) != tuple(records.fetchone())


def _compared(connection: Connection, entity: str, other: str) -> Iterator[tuple[str, Msg]]:
    missing, extra = connection.execute(
        f"SELECT (SELECT count(*) FROM {entity} WHERE id NOT IN {other}), "
        f"(SELECT count(*) FROM {other} AS o WHERE o.id NOT IN (SELECT id FROM {entity}))"
    ).fetchone()
    if missing or extra:
        yield (
            entity,
            Msg(
                N_("The search index of {table} lacks {missing} records and has {extra} too many"),
                table=entity,
                missing=missing,
                extra=extra,
            ),
        )


def size(connection: Connection, table: str) -> int:
    """Return how many rows a table has."""
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
