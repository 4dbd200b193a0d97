"""The lights of a project and why each is on. Thresholds are settings; every table prints the rule it was made by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.indicators import gap_points, ratio
from zjtui.domain.limits import LIMITS
from zjtui.domain.money import plain, rounded
from zjtui.domain.month import add_months, months_between
from zjtui.errors import Msg
from zjtui.i18n import N_

LIGHTS = Codes(green=N_("light|Green"), yellow=N_("light|Yellow"), red=N_("light|Red"), grey=N_("light|Not judged"))
KINDS = Codes(
    progress=N_("light|Progress"),
    start=N_("light|Start"),
    stat=N_("light|Statistics"),
    issue=N_("light|Problems"),
    report=N_("light|Reports"),
)
PROFILES = Codes(points=N_("profile|By points (Yinchuan)"), ratio=N_("profile|By ratio (Wuhan)"))
_ORDER = ("grey", "green", "yellow", "red")
_GREY_STAGES = ("withdrawn", "suspended")


@dataclass(frozen=True)
class Light:
    """One light: its kind, its colour (a code of `LIGHTS`) and why."""

    kind: str
    colour: str
    why: Msg


def rule(profile: str, limits: Mapping[str, float] = LIMITS) -> Msg:
    """Return where the progress light turns yellow and red."""
    if profile == "ratio":
        return Msg(
            N_("yellow below {yellow} of what is expected by now, red below {red}"),
            yellow=plain(limits["ratio_yellow"]),
            red=plain(limits["ratio_red"]),
        )
    return Msg(
        N_("yellow {yellow} points behind what is expected by now, red more than {red}"),
        yellow=plain(limits["points_yellow"]),
        red=plain(limits["points_red"]),
    )


def progress(
    done: int, expected: int, plan: int, profile: str = "points", limits: Mapping[str, float] = LIMITS
) -> Light:
    """Return the light of the investment: by points behind, or by the ratio of done to expected. Yuan."""
    colour = progress_colour(done, expected, plan, profile, limits)
    points = gap_points(done, expected, plan)
    if points is None:
        return Light("progress", colour, Msg(N_("no plan for the year")))
    if profile == "ratio":
        share = ratio(done, expected)
        if share is None:
            return Light("progress", colour, Msg(N_("nothing is expected yet")))
        return Light("progress", colour, Msg(N_("{ratio} of what is expected by now"), ratio=rounded(share, 2)))
    told = Msg(N_("{points} points against what is expected"), points=rounded(points, 1, signed=True))
    return Light("progress", colour, told)


def progress_colour(
    done: int, expected: int, plan: int, profile: str = "points", limits: Mapping[str, float] = LIMITS
) -> str:
    """Return the colour of that light alone, in whole numbers: the questions ask for it of every month of everybody."""
    if not plan:
        return "grey"
    if profile == "ratio":
        if not expected:
            return "green"
        least, low = exact(limits["ratio_red"]), exact(limits["ratio_yellow"])
        if done * least.denominator < least.numerator * expected:
            return "red"
        return "yellow" if done * low.denominator < low.numerator * expected else "green"
    behind = (expected - done) * 100
    many, few = exact(limits["points_red"]), exact(limits["points_yellow"])
    if behind * many.denominator > many.numerator * plan:
        return "red"
    return "yellow" if behind * few.denominator >= few.numerator * plan else "green"


@cache
def exact(threshold: float) -> Fraction:
    """Return a threshold as it is written: 0.8 is four fifths, which no float is."""
    return Fraction(repr(threshold))


def start(planned: str | None, started: date | None, today: date, limits: Mapping[str, float] = LIMITS) -> Light | None:
    """Return the light of a new start: yellow once its planned month ("YYYY-MM") is over, red after more month-ends."""
    if not planned:
        return None
    if started and started <= today:
        return Light("start", "green", Msg(N_("started on {day}"), day=started))
    ends = months_between(int(planned[:4]), int(planned[5:7]), today)
    if ends <= 0:
        return Light("start", "green", Msg(N_("to start in {month}"), month=planned))
    colour = "red" if ends > limits["start_red"] else "yellow"
    return Light("start", colour, Msg(N_("should have started in {month}"), month=planned))


def statistics(
    started: date | None, entered: date | None, today: date, limits: Mapping[str, float] = LIMITS
) -> Light | None:
    """Return the light of a started project that is not in the statistics (纳统) yet: after more than some months."""
    if started is None or started > today:
        return None
    if entered and entered <= today:
        return Light("stat", "green", Msg(N_("in the statistics since {day}"), day=entered))
    passed = {name: today > add_months(started, int(limits[name])) for name in ("stat_red", "stat_yellow")}
    colour = "red" if passed["stat_red"] else "yellow" if passed["stat_yellow"] else "green"
    return Light("stat", colour, Msg(N_("started on {day}, not in the statistics"), day=started))


def issues(late_days: int, blocking_days: int, limits: Mapping[str, float] = LIMITS) -> Light:
    """Return the light of the problems: the longest overdue one, and how long the oldest blocking one is open."""
    if late_days > limits["issue_red"] or blocking_days > limits["blocking_red"]:
        why = Msg(N_("a problem {days} days overdue"), days=late_days)
        if late_days <= limits["issue_red"]:
            why = Msg(N_("a blocking problem open for {days} days"), days=blocking_days)
        return Light("issue", "red", why)
    if late_days > 0:
        return Light("issue", "yellow", Msg(N_("a problem {days} days overdue"), days=late_days))
    return Light("issue", "green", Msg(N_("no overdue problem")))


def reports(missing: int, late: bool, limits: Mapping[str, float] = LIMITS) -> Light:
    """Return the light of the reports: months that are due and missing, and whether the last one came late."""
    if missing >= limits["report_red"]:
        return Light("report", "red", Msg(N_("{count} months are missing"), count=missing))
    if missing or late:
        return Light("report", "yellow", Msg(N_("a month is missing")) if missing else Msg(N_("reported late")))
    return Light("report", "green", Msg(N_("reported")))


def judged(stage: str, lights: list[Light]) -> list[Light]:
    """Return the lights of a project: one grey one where it is withdrawn, suspended, or preparatory without a plan."""
    if stage in _GREY_STAGES:
        return [Light("progress", "grey", Msg(N_("withdrawn or suspended")))]
    unplanned = all(light.colour == "grey" for light in lights if light.kind == "progress")
    if stage in ("reserve", "preparatory") and unplanned:
        return [Light("progress", "grey", Msg(N_("in preparation, no plan for the year")))]
    return lights


def overall(lights: list[Light]) -> Light:
    """Return the worst of a project's lights."""
    return max(lights, key=lambda light: _ORDER.index(light.colour))


def told(light: Light) -> str:
    """Return a light in words: its kind, its colour and why."""
    return f"{KINDS.label(light.kind)}: {LIGHTS.label(light.colour)} – {light.why}"


def values_of(lights: list[Light]) -> list[dict[str, Any]]:
    """Return lights as plain data."""
    return [{"kind": light.kind, "colour": light.colour, "why": str(light.why)} for light in lights]
