"""A service in words: why it stands where it stands, its four watches, its timeline; and the 90 days of a project."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from textual.content import Content

from zjtui.domain.overtime import OVERTIME
from zjtui.domain.service_clock import WATCHES, line, watches, why
from zjtui.domain.service_codes import BASES, KINDS, STATES
from zjtui.domain.service_days import reason_told
from zjtui.domain.service_span import START, Stage, stages
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.store.read import find, records, services
from zjtui.ui.project_text import LABEL, Part, assembled
from zjtui.ui.text import cells

if TYPE_CHECKING:
    from zjtui.usecases.session import Session

_MARKS = {"waiting": "░", "department": "█", "owner": "o", "third": "·"}
_BAR = 40  # cells of the strip


def service_preview(session: "Session", uid: str) -> Content:
    """Return what stands beside the list."""
    try:
        record = records.get(session.reader(), "service", uid)
    except Refused:
        return assembled([("", "")])
    return assembled(service_parts(session, record))


def service_parts(session: "Session", record: Any) -> list[Part]:
    """Return the clock and the timeline of one service."""
    values = record.__dict__
    clock = line(values, session.today, session.limits)
    project = find.names(session.reader(), "project", {record.project_uid}).get(record.project_uid, "")
    parts: list[Part] = [
        (project, "bold"), ("\n", ""), (f"{KINDS.label(record.kind)} · {STATES.label(record.state)}", "$accent"),
        ("\n", ""), (str(why(values, session.today, session.limits)), "bold"), ("\n", ""), ("\n", ""),
    ]  # fmt: skip
    if clock["used_days"] is not None:
        promised = "-" if record.promise_days is None else str(record.promise_days)
        used = _(N_("{used}/{promised} {basis}")).format(
            used=clock["used_days"], promised=promised, basis=BASES.label(record.basis)
        )
        parts += [(_(N_("Promise ")), LABEL), (used, ""), ("\n", "")]
        if record.limit_days is not None:
            parts += [(_(N_("Statutory days ")), LABEL), (str(record.limit_days), ""), ("\n", "")]
    parts += [(_(N_("Calendar days up to now, or to the end:")), LABEL), ("\n", "")]
    for name, days in watches(values, session.today).items():
        parts += [(f"  {WATCHES.label(name)} ", LABEL), (str(days), ""), ("\n", "")]
    for code in clock["overtime"]:
        parts += [(_(N_("Counts as overtime: ")) + OVERTIME.label(code), "$text-error"), ("\n", "")]
    parts += [("\n", ""), (_(N_("Timeline")), "bold $accent"), ("\n", "")]
    for day, text in timeline(values):
        parts += [(f"{day} ", LABEL), (text, ""), ("\n", "")]
    for name in record.missing_docs:
        parts += [("☐ ", "$text-warning"), (name, ""), ("\n", "")]
    for name in record.received_docs:
        parts += [("☑ ", "$text-success"), (name, ""), ("\n", "")]
    return parts


def timeline(values: Any) -> list[tuple[str, str]]:
    """Return what happened on which day."""
    found = [
        (values[name].isoformat(), _(label))
        for name, label in (
            ("applied_on", N_("Applied on")),
            ("accepted_on", N_("Accepted on")),
            ("decided_on", N_("Decided on")),
            ("delivered_on", N_("Delivered on")),
            ("ended_on", N_("Refused or withdrawn on")),
        )
        if values[name]
    ]
    for pause in values["pauses"]:
        found.append((str(pause["from"]), _(N_("Paused: {reason}")).format(reason=reason_told(pause))))
        if pause["to"]:
            found.append((pause["to"], _(N_("Resumed"))))
    return sorted(found, key=lambda item: item[0])


def strip_text(session: "Session", project_uid: str) -> Content:
    """Return the 60 and 30 days of a project: a bar for each service, the counted days, the longest chain."""
    found = stages(services.of_project(session.reader(), project_uid), session.today, session.limits)
    parts: list[Part] = []
    for stage in found:
        name = _(N_("Up to the construction permit")) if stage.name == START else _(N_("Completion acceptance"))
        tone = "$text-error bold" if stage.counted > stage.limit else "bold"
        counted = _(N_("{counted} of {limit} days")).format(counted=stage.counted, limit=stage.limit)
        parts += [(f"{name}: ", "bold $accent"), (counted, tone), ("\n", "")]
        parts += _bars(stage) or [(_(N_("  nothing applied for yet")), "dim"), ("\n", "")]
        parts += [("\n", "")]
    legend = "  ".join(f"{mark} {WATCHES.label(name)}" for name, mark in _MARKS.items())
    parts += [(legend, "dim"), ("\n", ""), (_(N_("█ and ░ count; ◆ lies on the longest chain")), "dim")]
    return assembled(parts)


def _bars(stage: Stage) -> list[Part]:
    if not stage.stretches:
        return []
    first = min(stretch.days[0][0] for stretch in stage.stretches)
    last = max(stretch.days[-1][0] for stretch in stage.stretches)
    each = max(((last - first).days + _BAR) // _BAR, 1)  # days of one cell
    parts: list[Part] = []
    for stretch in stage.stretches:
        bar = _bar(stretch.days, first, each)
        mark = "◆ " if stretch.longest else "  "
        parts += [
            (mark, "$accent"),
            (cells(KINDS.label(stretch.values["kind"]), 24), ""),
            (" ", ""),
            (bar, ""),
            (f" {len(stretch.days)}", LABEL),
            ("\n", ""),
        ]
    scale = _(N_("{first} to {last}, {each} days a cell")).format(first=first, last=last, each=each)
    return [*parts, (f"  {scale}", "dim"), ("\n", "")]


def _bar(days: Sequence[tuple[date, str]], first: date, each: int) -> str:
    """Return one character for every `each` days: the watch that ran longest in them."""
    by_day = dict(days)
    shown = []
    for number in range(_BAR):
        start = first + timedelta(days=number * each)
        span = [by_day.get(start + timedelta(days=offset)) for offset in range(each)]
        running = [watch for watch in span if watch]
        shown.append(_MARKS[max(running, key=running.count)] if running else " ")
    return "".join(shown)
