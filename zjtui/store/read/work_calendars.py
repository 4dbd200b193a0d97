"""The calendars of working days that the register holds."""

from zjtui.domain.work_calendar import WorkCalendar, given_of
from zjtui.domain.workdays import Given
from zjtui.store.rows import decode
from zjtui.store.sqlite import Connection


def given(connection: Connection) -> Given:
    """Return the years that were given."""
    return given_of(decode(WorkCalendar, row) for row in connection.execute("SELECT * FROM work_calendar"))
