"""Closing the day (收工): what is still open of it, and its end: drafts filed, a backup made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from zjtui import config, files
from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.errors import Msg, UsageError, ZjtuiError
from zjtui.i18n import N_, _
from zjtui.store.changes import BEIJING
from zjtui.store.read import day as reads
from zjtui.store.read import find, findings
from zjtui.store.read.finding_scope import Scope
from zjtui.usecases import attachment, filing, maintenance
from zjtui.usecases.filing import Waiting
from zjtui.usecases.session import Outcome, Session

_MANY = 50  # visited projects from which all are asked about at once instead of one by one
CHECKS = Codes(
    drafts=N_("day|Drafts"),
    unlinked=N_("day|Visits that raised a problem, without one"),
    next=N_("day|Visited projects without a next step"),
    photos=N_("day|Visits on site without a photo or file"),
    files=N_("day|Attachments without their content"),
    questions=N_("day|Questions and promises still to be answered"),
    backup=N_("day|Changes since the last backup"),
)


@dataclass(frozen=True)
class Item:
    """One thing that is open: what it is about ("draft", an entity, or ""), its uid or key, and how it is shown."""

    about: str
    uid: str
    text: str
    fault: str = ""  # why a draft cannot be filed, or what is asked


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
    backup: maintenance.Kept | None
    fault: ZjtuiError | None = None  # why there is no backup


def checks(session: Session) -> list[Check]:
    """Return the checks of the day, in the order in which they are worked off."""
    config.refresh_settings(session.workspace.folder, session.settings)  # a backup may have been made beside the app
    reader, today = session.reader(), session.today.isoformat()
    person = session.person if find.names(reader, "person", {session.person}) else ""
    visited = reads.visits(reader, today, person)
    visits, projects = {uid for uid, _project in visited}, list(dict.fromkeys(project for _uid, project in visited))
    no_photo = reads.without_photo(reader, today, person)
    lost = attachment.missing(session)
    found = {
        "drafts": [Item("draft", item.key, item.subject, filing.reason(item)) for item in filing.waiting(session)],
        "unlinked": [item for item in _findings(session, projects, "not_linked") if item.uid in visits],
        "next": _findings(session, projects, "no_next_step"),
        "photos": [Item("follow_up", uid, name) for uid, name in no_photo],
        "files": [Item("attachment", uid, name, str(Msg(N_("its content is missing")))) for uid, name in lost],
        "questions": [
            *_findings(session, projects, "odd_figure"),
            *(Item("promise", uid, name, text) for uid, name, text in reads.promises_due(reader, today, projects)),
        ],
    }
    return [*(Check(code, len(items), items) for code, items in found.items()), _backup_check(session)]


def _findings(session: Session, projects: list[str], kind: str) -> list[Item]:
    """Return the findings of a kind about `projects`, as the gap board tells them: without what is set aside."""
    reader = session.reader()
    if len(projects) > _MANY:
        scopes = [findings.scope_of(reader, session.person)]
    else:
        scopes = [Scope(project=uid) for uid in projects]
    found = [item for scope in scopes for item in findings.gaps(reader, session.asked(scope), kind).findings]
    return [
        Item("follow_up", item.about_uid, item.project, str(item.why))
        if item.about == "follow_up"
        else Item("project", item.project_uid, item.project, str(item.why))
        for item in found
        if item.project_uid in projects
    ]


def _backup_check(session: Session) -> Check:
    """Tell how many changes no backup has, and where the last one lies."""
    file = session.settings.backup.get("file")
    if not isinstance(file, str):
        return Check("backup", unsaved(session), [Item("backup", "", str(Msg(N_("There is no backup yet"))))])
    last = Path(file)
    where: object = last.parent
    if not last.parent.is_dir():
        where = Msg(N_("not there now: {path}"), path=last.parent)
    elif not last.is_file():
        where = Msg(N_("deleted from {path}"), path=last.parent)
    elif not apart(session):
        where = Msg(N_("on the same disk, where both would be lost: {path}"), path=last.parent)
    return Check("backup", unsaved(session), [Item("backup", "", last.name, str(where))])


def unsaved(session: Session) -> int:
    """Return how many changes no backup has; one that was deleted has none, one on a stick that was pulled counts.

    One on the disk of the register itself is none, whatever else it is good for.
    """
    kept = session.settings.backup
    seq, file = kept.get("seq"), kept.get("file")
    if not isinstance(seq, int) or not isinstance(file, str):
        return reads.changes_since(session.reader(), 0)
    deleted = Path(file).parent.is_dir() and not Path(file).is_file()
    return reads.changes_since(session.reader(), 0 if deleted or not apart(session) else seq)


def apart(session: Session) -> bool:
    """Tell whether the last backup lies on another disk than the register."""
    kept = session.settings.backup
    folder = Path(str(kept.get("file"))).parent
    return not files.same_disk(session.workspace.folder, folder) if folder.is_dir() else bool(kept.get("apart", True))


def done(session: Session) -> dict[str, int]:
    """Return how many records of each kind the person added today."""
    return reads.done_on(session.reader(), datetime.now(BEIJING).date().isoformat(), session.person)


def told(checks: Sequence[Check], done: Mapping[str, int]) -> str:
    """Return in a sentence what was entered today, and that nothing is open where that is so."""
    parts = [
        f"{_(registry.model(entity).noun)} {count}" for entity, count in done.items() if entity in registry.ENTITIES
    ]
    today = _(N_("Entered today: {what}")).format(what=" · ".join(parts)) if parts else _(N_("Nothing entered today"))
    if any(check.count for check in checks):
        return today
    return _(N_("Nothing is open. Good night!")) + " " + today


def backup_folder(session: Session) -> Path:
    """Return where the last backup went, else a folder of the workspace."""
    file = session.settings.backup.get("file")
    last = Path(str(file)).parent if file else None
    return last if last and last.is_dir() else session.workspace.folder / "backups"


def folder_gone(session: Session) -> bool:
    """Tell whether the last backup went to a folder that is not there now: a stick that was pulled."""
    file = session.settings.backup.get("file")
    return bool(file) and not Path(str(file)).parent.is_dir()


def backup(session: Session, folder: Path) -> maintenance.Kept:
    """Write a checked backup under the time's name into `folder`, which is made where it is not there.

    Then older ones make room, the last good ones stay.

    What it lies in is never made: a stick that is not there must not become a folder of this disk.
    """
    name = f"zjtui-{datetime.now(BEIJING):%Y%m%d-%H%M%S}"
    names = (f"{name}.db", *(f"{name}-{number}.db" for number in range(2, 100)))  # several in one second
    try:
        if not folder.parent.is_dir():
            raise UsageError(N_("There is no folder {path}"), path=folder.parent)
        files.make_folder(folder)
        target = folder / next(item for item in names if not (folder / item).exists())
    except OSError as error:
        raise ZjtuiError(N_("{path} cannot be written: {reason}"), path=folder, reason=error.strerror) from None
    kept = maintenance.backup(session, target)
    maintenance.rotate(folder, target, session.workspace.device)
    return kept


def close(
    session: Session,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Closed:
    """File every valid draft as one operation, then back up. Cancelled, nothing is done.

    A backup that fails is told with what was filed: that stands.
    """
    outcome, filed, left = filing.file_all(session, progress, cancelled)
    try:
        return Closed(outcome, filed, left, backup(session, folder))
    except ZjtuiError as error:
        return Closed(outcome, filed, left, None, error)
