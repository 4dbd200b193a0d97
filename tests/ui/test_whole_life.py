"""The whole life of every record that has states: each move by its keys, each refusal as the screen tells it."""

from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.ui.driver import TODAY, Driver, running
from zjtui.domain import registry
from zjtui.domain.workflow import Move, Workflow
from zjtui.store.read.records import get
from zjtui.ui.entry import EXTEND
from zjtui.usecases import register
from zjtui.usecases.session import Session

ENTITIES = ("project", "issue", "service", "monthly_report", "element_need", "policy_match", "promise")
# The keys are the same in both languages; each is tried in one, and what is possible in the other than what is refused.
MOVED = list(zip(ENTITIES, cycle(("zh", "en")), strict=False))
REFUSED = list(zip(ENTITIES, cycle(("en", "zh")), strict=False))
DAY = TODAY.isoformat()
TYPED = {  # what a person types into a field that a move needs, or that its guard looks at
    "lead_unit": "县自然资源局", "owner_person": "赵六", "state_reason": "情况说明", "resume_on": DAY, "verifier": "李四",
    "verify_note": "现场已核", "evidence": "验收单1号", "audit_on": DAY, "land_on": DAY, "real_start": DAY,
    "start_evidence": "permit", "real_end": DAY, "stage_reason": "情况说明", "confirmed_by": "王五",
    "withdraw_reason": "land", "reason": "情况说明", "doc_no": "浙建许1号", "return_reason": "数字有误",
    "pause_reason": "expert", "secured": "40", "amount": "100", "note": "情况说明", "result": "approved",
}  # fmt: skip
GIVEN: dict[str, Any] = {
    **TYPED,
    **dict.fromkeys(("resume_on", "audit_on", "land_on", "real_start", "real_end"), TODAY),
    "start_evidence": ["permit"],
    "secured": 40.0,
    "amount": 1_000_000,
}


class World:
    """A project to which records of every kind are added, and taken along to any state."""

    def __init__(self, session: Session) -> None:
        self.session = session
        values = {"name": "青屿试验项目", "region_code": "330900", "total_invest": 10**10, "field9": "F1"}
        self.project = register.add(session, "project", None, values).uid
        self.other = self._issue("另一个问题")
        register.add(session, "monthly_report", self.project, {"month": "2023-07", "invest_month": 10**6})
        for name in ("赵六", "李四", "王五"):
            register.add(session, "person", None, {"name": name})
        register.add(session, "org", None, {"name": "县自然资源局", "kind": "gov_dept"})
        register.add(session, "follow_up", self.project, {"findings": "现场查看", "people": ["李四"]})
        self.months = iter(f"{year}-{month:02}" for year in (2021, 2022) for month in range(1, 13))

    def _issue(self, title: str) -> str:
        return register.add(self.session, "issue", self.project, {"title_text": title, "kind": "land"}).uid

    def new(self, entity: str) -> str:
        """Add a record in its first state."""
        add, session = register.add, self.session
        if entity == "project":
            return add(session, "project", None, {"name": "青屿", "region_code": "330900", "total_invest": 10**10}).uid
        if entity == "issue":
            return self._issue("用地指标不足")
        if entity == "monthly_report":
            values: dict[str, Any] = {"month": next(self.months), "invest_month": 10**6}
        elif entity == "policy_match":
            policy = add(session, "policy", None, {"title_text": "政策", "year": 2023, "package": "扩大有效投资"}).uid
            values = {"policy_uid": policy}
        else:
            values = {
                "service": {"kind": "permit"},
                "element_need": {"element": "land_new", "need": 100.0},
                "promise": {"text": "两周内交地", "made_on": TODAY - timedelta(days=9)},
            }[entity]
        return add(session, entity, self.project, values).uid

    def at(self, entity: str, state: str) -> str | None:
        """Return a new record that was taken along to `state`; None where no path leads there."""
        flow = registry.workflow(entity)
        uid = self.new(entity)
        start = getattr(get(self.session.reader(), entity, uid), flow.state_field)
        path = shortest(flow, start, state)
        if path is None:
            return None
        for move in path:
            self._prepare(entity, uid, move)
            given = {name: GIVEN[name] for name in (*move.needs, *move.asks) if name in GIVEN and wanted(move, name)}
            if move.target == "merged":
                given["merged_into"] = self.other
            register.move(self.session, entity, uid, move.target, given)
        return uid

    def _prepare(self, entity: str, uid: str, move: Move) -> None:
        """Do what a guard waits for."""
        if (entity, move.target) == ("project", "completed"):
            month = {"month": "2023-08", "invest_month": 10**6}
            register.add(self.session, "monthly_report", uid, month)


def wanted(move: Move, name: str) -> bool:
    """Tell whether a person would fill in `name`: all that is needed, and of the rest what the guard looks at."""
    return name in move.needs or name in ("doc_no", "secured", "evidence", "result", "owner_person")


def shortest(flow: Workflow, start: str, end: str) -> list[Move] | None:
    """Return the moves that lead from one state to another."""
    paths: dict[str, list[Move]] = {start: []}
    waiting = [start]
    while waiting:
        state = waiting.pop(0)
        for move in flow.from_state(state):
            if move.target not in paths:
                paths[move.target] = [*paths[state], move]
                waiting.append(move.target)
    return paths.get(end)


async def take(driver: Driver, target: str) -> None:
    """Press F5 and choose a state by its code."""
    await driver.press("f5")
    await driver.type(target)
    choice = driver.app.screen.highlighted  # type: ignore[attr-defined]
    while choice.value != target:
        await driver.press("down")
        choice = driver.app.screen.highlighted  # type: ignore[attr-defined]
    await driver.press("enter")


async def fill(driver: Driver, move: Move, other: str) -> None:
    """Type what the move's form needs, field by field, and save."""
    for name in (*move.needs, *move.asks):
        if wanted(move, name):
            text = other if name == "merged_into" else TYPED[name]
            row = driver.app.screen.form.row(name)  # type: ignore[attr-defined]
            row.put("")
            row.editor.focus()
            await driver.settle()
            await driver.type(text)
    await driver.press("ctrl+s")


@pytest.mark.parametrize(("entity", "lang"), MOVED)
async def test_every_move_by_its_keys(small: Path, entity: str, lang: str) -> None:
    flow = registry.workflow(entity)
    async with running(small, lang) as driver:
        world = World(driver.app.session)
        for move in flow.moves:
            uid = world.at(entity, move.source)
            if uid is None or _elsewhere(world, entity, uid, move):
                continue
            world._prepare(entity, uid, move)
            driver.app.open_record(entity, uid)
            await driver.settle()
            await take(driver, move.target)
            if move.needs or move.asks:
                await fill(driver, move, world.other)
            state = getattr(get(world.session.reader(), entity, uid), flow.state_field)
            assert state == move.target, f"{move.source} to {move.target}: {driver.messages[-300:]}\n{driver.text}"
            assert flow.states.label(move.target) in driver.text
            await driver.press("ctrl+z")
            state = getattr(get(world.session.reader(), entity, uid), flow.state_field)
            assert state == move.source
            driver.app.action_go("projects")
            await driver.settle()


def _elsewhere(world: World, entity: str, uid: str, move: Move) -> bool:
    """Tell whether a suspended project was suspended from another stage than this move leads back to."""
    record = get(world.session.reader(), entity, uid)
    suspended = getattr(record, "suspended_from", None)
    return bool(suspended) and move.target not in (suspended, "withdrawn")


@pytest.mark.parametrize(("entity", "lang"), REFUSED)
async def test_every_move_that_is_not_possible_is_refused_with_a_reason(small: Path, entity: str, lang: str) -> None:
    flow = registry.workflow(entity)
    async with running(small, lang) as driver:
        world = World(driver.app.session)
        for source in flow.states:
            uid = world.at(entity, source)
            if uid is None:
                continue
            driver.app.open_record(entity, uid)
            await driver.settle()
            await driver.press("f5")
            choices = [each for each in driver.app.screen.choices if each.value != EXTEND]  # type: ignore[attr-defined]
            allowed = {move.target for move in flow.from_state(source)}
            for choice in choices:
                assert bool(choice.disabled) == (choice.value not in allowed)
                assert not choice.disabled or f"[{flow.rule}-10]" in choice.disabled
            refused = next((choice for choice in choices if choice.disabled), None)
            if refused:
                await driver.type(refused.value)
                while driver.app.screen.highlighted.value != refused.value:  # type: ignore[attr-defined]
                    await driver.press("down")
                await driver.press("enter")
                assert f"[{flow.rule}-10]" in driver.messages
            state = getattr(get(world.session.reader(), entity, uid), flow.state_field)
            assert state == source
            await driver.press("escape", "escape")
