"""One page on a project before a visit: what stands, what is open, what was promised (ours first), who came."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zjtui.domain import told
from zjtui.domain.contact import MECHANISMS
from zjtui.domain.element import ELEMENTS, amount, shown
from zjtui.domain.fields import WAN, YI
from zjtui.domain.issue import late_days
from zjtui.domain.issue_codes import SEVERITIES
from zjtui.domain.lights import told as lit
from zjtui.domain.money import show_money
from zjtui.domain.project_codes import STAGES
from zjtui.domain.promise import SIDES
from zjtui.domain.question import STATES
from zjtui.domain.service_clock import calendar_note
from zjtui.domain.service_clock import shown as clock_shown
from zjtui.domain.service_codes import KINDS, OPEN_STATES
from zjtui.domain.service_codes import STATES as SERVICE_STATES
from zjtui.i18n import N_, _
from zjtui.store.read import projects, records, services
from zjtui.store.read.finding_odd import OddFigure
from zjtui.store.read.finding_scope import Scope
from zjtui.store.read.lights import overall
from zjtui.text import visible
from zjtui.usecases import questions
from zjtui.usecases.session import Session

_RECENT = 60  # days


@dataclass(frozen=True)
class BriefLine:
    """One line: about a record, or where `entity` is "" a `heading` or a figure; `tone` as a table's."""

    text: str
    entity: str = ""
    uid: str = ""
    tone: str = ""
    heading: bool = False
    odd: OddFigure | None = None  # what a line about a figure asks; it has a uid only once it is noted


def lines(session: Session, project_uid: str) -> list[BriefLine]:
    """Return the page, line by line; it fits 48 rows as long as nothing has more than a dozen entries."""
    reader, today = session.reader(), session.today
    record = records.get(reader, "project", project_uid)
    found = [BriefLine(record.name, tone="strong"), *_figures(session, record)]
    promises = [row for row in records.of_project(reader, "promise", project_uid) if row["state"] == "open"]
    found += _section(N_("Open promises"), "promise", promises, lambda row: _promise(row, today))
    issues = [row for row in records.of_project(reader, "issue", project_uid) if late_state(row)]
    issues.sort(key=lambda row: row["found_on"])
    found += _section(N_("Open issues, the oldest first"), "issue", issues, lambda row: _issue(row, today))
    running = [row for row in services.of_project(reader, project_uid) if row["state"] in OPEN_STATES]
    found += _section(N_("Services running or to be delivered"), "service", running, lambda row: _service(row, session))
    if running and (note := calendar_note(today, session.limits)):
        found.append(BriefLine(str(note), tone="warn"))
    needs = [row for row in records.of_project(reader, "element_need", project_uid) if row["need"] > row["secured"]]
    found += _section(N_("Element gaps"), "element_need", needs, _need)
    untold = [row for row in records.of_project(reader, "policy_match", project_uid) if row["state"] == "suggested"]
    found += _section(
        N_("Policies not told yet"), "policy_match", untold, lambda row: (str(row["policy_uid_name"]), "")
    )
    found += _questions(session, project_uid)
    since = today - timedelta(days=_RECENT)
    visits = [row for row in records.of_project(reader, "follow_up", project_uid, 12) if row["visit_date"] >= since]
    return found + _section(N_("Who came in the last 60 days"), "follow_up", visits, _visit)


def late_state(row: dict[str, Any]) -> bool:
    """Tell whether an issue is still open."""
    from zjtui.domain.issue_codes import OPEN_STATES as OPEN

    return row["state"] in OPEN


def _questions(session: Session, project_uid: str) -> list[BriefLine]:
    """Return the questions about the project's figures, unless they are set aside; then those that are settled."""
    odd = questions.open_of(session, Scope(project=project_uid))
    stale = questions.stale_of(session, project_uid)
    title = _(N_("Questions about the figures"))
    found = [BriefLine(f"{title} ({len(odd) + len(stale)})", tone="warn" if odd or stale else "muted", heading=True)]
    for item in odd[:12]:
        mark = f" ({STATES.label(item.state)})" if item.state else ""
        found.append(BriefLine(f"{item.hit.rule} {item.hit.sentence}{mark}", "question", item.uid, odd=item))
    settled = _(N_("odd no longer"))
    return found + [BriefLine(f"{row['rule']} {row['text']} ({settled})", "question", row["uid"]) for row in stale]


def _section(heading: str, entity: str, rows: list[dict[str, Any]], told: Any) -> list[BriefLine]:
    found = [BriefLine(f"{_(heading)} ({len(rows)})", tone="warn" if rows else "muted", heading=True)]
    for row in rows[:12]:
        text, tone = told(row)
        found.append(BriefLine(text, entity, row["uid"], tone))
    return found


def _figures(session: Session, record: Any) -> list[BriefLine]:
    reader = session.reader()
    number = reader.execute("SELECT id FROM project WHERE uid = ?", (record.uid,)).fetchone()[0]
    [row] = projects.rows(
        reader, [number], ("plan", "done", "rate", "waiting", "main_leader", "region_code"), session.today.year
    )
    text = _(N_("{place} · {stage} · total {total} · plan {plan} · done {done}, {rate} · leader {leader}")).format(
        place=row["region_code_name"],
        stage=STAGES.label(record.stage),
        total=show_money(record.total_invest, YI, named=True),
        plan=show_money(row["plan"], WAN, named=True) or "—",
        done=show_money(row["done"], WAN, named=True) or "—",
        rate=row["rate"] or "—",
        leader=row["main_leader"] or "—",
    )
    if row["waiting"]:
        waiting = show_money(row["waiting"], WAN, named=True)
        text += _(N_(" · {amount} in drafts and returned reports, not counted yet")).format(amount=waiting)
    light = overall(reader, [record.uid], session.judge).get(record.uid)
    tone = {"red": "bad", "yellow": "warn"}.get(light.colour, "") if light else ""
    return [BriefLine(text), *([BriefLine(lit(light), tone=tone)] if light else [])]


def _promise(row: dict[str, Any], today: Any) -> tuple[str, str]:
    late = row["due_on"] is not None and row["due_on"] < today
    who = " ".join(part for part in (SIDES.label(row["side"]), row["keeper"]) if part)
    return f"{who}: {row['text']}  {row['due_on'] or ''}", "bad" if late else ""


def _issue(row: dict[str, Any], today: Any) -> tuple[str, str]:
    late = late_days(row["state"], row["due_on"], today)
    age = _(N_("{days} days")).format(days=(today - row["found_on"]).days)
    mark = f"  {told.late(late)}" if late and late > 0 else ""
    return f"{age}  {row['title_text']} ({SEVERITIES.label(row['severity'])}){mark}", "bad" if mark else ""


def _service(row: dict[str, Any], session: Session) -> tuple[str, str]:
    clock = clock_shown(row, session.today, session.limits)
    left, state = clock["days_left"], f"  {SERVICE_STATES.label(row['state'])}" if row["decided_on"] else ""
    text = KINDS.label(row["kind"]) + state + (f"  {told.left(left)}" if left is not None else "")
    return text, {"red": "bad", "yellow": "warn"}.get(clock["light"], "")


def _need(row: dict[str, Any]) -> tuple[str, str]:
    gap = shown(row["element"], amount(row["element"], row["need"]) - amount(row["element"], row["secured"]))
    return f"{ELEMENTS.label(row['element'])}: {gap}  {row['needed_by'] or ''}", ""


def _visit(row: dict[str, Any]) -> tuple[str, str]:
    who = row.get("people_name") or row["units"] or ""
    return f"{row['visit_date']}  {MECHANISMS.label(row['mechanism'])}  {who}  {visible(row['findings'], 300)}", "muted"
