"""The actions of the lists of records: projects, issues, services, visits, and the directory."""

from dataclasses import replace

from zjtui.i18n import N_
from zjtui.ui.action import Action, of_screen
from zjtui.ui.actions_shared import (
    ADD,
    COLUMNS,
    DOCUMENTS,
    ESCALATE,
    EXPORT,
    FOLLOW_UP_ROW,
    HAND_OVER,
    MARKS,
    MERGE,
    NINETY_DAYS,
    OPEN_PROJECT_ROW,
    REMOVE,
    SHEET,
    SORT,
    SUGGEST,
    TICK,
    WHY,
)

PROJECTS = of_screen(
    "projects",
    OPEN_PROJECT_ROW,
    FOLLOW_UP_ROW,
    Action("add_issue", "issue", N_("Raise issue"), N_("Raise an issue of the project under the cursor"), 5, row=True),
    Action("edit", "edit", N_("Edit"), N_("Edit the project under the cursor"), 3, row=True),
    Action("move", "move", N_("Change status"), N_("Take the project to another stage"), 6, row=True),
    Action("filter", "filter", N_("Filter"), N_("Type to filter: name, code, owner, place, pinyin initials"), 7),
    Action(
        "choose_filter", "filter_by", N_("Filter by…"), N_("Filter by region, field, stage, attribute, scale, mine"), 8
    ),
    SORT,
    COLUMNS,
    Action("add_project", "add", N_("New project"), N_("Add a project"), 11),
    Action("brief", "brief", N_("Brief"), N_("One page on the project before a visit"), 16, row=True),
    Action(
        "import_list",
        "take_in",
        N_("Import…"),
        N_("Take a list in: Excel, CSV or JSON; shows first what it would do"),
        17,
    ),
    *MARKS,
)
ISSUES = of_screen(
    "issues",
    Action("open", "open", N_("Open"), N_("Open the issue under the cursor"), 2, palette=False, row=True),
    Action("move", "move", N_("Change status"), N_("Take the issue to its next state"), 3, row=True),
    Action("edit", "edit", N_("Edit"), N_("Edit the issue under the cursor"), 4, row=True),
    Action("open_project", "project", N_("Project"), N_("Open the issue's project"), 5, row=True),
    ADD,
    Action("filter", "filter", N_("Filter"), N_("Type to filter: problem, number, project"), 7),
    Action("choose_filter", "filter_by", N_("Filter by…"), N_("Filter by state, kind, severity, region, unit"), 8),
    Action("sort", "sort", N_("Sort"), N_("Sort by any column; group by state or unit"), 10),
    replace(COLUMNS, footer=11),
    ESCALATE,
    TICK,
    SHEET,
    MERGE,
    *MARKS,
)
SERVICES = of_screen(
    "services",
    Action("open", "open", N_("Open"), N_("Open the service under the cursor"), 2, palette=False, row=True),
    Action(
        "move",
        "move",
        N_("Change status"),
        N_("Accept, pause, resume, decide, deliver, refuse or withdraw"),
        3,
        row=True,
    ),
    Action("edit", "edit", N_("Edit"), N_("Edit the service under the cursor"), 4, row=True),
    Action("open_project", "project", N_("Project"), N_("Open the service's project"), 5, row=True),
    DOCUMENTS,
    WHY,
    NINETY_DAYS,
    replace(ADD, footer=9),
    Action("filter", "filter", N_("Filter"), N_("Type to filter: project, department, document"), 10),
    Action("choose_filter", "filter_by", N_("Filter by…"), N_("Filter by state, kind, region, department, mine"), 11),
    replace(SORT, footer=12),
    replace(COLUMNS, footer=13),
    *MARKS,
)
VISITS = of_screen(
    "visits",
    Action("open", "open", N_("Open"), N_("Open the visit under the cursor"), 2, palette=False, row=True),
    Action("edit", "edit", N_("Edit"), N_("Edit the visit under the cursor"), 3, row=True),
    Action("open_project", "project", N_("Project"), N_("Open the visit's project"), 4, row=True),
    Action("add_issue", "issue", N_("Raise issue"), N_("Raise an issue from the visit under the cursor"), 5, row=True),
    ADD,
    Action("filter", "filter", N_("Filter"), N_("Type to filter: words of the visit, project"), 7),
    Action(
        "choose_filter", "filter_by", N_("Filter by…"), N_("Filter by week, region, mechanism, form, result, mine"), 8
    ),
    SORT,
    COLUMNS,
    *MARKS,
)
DIRECTORY = of_screen(
    "directory",
    Action("open", "open", N_("Open"), N_("Open the record under the cursor"), 2, palette=False, row=True),
    Action("edit", "edit", N_("Edit"), N_("Edit the record under the cursor"), 3, row=True),
    Action("section(1)", "next", N_("Next list"), N_("Show the next list"), 4),
    Action("section(-1)", "previous", N_("Previous list"), N_("Show the previous list"), 0),
    Action("move", "move", N_("Change status"), N_("Take the record to its next state"), 5),
    Action("add_here", "add", N_("Add"), N_("Add one to the list in front; asks of which project"), 6),
    HAND_OVER,
    SUGGEST,
    Action("open_project", "project", N_("Project"), N_("Open the record's project"), 9),
    Action("filter", "filter", N_("Filter"), N_("Type to filter by name"), 10),
    Action("choose_filter", "filter_by", N_("Filter by…"), N_("Choose a state, or only one's own projects"), 11),
    Action("views", "views", N_("Views"), N_("A list and its filter under a name"), 12),
    EXPORT,
    REMOVE,
)
