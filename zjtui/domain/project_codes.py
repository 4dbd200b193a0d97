"""The enumerations of a project, in the official order where there is one."""

from zjtui.domain.codes import Codes
from zjtui.i18n import N_

FIELDS9 = Codes(
    F1=N_("Advanced manufacturing base"),
    F2=N_("Sci-tech innovation foundation"),
    F3=N_("Strong transport province"),
    F4=N_("Clean energy supply"),
    F5=N_("Water network & flood safety"),
    F6=N_("Urban organic renewal"),
    F7=N_("Agriculture & rural priority"),
    F8=N_("Culture-tourism integration"),
    F9=N_("Livelihood facilities"),
)
LEVELS = Codes(national=N_("National"), province=N_("Provincial"), city=N_("City"), county=N_("County"))
LIST_KINDS = Codes(
    thousand_trillion=N_("Thousand-project list"),
    key_province=N_("Provincial key"),
    key_city=N_("City key"),
    province_led=N_("Province-led"),
    industry_major=N_("Provincial major industry"),
    mayor152=N_("Mayors' projects (152)"),
    private=N_("Private investment"),
)
ATTRS = Codes(
    industrial=N_("Industrial"),
    infrastructure=N_("Infrastructure"),
    livelihood=N_("Livelihood"),
    ecology=N_("Ecology"),
)
NATURES = Codes(
    new=N_("New building"),
    expand=N_("Extension"),
    rebuild=N_("Conversion"),
    renovate=N_("Technical renovation"),
    relocate=N_("Relocation"),
    restore=N_("Restoration"),
    purchase=N_("Purchase only"),
)
AUDIT_TYPES = Codes(approve=N_("Examination"), verify=N_("approval|Verification"), file=N_("Filing"))
INVEST_KINDS = Codes(
    government=N_("Government"),
    soe=N_("State-owned"),
    private=N_("Private"),
    foreign=N_("Foreign"),
    mixed=N_("Mixed/PPP"),
)
EVIDENCE = Codes(
    permit=N_("Construction permit"), log=N_("Construction log"), photo=N_("Photos"), contract=N_("Contract")
)
STAGES = Codes(
    reserve=N_("stage|Reserve"),
    preparatory=N_("stage|Preparatory"),
    ready=N_("stage|Ready"),
    building=N_("stage|Building"),
    completed=N_("stage|Completed"),
    operating=N_("stage|Operating"),
    archived=N_("stage|Archived"),
    suspended=N_("stage|Suspended"),
    withdrawn=N_("stage|Withdrawn"),
)
WITHDRAW_REASONS = Codes(
    approval_lag=N_("Approval too slow"),
    land=N_("Land not acquired"),
    planning=N_("Planning changed"),
    intent=N_("Investor lost interest"),
    other=N_("Other"),
)
CLUSTERS = Codes(
    {
        "1": N_("Digital security & networks"),
        "2": N_("Integrated circuits"),
        "3": N_("Smart photovoltaics"),
        "4": N_("High-end software"),
        "5": N_("New-energy vehicles & parts"),
        "6": N_("Robots & CNC machine tools"),
        "7": N_("Energy-saving & new-energy equipment"),
        "8": N_("Smart electrics"),
        "9": N_("High-end ships & offshore equipment"),
        "10": N_("Biomedicine & medical devices"),
        "11": N_("Modern textiles & clothing"),
        "12": N_("Modern furniture & smart appliances"),
        "13": N_("Oil refining & chemicals"),
        "14": N_("Fine chemicals"),
        "15": N_("High-end new materials"),
    }
)
SCALE_BANDS = Codes(
    b100=N_("10 bn and more"), b50=N_("5–10 bn"), b20=N_("2–5 bn"), b10=N_("1–2 bn"), b0=N_("below 1 bn")
)
BAND_LIMITS = {  # yuan, from (included) to (excluded); the bands used at the ceremonies
    "b100": (10_000_000_000, None),
    "b50": (5_000_000_000, 10_000_000_000),
    "b20": (2_000_000_000, 5_000_000_000),
    "b10": (1_000_000_000, 2_000_000_000),
    "b0": (0, 1_000_000_000),
}
