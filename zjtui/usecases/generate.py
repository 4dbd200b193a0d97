"""A large register from a seed: for trying speed, and for finding out whether a laptop is up to it.

The same numbers and seed give the same records on every machine; only the log's own times differ.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial
from itertools import islice
from typing import Any

from zjtui.domain.contact import Contact
from zjtui.domain.follow_up import FollowUp
from zjtui.domain.issue import Issue
from zjtui.domain.issue_codes import KINDS, SEVERITIES
from zjtui.domain.people import Org, Person
from zjtui.domain.plan import AnnualPlan, MonthlyReport
from zjtui.domain.project import Project
from zjtui.domain.project_code import check_digit
from zjtui.domain.record import Record
from zjtui.errors import Cancelled
from zjtui.i18n import N_
from zjtui.store.changes import Clock, read_clock
from zjtui.store.rows import stored
from zjtui.store.search import Names
from zjtui.store.sqlite import Connection
from zjtui.store.write.tx import Tx
from zjtui.usecases import generate_words as words
from zjtui.usecases.session import Session

BATCH = 1_000  # records of one operation
COMMIT = 20  # operations of one commit: waiting for the disk, and merging the search index, cost more than the rest
MOST_ISSUES = 100_000
YEAR = 2023
LAST_DAY = date(2023, 9, 20)
_EPOCH_MS = 1_672_531_200_000  # 2023-01-01: uids grow from here
_STAGES = ("building",) * 11 + ("preparatory",) * 4 + ("ready", "ready", "reserve", "suspended", "completed")

# For this one run: the index pages stay in memory, and are carried from the journal into the file less often.
_PACE = ("PRAGMA cache_size=-200000", "PRAGMA wal_autocheckpoint=16000")

Progress = Callable[[int, int], None]
Batch = list[Sequence[Record]]


def generate(
    session: Session,
    projects: int,
    follow_ups: int,
    seed: int,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    months: int = 0,
) -> None:
    """Fill an empty workspace. `progress(done, total)` counts records; `cancelled` is asked between commits.

    `months` is how many reports of the year each project has.

    Raises `Cancelled`; what was written until then is a valid register that the caller may remove.
    """
    make = _Maker(session, seed, projects, follow_ups, months)
    session.workspace.maintain(lambda connection: [connection.execute(pragma).fetchall() for pragma in _PACE])
    names: list[Names] = []  # made on the writer's thread, kept from commit to commit
    batches, done = make.batches(), 0
    while True:
        if cancelled and cancelled():
            raise Cancelled(N_("Stopped; what was made so far can be removed"))
        group = list(islice(batches, COMMIT))
        if not group:
            break
        session.workspace.transact(partial(_write, session=session, group=group, names=names))
        done += sum(len(records) for batch in group for records in batch)
        if progress:
            progress(done, make.total)


def _write(connection: Connection, session: Session, group: list[Batch], names: list[Names]) -> None:
    """Write each batch of `group` as an operation of its own, all in the transaction that is open."""
    if not names:
        names.append(Names(connection))
    clock = read_clock(connection, session.workspace.device)
    for batch in group:
        tx = Tx(connection, clock, "generate", session.person)
        tx.index_names = names[0]
        for records in filter(None, batch):
            tx.insert_rows(records[0].entity, [stored(record) for record in records])
        tx.finish()


class _Maker:
    """Makes the records in batches, each a list of lists of one type."""

    def __init__(self, session: Session, seed: int, projects: int, follow_ups: int, months: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - invented data, not secrets
        ticks = iter(range(_EPOCH_MS, _EPOCH_MS + 2**40))
        self.uid = Clock("", now=partial(next, ticks), random=self.chance.randbytes).uid
        self.projects, self.follow_ups, self.months = projects, follow_ups, months
        rows = session.reader().execute("SELECT uid, name_zh FROM region WHERE level = 'county' ORDER BY uid")
        self.regions = [(row["uid"], row["name_zh"]) for row in rows]
        self.orgs = max(projects // 50, 5)
        self.people = max(projects // 50, 5)
        self.issues = min(projects, MOST_ISSUES)
        self.total = self.orgs + self.people + (3 + months) * projects + self.issues + (follow_ups if projects else 0)
        self.org_uids: list[str] = []
        self.person_uids: list[str] = []

    def batches(self) -> Iterator[Batch]:
        """Yield about `BATCH` records at a time, what is pointed to before what points to it."""
        orgs = [self.org(number) for number in range(self.orgs)]
        people = [self.person(number) for number in range(self.people)]
        self.org_uids, self.person_uids = [org.uid for org in orgs], [person.uid for person in people]
        for start in range(0, len(orgs), BATCH):
            yield [orgs[start : start + BATCH]]
        for start in range(0, len(people), BATCH):
            yield [people[start : start + BATCH]]
        each, rest = divmod(self.follow_ups, max(self.projects, 1))
        step = max(BATCH // (4 + each + self.months), 1)
        for start in range(0, self.projects, step):
            group = [self.project(number) for number in range(start, min(start + step, self.projects))]
            visits = [
                self.follow_up(project)
                for number, project in enumerate(group, start)
                for _visit in range(each + (number < rest))
            ]
            plans = [self.plan(project) for project in group]
            contacts = [self.contact(project) for project in group]
            issues = [
                self.issue(number, project)
                for number, project in enumerate(group[: max(self.issues - start, 0)], start)
            ]
            reports = [report for project in group for report in self.reports(project)]
            yield [group, plans, reports, contacts, visits, issues]

    def org(self, number: int) -> Org:
        """Return an organisation: every third a department, the others owners."""
        _code, place = self.chance.choice(self.regions)
        department = number % 3 == 0
        name = place + self.chance.choice(words.DEPARTMENTS if department else words.OWNERS)
        return Org.trusted(
            _complete(
                Org,
                uid=self.uid(),
                name=f"{name}{number}" if not department else name,
                kind="gov_dept" if department else "owner",
            )
        )

    def person(self, _number: int) -> Person:
        """Return a person."""
        name = self.chance.choice(words.SURNAMES) + "".join(
            self.chance.choices(words.GIVEN, k=self.chance.choice((1, 2)))
        )
        return Person.trusted(_complete(Person, uid=self.uid(), name=name, rank="county"))

    def project(self, number: int) -> Project:
        """Return a project with a valid code."""
        chance = self.chance
        code, place = chance.choice(self.regions)
        attr = chance.choice(("industrial", "infrastructure", "livelihood", "ecology"))
        name = f"{place}{chance.choice(words.BRANDS)}{chance.choice(words.WORKS[attr])}{chance.choice(words.PHASES)}"
        stage = chance.choice(_STAGES)
        start = date(YEAR, 1, 1) + timedelta(days=chance.randrange(260))
        month = (number + number // 100_000) % 9 + 1  # no code comes twice among 900,000
        digits = f"23{month:02}{code}04{chance.choice(('01', '02'))}{number % 100_000:05}"
        return Project.trusted(
            _complete(
                Project,
                uid=self.uid(),
                name=name,
                code=_hyphened(digits + str(check_digit(digits))),
                region_code=code,
                total_invest=int(10 ** chance.uniform(8, 10.6)) // 10_000 * 10_000,
                attr=attr,
                field9=f"F{chance.randint(1, 9)}",
                stage=stage,
                owner_org=chance.choice(self.org_uids),
                plan_start=f"{YEAR}-{chance.randint(1, 12):02}",
                plan_end=str(chance.randint(2024, 2028)),
                audit_on=None if stage in ("reserve", "preparatory") else start,
                land_on=None if stage in ("reserve", "preparatory") else start,
                real_start=start if stage in ("building", "completed", "suspended") else None,
                real_end=LAST_DAY if stage == "completed" else None,
                suspended_from="building" if stage == "suspended" else None,
                start_evidence=["permit"] if stage in ("building", "completed", "suspended") else [],
                list_kinds=["thousand_trillion"],
            )
        )

    def plan(self, project: Project) -> AnnualPlan:
        """Return the project's plan of the year, between 5 and 30 % of the whole."""
        return AnnualPlan.trusted(
            _complete(
                AnnualPlan,
                uid=self.uid(),
                project_uid=project.uid,
                year=YEAR,
                year_class="new_start",
                plan_invest=project.total_invest * self.chance.randint(5, 30) // 100,
                plan_start_month=project.plan_start,
                opening_total=project.total_invest // 2 if project.stage == "completed" else None,
            )
        )

    def reports(self, project: Project) -> Iterator[MonthlyReport]:
        """Yield the project's months of the year so far."""
        for month in range(1, self.months + 1):
            yield MonthlyReport.trusted(
                _complete(
                    MonthlyReport,
                    uid=self.uid(),
                    project_uid=project.uid,
                    month=f"{YEAR}-{month:02}",
                    invest_month=project.total_invest * self.chance.randint(0, 30) // 1000,
                    state="approved",
                    progress_text="按计划推进",
                )
            )

    def contact(self, project: Project) -> Contact:
        """Return the project's main contact leader."""
        return Contact.trusted(
            _complete(
                Contact,
                uid=self.uid(),
                project_uid=project.uid,
                person_uid=self.chance.choice(self.person_uids),
                role="leader",
                from_date=date(YEAR, 1, 1),
                is_main=True,
            )
        )

    def follow_up(self, project: Project) -> FollowUp:
        """Return a follow-up that reads like one."""
        chance = self.chance
        first = f"{chance.choice(words.SEEN)}，{chance.choice(words.STATES)}"
        text = f"{first}；{chance.choice(words.NEXT)}{chance.randint(2, 90)}{chance.choice(words.UNITS)}。"
        return FollowUp.trusted(
            _complete(
                FollowUp,
                uid=self.uid(),
                project_uid=project.uid,
                visit_date=LAST_DAY - timedelta(days=chance.randrange(260)),
                form=chance.choice(("onsite", "onsite", "onsite", "meeting", "phone")),
                findings=text,
                people=[chance.choice(self.person_uids)],
            )
        )

    def issue(self, number: int, project: Project) -> Issue:
        """Return an issue, most of them open."""
        chance = self.chance
        found = LAST_DAY - timedelta(days=chance.randrange(10, 200))
        state = chance.choice(("open", "assigned", "assigned", "doing", "doing", "solved"))
        assigned = state != "open"
        return Issue.trusted(
            _complete(
                Issue,
                uid=self.uid(),
                no=f"{project.region_code}-{YEAR}-{number + 1:06}/SEEDED",
                project_uid=project.uid,
                title_text=chance.choice(words.ISSUES),
                kind=chance.choice(list(KINDS)),
                severity=chance.choice(list(SEVERITIES)),
                state=state,
                found_on=found,
                lead_unit=chance.choice(self.org_uids) if assigned else None,
                assigned_on=found if assigned else None,
                due_on=found + timedelta(days=chance.choice((3, 7, 30, 90))) if assigned else None,
                solved_on=LAST_DAY if state == "solved" else None,
            )
        )


def _complete(kind: type[Record], /, **values: Any) -> dict[str, Any]:
    """Return `values` with the defaults of every other field."""
    return {**_defaults(kind), **values}


@cache
def _defaults(kind: type[Record]) -> dict[str, Any]:
    return kind.defaults()


def _hyphened(digits: str) -> str:
    return "-".join((digits[:4], digits[4:10], digits[10:12], digits[12:14], digits[14:]))
