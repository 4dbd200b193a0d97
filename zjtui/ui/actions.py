"""The one table of actions: keys, footer, menu, palette and help are all read from here and from `actions_*.py`.

An action names its meaning; which key that is stands in `key_meanings`. A "deed" has none and is in the
menu of its screen. Labels and helps are message ids.
"""

from dataclasses import replace

from zjtui.domain.registry import HANGING, MOVING
from zjtui.i18n import N_
from zjtui.ui.action import Action, of_screen
from zjtui.ui.actions_lists import DIRECTORY, ISSUES, PROJECTS, SERVICES, VISITS
from zjtui.ui.actions_looking import (
    BRIEF,
    DAY,
    FREEZE,
    FREEZES,
    GAPS,
    LEAGUE,
    MEMBERS,
    OVERVIEW,
    REPORT,
    REPORTS_LIST,
    STRIP,
    TODAY,
    TOMORROW,
    WEEKS,
)
from zjtui.ui.actions_office_forms import FILLING, FORMS, ROW_FORM, SENT
from zjtui.ui.actions_shared import (
    DOCUMENTS,
    ESCALATE,
    HAND_OVER,
    ITS_PROJECT,
    MARKS,
    MERGE,
    MONTH_STEPS,
    NINETY_DAYS,
    REMOVE,
    SHEET,
    SUGGEST,
    TICK,
    WHY,
    WITH_FILES,
)

GLOBAL = of_screen(
    "everywhere",
    Action("help", "help", N_("Help"), N_("Keys and typing aids of this screen"), 1),
    Action("go('projects')", "projects", N_("Projects"), N_("The register of projects"), 40),
    Action("go('issues')", "issues", N_("Issues"), N_("All problems across projects"), 41),
    Action("go('services')", "services", N_("Green channel"), N_("Every service on its clock"), 43),
    Action("go('months')", "months", N_("Months"), N_("A month's reports, typed down the column"), 44),
    Action("go('overview')", "overview", N_("Overview"), N_("How we stand against the targets"), 45),
    Action("go('league')", "league", N_("League"), N_("Who leads, who lags"), 46),
    Action(
        "go('directory')", "directory", N_("Directory"), N_("People, units, policies, needs, promises, contacts"), 45
    ),
    Action("go('today')", "today", N_("Today"), N_("What is due for me, the weightiest first"), 46),
    Action("go('gaps')", "gaps", N_("Gaps"), N_("What is missing or forgotten, kind by kind"), 47),
    Action("go('log')", "log", N_("Log"), N_("Every operation, newest first"), 42),
    Action("go('day')", "day", N_("Close the day"), N_("What is still open today; file the drafts, make a backup"), 48),
    Action(
        "go('reports')", "reports", N_("Reports"), N_("Briefs, bulletins, ledgers, letters: see them, save them"), 0
    ),
    Action(
        "go('visits')", "visits", N_("Visits"), N_("Every visit, meeting and call: mine, this week's, a region's"), 0
    ),
    Action(
        "go('weeks')", "weeks", N_("Calendar"), N_("Week by week: what is planned, agreed and due, what was done"), 0
    ),
    Action("search", "search", N_("Search"), N_("Find words in projects, follow-ups and issues"), 20),
    Action(
        "follow_up_any",
        "follow_up_any",
        N_("Follow up…"),
        N_("Log a follow-up: choose the project, the last ten first"),
        21,
    ),
    Action(
        "screen.copy_text",
        "copy",
        N_("Copy"),
        N_("Copy the row, or the marked rows; again: a cell of it"),
        32,
        palette=False,
    ),
    Action("history", "history", N_("History"), N_("Who changed what, when, from what to what"), 30),
    Action("undo", "undo", N_("Undo"), N_("Take back the last operation that stands"), 31),
    Action("redo", "redo", N_("Redo"), N_("Do again what was undone last"), 0),
    Action("settings", "settings", N_("Settings"), N_("Language, theme, who I am"), 50),
    Action("language", "language", N_("中文/English"), N_("Switch between Chinese and English"), 51),
    Action("palette", "palette", N_("Commands"), N_("Find any action by its name"), 52, palette=False),
    Action("screen.back", "back", N_("Back"), N_("Close this and go back; clears a filter first"), 0, palette=False),
    Action("leave", "leave", N_("Quit"), N_("Leave zjtui; everything is saved already"), 60),
)
PROJECT = of_screen(
    "project",
    Action("open", "open", N_("Open"), N_("Open the record under the cursor"), 0, palette=False, row=True),
    Action("edit", "edit", N_("Edit"), N_("Edit the project, or the record under the cursor"), 2),
    Action("add_follow_up", "follow_up", N_("Follow up"), N_("Log a follow-up of this project"), 3),
    Action(
        "add_issue", "issue", N_("Raise issue"), N_("Raise an issue; from a follow-up under the cursor, of that one"), 4
    ),
    Action("move", "move", N_("Change status"), N_("Move the project's stage, or the record under the cursor"), 5),
    Action("add_here", "add", N_("Add"), N_("Add a record to the section in front"), 6),
    Action("brief", "brief", N_("Brief"), N_("One page on the project before a visit"), 7),
    Action("strip", "deed", N_("90 days"), N_("Which days of the services count"), 8),
    Action("attach", "attach", N_("Attach"), N_("Attach a file to the project, or to the record under the cursor"), 9),
    Action("suggest", "deed", N_("Suggest policies"), N_("Match the policies that fit this project"), 0),
    REMOVE,
    Action("section(1)", "next", N_("Next section"), N_("Show the next section"), 10),
    Action("section(-1)", "previous", N_("Previous section"), N_("Show the previous section"), 0),
)
MONTHS = of_screen(
    "months",
    Action(
        "edit",
        "edit",
        N_("Whole report"),
        N_("Write the whole report of the row in a form: parts, text, next month"),
        2,
    ),
    Action("move", "move", N_("Change status"), N_("Submit, approve or return the report under the cursor"), 2),
    *(replace(step, footer=step.footer + 1) for step in MONTH_STEPS),
    Action("choose_filter", "filter_by", N_("Filter by…"), N_("Choose month, whose projects, state, region"), 6),
    Action("save_cell", "save", N_("Save"), N_("Save the cell and stay in it"), 7),
    Action("year", "columns", N_("Year"), N_("A project's months of the year as one row; again: one month of all"), 8),
    Action(
        "fill",
        "deed",
        N_("Fill on"),
        N_("Put the cell's value into the next one too, or into all marked rows"),
        9,
        row=True,
    ),
    Action("submit_all", "deed", N_("Submit all"), N_("Submit every draft of the month that is shown; asks first"), 10),
    Action("open_project", "project", N_("Project"), N_("Open the project under the cursor"), 11, row=True),
    # Space is typed into the cell.
    *(replace(action, typed="space") if action.name == "mark" else action for action in MARKS),
)
BULK = of_screen(
    "bulk",
    Action("apply", "save", N_("Do it"), N_("Change all rows that can be changed, as one operation"), 2),
)
IMPORT = of_screen(
    "importing",
    Action("apply", "save", N_("Import"), N_("Take in every row that stands, as one operation"), 2),
    Action("rows", "columns", N_("Rows"), N_("Show what each row would do; again: the columns of the list"), 3),
    Action("change", "edit", N_("Edit"), N_("Say what the column means; of a row: decide whether it is the same"), 4),
    Action("unit", "deed", N_("Unit"), N_("Say in which unit the column counts"), 5),
    Action("choose_filter", "filter_by", N_("Filter by…"), N_("Show one kind of rows, or those that ask"), 5),
    Action("kind", "deed", N_("Kind"), N_("Say what kind of list it is"), 6),
    Action("fixed", "add", N_("For all"), N_("Give a value to every row that has none of its own"), 7),
    Action("refused", "write", N_("Refused"), N_("Write the refused rows with their reasons to a new workbook"), 8),
)
IMPORT_FILES = of_screen(
    "import_files",
    Action(
        "open",
        "open",
        N_("Open"),
        N_("Look at the list under the cursor: its columns and rows"),
        2,
        palette=False,
        row=True,
    ),
    Action("apply", "save", N_("Import"), N_("Take in all lists, as one operation"), 3),
)
RECORD = of_screen(
    "record",
    Action("edit", "edit", N_("Edit"), N_("Edit this record"), 2),
    Action("add_issue", "issue", N_("Raise issue"), N_("Raise an issue from this follow-up"), 3, of=("follow_up",)),
    Action("move", "move", N_("Change status"), N_("Take it to its next state"), 4, of=MOVING),
    replace(ITS_PROJECT, of=HANGING),
    DOCUMENTS,
    WHY,
    NINETY_DAYS,
    ESCALATE,
    TICK,
    MERGE,
    SHEET,
    HAND_OVER,
    SUGGEST,
    Action("attach", "attach", N_("Attach"), N_("Attach a file to this record"), 10, of=WITH_FILES),
    Action("remove", "remove", N_("Remove"), N_("Take this record out; undo brings it back"), 0),
)
FORM = of_screen(
    "form",
    Action("save", "save", N_("Save"), N_("Save and close the form"), 2),
    Action("next_field(1)", "down", N_("Next field"), N_("Go to the next field"), 0, palette=False),
    Action("next_field(-1)", "up", N_("Previous field"), N_("Go to the field before"), 0, palette=False),
    Action("section(1)", "part_after", N_("Next section"), N_("Go to the next section of the form"), 3, palette=False),
    Action("section(-1)", "part_before", N_("Previous section"), N_("Go to the section before"), 0, palette=False),
    Action("attach", "attach", N_("Attach"), N_("Choose photos or files that go with it; Insert marks several"), 4),
    Action(
        "add_here", "add", N_("New name"), N_("Add the person or unit that the field asks for, and come back to it"), 5
    ),
    Action("same", "deed", N_("As last time"), N_("Fill mechanism, people and form as last time"), 4),
    Action("snippet", "deed", N_("Snippets"), N_("Put a ready sentence into the field"), 5),
)
SEARCH = of_screen(
    "search",
    Action("open", "open", N_("Open"), N_("Open what was found"), 2, palette=False, row=True),
)
LOG = of_screen(
    "log",
    Action("open", "open", N_("Details"), N_("Show what the operation changed"), 2, palette=False, row=True),
    Action("undo_this", "remove", N_("Undo this one"), N_("Take back the operation under the cursor"), 3, row=True),
)
SCREENS = {
    actions[0].screen: actions
    for actions in (
        GLOBAL, PROJECTS, PROJECT, ISSUES, SERVICES, VISITS, WEEKS, MONTHS, DIRECTORY, RECORD, FORM, BULK, BRIEF, STRIP,
        SEARCH, LOG, OVERVIEW, LEAGUE, MEMBERS, TODAY, GAPS, DAY, TOMORROW, FREEZES, FREEZE, IMPORT, IMPORT_FILES,
        REPORTS_LIST, REPORT, FORMS, FILLING, ROW_FORM, SENT,
    )
}  # fmt: skip
