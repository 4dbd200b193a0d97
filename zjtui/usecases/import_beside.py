"""What a row of projects says beside the project: the plan of a year, a month's report; and what it leaves open."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.partial_date import earliest
from zjtui.domain.show import label
from zjtui.errors import Msg, Notice, Refused, RefusedMany
from zjtui.i18n import N_
from zjtui.usecases.import_sums import settle

if TYPE_CHECKING:
    from zjtui.usecases.import_line import Entry
    from zjtui.usecases.import_row import Done, Taking

_NO_PROBLEM = re.compile(r"无|没有|暂无|未发现|(暂|未发现|没有|无)(明显|突出|其他)?问题[。.]?|正常")
_OF_PERIOD = N_("list|{period}: {why}")


def hang(
    taking: "Taking", entry: "Entry", done: "Done", project: str, part: tuple[str, str], given: Mapping[str, Any]
) -> None:
    """Add or edit a plan of a year or a month's report beside a row's project; or a visit's problem."""
    entity, period = part
    if entity in ("issue", "contact"):
        beside = _contact if entity == "contact" else _problem
        beside(taking, entry, done, project, given, period)
        return
    key = {"annual_plan": "year", "monthly_report": "month"}[entity]
    value: Any = int(period) if key == "year" else period
    uid = next(iter(taking.tx.one(entity, project, key, value)), None)
    values = {**given, key: value}
    if entity == "annual_plan" and uid is None:
        if "plan_invest" not in values:
            return  # a class alone makes no plan
        _class_of(values, taking.tx.get("project", project), done)
    if entity == "monthly_report" and uid is None and values.get("invest_month") is None:
        if values.get("reported_ytd") is None:
            done.notices.append(Notice(N_("Of {month} no amount is known: what the list says of it is not kept"),
                                       rule="L-14", month=period))  # fmt: skip
            return
        if not settle(taking, entry, done, project, period, values):
            return
    try:
        made = taking.write(entry, entity, period, uid, project, values)
    except Refused as error:
        refusals = getattr(error, "refusals", [error])
        raise RefusedMany(
            [Refused(rule=each.rule, field=each.field, **_of_period(each, period)) for each in refusals]
        ) from None
    if made.new and not done.new:  # of a project that is new itself nothing was there before
        fields = registry.model(entity).fields()
        made.changes = [
            (label(fields[name]), "", taking.told.shown(fields[name], getattr(made.record, name)))
            for name in values
            if name != key
        ]
    done.changes += [(f"{period} {change[0]}", *change[1:]) for change in made.changes]
    done.notices += [Notice(rule=said.rule, **_of_period(said, period)) for said in made.notices]
    done.back, done.undated = made.back or done.back, made.undated or done.undated


def refuse_guessed(given: Mapping[str, Any]) -> None:
    """Refuse a visit of which a list does not say when or by whom: only a form takes today, and who types."""
    refusals = []
    if not given.get("visit_date"):
        named = Msg(registry.model("follow_up").fields()["visit_date"].label)
        refusals.append(Refused(N_("{label} is missing"), rule="G-10", field="visit_date", label=named))
    if not given.get("people") and not given.get("units"):
        refusals.append(Refused(N_("Who was there? Name a person or a unit"), rule="V-01", field="people"))
    if refusals:
        raise RefusedMany(refusals)


def _contact(
    taking: "Taking", entry: "Entry", done: "Done", project: str, given: Mapping[str, Any], number: str
) -> None:
    """Add a contact that a row of projects names; who is in contact with it already in that role is the same."""
    uid = taking.tx.connection.execute(
        "SELECT uid FROM contact WHERE project_uid = ? AND role = ? AND to_date IS NULL AND "
        "person_uid IN (SELECT uid FROM person WHERE uid = ? OR name = ?)",
        (project, given["role"], given["person_uid"], given["person_uid"]),
    ).fetchone()
    if uid is not None:
        return
    led = taking.tx.connection.execute("SELECT 1 FROM contact WHERE project_uid = ? AND is_main", (project,)).fetchone()
    main = given["role"] == "leader" and led is None  # the first leader that a list names is the one that is asked for
    made = taking.write(entry, "contact", number, None, project, {**given, "is_main": main})
    done.notices += made.notices
    fields = registry.model("contact").fields()
    done.changes.append((taking.told.shown(fields["role"], given["role"]), "", str(given["person_uid"])))


def _problem(
    taking: "Taking", entry: "Entry", done: "Done", project: str, given: Mapping[str, Any], _period: str
) -> None:
    """Add the problem that a row names; one of its name that is there already is not added again. Rule L-27."""
    title = given.get("title_text")
    if not title or _NO_PROBLEM.fullmatch(str(title)):
        return
    uids = taking.tx.one("issue", project, "title_text", title)
    values = given if uids else {"kind": "other", **_origin(taking, done), **given}
    _entered(taking, entry, done, project, values, uids)


def _origin(taking: "Taking", done: "Done") -> dict[str, Any]:
    """Return where a problem comes from: what a visit found, was found on its day."""
    if taking.kind != "follow_up":
        return {"source": "report"}
    visit = taking.tx.row("follow_up", done.uid)
    day = date.fromisoformat(str(visit["visit_date"]))
    return {"found_on": day, "source": "visit", "follow_up_uid": done.uid}


def _entered(
    taking: "Taking", entry: "Entry", done: "Done", project: str, values: Mapping[str, Any], uids: Sequence[str]
) -> None:
    """Write a problem beside what a row is about, and tell of it."""
    title = values["title_text"]
    made = taking.write(entry, "issue", "", next(iter(uids), None), project, values)
    said = N_("The problem “{title}” is entered with it") if made.new else N_("The problem “{title}” is there already")
    done.notices.append(Notice(said, rule="L-27", title=title))
    done.notices += made.notices
    done.undated = made.undated or done.undated
    done.changes += (
        made.changes if not made.new else [(label(registry.model("issue").fields()["title_text"]), "", str(title))]
    )


def _of_period(said: Msg | Refused, period: str) -> dict[str, Any]:
    """Return what is said of one of several years or months, with its name where it does not have it."""
    if period in said.params.values():
        return {"msgid": said.msgid, **said.params, "period": period}
    return {"msgid": _OF_PERIOD, "period": period, "why": Msg(said.msgid, **said.params)}


def _class_of(values: dict[str, Any], project: Any, done: "Done") -> None:
    """Say what class a year's plan is of where the list does not: by the planned start, and told."""
    start, year = project.plan_start or "", values["year"]
    said = values.get("year_class")
    if not said:
        begins = bool(start) and earliest(start).year == year and not project.real_start
        values["year_class"] = "new_start" if begins else "continuing"
        done.notices.append(_class_told(year, values["year_class"]))
    if values["year_class"] == "new_start" and not values.get("plan_start_month"):
        values["plan_start_month"] = start[:7] if len(start) >= 7 else f"{year}-12"
        if said or len(start) < 7:
            text = N_("The month of the planned start is taken as {month}")
            done.notices.append(Notice(text, rule="L-10", month=values["plan_start_month"]))


@cache  # one for thousands of rows
def _class_told(year: int, year_class: str) -> Notice:
    codes = registry.model("annual_plan").fields()["year_class"].codes
    name = Msg(codes.labels[year_class]) if codes else year_class
    return Notice(N_("The class of the {year} plan is taken as “{name}”"), rule="L-10", year=year, name=name)
