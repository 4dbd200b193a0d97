"""A part of an operation is kept whole or taken back whole, while what was added waits to be written."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY
from zjtui.domain.people import Org
from zjtui.domain.project import Project
from zjtui.store.write.tx import Tx
from zjtui.usecases import checking
from zjtui.usecases.session import Session, open_session

CODE = "2305-330522-04-01-123454"


@pytest.fixture
def session(small: Path) -> Any:
    opened = open_session(small, today=TODAY)
    yield opened
    opened.close()


class TakenBack(Exception):
    """Ends a part."""


def org(tx: Tx, name: str) -> str:
    return tx.add(Org.model_validate({"uid": tx.new_uid(), "name": name}))


def names(session: Session) -> list[str]:
    rows = session.reader().execute("SELECT name FROM org WHERE name LIKE '第%' ORDER BY name")
    return [row[0] for row in rows]


@pytest.mark.parametrize("gathering", [False, True])
def test_a_part_within_a_part_is_taken_back_alone(session: Session, gathering: bool) -> None:
    def work(tx: Tx) -> None:
        if gathering:
            tx.gather()
        org(tx, "第一")
        with tx.part():
            org(tx, "第二")
            with pytest.raises(TakenBack), tx.part():
                org(tx, "第三")
                assert tx.connection.execute("SELECT count(*) FROM org WHERE name LIKE '第%'").fetchone()[0] == 3
                raise TakenBack
            assert len(tx.exact("org", "第二")) == 1
            assert tx.exact("org", "第三") == []
        with pytest.raises(TakenBack), tx.part():
            org(tx, "第四")
            raise TakenBack
        assert tx.exact("org", "第四") == []

    session.operate("test", work)
    assert names(session) == ["第一", "第二"]
    assert checking.check(session, whole=True).problems == []


def test_what_waits_is_found_by_uid_name_and_code_before_it_is_written(session: Session) -> None:
    def work(tx: Tx) -> None:
        tx.gather()
        uid = org(tx, "第一")
        project = {"uid": tx.new_uid(), "name": "第一项目", "region_code": "330100", "total_invest": 1, "code": CODE}
        tx.add(Project.model_validate(project))
        assert tx.exact("org", "第一") == tx.exact("org", uid) == [uid]
        assert (tx.get("org", uid).name, tx.get("project", project["uid"]).code) == ("第一", CODE)
        assert tx.of_code(CODE)["uid"] == project["uid"]
        assert not tx.reading.execute("SELECT count(*) FROM project WHERE code = ?", (CODE,)).fetchone()[0]
        with pytest.raises(TakenBack), tx.part():
            other = {**project, "uid": tx.new_uid(), "code": "2305-330522-04-01-123462"}
            tx.add(Project.model_validate(other))
            raise TakenBack
        assert tx.of_code("2305-330522-04-01-123462") is None

    session.operate("test", work)
    assert names(session) == ["第一"]
