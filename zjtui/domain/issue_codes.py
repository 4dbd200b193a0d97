"""The enumerations of an issue."""

from zjtui.domain.codes import Codes
from zjtui.i18n import N_

KINDS = Codes(
    land=N_("issue|Land"),
    relocation=N_("issue|Relocation"),
    planning=N_("issue|Planning"),
    forest=N_("issue|Forest"),
    sea=N_("issue|Sea area"),
    env=N_("issue|Environment"),
    energy=N_("issue|Energy quota"),
    finance=N_("issue|Finance"),
    procedure=N_("issue|Procedures"),
    utility=N_("issue|Utilities"),
    labour=N_("issue|Labour"),
    material=N_("issue|Materials"),
    design=N_("issue|Design change"),
    organise=N_("issue|Site organisation"),
    quality_safety=N_("issue|Quality & safety"),
    owner_intent=N_("issue|Owner's intent"),
    dispute=N_("issue|Dispute"),
    other=N_("Other"),
)
SEVERITIES = Codes(
    low=N_("severity|Low"), mid=N_("severity|Medium"), high=N_("severity|High"), blocking=N_("severity|Blocking")
)
STATES = Codes(
    draft=N_("issue|Draft"),
    open=N_("issue|Open"),
    assigned=N_("issue|Assigned"),
    doing=N_("issue|In hand"),
    solved=N_("issue|Solved, to verify"),
    closed=N_("issue|Closed"),
    refused=N_("issue|Refused"),
    paused=N_("issue|Paused"),
    merged=N_("issue|Merged"),
)
OPEN_STATES = ("open", "assigned", "doing", "paused", "solved")
GIVEN_OUT = ("assigned", "doing", "paused")  # somebody was given it, with a due date
SOURCES = Codes(
    report=N_("source|Own report"),
    visit=N_("source|Visit"),
    supervision=N_("source|Supervision"),
    light=N_("source|Light"),
    hotline=N_("source|Hotline"),
    meeting=N_("source|Meeting"),
    handed=N_("source|From above"),
)
LAYERS = Codes(
    project=N_("layer|Project"),
    county=N_("rank|County"),
    city=N_("rank|City"),
    province=N_("rank|Province"),
    national=N_("layer|National"),
)
STAGES = Codes(
    preparatory=N_("stage|Preparatory"),
    ready=N_("stage|Ready"),
    building=N_("stage|Building"),
    acceptance=N_("stage|Acceptance"),
)
LIMIT_KINDS = Codes(
    asap=N_("limit|At once (3 days)"),
    week=N_("limit|Within a week"),
    month=N_("limit|Within a month"),
    stage=N_("limit|By the quarter's end"),
    long=N_("limit|Long term"),
)
LADDER = Codes(L1=N_("L1 project leader"), L2=N_("L2 head of unit"), L3=N_("L3 county leader"), L4=N_("L4 top leader"))
