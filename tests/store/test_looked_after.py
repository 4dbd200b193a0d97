"""How projects are looked after is derived: whatever is typed, moved, undone or removed, it is what a fresh look gives."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from zjtui.store import looked_after, sqlite
from zjtui.store.read import findings
from zjtui.store.read.findings import Asked
from zjtui.usecases import project, register, setup, undo
from zjtui.usecases.session import Session

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["visit", "contact", "end", "move", "undo", "redo", "remove"]),
        st.integers(0, 1),
        st.integers(-200, 30),
        st.sampled_from(["contact", "supervise"]),
    ),
    min_size=2,
    max_size=9,
)
DAYS = (-230, -90, -1, 0, 20, 300)  # from today
ABOUT = ("contact_overdue", "never_visited", "visit_due", "no_next_step", "untouched")


def run(session: Session, uids: list[str], step: tuple[str, int, int, str]) -> None:
    """Do one thing; what the rules refuse changes nothing."""
    what, which, days, mechanism = step
    uid, day = uids[which], TODAY + timedelta(days)
    if what == "visit":
        form = "onsite" if days % 2 else "phone"
        values = {"findings": "看了现场", "people": ["李四"], "visit_date": day, "mechanism": mechanism, "form": form}
        register.add(session, "follow_up", uid, {**values, "next_visit": day + timedelta(14) if days % 3 else None})
    elif what == "contact":
        values = {"person_uid": "李四", "role": "team", "mechanism": mechanism, "from_date": day, "cycle_days": 20}
        register.add(session, "contact", uid, values)
    elif what in ("end", "move", "remove"):
        entity = "follow_up" if what == "remove" and days % 2 else "contact"
        row = session.reader().execute(f"SELECT uid FROM {entity} ORDER BY id DESC LIMIT 1").fetchone()
        found = row["uid"] if row else ""
        if what == "remove":
            register.remove(session, entity, found)
        else:
            register.edit(session, entity, found, {"to_date": day} if what == "end" else {"project_uid": uid})
    else:
        getattr(undo, what)(session)


def kept(connection: Any) -> list[tuple[Any, ...]]:
    """Return what is derived."""
    return [
        (table, *row)
        for table, columns in looked_after.TABLES.items()
        for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1, 2")
    ]


def found(connection: Any, day: date) -> list[int]:
    """Return what is found on a day."""
    asked = Asked(day)
    return [key for kind in ABOUT for key in findings.keys(connection, asked, (kind,))]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=[("contact", 0, -100, "contact"), ("end", 0, 10, "contact")])
@example(steps=[("contact", 0, -100, "contact"), ("visit", 0, 15, "contact")])
@example(steps=[("contact", 0, -100, "contact"), ("contact", 0, 10, "contact"), ("move", 1, 0, "contact")])
def test_what_is_kept_is_what_a_fresh_look_gives_on_any_day(tmp_path_factory: Any, steps: list[Any]) -> None:
    """Also on days before a visit or the end of a contact, where the visits and contacts themselves are asked."""
    folder: Path = tmp_path_factory.mktemp("looked") / "w"
    session = setup.new(folder, today=TODAY, person="tester")
    try:
        register.add(session, "person", None, {"name": "李四"})
        uids = [project.add(session, {"name": name, "region_code": "330900", "total_invest": 1}).uid for name in "甲乙"]
        for step in steps:
            try:
                run(session, uids, step)
            except Exception as refused:
                assert type(refused).__module__ == "zjtui.errors"
        held = kept(session.reader())
        lists = {number: found(session.reader(), TODAY + timedelta(number)) for number in DAYS}
    finally:
        session.close()
    fresh = sqlite.open_plain(folder / "zjtui.db")
    looked_after.refresh_all(fresh)
    assert held == kept(fresh)
    fresh.execute("UPDATE looked_after SET settled = '9999-12-31'")  # nothing that is kept of contacts is trusted
    for number, was in lists.items():
        assert was == found(fresh, TODAY + timedelta(number)), number
    fresh.close()
