"""The actions that several screens have, each declared once; a screen gives one another place with `replace`."""

from dataclasses import replace

from zjtui.i18n import N_
from zjtui.ui.action import Action

WITH_FILES = ("follow_up", "issue", "service")  # beside projects, the records that files are attached to
# What only one kind of record knows; on its own page and in its list
DOCUMENTS = Action(
    "documents", "deed", N_("Documents"), N_("Note outstanding documents as received"), 6, row=True, of=("service",)
)
WHY = Action("why", "deed", N_("Why?"), N_("Why it is paused, late or where it is"), 7, row=True, of=("service",))
NINETY_DAYS = Action(
    "strip", "deed", N_("90 days"), N_("Which days of the project's services count"), 8, row=True, of=("service",)
)
ESCALATE = Action(
    "escalate", "deed", N_("Escalate"), N_("Take the issue up the ladder, L1 to L4"), 6, row=True, of=("issue",)
)
TICK = Action("tick", "deed", N_("Tick steps"), N_("Say which steps of the issue are done"), 0, row=True, of=("issue",))
MERGE = Action(
    "merge", "deed", N_("Merge"), N_("Merge the issue into another open one of its project"), 0, row=True, of=("issue",)
)
HAND_OVER = Action(
    "hand_over", "deed", N_("Hand over"), N_("Hand all projects of the person to another"), 7, of=("person", "contact")
)
SUGGEST = Action(
    "suggest",
    "deed",
    N_("Suggest policies"),
    N_("Match the policy to the projects it fits"),
    8,
    of=("policy", "policy_match"),
)
SHEET = Action(
    "sheet",
    "deed",
    N_("Escalation sheet"),
    N_("Make the Word file that goes up with the issue"),
    12,
    row=True,
    of=("issue",),
)
EXPORT = Action(
    "export_list",
    "write",
    N_("Export…"),
    N_("Write the list as it is shown to a file: Excel, CSV, JSON"),
    18,
)
MARK = Action("mark", "mark", N_("Mark"), N_("Mark the row, or unmark it, and go on"), 3)
MARKS = (
    replace(MARK, footer=12, row=True),
    Action("mark_to(1)", "mark_down", N_("Mark down"), N_("Mark rows downwards"), 0, palette=False, row=True),
    Action("mark_to(-1)", "mark_up", N_("Mark up"), N_("Mark rows upwards"), 0, palette=False, row=True),
    Action("mark_all", "mark_all", N_("Mark all"), N_("Mark all rows of the filter, or none"), 13),
    Action("bulk", "bulk", N_("Many at once…"), N_("Set, move, assign or export the marked rows"), 14, row=True),
    Action("views", "views", N_("Views"), N_("Filters, columns and order under a name"), 15),
    EXPORT,
)
ADD = Action("add_here", "add", N_("Add"), N_("Add one; asks of which project, the one under the cursor first"), 6)
SORT = Action("sort", "sort", N_("Sort"), N_("Sort by any column"), 9)
COLUMNS = Action("columns", "columns", N_("Columns"), N_("Choose the columns shown"), 10)
REMOVE = Action(
    "remove", "remove", N_("Remove"), N_("Take the record under the cursor out; undo brings it back"), 0, row=True
)
OPEN_PROJECT_ROW = Action(
    "open", "open", N_("Open"), N_("Open the project under the cursor"), 2, palette=False, row=True
)
OPEN_LINE = Action("open", "open", N_("Open"), N_("Open what the line is about"), 2, palette=False, row=True)
ITS_PROJECT = Action("open_project", "project", N_("Project"), N_("Open its project"), 5)
FOLLOW_UP_ROW = Action(
    "add_follow_up",
    "follow_up",
    N_("Follow up"),
    N_("Log a follow-up of the project under the cursor"),
    4,
    row=True,
)
MONTH_STEPS = (
    Action("month(-1)", "earlier", N_("Month before"), N_("Show the month before"), 3),
    Action("month(1)", "later", N_("Month after"), N_("Show the month after"), 4),
)
FORMS_KEY = Action("forms", "deed", N_("Forms"), N_("Fill workbooks of other offices; what was sent to whom"), 3)
FREEZES_KEY = Action("freezes", "deed", N_("Freezes"), N_("Months as they were told, and what changed since"), 9)
KNOWN = Action("known", "deed", N_("As known…"), N_("As the register was known on a day; again: as it is now"), 10)
