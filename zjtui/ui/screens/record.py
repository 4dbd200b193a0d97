"""One record other than a project: all its fields, and where it stands."""

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from zjtui.domain import registry
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.store.read.records import get, title_of
from zjtui.ui.action import Action, bindings
from zjtui.ui.actions import RECORD
from zjtui.ui.base import BaseScreen
from zjtui.ui.project_text import overview


class RecordScreen(BaseScreen):
    """A follow-up, an issue, a service, ... in full."""

    CSS_PATH = "../styles/page.tcss"
    ACTIONS: ClassVar[tuple[Action, ...]] = RECORD
    BINDINGS: ClassVar[list[BindingType]] = bindings(RECORD)

    def __init__(self, entity: str, uid: str) -> None:
        super().__init__()
        self.entity, self.uid = entity, uid
        self.record: Any = None

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="overview"):
            yield Static(id="overview-text")

    def on_mount(self) -> None:
        self.reload()
        self.query_one("#overview").focus()

    def title_parts(self) -> list[str]:
        if self.record is None:
            return []
        names = find.names(self.session.reader(), "project", {getattr(self.record, "project_uid", "")})
        title = title_of(self.session.reader(), self.record)
        return [*names.values(), _(registry.model(self.entity).noun), title]

    def record_in_front(self) -> tuple[str, str]:
        """Return what the history is asked about."""
        return self.entity, self.uid

    def reload(self) -> None:
        """Read the record anew."""
        try:
            self.record = get(self.session.reader(), self.entity, self.uid)
        except Refused as error:
            self.complain(error)
            self.dismiss(None)
            return
        self.show_title()
        parts = [overview(self.session, self.record)]
        if self.entity == "service":
            from zjtui.ui.service_text import service_preview

            parts.insert(0, service_preview(self.session, self.uid))
        if self.entity == "issue":
            from zjtui.ui.issue_text import issue_preview

            parts.insert(0, issue_preview(self.session, self.record))
        if self.entity == "follow_up":
            from zjtui.ui.visit_text import visit_text

            parts[0] = visit_text(self.session, self.record, parts[0])
        self.query_one("#overview-text", Static).update(Content("\n\n").join(parts))

    def _of(self, entity: str) -> bool:
        if self.entity != entity:
            noun = _(registry.model(entity).noun)
            self.status(_(N_("This is no record of the kind “{noun}”")).format(noun=noun), "$text-warning")
        return self.entity == entity

    def action_documents(self) -> None:
        """Note outstanding documents as received."""
        if self._of("service"):
            self.zj.receive_documents(self.uid)

    def action_escalate(self) -> None:
        """Take the issue up the ladder."""
        if self._of("issue"):
            self.zj.deeds.escalate(self.zj, self.uid)

    def action_tick(self) -> None:
        """Say which steps are done."""
        if self._of("issue"):
            self.zj.deeds.tick(self.zj, self.uid)

    def action_sheet(self) -> None:
        """Make the issue's escalation sheet."""
        if self._of("issue"):
            self.zj.deeds.sheet(self.zj, self.uid)

    def action_merge(self) -> None:
        """Merge the issue into another open one."""
        if self._of("issue"):
            self.zj.deeds.merge(self.zj, self.uid)

    def action_attach(self) -> None:
        """Attach a file to this record."""
        if self.entity in ("follow_up", "issue", "service"):
            self.zj.deeds.attach(self.zj, self.record.project_uid, (self.entity, self.uid))
        else:
            self.status(_(N_("Files are attached to projects, follow-ups, issues and services")), "$text-warning")

    def action_remove(self) -> None:
        """Take this record out."""
        self.zj.deeds.remove(self.zj, self.entity, self.uid)

    def action_edit(self) -> None:
        """Edit it."""
        self.zj.edit_record(self.entity, self.uid)

    def action_add_issue(self) -> None:
        """Raise an issue from this follow-up."""
        if self.entity == "follow_up":
            self.zj.add_issue(self.record.project_uid, self.uid)
        else:
            self.status(_(N_("Issues are raised from a follow-up or a project")), "$text-warning")

    def action_move(self) -> None:
        """Take it to its next state."""
        if registry.has_workflow(self.entity):
            self.zj.move_record(self.entity, self.uid)
        else:
            self.status(_(N_("These records have no states; F2 edits them")), "$text-warning")

    def action_open_project(self) -> None:
        """Open its project."""
        project_uid = getattr(self.record, "project_uid", None)
        if project_uid:
            self.zj.open_record("project", project_uid)
        else:
            self.status(_(N_("It belongs to no single project")), "$text-warning")
