"""The actions of the screens that are looked at: duties, gaps, the day, reports, figures, one page before a visit."""

from dataclasses import replace

from zjtui.i18n import N_
from zjtui.ui.action import Action, of_screen
from zjtui.ui.actions_shared import (
    FOLLOW_UP_ROW,
    FORMS_KEY,
    FREEZES_KEY,
    ITS_PROJECT,
    KNOWN,
    MARK,
    MONTH_STEPS,
    OPEN_LINE,
    OPEN_PROJECT_ROW,
)

_FINDING = (
    Action("open", "open", N_("Open"), N_("Open what the finding is about"), 2, palette=False),
    Action("act", "move", N_("Act"), N_("Open the form or the move that settles the finding"), 3, row=True),
    Action("set_aside", "deed", N_("Set aside"), N_("Leave the finding alone until a day, with a reason"), 4, row=True),
    Action("add_follow_up", "follow_up", N_("Follow up"), N_("Log a follow-up of the finding's project"), 5, row=True),
    Action("plan_visit", "deed", N_("Plan a visit"), N_("Plan a visit of the finding's project"), 6, row=True),
    Action("open_project", "project", N_("Project"), N_("Open the finding's project"), 7, row=True),
    Action("filter", "filter", N_("Filter"), N_("Type to filter: project, kind, reason"), 8),
)
TODAY = of_screen(
    "today",
    *_FINDING,
)
DAY = of_screen(
    "day",
    Action("open", "open", N_("Open"), N_("Open what the line is about"), 2, palette=False),
    Action(
        "close", "save", N_("Close the day"), N_("File every valid draft, make the backup, write tomorrow's list"), 3
    ),
    Action("act", "move", N_("Act"), N_("Settle what the line is about; on a check's own line, all of it"), 4),
    Action("file", "deed", N_("File drafts"), N_("File every valid draft as one operation; the others stay"), 5),
    Action("backup", "deed", N_("Backup"), N_("Write a checked backup into a folder, e.g. of a USB stick"), 6),
    Action("tomorrow", "deed", N_("Tomorrow"), N_("Show tomorrow's visits and duties"), 7),
    Action("discard", "remove", N_("Discard"), N_("Forget the draft under the cursor, after a question"), 8),
)
TOMORROW = of_screen(
    "tomorrow",
    Action("sheet", "write", N_("Word file"), N_("Write the list as a Word file"), 2),
)
REPORTS_LIST = of_screen(
    "reports",
    Action("open", "open", N_("Open"), N_("Make the report under the cursor"), 2, palette=False, row=True),
    FORMS_KEY,
)
REPORT = of_screen(
    "report",
    Action("write", "write", N_("Save as…"), N_("Save the report as Word by the template, as Excel or Markdown"), 2),
    Action("choose_filter", "filter_by", N_("report|Scope"), N_("Choose days, month, region, person or project"), 5),
)
GAPS = of_screen(
    "gaps",
    *_FINDING,
    Action("choose_scope", "filter_by", N_("Whose"), N_("All projects, mine, or a region's"), 9),
    Action("section(1)", "next", N_("Next kind"), N_("Go to the next kind"), 10),
    Action("section(-1)", "previous", N_("Previous kind"), N_("Go to the kind before"), 0),
    Action("print_visits", "write", N_("Day list"), N_("Write the planned visits of a day, county by county"), 11),
)
WEEKS = of_screen(
    "weeks",
    OPEN_LINE,
    Action("week(-1)", "earlier", N_("Week before"), N_("Begin a week earlier"), 3),
    Action("week(1)", "later", N_("Week after"), N_("Begin a week later"), 4),
    Action("edit", "edit", N_("Edit"), N_("Edit what the line is about, e.g. put a planned visit off"), 5, row=True),
    Action(
        "add_here",
        "add",
        N_("Plan a visit"),
        N_("Plan a visit; asks of which project, the one under the cursor first"),
        6,
    ),
    Action("open_project", "project", N_("Project"), N_("Open the line's project"), 7, row=True),
    Action("choose_filter", "filter_by", N_("Filter by…"), N_("Choose whose weeks, or a region's"), 8),
)
OVERVIEW = of_screen(
    "overview",
    Action("open", "open", N_("Open"), N_("Show what is behind the figure"), 2, palette=False, row=True),
    *MONTH_STEPS,
    Action(
        "choose_filter", "filter_by", N_("Filter by…"), N_("Choose the region, the field, or one's own projects"), 5
    ),
    Action("freeze", "add", N_("Freeze"), N_("Keep this month's figures under a name, as they are told"), 6),
    FREEZES_KEY,
    KNOWN,
)
LEAGUE = of_screen(
    "league",
    Action("open", "open", N_("Open"), N_("Show the projects of the place"), 2, palette=False, row=True),
    *MONTH_STEPS,
    Action("why", "deed", N_("Why?"), N_("What moved the place since the month before"), 5, row=True),
    Action("metric", "filter_by", N_("Indicator"), N_("Choose the indicator to rank by"), 6),
    Action("what_if", "deed", N_("What if"), N_("Which rank once a project has started"), 7),
    Action("section(1)", "next", N_("Next table"), N_("Show the next table"), 8),
    Action("section(-1)", "previous", N_("Previous table"), N_("Show the previous table"), 0),
    FREEZES_KEY,
    KNOWN,
)
FREEZES = of_screen(
    "freezes",
    Action("open", "open", N_("Open"), N_("Show the figures as they were frozen"), 2, palette=False, row=True),
    MARK,
    Action("compare", "deed", N_("Compare"), N_("What leads from one of two marked freezes to the other"), 4),
    Action(
        "compare_now", "deed", N_("With now"), N_("What leads from the freeze to how things stand now"), 5, row=True
    ),
)
FREEZE = of_screen(
    "freeze",
    Action("compare_now", "deed", N_("With now"), N_("What leads from the freeze to how things stand now"), 2),
)
MEMBERS = of_screen(
    "members",
    OPEN_PROJECT_ROW,
    replace(FOLLOW_UP_ROW, footer=3),
)
STRIP = of_screen(
    "strip",
    replace(ITS_PROJECT, footer=2),
)
BRIEF = of_screen(
    "brief",
    OPEN_LINE,
    Action(
        "yes",
        "move",
        N_("Done"),
        N_("The promise was kept, the policy was told, the question has an answer"),
        3,
        row=True,
    ),
    Action("no", "deed", N_("Not done"), N_("The promise was broken"), 4),
    Action("add_follow_up", "follow_up", N_("Follow up"), N_("Log the visit"), 5),
    Action("add_issue", "issue", N_("Raise issue"), N_("Raise an issue of this project"), 6),
    Action("write", "write", N_("Word file"), N_("Write the page as a Word file, each line with a box to tick"), 7),
)
