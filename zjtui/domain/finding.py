"""Findings: what is due, missing or forgotten (查漏补缺), worked out whenever it is looked at and never stored.

A kind names what was found, why, and the act that settles it. The score puts the findings into one order and can be
read on the row.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from zjtui.domain.codes import Codes
from zjtui.domain.fields import WAN
from zjtui.errors import Msg
from zjtui.i18n import N_, _


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind: its name, why it is one, the act that settles it, and its number on the gap board ("" without one).

    `cycle` is the rhythm in days against which its lateness counts, where the record has none of its own. `duty` kinds
    are on a person's list of today; the others are on the gap board alone.
    """

    label: str
    reason: str
    act: str
    gap: str = ""
    cycle: int = 30
    duty: bool = True


ACTS = Codes(
    move=N_("Change status"),
    follow_up=N_("Follow up"),
    months=N_("Report the month"),
    move_project=N_("Move the project"),
    edit_project=N_("Edit the project"),
    leader=N_("Assign a contact"),
    raise_issue=N_("Raise issue"),
    edit=N_("Edit"),
    draft=N_("Go on with it"),
    answer=N_("question|Answer"),
)
_KINDS = {
    "issue_due": FindingKind(N_("finding|Issue due"), N_("“{title}” is due on {day}"), "move", cycle=15),
    "issue_verify": FindingKind(
        N_("finding|Solved, to verify"), N_("“{title}” was solved on {day}, nobody has verified it"), "move"
    ),
    "issue_silent": FindingKind(
        N_("finding|Overdue issue, silent"), N_("“{title}” is overdue; nothing was done since {day}"), "move", "G06", 7
    ),
    "service_due": FindingKind(
        N_("finding|Service near its promise"), N_("{service}: {clock}"), "move", cycle=10
    ),
    "service_silent": FindingKind(
        N_("finding|Service silent"), N_("{service}: {state}, nothing new since {day}"), "move", "G07", 10
    ),
    "contact_overdue": FindingKind(
        N_("finding|Contact overdue"), N_("{mechanism}: every {cycle} days, last on {day}"), "follow_up", "G02"
    ),
    "never_visited": FindingKind(
        N_("finding|Never visited on site"), N_("{count} follow-ups, none of them on site"), "follow_up", "G03"
    ),
    "not_linked": FindingKind(
        N_("finding|Problem not registered"),
        N_("The follow-up of {day} raised a problem, but no issue is linked to it"),
        "raise_issue",
        "G04",
    ),
    "report_missing": FindingKind(
        N_("finding|Monthly report missing"), N_("Not handed in: {months}"), "months", "G05"
    ),
    "start_due": FindingKind(
        N_("finding|Start due this month"), N_("Planned to start in {month}"), "move_project"
    ),
    "start_late": FindingKind(
        N_("finding|Not started as planned"),
        N_("Planned to start in {month}; neither started nor a reason given"),
        "move_project",
        "G11",
    ),
    "stat_missing": FindingKind(
        N_("finding|Not in statistics"), N_("Started on {day}, not in the statistics yet"), "edit_project", "G12"
    ),
    "no_leader": FindingKind(
        N_("finding|No main leader"), N_("No main contact leader at present"), "leader", "G01"
    ),
    "element_unowned": FindingKind(
        N_("finding|Gap without a unit"),
        N_("{element}: {gap} missing by {day}, no unit is responsible"),
        "edit",
        "G08",
    ),
    "element_due": FindingKind(
        N_("finding|Element not secured"), N_("{element}: {gap} missing, needed by {day}"), "move"
    ),
    "policy_untold": FindingKind(
        N_("finding|Policy not told"), N_("“{policy}” fits, the owner has not been told"), "move", "G09", 14
    ),
    "promise_late": FindingKind(N_("finding|Promise overdue"), N_("{side}: {text}, by {day}"), "move", "G10"),
    "recheck_due": FindingKind(
        N_("finding|Re-check due"), N_("“{title}” was closed on {day}; look again"), "follow_up"
    ),
    "visit_due": FindingKind(
        N_("finding|Next visit due"), N_("Agreed on {visit} for {day}"), "follow_up"
    ),
    "draft_left": FindingKind(N_("finding|Draft left open"), N_("Typed until {at}, not saved"), "draft"),
    "no_next_step": FindingKind(
        N_("finding|No next step"), N_("No next visit, no plan, nothing with a due day"), "follow_up", duty=False
    ),
    "untouched": FindingKind(
        N_("finding|Untouched"), N_("Nobody visited or changed it since {day}"), "follow_up", duty=False, cycle=60
    ),
    "blank_fields": FindingKind(
        N_("finding|Fields others fill in"), N_("Empty here: {fields}"), "edit_project", duty=False
    ),
    "odd_figure": FindingKind(
        N_("finding|Figures with a question"), N_("{rule} {question}"), "answer", duty=False
    ),
    "unknown_code": FindingKind(
        N_("finding|Unknown code"), N_("{noun}, {field}: “{code}” is not known to this version"), "edit", duty=False
    ),
}  # fmt: skip
KINDS = Codes({code: kind.label for code, kind in _KINDS.items()})
DUTIES = tuple(code for code, kind in _KINDS.items() if kind.duty)
GAPS = tuple(code for code in _KINDS if code != "draft_left")  # a draft belongs to this computer, not to a project
CLOSED_STAGES = ("suspended", "withdrawn", "archived")  # nothing is found of these
ORDER = {code: number for number, code in enumerate(_KINDS)}
MOST_LATE, BLOCKING, RED = 30, 30, 20  # tenths
_PLAIN = FindingKind("", "", "edit")


def kind_of(code: str) -> FindingKind:
    """Return what is known of a kind."""
    return _KINDS.get(code, _PLAIN)


@dataclass(frozen=True)
class Score:
    """What puts a finding where it is: the parts of its total, all in tenths, so that what is shown adds up."""

    plan: int
    late: int
    blocking: int
    red: int

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return self.plan + self.late + self.blocking + self.red

    def told(self) -> str:
        """Return the parts in words: the size of the project, then each reason that adds something."""
        parts = (
            (self.blocking, N_("score|blocking")),
            (self.red, N_("score|red")),
            (self.late, N_("score|late")),
        )
        reasons = [f"+{in_tenths(value).removesuffix('.0')} {_(label)}" for value, label in parts if value]
        return " ".join([in_tenths(self.plan), *reasons])


def in_tenths(value: int) -> str:
    """Return tenths as a person reads them."""
    return f"{value // 10}.{value % 10}"


def _least(size: int) -> int:
    """Return the least plan in yuan of a size in tenths: 10 * log10(1 + plan in 万元), half up, in whole numbers."""
    wan = int(WAN.factor)
    near = wan * 10 ** ((2 * size - 1) / 20)  # as good as a float is; whole numbers around it decide
    sums = range(int(near * (1 - 1e-12)) - 1, int(near * (1 + 1e-12)) + 2)
    return sums[bisect_left(sums, wan**20 * 10 ** (2 * size - 1), key=lambda total: total**20)] - wan


@cache
def _leasts() -> tuple[int, ...]:
    return tuple(_least(size) for size in range(1, 151))


def size_of(plan: int | None) -> int:
    """Return what the plan of the year, in yuan, adds to a score, in tenths."""
    return bisect_right(_leasts(), plan or 0)


def least_of(size: int) -> int:
    """Return the least plan of the year, in yuan, that adds `size` tenths to a score; 0 for no size."""
    leasts = _leasts()
    return leasts[min(size, len(leasts)) - 1] if size > 0 else 0


def score(plan: int, overdue: int, cycle: int, *, blocking: bool = False, red: bool = False) -> Score:
    """Return the score of a finding; `plan` is the plan of the year in yuan, `red` says that a light is red.

    store/read/finding_query.py sorts by the same total.
    """
    days = max(cycle, 1)
    late = min(MOST_LATE, (overdue * 20 + days) // (2 * days)) if overdue > 0 else 0
    return Score(size_of(plan), late, BLOCKING if blocking else 0, RED if red else 0)


@dataclass(frozen=True)
class Finding:
    """One finding of one project, about one of its records (or itself). `due` and `overdue` where a day was missed."""

    kind: str
    project_uid: str
    project: str
    about: str
    about_uid: str
    due: date | None = None
    overdue: int = 0
    cycle: int = 0
    blocking: bool = False
    red: bool = False
    plan: int = 0
    params: Mapping[str, Any] = field(default_factory=dict)
    visits: int = 0  # follow-ups of the last days where they are too many, else 0

    @property
    def score(self) -> Score:
        """What puts it where it is."""
        cycle = self.cycle or kind_of(self.kind).cycle
        return score(self.plan, self.overdue, cycle, blocking=self.blocking, red=self.red)

    @property
    def why(self) -> Msg:
        """Why it is one, in a sentence."""
        return Msg(kind_of(self.kind).reason, **self.params)


def rank(finding: Finding) -> tuple[Any, ...]:
    """Return what findings are sorted by: the highest score, then what was due first; never how they came in.

    A draft, which has no weight of its own, comes first: it is work that is half done, and one key ends it.
    """
    due = finding.due or date.max
    return (
        finding.kind != "draft_left",
        -finding.score.total,
        due,
        ORDER.get(finding.kind, 99),
        finding.project_uid,
        finding.about_uid,
    )


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order in which they are worked off."""
    return sorted(findings, key=rank)


def values_of(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    parts = finding.score
    return {
        "kind": finding.kind,
        "gap": kind_of(finding.kind).gap,
        "project_uid": finding.project_uid,
        "project": finding.project,
        "about": finding.about,
        "about_uid": finding.about_uid,
        "why": str(finding.why),
        "due": finding.due.isoformat() if finding.due else None,
        "overdue_days": finding.overdue,
        "score": parts.total / 10,
        "parts": {name: getattr(parts, name) / 10 for name in ("plan", "late", "blocking", "red")},
        "visited_too_often": bool(finding.visits),
    }
