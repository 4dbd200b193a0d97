"""What one row of a list does to the register: which record it is about, what it changes, how far its state moves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zjtui.domain import project_code, registry
from zjtui.domain.fields import Kind
from zjtui.domain.named import as_new
from zjtui.domain.show import label
from zjtui.errors import Msg, Notice, Refused, RefusedMany
from zjtui.i18n import N_, joined
from zjtui.store.rows import record_from
from zjtui.store.write.tx import Tx
from zjtui.usecases import month, register
from zjtui.usecases.import_base import Base
from zjtui.usecases.import_beside import hang, refuse_guessed
from zjtui.usecases.import_line import Alike, Change, Entry, Fault
from zjtui.usecases.import_match import Matcher, Twin
from zjtui.usecases.import_state import Back, Walker, filled_in, state_days
from zjtui.usecases.import_sums import settle, sums_apart
from zjtui.usecases.import_told import Told
from zjtui.usecases.session import Session

_FIRST = {"project": ("reserve", "preparatory"), "issue": ("draft", "open"), "monthly_report": ("draft",)}
_TAKEN_TODAY = {
    "issue": ("found_on", N_("The list says no day on which it was found: {day} is taken")),
    "contact": ("from_date", N_("The list says no day from which it holds: {day} is taken")),
}


@dataclass
class Done:
    """What a row did: its record, whether it is new, the changes, what is worth knowing; or why it is refused."""

    uid: str = ""
    title: str = ""
    new: bool = False
    changes: list[Change] = field(default_factory=list)
    notices: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    twin: Twin | None = None
    record: Any = None  # what was added
    back: Back | None = None
    undated: str = ""  # entity.field of the day that a state needs and the list does not give
    made: list[tuple[str, str]] = field(default_factory=list)  # of each record: its kind, "new" or "changed"


@dataclass
class Taking:
    """A list being taken in, row by row, within one transaction."""

    tx: Tx
    session: Session
    kind: str
    matcher: Matcher
    base: Base
    sums: str = ""  # what becomes of totals up to a month: a code of `import_sums.SUMS`, "" asks
    alike: Alike = field(default_factory=Alike)
    rows: dict[str, int] = field(default_factory=dict)  # uid: number of the row that was about it
    told: Told = field(init=False)
    walker: Walker = field(init=False)
    _made: list[tuple[str, str]] = field(default_factory=list)  # of the row in hand

    def __post_init__(self) -> None:
        self.told, self.walker = Told(self.tx), Walker(self.tx, self.session)

    def take(self, entry: Entry, decision: str) -> Done:
        """Do what the row says; `walker` is how its states move. Rules L-04 to L-18."""
        self._made = []
        values = entry.parts.get((self.kind, ""), {})
        self._clear(entry, values)
        told = self.matcher.places.locate(entry, values, self.told)
        project = self._project(entry, values) if "project_uid" in registry.model(self.kind).fields() else None
        uid = self._match(entry, values, project)
        if uid is None and self.kind == "project" and decision != "new":
            twin = self.matcher.twin(values, _code(values))
            if twin and decision == "same":
                uid = twin.uid
            elif twin:
                why = self._asked(twin)
                head = entry.heads.get(("project", "", "name"), "")
                return Done(twin=twin, faults=[Fault(head, str(values.get("name", "")), why, "L-06")])
        done = self._main(entry, uid, project, values)
        done.notices += told
        owner = done.uid if self.kind == "project" else project
        for (entity, period), given in sorted(entry.parts.items(), key=_in_turn):
            if entity != self.kind and not done.faults:
                hang(self, entry, done, str(owner), (entity, period), given)
        if not done.faults:
            sums_apart(self, entry, done, str(owner))
        if done.uid in self.rows and (done.changes or done.new):
            why = Msg(
                N_("Row {number} is about the same, and says otherwise: {labels}"),
                number=self.rows[done.uid], labels=joined(change[0] for change in done.changes),
            )  # fmt: skip
            done.faults.append(Fault("", done.title, why, "L-07"))
        done.made = self._made
        return done

    def _main(self, entry: Entry, uid: str | None, project: str | None, values: dict[str, Any]) -> Done:
        """Write the record that the row is about; of a month that states a total alone what it makes of that."""
        alone = self.kind == "monthly_report" and uid is None and values.get("invest_month") is None
        if not alone or values.get("reported_ytd") is None or not values.get("month"):
            return self.write(entry, self.kind, "", uid, project, values)
        said = Done()
        if not settle(self, entry, said, str(project), str(values["month"]), values):
            return said
        done = self.write(entry, self.kind, "", uid, project, values)
        done.notices[:0] = said.notices
        done.changes += said.changes
        return done

    def _asked(self, twin: Twin) -> Msg:
        """Return what is asked about a project that a row may be about."""
        if twin.elsewhere:
            place = self.told.shown(registry.model("project").fields()["region_code"], twin.elsewhere)
            return Msg(
                N_("“{name}” in {place} is called so: decide whether it is the same"), name=twin.name, place=place
            )
        text = N_("“{name}” is nearly called so ({score} %): decide whether it is the same")
        return Msg(text, name=twin.name, score=twin.score)

    def keep(self, entry: Entry, done: Done) -> None:
        """Note a row that stands: later rows may be about the same."""
        self.rows.setdefault(done.uid, entry.number)
        if self.kind == "project" and done.new:
            self.matcher.note(done.uid, done.record.name, done.record.code, done.record.region_code)

    def forget(self) -> None:
        """Forget names that were learned in a row that was taken back."""
        self.told.forget()

    def _clear(self, entry: Entry, values: dict[str, Any]) -> None:
        """Take an empty cell of an exported sheet for what it is: somebody cleared the field."""
        if not entry.uid:
            return
        fields = registry.model(self.kind).fields()
        for entity, period, name in entry.empty:
            if entity == self.kind and not period and name in fields and fields[name].form:
                many = fields[name].kind in (Kind.CODES, Kind.REFS, Kind.LIST)
                values[name] = [] if many else False if fields[name].kind is Kind.YESNO else None
                entry.texts[(entity, period, name)] = ""

    def _project(self, entry: Entry, values: dict[str, Any]) -> str:
        row = self.tx.row(self.kind, entry.uid) if entry.uid else None
        if row is not None:  # it stays with its project
            values.pop("project_uid", None)
            return str(row["project_uid"])
        said = values.pop("project_uid", None) or ""
        texts = [str(text) for text in (said if isinstance(said, list) else [said]) if text]
        named = {uid for text in texts if (uid := self.matcher.named(text))}
        text = " · ".join(texts)
        if len(named) != 1:
            msgid = N_("There is no project “{value}”, or more than one: write its code") if (
                text
            ) else N_("The row names no project")  # fmt: skip
            raise RefusedMany([Refused(msgid, rule="L-08", field="project_uid", value=text)])
        return named.pop()

    def _match(self, entry: Entry, values: Mapping[str, Any], project: str | None) -> str | None:
        """Return the record that the row is about, None for a new one."""
        if entry.uid:
            if self.tx.row(self.kind, entry.uid) is None:
                raise RefusedMany(
                    [Refused(N_("The record that this row was exported from is not there any more"), rule="L-09")]
                )
            return entry.uid
        if self.kind == "project":
            return self.matcher.project(dict(values), _code(values))
        if self.kind == "org":
            return self._one("SELECT uid FROM org WHERE (uscc = ?1 AND ?1 <> '') OR name = ?2 OR short = ?2",
                             values.get("uscc") or "", values.get("name"))  # fmt: skip
        if self.kind == "policy":
            return self._one("SELECT uid FROM policy WHERE title_text = ? AND year = ?",
                             values.get("title_text"), values.get("year"))  # fmt: skip
        keys = {
            "annual_plan": ("year",), "monthly_report": ("month",), "issue": ("title_text",), "service": ("kind",),
            "contact": ("role",), "follow_up": ("visit_date", "findings"), "element_need": ("element",),
        }[self.kind]  # fmt: skip
        given = [values.get(key) for key in keys]
        where = " AND ".join(f"{key} = ?" for key in keys)
        if self.kind == "contact":
            where += " AND to_date IS NULL AND person_uid IN (SELECT uid FROM person WHERE uid = ? OR name = ?)"
            given += [values.get("person_uid")] * 2
        return self._one(f"SELECT uid FROM {self.kind} WHERE project_uid = ? AND {where}", project, *given)

    def _one(self, query: str, *given: Any) -> str | None:
        found = [row[0] for row in self.tx.connection.execute(query, given)]
        if len(found) > 1:
            raise RefusedMany(
                [
                    Refused(
                        N_("{count} records fit this row: export them and change that list"),
                        rule="L-04",
                        count=len(found),
                    )
                ]
            )
        return found[0] if found else None

    def write(
        self, entry: Entry, entity: str, period: str, uid: str | None, project: str | None, values: Mapping[str, Any]
    ) -> Done:
        """Add or edit one record; its state moves along the table of moves."""
        flow = registry.workflow(entity) if registry.has_workflow(entity) else None
        given = dict(values)
        wanted = given.pop(flow.state_field, None) if flow else None
        days = state_days(entity, given)
        own = {name: day for name, day in days.items() if (entity, period, name) in entry.heads}  # not for all rows
        texts = {name: entry.texts.get((entity, period, name), "") for name in given}
        kind = registry.model(entity)
        if uid is None:
            if flow and wanted in _FIRST.get(entity, ()):
                given[flow.state_field] = wanted
            done = self._added(entity, project, given)
        else:
            before = record_from(kind, self.tx.row(entity, uid))
            changed = {
                name: value for name, value in given.items() if not self.told.says(before, name, value, texts[name])
            }
            if entity == "project" and before.serial and not entry.uid:
                changed.pop("serial", None)  # the numbers of one list are not those of another
            done = Done(uid, before.title)
            filled, said = filled_in(before, own)
            changed |= filled
            done.notices += said
            if changed and (faults := self._both(entry, (entity, period), before, changed, done)):
                done.faults = faults
                return done
            if changed:
                if entity == "monthly_report":
                    after, notices = month.put_in(self.tx, self.session, before.project_uid, before.month, changed)
                else:
                    after, notices = register.edit_in(self.tx, self.session, entity, uid, as_new(kind, changed))
                done.notices += notices
                done.changes = self.told.differences(before, after)
        self.tx.ask()  # here, where it is known which part of the row a refusal is about
        if flow:
            walked = self.walker.reach(entity, done.uid, wanted, days, own)
            if walked.change and not done.new:
                done.changes.append(walked.change)
            done.notices += walked.notices
            done.back, done.undated = walked.back or done.back, walked.undated or done.undated
        if done.new or done.changes:
            self._made.append((entity, "new" if done.new else "changed"))
        return done

    def _added(self, entity: str, project: str | None, given: dict[str, Any]) -> Done:
        """Add a record; a day that it has to have and the list does not say is told. L-17."""
        if entity == "follow_up":
            refuse_guessed(given)
        record, notices = register.add_in(self.tx, self.session, entity, project, as_new(registry.model(entity), given))
        done = Done(record.uid, record.title, True, notices=list(notices), record=record)
        taken = _TAKEN_TODAY.get(entity)
        if taken and not given.get(taken[0]):
            day = getattr(record, taken[0])
            done.notices.append(Notice(taken[1], rule="L-17", day=day.isoformat()))
        return done

    def _both(
        self, entry: Entry, part: tuple[str, str], before: Any, changed: dict[str, Any], done: Done
    ) -> list[Fault]:
        """Leave out of `changed` what only the register changed since the sheet was written; refuse what both did."""
        faults, fields = [], registry.model(part[0]).fields()
        for name, was in self.base.changed_since(before).items():
            if name not in changed:
                continue
            text, head = entry.texts.get((*part, name), ""), entry.heads.get((*part, name), "")
            now = self.told.shown(fields[name], getattr(before, name))
            if self.told.says(before.model_copy(update={name: was}), name, changed[name], text):
                del changed[name]
                why = N_("{label} was changed here after the sheet was written; it stays {now}")
                done.notices.append(Notice(why, rule="L-12", label=label(fields[name]), now=now or "-"))
            else:
                why = N_("It was changed here too after the sheet was written, to “{now}”: settle which one holds")
                faults.append(Fault(head or label(fields[name]), text, Msg(why, now=now or "-"), "L-12"))
        return faults


def _code(values: Mapping[str, Any]) -> str | None:
    try:
        return project_code.normalise(str(values["code"])) if values.get("code") else None
    except Refused:
        return None


def _in_turn(part: tuple[tuple[str, str], Mapping[str, Any]]) -> tuple[bool, bool, str]:
    """Order what hangs on a row: plans, then amounts of months, then totals, which count less the months."""
    (entity, period), given = part
    return entity == "monthly_report", given.get("invest_month") is None, period
