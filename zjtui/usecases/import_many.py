"""Several lists taken in as one: looked at one after the other, written as one operation, taken back by one undo."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.store.write.tx import Tx
from zjtui.usecases.importing import Job, Progress, Result, Undone, head_of, taken
from zjtui.usecases.session import Outcome, Session


def preview(
    session: Session,
    jobs: Sequence[Job],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Result]:
    """Return what `run` would do, list by list: a later one sees what the earlier ones do. Raises `Cancelled`."""
    found: list[Result] = []

    def work(tx: Tx) -> None:
        found.extend(_each(tx, session, jobs, progress, cancelled))
        raise Undone

    with suppress(Undone):
        session.operate("list.import", work)
    return found


def run(
    session: Session,
    jobs: Sequence[Job],
    seen: Sequence[Result],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Outcome | None, list[Result]]:
    """Take the lists in as one operation; `seen` is their preview. Rule L-05. Raises `Cancelled`."""
    if not any(result.counts[what] for result in seen for what in ("new", "changed")):
        return None, list(seen)
    found: list[Result] = []

    def work(tx: Tx) -> None:
        if head_of(tx) != seen[0].head:
            raise Refused(N_("The register was changed since the list was looked at: look at it again"), rule="L-05")
        found.extend(_each(tx, session, jobs, progress, cancelled))
        if [result.counts for result in found] != [result.counts for result in seen]:
            raise Refused(N_("The list was changed since it was looked at: look at it again"), rule="L-05")

    tx, _nothing = session.operate("list.import", work)
    return Outcome("", tx.operation, created=tx.created), found


def _each(
    tx: Tx,
    session: Session,
    jobs: Sequence[Job],
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> list[Result]:
    head, total, done = head_of(tx), sum(job.total for job in jobs), 0
    found = []
    for job in jobs:
        before, known = done, len(tx.created)

        def told(number: int, _total: int, before: int = before) -> None:
            if progress:
                progress(before + number, total)

        result = taken(tx, session, job, told, cancelled)
        result.head, result.created = head, result.created[known:]
        found.append(result)
        done += job.total
        assert tx.connection  # what waits is written: the next list looks for it in the tables
    return found
