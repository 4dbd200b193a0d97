"""The actions of the screens of forms: workbooks of other offices, what fills their cells, what was sent."""

from dataclasses import replace

from zjtui.i18n import N_
from zjtui.ui.action import Action, of_screen
from zjtui.ui.actions_shared import MARK, MONTH_STEPS

SENT_KEY = Action("ledger", "deed", N_("form|Sent"), N_("What was sent to whom, when, with which figures"), 5)
FORMS = of_screen(
    "forms",
    Action("open", "open", N_("form|Fill"), N_("Show the form filled for the month"), 2, palette=False, row=True),
    Action("take", "add", N_("form|Register"), N_("Register a workbook that is to be filled for another office"), 3),
    Action("edit", "edit", N_("Edit"), N_("Change the form's name, recipient, period, note"), 4, row=True),
    Action(
        "renew",
        "take_in",
        N_("form|Newer"),
        N_("Take a newer workbook for the form; what its cells mean stays"),
        6,
        row=True,
    ),
    SENT_KEY,
    Action("remove", "remove", N_("Remove"), N_("Take the form out; Ctrl+Z brings it back"), 7, row=True),
)
FILLING = of_screen(
    "filling",
    Action(
        "change", "edit", N_("form|Change"), N_("Say what the cell, or the marked ones, are filled with"), 2, row=True
    ),
    Action("send", "save", N_("form|Send"), N_("Write workbook and paper slip, and record them as sent"), 3),
    Action(
        "confirm",
        "move",
        N_("Confirm"),
        N_("The cell in doubt, or the marked ones, are filled as proposed"),
        4,
        row=True,
    ),
    Action("write", "write", N_("form|Workbook"), N_("Write the filled workbook; nothing is recorded"), 5),
    Action("source", "filter_by", N_("form|From…"), N_("Figures as they stand now, or from a freeze of the month"), 6),
    *(replace(step, footer=step.footer + 4) for step in MONTH_STEPS),
    Action("add_cell", "add", N_("form|Add cell"), N_("Fill a cell that was not proposed"), 9),
    Action(
        "drop",
        "remove",
        N_("Leave out"),
        N_("Leave the cell, or the marked ones, as they are in the file"),
        10,
        row=True,
    ),
    Action("next_open", "next", N_("form|Next open"), N_("Go to the next cell in doubt, told otherwise or changed"), 0),
    replace(MARK, footer=11),
    Action("mark_all", "mark_all", N_("Mark all"), N_("Mark all rows, or none"), 0),
    Action("ledger", "deed", N_("form|Sent"), N_("What was sent in this form"), 12),
)
ROW_FORM = of_screen(
    "row_form",
    Action("choose", "open", N_("Project"), N_("Say which project the row means"), 2, row=True),
    Action("write", "write", N_("form|Workbook"), N_("Write the filled form"), 3),
    Action("columns", "columns", N_("form|Columns"), N_("Say what a column asks, or that it is left as it is"), 4),
    *(replace(step, footer=step.footer + 3) for step in MONTH_STEPS),
)
SENT = of_screen(
    "sent",
    Action("open", "open", N_("Open"), N_("Show the figures as they were sent"), 2, palette=False, row=True),
    Action("again", "write", N_("form|Workbook"), N_("Write the workbook again, exactly as it was sent"), 3, row=True),
    Action("take_back", "remove", N_("Take back"), N_("It was not sent after all; Ctrl+Z undoes it"), 4, row=True),
)
