"""All record types by entity name, imported only when asked for: the first screen needs few of them."""

from functools import cache
from importlib import import_module

from zjtui.domain.record import Record
from zjtui.domain.workflow import Workflow

# In the order in which they refer to each other: a record comes after everything it can point to.
_HOMES = {
    "region": ("region", "Region"),
    "org": ("people", "Org"),
    "person": ("people", "Person"),
    "project": ("project", "Project"),
    "annual_plan": ("plan", "AnnualPlan"),
    "monthly_report": ("plan", "MonthlyReport"),
    "contact": ("contact", "Contact"),
    "follow_up": ("follow_up", "FollowUp"),
    "issue": ("issue", "Issue"),
    "service": ("service", "Service"),
    "element_need": ("element", "ElementNeed"),
    "policy": ("policy", "Policy"),
    "policy_match": ("policy", "PolicyMatch"),
    "promise": ("promise", "Promise"),
    "attachment": ("attachment", "Attachment"),
    "freeze": ("freeze", "Freeze"),
    "set_aside": ("set_aside", "SetAside"),
    "visit_plan": ("set_aside", "VisitPlan"),
    "question": ("question", "Question"),
    "correction": ("correction", "Correction"),
    "work_calendar": ("work_calendar", "WorkCalendar"),
    "report_template": ("report_template", "ReportTemplate"),
    "sent": ("report_template", "Sent"),
}
ENTITIES = tuple(_HOMES)
_WORKFLOWS = {
    "project": ("project_workflow", "WORKFLOW"),
    "monthly_report": ("plan", "REPORT_WORKFLOW"),
    "issue": ("issue", "WORKFLOW"),
    "service": ("service", "WORKFLOW"),
    "element_need": ("element", "WORKFLOW"),
    "policy_match": ("policy", "MATCH_WORKFLOW"),
    "promise": ("promise", "WORKFLOW"),
    "question": ("question", "WORKFLOW"),
}
MOVING = tuple(_WORKFLOWS)  # the kinds that go from state to state

# What hangs on one project, in the order in which its page shows it.
HANGING = (
    "annual_plan",
    "monthly_report",
    "contact",
    "follow_up",
    "issue",
    "service",
    "element_need",
    "policy_match",
    "promise",
    "attachment",
    "visit_plan",
    "set_aside",
    "question",
    "correction",
)


def day_fields(entity: str) -> list[str]:
    """Return the fields that hold the days on which a record came to its states."""
    flow = workflow(entity)
    return list(dict.fromkeys(name for name in (*flow.days.values(), flow.day_field) if name))


def has_workflow(entity: str) -> bool:
    """Tell whether records of `entity` move from state to state."""
    return entity in _WORKFLOWS


@cache
def model(entity: str) -> type[Record]:
    """Return the record type of `entity`."""
    module, name = _HOMES[entity]
    found: type[Record] = getattr(import_module(f"zjtui.domain.{module}"), name)
    return found


@cache
def workflow(entity: str) -> Workflow:
    """Return the state machine of `entity`."""
    module, name = _WORKFLOWS[entity]
    found: Workflow = getattr(import_module(f"zjtui.domain.{module}"), name)
    return found
