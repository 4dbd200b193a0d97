"""The one table of actions: keys, footer, palette and help are all read from here and from `actions_*.py`.

Every action has a key that works while a Chinese input method is on: a function key, Ctrl, a digit or an arrow.
Letters and punctuation are only second keys. Labels and helps are message ids.
"""

from dataclasses import replace

from zjtui.i18n import N_
from zjtui.ui.action import Action, of_screen
from zjtui.ui.actions_looking import (
    BRIEF,
    DAY,
    FREEZE,
    FREEZES,
    GAPS,
    LEAGUE,
    MEMBERS,
    MONTH_STEPS,
    OVERVIEW,
    REPORT,
    REPORTS_LIST,
    STRIP,
    TODAY,
    TOMORROW,
    WEEKS,
)
from zjtui.ui.actions_office_forms import FILLING, FORMS, SENT

GLOBAL = of_screen(
    "everywhere",
    Action("help", "f1", N_("Help"), N_("Keys and typing aids of this screen"), 1),
    Action("go('projects')", "1", N_("Projects"), N_("The register of projects"), 40),
    Action("go('issues')", "2", N_("Issues"), N_("All problems across projects"), 41),
    Action("go('services')", "3", N_("Green channel"), N_("Every service on its clock"), 43),
    Action("go('months')", "4", N_("Months"), N_("A month's reports, typed down the column"), 44),
    Action("go('overview')", "5", N_("Overview"), N_("How we stand against the targets"), 45),
    Action("go('league')", "6", N_("League"), N_("Who leads, who lags"), 46),
    Action("go('directory')", "9", N_("Directory"), N_("People, units, policies, needs, promises, contacts"), 45),
    Action("go('today')", "8", N_("Today"), N_("What is due for me, the weightiest first"), 46),
    Action("go('gaps')", "0", N_("Gaps"), N_("What is missing or forgotten, kind by kind"), 47),
    Action("go('log')", "7", N_("Log"), N_("Every operation, newest first"), 42),
    Action(
        "go('day')", "ctrl+u", N_("Close the day"), N_("What is still open today; file the drafts, make a backup"), 48
    ),
    Action(
        "go('reports')", "ctrl+f5", N_("Reports"), N_("Briefs, bulletins, ledgers, letters: see them, save them"), 0
    ),
    Action(
        "go('visits')", "ctrl+f3", N_("Visits"), N_("Every visit, meeting and call: mine, this week's, a region's"), 0
    ),
    Action(
        "go('weeks')", "ctrl+f2", N_("Calendar"), N_("Week by week: what is planned, agreed and due, what was done"), 0
    ),
    Action("search", "f7", N_("Search"), N_("Find words in projects, follow-ups and issues"), 20),
    Action("follow_up_any", "f12", N_("Follow up…"), N_("Log a follow-up: choose the project, the last ten first"), 21),
    Action("history", "f8,ctrl+h", N_("History"), N_("Who changed what, when, from what to what"), 30),
    Action("undo", "ctrl+z", N_("Undo"), N_("Take back the last operation that stands"), 31),
    Action("redo", "ctrl+y", N_("Redo"), N_("Do again what was undone last"), 0),
    Action("settings", "f9", N_("Settings"), N_("Language, theme, who I am"), 50),
    Action("language", "ctrl+l", N_("中文/English"), N_("Switch between Chinese and English"), 51),
    Action("palette", "ctrl+p", N_("Commands"), N_("Find any action by its name"), 52, palette=False),
    Action("screen.back", "escape", N_("Back"), N_("Close this and go back; clears a filter first"), 0, palette=False),
    Action("leave", "f10,ctrl+q", N_("Quit"), N_("Leave zjtui; everything is saved already"), 60),
)
SHEET = Action("sheet", "ctrl+x", N_("Escalation sheet"), N_("Make the Word file that goes up with the issue"), 12)
EXPORT = Action(
    "export_list",
    "ctrl+d",
    N_("Export…"),
    N_("Write the list as it is shown to a file: Excel, CSV, JSON"),
    18,
)
MARKS = (
    Action("mark", "insert,space", N_("Mark"), N_("Mark the row, or unmark it, and go on"), 12),
    Action("mark_to(1)", "shift+down", N_("Mark down"), N_("Mark rows downwards"), 0, palette=False),
    Action("mark_to(-1)", "shift+up", N_("Mark up"), N_("Mark rows upwards"), 0, palette=False),
    Action("mark_all", "ctrl+a", N_("Mark all"), N_("Mark all rows of the filter, or none"), 13),
    Action("bulk", "ctrl+b", N_("Many at once…"), N_("Set, move, assign or export the marked rows"), 14),
    Action("views", "ctrl+w", N_("Views"), N_("Filters, columns and order under a name"), 15),
    EXPORT,
)
ADD = Action("add_here", "ctrl+n", N_("Add"), N_("Add one; asks of which project, the one under the cursor first"), 6)
PROJECTS = of_screen(
    "projects",
    Action("open", "enter", N_("Open"), N_("Open the project under the cursor"), 2, palette=False),
    Action("add_follow_up", "f3", N_("Follow up"), N_("Log a follow-up of the project under the cursor"), 4),
    Action("add_issue", "f4", N_("Raise issue"), N_("Raise an issue of the project under the cursor"), 5),
    Action("edit", "f2", N_("Edit"), N_("Edit the project under the cursor"), 3),
    Action("move", "f5", N_("Move"), N_("Take the project to another stage"), 6),
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter: name, code, owner, place, pinyin initials"), 7),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Filter by region, field, stage, attribute, scale, mine"), 8),
    Action("sort", "ctrl+o,s", N_("Sort"), N_("Sort by any column"), 9),
    Action("columns", "ctrl+k,c", N_("Columns"), N_("Choose the columns shown"), 10),
    Action("add_project", "ctrl+n", N_("New project"), N_("Add a project"), 11),
    Action("brief", "ctrl+r,b", N_("Brief"), N_("One page on the project before a visit"), 16),
    Action(
        "import_list",
        "ctrl+e",
        N_("Import…"),
        N_("Take a list in: Excel, CSV or JSON; shows first what it would do"),
        17,
    ),
    *MARKS,
)
PROJECT = of_screen(
    "project",
    Action("edit", "f2", N_("Edit"), N_("Edit the project, or the record under the cursor"), 2),
    Action("add_follow_up", "f3", N_("Follow up"), N_("Log a follow-up of this project"), 3),
    Action(
        "add_issue", "f4", N_("Raise issue"), N_("Raise an issue; from a follow-up under the cursor, of that one"), 4
    ),
    Action("move", "f5", N_("Move"), N_("Move the project's stage, or the record under the cursor"), 5),
    Action("add_here", "ctrl+n", N_("Add"), N_("Add a record to the section in front"), 6),
    Action("brief", "ctrl+r,b", N_("Brief"), N_("One page on the project before a visit"), 7),
    Action("strip", "ctrl+g", N_("90 days"), N_("Which days of the services count"), 8),
    Action("attach", "ctrl+d", N_("Attach"), N_("Attach a file to the project, or to the record under the cursor"), 9),
    Action("suggest", "ctrl+e", N_("Suggest policies"), N_("Match the policies that fit this project"), 0),
    Action("remove", "delete", N_("Remove"), N_("Take the record under the cursor out; undo brings it back"), 0),
    Action("section(1)", "tab,ctrl+right", N_("Next section"), N_("Show the next section"), 10),
    Action("section(-1)", "shift+tab,ctrl+left", N_("Previous section"), N_("Show the previous section"), 0),
)
ISSUES = of_screen(
    "issues",
    Action("open", "enter", N_("Open"), N_("Open the issue under the cursor"), 2, palette=False),
    Action("move", "f5", N_("Move"), N_("Take the issue to its next state"), 3),
    Action("edit", "f2", N_("Edit"), N_("Edit the issue under the cursor"), 4),
    Action("open_project", "f3", N_("Project"), N_("Open the issue's project"), 5),
    ADD,
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter: problem, number, project"), 7),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Filter by state, kind, severity, region, unit"), 8),
    Action("group", "ctrl+g,g", N_("Group"), N_("Group by state, by unit, or not"), 9),
    Action("sort", "ctrl+o,s", N_("Sort"), N_("Sort by any column"), 10),
    Action("columns", "ctrl+k,c", N_("Columns"), N_("Choose the columns shown"), 11),
    Action("escalate", "ctrl+e", N_("Escalate"), N_("Take the issue up the ladder, L1 to L4"), 6),
    Action("tick", "ctrl+t", N_("Tick steps"), N_("Say which steps of the issue are done"), 0),
    SHEET,
    Action("merge", "ctrl+r", N_("Merge"), N_("Merge the issue into another open one of its project"), 0),
    *MARKS,
)
SERVICES = of_screen(
    "services",
    Action("open", "enter", N_("Open"), N_("Open the service under the cursor"), 2, palette=False),
    Action("move", "f5", N_("Move"), N_("Accept, pause, resume, decide, deliver, refuse or withdraw"), 3),
    Action("edit", "f2", N_("Edit"), N_("Edit the service under the cursor"), 4),
    Action("open_project", "f3", N_("Project"), N_("Open the service's project"), 5),
    Action("documents", "f4", N_("Documents"), N_("Note outstanding documents as received"), 6),
    Action("why", "ctrl+r,w", N_("Why?"), N_("Why it is paused, late or where it is"), 7),
    Action("strip", "ctrl+g,g", N_("90 days"), N_("Which days of the project's services count"), 8),
    replace(ADD, footer=9),
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter: project, department, document"), 10),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Filter by state, kind, region, department, mine"), 11),
    Action("sort", "ctrl+o,s", N_("Sort"), N_("Sort by any column"), 12),
    Action("columns", "ctrl+k,c", N_("Columns"), N_("Choose the columns shown"), 13),
    *MARKS,
)
VISITS = of_screen(
    "visits",
    Action("open", "enter", N_("Open"), N_("Open the visit under the cursor"), 2, palette=False),
    Action("edit", "f2", N_("Edit"), N_("Edit the visit under the cursor"), 3),
    Action("open_project", "f3", N_("Project"), N_("Open the visit's project"), 4),
    Action("add_issue", "f4", N_("Raise issue"), N_("Raise an issue from the visit under the cursor"), 5),
    ADD,
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter: words of the visit, project"), 7),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Filter by week, region, mechanism, form, result, mine"), 8),
    Action("sort", "ctrl+o,s", N_("Sort"), N_("Sort by any column"), 9),
    Action("columns", "ctrl+k,c", N_("Columns"), N_("Choose the columns shown"), 10),
    *MARKS,
)
MONTHS = of_screen(
    "months",
    *MONTH_STEPS,
    Action("move", "f5", N_("Move"), N_("Submit, approve or return the report under the cursor"), 4),
    Action("edit", "f2", N_("Edit"), N_("Edit the whole report in a form"), 5),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Choose month, whose projects, state, region"), 6),
    Action("save_cell", "ctrl+s", N_("Save"), N_("Save the cell and stay in it"), 7),
    Action("year", "ctrl+g", N_("Year"), N_("A project's months of the year as one row; again: one month of all"), 8),
    Action(
        "fill", "ctrl+r", N_("Fill on"), N_("Put the cell's value into the next one too, or into all marked rows"), 9
    ),
    Action(
        "submit_all", "ctrl+t", N_("Submit all"), N_("Submit every draft of the month that is shown; asks first"), 10
    ),
    Action("open_project", "ctrl+o", N_("Project"), N_("Open the project under the cursor"), 11),
    # Space is typed into the cell.
    *(replace(action, keys="insert") if action.name == "mark" else action for action in MARKS),
)
BULK = of_screen(
    "bulk",
    Action("apply", "ctrl+s", N_("Do it"), N_("Change all rows that can be changed, as one operation"), 2),
)
IMPORT = of_screen(
    "importing",
    Action("apply", "ctrl+s", N_("Take in"), N_("Take in every row that stands, as one operation"), 2),
    Action("rows", "f3", N_("Rows"), N_("Show what each row would do; again: the columns"), 3),
    Action("change", "f5", N_("Edit"), N_("Say what the column means; of a row: decide whether it is the same"), 4),
    Action("unit", "f6", N_("Unit"), N_("Say in which unit the column counts; among rows: show one kind"), 5),
    Action("kind", "f4", N_("Kind"), N_("Say what kind of list it is"), 6),
    Action("fixed", "ctrl+n", N_("For all"), N_("Give a value to every row that has none of its own"), 7),
    Action("refused", "ctrl+e", N_("Refused"), N_("Write the refused rows with their reasons to a new workbook"), 8),
)
IMPORT_FILES = of_screen(
    "import_files",
    Action(
        "open", "enter", N_("Open"), N_("Look at the list under the cursor: its columns and rows"), 2, palette=False
    ),
    Action("apply", "ctrl+s", N_("Take in"), N_("Take in all lists, as one operation"), 3),
)
DIRECTORY = of_screen(
    "directory",
    Action("open", "enter", N_("Open"), N_("Open the record under the cursor"), 2, palette=False),
    Action("edit", "f2", N_("Edit"), N_("Edit the record under the cursor"), 3),
    Action("section(1)", "tab,ctrl+right", N_("Next list"), N_("Show the next list"), 4),
    Action("section(-1)", "shift+tab,ctrl+left", N_("Previous list"), N_("Show the previous list"), 0),
    Action("move", "f5", N_("Move"), N_("Take the record to its next state"), 5),
    Action("add_here", "ctrl+n", N_("Add"), N_("Add one to the list in front; asks of which project"), 6),
    Action("hand_over", "f4", N_("Hand over"), N_("Hand all projects of the person to another"), 7),
    Action("suggest", "ctrl+e", N_("Suggest policies"), N_("Match the policy to the projects it fits"), 8),
    Action("open_project", "f3", N_("Project"), N_("Open the record's project"), 9),
    Action("filter", "ctrl+f,slash", N_("Filter"), N_("Type to filter by name"), 10),
    Action("choose_filter", "f6", N_("Filter by…"), N_("Choose a state, or only one's own projects"), 11),
    Action("views", "ctrl+w", N_("Views"), N_("A list and its filter under a name"), 12),
    EXPORT,
    Action("remove", "delete", N_("Remove"), N_("Take the record under the cursor out; undo brings it back"), 0),
)
RECORD = of_screen(
    "record",
    Action("edit", "f2", N_("Edit"), N_("Edit this record"), 2),
    Action("add_issue", "f4", N_("Raise issue"), N_("Raise an issue from this follow-up"), 3),
    Action("move", "f5", N_("Move"), N_("Take it to its next state"), 4),
    Action("open_project", "f3", N_("Project"), N_("Open its project"), 5),
    Action("documents", "f6", N_("Documents"), N_("Note outstanding documents as received"), 6),
    Action("escalate", "ctrl+e", N_("Escalate"), N_("Take the issue up the ladder, L1 to L4"), 7),
    Action("tick", "ctrl+t", N_("Tick steps"), N_("Say which steps of the issue are done"), 8),
    Action("merge", "ctrl+r", N_("Merge"), N_("Merge the issue into another open one of its project"), 9),
    SHEET,
    Action("attach", "ctrl+d", N_("Attach"), N_("Attach a file to this record"), 10),
    Action("remove", "delete", N_("Remove"), N_("Take this record out; undo brings it back"), 0),
)
FORM = of_screen(
    "form",
    Action("save", "ctrl+s", N_("Save"), N_("Save and close the form"), 2),
    Action("next_field(1)", "down", N_("Next field"), N_("Go to the next field"), 0, palette=False),
    Action("next_field(-1)", "up", N_("Previous field"), N_("Go to the field before"), 0, palette=False),
    Action("section(1)", "ctrl+down", N_("Next section"), N_("Go to the next section of the form"), 3, palette=False),
    Action("section(-1)", "ctrl+up", N_("Previous section"), N_("Go to the section before"), 0, palette=False),
    Action("attach", "ctrl+d", N_("Attach"), N_("Choose photos or files that go with it; Insert marks several"), 4),
    Action("same", "f5", N_("As last time"), N_("Fill mechanism, people and form as last time"), 4),
    Action("snippet", "f4", N_("Snippets"), N_("Put a ready sentence into the field"), 5),
    Action("discard", "f6", N_("Discard"), N_("Close the form and forget what was typed"), 3),
)
SEARCH = of_screen(
    "search",
    Action("open", "enter", N_("Open"), N_("Open what was found"), 2, palette=False),
)
LOG = of_screen(
    "log",
    Action("open", "enter", N_("Details"), N_("Show what the operation changed"), 2, palette=False),
    Action("undo_this", "ctrl+t", N_("Undo this one"), N_("Take back the operation under the cursor"), 3),
)
SCREENS = {
    actions[0].screen: actions
    for actions in (
        GLOBAL, PROJECTS, PROJECT, ISSUES, SERVICES, VISITS, WEEKS, MONTHS, DIRECTORY, RECORD, FORM, BULK, BRIEF, STRIP,
        SEARCH, LOG, OVERVIEW, LEAGUE, MEMBERS, TODAY, GAPS, DAY, TOMORROW, FREEZES, FREEZE, IMPORT, IMPORT_FILES,
        REPORTS_LIST, REPORT, FORMS, FILLING, SENT,
    )
}  # fmt: skip
