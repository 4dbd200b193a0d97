"""Freezing a month's figures, showing them as they were told, and what leads from one freeze to another."""

import hashlib
import json
from typing import Any

from zjtui.domain.check import check
from zjtui.domain.dates import parse_month
from zjtui.domain.freeze import Freeze, bridge
from zjtui.errors import Damaged
from zjtui.i18n import N_
from zjtui.store.read import history, records, standings
from zjtui.store.read.standings import Scope
from zjtui.store.write.tx import Tx
from zjtui.usecases import moment
from zjtui.usecases.session import Outcome, Session


def make(session: Session, month: str, name: str) -> Outcome:
    """Keep the figures of `month` ("YYYY-MM") under a name: the whole, the cities, and what they were made from."""
    wanted = parse_month(month, session.today)
    reader = session.reader()
    text = json.dumps(_figures(session, wanted), ensure_ascii=False, sort_keys=True)

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

    tx, uid = session.operate("freeze.add", work)
    return Outcome(uid, tx.operation)


def figures(session: Session, uid: str) -> tuple[Freeze, dict[str, Any]]:
    """Return a freeze and its figures, as they were kept; kept figures that were changed are refused."""
    record: Freeze = records.get(session.reader(), "freeze", uid)
    if hashlib.sha256(record.figures.encode()).hexdigest() != record.digest:
        raise Damaged(N_("The figures of “{name}” are not those that were frozen"), name=record.name)
    return record, json.loads(record.figures)


def compare(session: Session, before: str, after: str) -> dict[str, int]:
    """Return both sums done and the parts that lead from one freeze to the other, in yuan."""
    first, _old = figures(session, before)
    second, _new = figures(session, after)
    found = {}
    for name, record in (("before", first), ("after", second)):
        known = {device: int(number) for device, number in (item.split(":") for item in record.seen)}
        with moment.as_known(session, known, record.made_on) as past:
            found[name] = _reports(past, record.month[:4])
    parts = bridge(found["before"], first.month, found["after"], second.month)
    sums = {
        name: sum(
            sum(amount for month, amount in months.items() if month <= record.month) for months in found[name].values()
        )
        for name, record in (("before", first), ("after", second))
    }
    return {**sums, **parts}


def _figures(session: Session, month: str) -> dict[str, Any]:
    year, number = int(month[:4]), int(month[5:7])
    reader = session.reader()
    return {
        "whole": standings.whole(reader, Scope(), year, number).__dict__,
        "cities": [sums.__dict__ for sums in standings.groups(reader, Scope(), year, number, "city")],
    }


def _reports(session: Session, year: str) -> dict[str, dict[str, int]]:
    """Return the year's months of every project, also of those without any."""
    reader = session.reader()
    found: dict[str, dict[str, int]] = {row[0]: {} for row in reader.execute("SELECT uid FROM project")}
    for row in reader.execute(
        "SELECT project_uid, month, invest_month FROM monthly_report WHERE substr(month, 1, 4) = ?", (year,)
    ):
        found[row[0]][row[1]] = row[2]
    return found
