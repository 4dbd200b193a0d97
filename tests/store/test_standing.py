"""How projects stand in a year is derived: whatever is typed, moved, undone or removed, it is what a fresh count gives."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TODAY
from zjtui.store import standing
from zjtui.usecases import month, project, register, setup, undo
from zjtui.usecases.session import Session

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "month", "again", "invest", "region", "undo", "redo", "remove"]),
        st.integers(0, 2),
        st.integers(1, 9),
        st.integers(0, 10**9),
    ),
    max_size=12,
)


def stored(session: Session) -> list[tuple[Any, ...]]:
    """Return the derived rows as they are, and made anew."""
    return [tuple(row) for row in session.reader().execute("SELECT * FROM standing ORDER BY year, id")]


def run(session: Session, uids: list[str], step: tuple[str, int, int, int]) -> None:
    """Do one thing; what the rules refuse changes nothing."""
    what, which, number, amount = step
    uid = uids[which]
    if what == "plan":
        values = {
            "year": 2022 + number % 2,
            "year_class": "new_start",
            "plan_invest": amount,
            "plan_start_month": "2023-04",
        }
        register.add(session, "annual_plan", uid, values)
    elif what in ("month", "again"):
        month.put(session, uid, f"2023-{number:02}", {"invest_month": amount})
    elif what == "invest":
        project.edit(session, uid, {"total_invest": amount + 1})
    elif what == "region":
        project.edit(session, uid, {"region_code": "330900" if number % 2 else "330100"})
    elif what == "remove":
        report = session.reader().execute("SELECT uid FROM monthly_report LIMIT 1").fetchone()
        register.remove(session, "monthly_report", report["uid"] if report else "")
    else:
        getattr(undo, what)(session)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_derived_years_are_always_what_a_fresh_count_gives(tmp_path_factory: Any, steps: list[Any]) -> None:
    folder: Path = tmp_path_factory.mktemp("standing") / "w"
    session = setup.new(folder, today=TODAY, person="tester")
    try:
        uids = [
            project.add(session, {"name": f"项目{number}", "region_code": "330900", "total_invest": 10**9}).uid
            for number in range(3)
        ]
        for step in steps:
            try:
                run(session, uids, step)
            except Exception as refused:
                assert type(refused).__module__ == "zjtui.errors"
        before = stored(session)
        session.workspace.transact(standing.refresh_all)
        assert stored(session) == before
    finally:
        session.close()
