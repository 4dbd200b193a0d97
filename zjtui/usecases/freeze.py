"""Freezing a month's figures, showing them as they were told, and what leads from one freeze to another, or to now."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from zjtui.domain.bridge import Point, Stand, completion
from zjtui.domain.check import check
from zjtui.domain.dates import parse_month
from zjtui.domain.freeze import Freeze
from zjtui.domain.month import previous_month
from zjtui.errors import Damaged, Refused
from zjtui.i18n import N_
from zjtui.store.read import devices, find, history, records, standings
from zjtui.store.read import stands as standing_projects
from zjtui.store.read.standings import GROUPS, Scope, Sums
from zjtui.store.standing import RULES
from zjtui.store.write.tx import Tx
from zjtui.usecases import moment
from zjtui.usecases.moment import Watch
from zjtui.usecases.session import Outcome, Session

_KEPT = 150  # places of a table


@dataclass(frozen=True)
class Told:
    """The figures of one side of a comparison: `record` None is now; `figures` are as `figures` returns them."""

    record: Freeze | None
    month: str
    figures: dict[str, Any]
    stands: dict[str, Stand]
    names: dict[str, str]  # of projects by uid
    rules: int = RULES  # of what counts: see store/standing.py


@dataclass(frozen=True)
class Comparison:
    """What leads from one to the other: `money` and `plans` by cause in yuan, `points` by cause or None.

    `entered` and `left` are (uid, name) of the projects that only the later one, only the earlier one counts.
    """

    before: Told
    after: Told
    money: dict[str, int]
    plans: dict[str, int]
    points: dict[str, Fraction] | None
    entered: list[tuple[str, str]]
    left: list[tuple[str, str]]


def make(session: Session, month: str, name: str) -> Outcome:
    """Keep the figures of `month` ("YYYY-MM") under a name: the whole, the cities, and what they were made from."""
    tx, uid = session.operate("freeze.add", prepared(session, month, name))
    return Outcome(uid, tx.operation)


def prepared(session: Session, month: str, name: str) -> Callable[[Tx], str]:
    """Return what freezes a month as part of an operation, from the figures as they stand now."""
    wanted = parse_month(month, session.today)
    reader = session.reader()
    kept = {
        **_figures(session, wanted),
        "tables": _tables(session, wanted),
        "devices": _devices(session, wanted),
        "rules": RULES,
    }
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)

    def work(tx: Tx) -> str:
        values = {
            "uid": tx.new_uid(),
            "name": name,
            "month": wanted,
            "made_on": session.today,
            "head": history.head(reader),
            "seen": [f"{device}:{number}" for device, number in sorted(moment.seen(reader).items())],
            "figures": text,
            "digest": hashlib.sha256(text.encode()).hexdigest(),
        }
        return tx.add(check(Freeze, values, session.today))

    return work


def listed(session: Session) -> list[Freeze]:
    """Return the freezes, the newest first."""
    reader = session.reader()
    rows = reader.execute("SELECT uid FROM freeze ORDER BY id DESC").fetchall()
    return [records.get(reader, "freeze", row[0]) for row in rows]


def newest_of(session: Session, month: str) -> Freeze | None:
    """Return the newest freeze of a month, "YYYY-MM"."""
    reader = session.reader()
    row = reader.execute("SELECT uid FROM freeze WHERE month = ? ORDER BY id DESC LIMIT 1", (month,)).fetchone()
    return records.get(reader, "freeze", row[0]) if row else None


def figures(session: Session, uid: str) -> tuple[Freeze, dict[str, Any]]:
    """Return a freeze and its figures, as they were kept; kept figures that were changed are refused."""
    record: Freeze = records.get(session.reader(), "freeze", uid)
    return record, read(record)


def read(record: Freeze) -> dict[str, Any]:
    """Return the figures of a freeze: "whole", "cities", and since they are recorded "devices", "names", "tables".

    Kept figures that are not those of the digest are refused.
    """
    if hashlib.sha256(record.figures.encode()).hexdigest() != record.digest:
        raise Damaged(N_("The figures of “{name}” are not those that were frozen"), name=record.name)
    found: dict[str, Any] = json.loads(record.figures)
    return found


@contextmanager
def as_frozen(session: Session, record: Freeze, watch: Watch | None = None) -> Iterator[Session]:
    """Yield the register that a freeze was made from."""
    known = {device: int(number) for device, number in (item.split(":") for item in record.seen)}
    holes = {item["device"]: item["holes"] for item in read(record).get("devices", ())}
    rules = int(read(record).get("rules", 1))
    with moment.as_known(session, known, record.made_on, holes=holes, rules=rules, watch=watch) as past:
        yield past


def compare(session: Session, before: str, after: str | None, watch: Watch | None = None) -> Comparison:
    """Return what leads from one freeze to another, or to now (None); the earlier month comes first.

    The year's figures begin anew in January: freezes of two years are refused. Raises `Cancelled` by the watch.
    """
    first = figures(session, before)[0]
    second = figures(session, after)[0] if after is not None else None
    if second is not None and (second.month, second.made_on) < (first.month, first.made_on):
        first, second = second, first
    month = second.month if second is not None else _month_now(session, first.month)
    if month[:4] != first.month[:4]:
        raise Refused(
            N_("{one} and {other} are of two years: the figures begin anew in January"), one=first.month, other=month
        )
    old = _told(session, first, watch)
    new = _told(session, second, watch) if second is not None else _now(session, month)
    change = completion(old.stands, _point(first.month), new.stands, _point(month))
    done, plan = old.figures["whole"]["done"], old.figures["whole"]["plan"]
    names = {**old.names, **new.names}

    def named(uids: set[str]) -> list[tuple[str, str]]:
        return sorted(((uid, names.get(uid, uid)) for uid in uids), key=lambda item: item[1])

    return Comparison(
        old,
        new,
        change.numerator,
        change.denominator,
        change.points(done, plan),
        named(new.stands.keys() - old.stands.keys()),
        named(old.stands.keys() - new.stands.keys()),
    )


def _month_now(session: Session, since: str) -> str:
    """Return the last month that is over, not before `since` and not after its year."""
    year, month = previous_month(session.today.year, session.today.month)
    return max(since, min(f"{year}-{month:02}", f"{since[:4]}-12"))


def _point(month: str) -> Point:
    return Point(int(month[5:7]), standings.last_day(int(month[:4]), int(month[5:7])))


def _told(session: Session, record: Freeze, watch: Watch | None) -> Told:
    """Return what a freeze told, and its projects as the change log gives them; the two have to agree."""
    kept = read(record)
    rules = int(kept.get("rules", 1))
    with as_frozen(session, record, watch) as past:
        reader = past.reader()
        found = standing_projects.stands(reader, int(record.month[:4]), rules=rules)
        names = standing_projects.names(reader, set(found))
    whole = kept["whole"]
    done = sum(amount for each in found.values() for month, amount in each.months.items()
               if month <= int(record.month[5:7]))  # fmt: skip
    plan = sum(each.plan for each in found.values() if each.counts(int(record.month[5:7])))
    if (done, plan) != (whole["done"], whole["plan"]):
        raise Damaged(
            N_("The change log does not give the figures of “{name}” any more. Run `zjtui check`"), name=record.name
        )
    return Told(record, record.month, kept, found, names, rules)


def _now(session: Session, month: str) -> Told:
    reader = session.reader()
    found = standing_projects.stands(reader, int(month[:4]))
    return Told(None, month, _figures(session, month), found, standing_projects.names(reader, set(found)))


def _figures(session: Session, month: str) -> dict[str, Any]:
    year, number = int(month[:4]), int(month[5:7])
    reader = session.reader()
    cities = standings.groups(reader, Scope(), year, number, "city")
    return {
        "whole": standings.whole(reader, Scope(), year, number).__dict__,
        "cities": [sums.__dict__ for sums in cities],
        "names": find.both_names(reader, {sums.key for sums in cities}),
    }


def _tables(session: Session, month: str) -> dict[str, list[dict[str, Any]]]:
    """Return the other league tables that are small enough to keep: the next month's ranks are compared with them."""
    year, number = int(month[:4]), int(month[5:7])
    reader = session.reader()
    found = {by: standings.groups(reader, Scope(), year, number, by) for by in GROUPS if by != "city"}
    return {by: [sums.__dict__ for sums in rows] for by, rows in found.items() if len(rows) <= _KEPT}


def sums_of(record: Freeze, by: str) -> list[Sums] | None:
    """Return what a freeze kept of a league table; None where it kept nothing of it."""
    kept = read(record)
    rows = kept["cities"] if by == "city" else kept.get("tables", {}).get(by)
    return None if rows is None else [Sums(**row) for row in rows]


def _devices(session: Session, month: str) -> list[dict[str, Any]]:
    """Return the devices seen; `silent` is one of which nothing is known after the month, so that more may come."""
    reader = session.reader()
    end = min(date.fromisoformat(standings.last_day(int(month[:4]), int(month[5:7]))), session.today).isoformat()
    seen = devices.seen(reader)
    people = find.names(reader, "person", {item.person for item in seen})
    return [
        {
            "device": item.device,
            "last": item.last,
            "at": item.at,
            "person": people.get(item.person, item.person),
            "holes": [list(gap) for gap in item.holes],
            "silent": item.at[:10] < end,
        }
        for item in seen
    ]
