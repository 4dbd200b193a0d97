"""The enumerations of a green-channel service; the kinds follow the province's list of approval items."""

from zjtui.domain.codes import Codes
from zjtui.i18n import N_

KINDS = Codes(
    filing=N_("service|Filing for record"),
    verify=N_("service|Verification"),
    proposal=N_("service|Project proposal"),
    fs=N_("service|Feasibility study"),
    prelim=N_("service|Preliminary design"),
    land_pre=N_("service|Land pre-review & siting"),
    land_conv=N_("service|Land conversion & expropriation"),
    forest=N_("service|Use of forest land"),
    sea=N_("service|Use of sea area"),
    eia_report=N_("service|EIA report"),
    eia_form=N_("service|EIA form"),
    eia_reg=N_("service|EIA registration"),
    energy=N_("service|Energy-conservation review"),
    water_soil=N_("service|Water & soil conservation"),
    plan_land=N_("service|Planning permit (land)"),
    plan_eng=N_("service|Planning permit (works)"),
    permit=N_("service|Construction permit"),
    fire=N_("service|Fire safety"),
    civil_air=N_("service|Civil air defence"),
    seismic=N_("service|Seismic review"),
    finance=N_("service|Financing"),
    power=N_("service|Power connection"),
    water=N_("service|Water connection"),
    gas=N_("service|Gas connection"),
    network=N_("service|Network connection"),
    labour=N_("service|Labour supply"),
    acceptance=N_("service|Joint completion acceptance"),
)
CHANNELS = Codes(
    priority=N_("Priority"),
    early=N_("Early involvement"),
    tolerant=N_("Documents outstanding"),
    parallel=N_("Parallel approval"),
    agent=N_("Agent"),
    commitment=N_("Commitment"),
    land_and_build=N_("Build on handover"),
)
STATES = Codes(
    planned=N_("service|Planned"),
    applied=N_("service|Applied"),
    accepted=N_("service|Accepted"),
    reviewing=N_("service|In review"),
    paused=N_("service|Paused"),
    decided=N_("service|Decided"),
    delivered=N_("service|Delivered"),
    refused=N_("service|Not accepted"),
    withdrawn=N_("service|Withdrawn"),
)
OPEN_STATES = ("planned", "applied", "accepted", "reviewing", "paused", "decided")
BASES = Codes(wd=N_("working days"), cd=N_("calendar days"))
RESULTS = Codes(approved=N_("result|Approved"), refused=N_("result|Refused"), withdrawn=N_("result|Withdrawn"))
PAUSE_REASONS = Codes(
    owner_prep=N_("pause|Owner prepares"),
    supplement=N_("pause|Documents to mend"),
    expert=N_("pause|Expert review"),
    publicity=N_("pause|Public notice"),
    hearing=N_("pause|Hearing"),
    upper=N_("pause|Higher authority"),
)
