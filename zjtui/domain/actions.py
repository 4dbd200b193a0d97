"""Names of the operations in the change log, as a person reads them in the history."""

from zjtui.domain.codes import Codes
from zjtui.i18n import N_

OPERATIONS = Codes(
    {
        "workspace.new": N_("Set up the workspace"),
        "demo.load": N_("Load the demonstration register"),
        "generate": N_("Generate a register"),
        "project.add": N_("Add a project"),
        "project.set": N_("Edit a project"),
        "project.move": N_("Move a project"),
        "follow_up.add": N_("Log a follow-up"),
        "follow_up.set": N_("Edit a follow-up"),
        "issue.add": N_("Raise an issue"),
        "issue.set": N_("Edit an issue"),
        "issue.move": N_("Move an issue"),
        "service.move": N_("Move a service"),
        "monthly_report.move": N_("Move a monthly report"),
        "person.add": N_("Add a person"),
        "org.add": N_("Add an organisation"),
        "undo": N_("Undo"),
    }
)
FOUNDATIONS = ("workspace.new", "demo.load", "generate")  # what the register stands on: not undone by a key
