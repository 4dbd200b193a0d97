"""A name that nobody has is never a unit or a person by itself: somebody says that it is new, or who is meant."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui.domain import registry
from zjtui.domain.named import MAY_BE_NEW, New, names
from zjtui.errors import RefusedMany
from zjtui.store.read import drafts
from zjtui.usecases import bulk, draft, filing, register
from zjtui.usecases.bulk import Job
from zjtui.usecases.names import near
from zjtui.usecases.session import Session, open_session

ORGS = (
    "湖州市发展和改革委员会",
    "长兴县自然资源局",
    "长兴县住房和城乡建设局",
    "浙江某某建设集团有限公司",
    "卫生健康局",
)
PEOPLE = ("章建明", "章春华", "李四")


@pytest.fixture
def session(small: Path) -> Iterator[Session]:
    opened = open_session(small, today=TODAY)
    for name in ORGS:
        register.add(opened, "org", None, {"name": name, "kind": "gov_dept"})
    for name in PEOPLE:
        register.add(opened, "person", None, {"name": name})
    yield opened
    opened.close()


def project_of(session: Session) -> str:
    return str(session.reader().execute("SELECT uid FROM project ORDER BY id").fetchone()[0])


def everybody(session: Session) -> list[str]:
    return [row[0] for entity in MAY_BE_NEW for row in session.reader().execute(f"SELECT name FROM {entity}")]


@pytest.mark.parametrize(
    ("entity", "text", "first"),
    [
        ("org", "fgw", ORGS[0]), ("org", "发改委", ORGS[0]), ("org", "发展改革委员会", ORGS[0]), ("org", "自然资源", ORGS[1]),
        ("org", "长兴自然资源局", ORGS[1]), ("org", "住建局", ORGS[2]), ("org", "住建委", ORGS[2]), ("org", "zrw", ORGS[1]), ("org", "wjw", ORGS[4]), ("org", "ＺＲＺＹＪ", ORGS[1]), ("person", "建明", "章建明"),
        ("person", "zch", "章春华"), ("person", "章建明（副县长）", "章建明"), ("person", "章健明", "章建明"),
        ("person", "经现场核实问题已经解决", ""), ("org", "", ""),
    ],
)  # fmt: skip
def test_who_looks_like_a_name(session: Session, entity: str, text: str, first: str) -> None:
    assert next((each.name for each in near(session.reader(), entity, text)), "") == first


FIELDS = [
    (entity, name)
    for entity in registry.ENTITIES
    for name, field in registry.model(entity).fields().items()
    if names(field)
]


@pytest.mark.parametrize(("entity", "name"), FIELDS)
def test_no_field_makes_somebody_of_a_text(session: Session, entity: str, name: str) -> None:
    """Adding or editing any record with a name that nobody has is refused, and nobody is added."""
    before, field = everybody(session), registry.model(entity).fields()[name]
    text: Any = ["fgw"] if field.kind.value == "refs" else "fgw"
    project = project_of(session) if "project_uid" in registry.model(entity).fields() else None
    with pytest.raises(RefusedMany) as refused:
        register.add(session, entity, project, {name: text})
    assert {each.rule for each in refused.value.refusals if each.field == name} == {"G-33" if field.known else "G-32"}
    assert everybody(session) == before


def test_a_verifier_is_somebody_who_is_there_whatever_is_said(session: Session) -> None:
    issue = str(session.reader().execute("SELECT uid FROM issue").fetchone()[0])
    for target, given in (
        ("assigned", {"lead_unit": ORGS[1], "due_on": TODAY}),
        ("doing", {"owner_person": "章建明"}),
        ("solved", {}),
    ):
        register.move(session, "issue", issue, target, given)
    register.add(session, "follow_up", project_of(session), {"findings": "回头看"})
    closing = {"verify_note": "已核", "evidence": "1号"}
    for verifier in ("经现场核实问题已经解决", New("经现场核实问题已经解决")):
        with pytest.raises(RefusedMany, match="G-33"):
            register.move(session, "issue", issue, "closed", {**closing, "verifier": verifier})
    register.move(session, "issue", issue, "closed", {**closing, "verifier": "李四"})
    assert sorted(everybody(session)) == sorted([*ORGS, *PEOPLE, "张三", "杭州交投"])


def test_a_name_said_to_be_new_is_added_once_and_found_where_it_is_there(session: Session) -> None:
    outcome = register.edit(session, "project", project_of(session), {"owner_org": New("新业主")})
    again = register.edit(session, "project", project_of(session), {"builder_org": New("新业主"), "dept_org": "新业主"})
    assert (outcome.created, again.created) == (["新业主"], [])


def test_many_at_once_refuses_a_name_that_nobody_has_on_every_row(session: Session) -> None:
    before = everybody(session)
    lines = bulk.preview(session, Job("set", "project", {"dept_org": "fgw"}), [project_of(session)])
    assert ORGS[0] in lines[0].refusal and "[G-32]" in lines[0].refusal
    assert everybody(session) == before


def test_a_draft_with_a_name_that_nobody_has_stays_for_its_form_to_ask(session: Session) -> None:
    draft.keep(
        session, f"follow_up.add:{project_of(session)}", "form", "x", {"findings": "看过", "people": "新人"}
    ).result()
    _outcome, filed, [left] = filing.file_all(session)
    assert filed == [] and "[G-32]" in filing.reason(left)
    assert drafts.everything(session.reader())[0]["typed"]["people"] == "新人"
