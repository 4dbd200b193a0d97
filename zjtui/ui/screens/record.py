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
from zjtui.ui.actions_shared import WITH_FILES
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

    @property
    def kind_in_front(self) -> str:
        """It is one record."""
        return self.entity

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

    def action_documents(self) -> None:
        """Note outstanding documents as received."""
        self.zj.receive_documents(self.uid)

    def action_why(self) -> None:
        """Say in one sentence why the service is paused, late or where it is."""
        from zjtui.domain.service_clock import why

        self.status(str(why(self.record.__dict__, self.session.today, self.session.limits)), "bold")

    def action_strip(self) -> None:
        """Show which days of the project's services count towards the 90 days."""
        from zjtui.ui.screens.strip import StripScreen

        self.app.push_screen(StripScreen(self.record.project_uid))

    def action_escalate(self) -> None:
        """Take the issue up the ladder."""
        self.zj.deeds.escalate(self.zj, self.uid)

    def action_tick(self) -> None:
        """Say which steps are done."""
        self.zj.deeds.tick(self.zj, self.uid)

    def action_sheet(self) -> None:
        """Make the issue's escalation sheet."""
        self.zj.deeds.sheet(self.zj, self.uid)

    def action_merge(self) -> None:
        """Merge the issue into another open one."""
        self.zj.deeds.merge(self.zj, self.uid)

    def action_hand_over(self) -> None:
        """Hand all projects of the person to another."""
        self.zj.deeds.hand_over(self.zj, self.uid if self.entity == "person" else self.record.person_uid)

    def action_suggest(self) -> None:
        """Match the policy to the projects it fits."""
        self.zj.deeds.suggest(self.zj, policy=self.uid if self.entity == "policy" else self.record.policy_uid)

    def action_attach(self) -> None:
        """Attach a file to this record."""
        if self.entity in WITH_FILES:
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
