"""The lines under a league table: the thresholds in force, what is missing or doubtful, why some are not ranked."""

from zjtui.domain.money import plain
from zjtui.domain.month import Month
from zjtui.i18n import N_, _
from zjtui.reports import indicators
from zjtui.reports.league import CARE_METRICS, SMALL, Row, earlier
from zjtui.store.read import care, standings
from zjtui.store.read.standings import Scope
from zjtui.usecases.session import Session


def notes(session: Session, rows: list[Row], when: Month, by: str = "city", metric: str = "completion") -> list[str]:
    """Return the lines under a table: thresholds in force, what is missing and doubtful, why some are not ranked."""
    limits = session.limits
    days, share = int(limits["evidence_days"]), plain(limits["evidence_share"] * 100)
    found = [
        indicators.rule(session),
        _(N_("Evidence: seen on site or documented in {days} days; ? below {share} %: unverified")).format(
            days=days, share=share
        ),
    ]
    reader, day = session.reader(), int(limits["report_day"])
    prompt, due = care.punctuality(reader, Scope(), when.year, when.month, day)
    found.append(
        _(N_("Reports of {month}: {late} of {due} missing or late; questions not answered: {asked}")).format(
            month=when, late=due - prompt, due=due, asked=care.unanswered(reader)
        )
    )
    found += [line for line in (compared_with(session, by, metric, when), _withdrawn(session, when)) if line]
    if any(row.small for row in rows):
        found.append(_(N_("* fewer than {count} projects: listed, not ranked")).format(count=SMALL))
    return found


def compared_with(session: Session, by: str, metric: str, when: Month) -> str:
    """Return what the change of rank is measured from, in a line under the table; "" in January."""
    if when.month == 1:
        return ""
    last = Month(when.year, when.month - 1)
    record = None if metric in CARE_METRICS else earlier(session, by, when, [])[1]
    if record is None:
        return _(N_("Change of rank: from {month} by what the register knows of it now")).format(month=last)
    text = _(N_("Change of rank: from {month} as the freeze “{name}” of {day} told it"))
    return text.format(month=last, name=record.name, day=record.made_on)


def _withdrawn(session: Session, when: Month) -> str:
    count = standings.whole(session.reader(), Scope(), when.year, when.month).withdrawn
    return indicators.withdrawn(count) if count else ""
