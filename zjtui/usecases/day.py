"""Closing the day (收工): what is still open of it, and its end: drafts filed, a backup made."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from zjtui.domain.codes import Codes
from zjtui.i18n import N_
from zjtui.store.changes import BEIJING
from zjtui.store.read import day as reads
from zjtui.store.read import find
from zjtui.usecases import filing, maintenance
from zjtui.usecases.filing import Waiting
from zjtui.usecases.session import Outcome, Session

CHECKS = Codes(
    drafts=N_("day|Drafts"),
    unlinked=N_("day|Visits that raised a problem, without one"),
    photos=N_("day|Visits on site without a photo or file"),
    questions=N_("day|Questions still to be answered"),
    backup=N_("day|Changes since the last backup"),
)


@dataclass(frozen=True)
class Item:
    """One thing that is open: what it is about ("draft", an entity, or ""), its uid or key, and how it is shown."""

    about: str
    uid: str
    text: str
    fault: str = ""  # why a draft cannot be filed


@dataclass(frozen=True)
class Check:
    """One check of the day: its code of `CHECKS`, how much is open, and what."""

    code: str
    count: int
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Closed:
    """What closing the day did: the operation that filed the drafts (None: none), what was filed, left, backed up."""

    outcome: Outcome | None
    filed: list[Waiting]
    left: list[Waiting]
    backup: Path | None


def checks(session: Session) -> list[Check]:
    """Return the checks of the day, in the order in which they are worked off."""
    reader, today = session.reader(), session.today.isoformat()
    person = session.person if find.names(reader, "person", {session.person}) else ""
    drafts = [Item("draft", item.key, item.subject, filing.reason(item)) for item in filing.waiting(session)]
    unlinked = [Item("follow_up", uid, name) for uid, name in reads.unlinked(reader, today, person)]
    photos = [Item("follow_up", uid, name) for uid, name in reads.without_photo(reader, today, person)]
    asked = [Item("project", uid, name) for uid, name in reads.unanswered(reader, today, person)]
    open_items = {"drafts": drafts, "unlinked": unlinked, "photos": photos, "questions": asked}
    found = [Check(code, len(items), items) for code, items in open_items.items()]
    return [*found, Check("backup", unsaved(session))]


def unsaved(session: Session) -> int:
    """Return how many changes no backup has; a backup that is not there any more has none."""
    kept = session.settings.backup
    seq, file = kept.get("seq"), kept.get("file")
    there = isinstance(seq, int) and isinstance(file, str) and Path(file).is_file()
    return reads.changes_since(session.reader(), int(seq) if there and isinstance(seq, int) else 0)


def done(session: Session) -> dict[str, int]:
    """Return how many records of each kind the person added today."""
    return reads.done_on(session.reader(), datetime.now(BEIJING).date().isoformat(), session.person)


def backup_folder(session: Session) -> Path:
    """Return where the last backup went, else a folder of the workspace."""
    file = session.settings.backup.get("file")
    last = Path(str(file)).parent if file else None
    return last if last and last.is_dir() else session.workspace.folder / "backups"


def backup(session: Session, folder: Path) -> Path:
    """Write a checked backup under the time's name into `folder`, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"zjtui-{datetime.now(BEIJING):%Y%m%d-%H%M%S}"
    names = (f"{name}.db", *(f"{name}-{number}.db" for number in range(2, 100)))  # several in one second
    target = folder / next(item for item in names if not (folder / item).exists())
    maintenance.backup(session, target)
    return target


def close(
    session: Session,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Closed:
    """File every valid draft as one operation, then back up. Cancelled or refused, nothing is filed."""
    outcome, filed, left = filing.file_all(session, progress, cancelled)
    return Closed(outcome, filed, left, backup(session, folder))
