"""The wall clock against the log: an entry is dated by the clock, ordered by the log, and either can be wrong."""

from datetime import datetime, timedelta

from zjtui.errors import Msg
from zjtui.i18n import N_
from zjtui.store import changes
from zjtui.store.read import day, history
from zjtui.usecases.session import Session

_SLACK = timedelta(minutes=5)  # two computers' clocks are never quite alike
_PAUSE = timedelta(days=366)  # after which nobody having worked is less likely than a wrong clock


def doubt(session: Session) -> Msg | None:
    """Return why this computer's clock is not believed: it is before the newest entry, or long after it."""
    newest = None if session.standing else history.newest_at(session.reader())
    if newest is None:
        return None
    was = datetime.fromisoformat(newest)
    now = datetime.fromisoformat(changes.wall_time(changes.now_ms()))
    shown = {"at": newest[:16].replace("T", " "), "now": now.strftime("%Y-%m-%d %H:%M")}
    if was > now + _SLACK:
        return Msg(N_("The newest entry is of {at}, this computer's clock says {now}: is the clock right?"), **shown)
    if now > was + _PAUSE:
        return Msg(
            N_("Nothing was entered since {at}, and this computer's clock says {now}: is the clock right?"), **shown
        )
    return None


def ahead(session: Session) -> Msg | None:
    """Return what is to be said of visits that have not come yet: a wrong clock dated them."""
    count, last = day.visits_after(session.reader(), session.today)
    if not count:
        return None
    return Msg(
        N_("{count} visits lie in the future, the last on {day}: was the clock wrong? Their day can be edited"),
        count=count,
        day=last,
    )
