"""Figures of a project or issue that are derived when looked at, declared like fields so that lists can show them."""

from zjtui.domain import told
from zjtui.domain.fields import WAN, F, Kind
from zjtui.domain.issue_codes import LADDER
from zjtui.domain.lights import LIGHTS
from zjtui.i18n import N_

PROJECT_FIGURES = {
    "plan": F(N_("Plan of the year"), Kind.MONEY, unit=WAN, width=10, short=N_("Plan"), form=False, listed=True),
    "done": F(N_("Done this year"), Kind.MONEY, unit=WAN, width=10, short=N_("Done"), form=False),
    "waiting": F(
        N_("Reported, not counted yet"), Kind.MONEY, unit=WAN, width=11, short=N_("column|Not counted"), form=False
    ),
    "rate": F(N_("Completion"), width=8, short=N_("Rate"), form=False, listed=True),
    "open_issues": F(N_("Open issues"), Kind.INT, width=6, short=N_("column|Open"), form=False, listed=True),
    "last_visit": F(N_("Last follow-up"), Kind.DATE, width=10, short=N_("Last seen"), form=False, listed=True),
    "light": F(N_("Light"), Kind.CODE, codes=LIGHTS, width=6, form=False),
    "main_leader": F(N_("Contact leader"), width=10, form=False),
}
ISSUE_FIGURES = {
    "late": F(N_("Time left"), Kind.INT, width=6, words=told.late, form=False, listed=True),
    "region_code": F(N_("Region"), Kind.REF, ref="region", width=10, form=False),
    "proposed": F(N_("Level proposed"), Kind.CODE, codes=LADDER, width=16, form=False),
}
