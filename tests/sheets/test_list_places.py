"""Where the projects of a list are: by columns, headings, the title, an address, what somebody said."""

import pytest

from tests.sheets.conftest import rows_of
from tests.sheets.lists import Make, taken, told, what, why
from zjtui.sheets import reading
from zjtui.sheets.columns import Target
from zjtui.usecases import importing, project
from zjtui.usecases.session import Session

HEADS = ["项目名称", "属地", "总投资（亿元）"]
REGION = Target("project", "region_code")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("湖州市2023年重点项目", "市本级", "330500"),
        ("长兴县2023年重点项目", "市本级", "330500"),  # the city of the county
        ("湖州市2023年重点项目", "市直", "330500"),
        ("湖州市2023年重点项目", "安吉县", "330523"),
    ],
)
def test_what_a_city_calls_its_own(title: str, text: str, expected: str, session: Session, book: Make) -> None:
    taken(session, book([[title], HEADS, ["甲园", text, 5]]))
    assert [row["region_code"] for row in rows_of(session)] == [expected]


def test_without_a_city_nobody_knows_whose_own_it_is(session: Session, book: Make) -> None:
    assert what(taken(session, book([HEADS, ["甲园", "市本级", 5]]))) == "r"


def test_a_place_that_is_said_to_be_nothing_leaves_that_of_the_title(session: Session, book: Make) -> None:
    _book, plan = reading.read(
        session, book([["长兴县2023年重点项目"], HEADS, ["甲园", "开发区", 5], ["乙园", "安吉县", 5]])
    )
    plan.say(REGION, "开发区", "")
    job = reading.job(session, plan)
    importing.run(session, job, importing.preview(session, job))
    assert [row["region_code"] for row in rows_of(session)] == ["330522", "330523"]


def test_a_place_that_is_said_to_be_a_region_is_that_one_in_later_lists_too(session: Session, book: Make) -> None:
    path = book([HEADS, ["甲园", "开发区", 5]])
    _book, plan = reading.read(session, path)
    plan.say(REGION, "开发区", "330523")
    reading.remember(session, plan)
    taken(session, path)
    assert [row["region_code"] for row in rows_of(session)] == ["330523"]


@pytest.mark.parametrize(
    ("text", "expected", "cross"),
    [
        ("长兴县、德清县", "330500", '["330522","330521"]'),
        ("长兴县、海宁市", "330000", '["330522","330481"]'),
        ("湖州市、长兴县", "330522", "[]"),  # the city beside its county does not count again
        ("湖州市/长兴县", "330522", "[]"),
        ("湖州市、长兴县、德清县", "330500", '["330522","330521"]'),
        ("湖州市长兴县", "330522", "[]"),
        ("长兴县德清县", "330500", '["330522","330521"]'),  # side by side, without a mark between
        ("长兴县经济开发区", "330522", "[]"),
        ("景宁县", "331127", "[]"),  # 景宁畲族自治县, as everybody calls it
        ("景宁", "331127", "[]"),
        ("Changxing County", "330522", "[]"),
    ],
)
def test_several_places_in_one_cell(text: str, expected: str, cross: str, session: Session, book: Make) -> None:
    result = taken(session, book([HEADS, ["甲园", text, 5]]))
    (row,) = rows_of(session)
    assert (row["region_code"], row["cross_region"] or "[]") == (expected, cross)
    assert ("several regions" in told(result.lines[0])) == (cross != "[]")
    assert ("is taken" in told(result.lines[0])) == (text == "湖州市、长兴县")  # two may be meant


@pytest.mark.parametrize("places", [("湖州市", "长兴县"), ("长兴县", "湖州市")])
def test_city_and_county_in_columns_of_their_own(places: tuple[str, str], session: Session, book: Make) -> None:
    taken(session, book([["项目名称", "设区市", "县（市、区）", "总投资（亿元）"], ["甲园", *places, 5]]))
    assert [row["region_code"] for row in rows_of(session)] == ["330522"]


def test_one_unknown_place_among_several_refuses_the_row(session: Session, book: Make) -> None:
    result = taken(session, book([HEADS, ["甲园", "长兴县、火星县", 5]]))
    assert "no region" in why(result.lines[0])


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("湖州市长兴县画溪街道", "330522"),
        ("画溪街道（长兴县）", "330522"),
        ("海宁市经济开发区", "330481"),
        ("长兴县与安吉县交界处", "330500"),
    ],
)
def test_without_a_column_of_regions_the_address_says_it(
    site: str, expected: str, session: Session, book: Make
) -> None:
    taken(session, book([["项目名称", "建设地址", "总投资（亿元）"], ["甲园", site, 5]]))
    assert [(row["region_code"], row["site"]) for row in rows_of(session)] == [(expected, site)]


def test_a_project_of_the_same_name_elsewhere_is_asked_about(session: Session, book: Make) -> None:
    taken(session, book([HEADS, ["污水处理厂", "长兴县", 5]]))
    path = book([HEADS, ["污水处理厂", "安吉县", 6]], name="b.xlsx")
    result = taken(session, path)
    assert (
        why(result.lines[0])
        == "项目名称: “污水处理厂” in Changxing County is called so: decide whether it is the same [L-06]"
    )
    _book, plan = reading.read(session, path)
    job = reading.job(session, plan, {2: "new"})
    importing.run(session, job, importing.preview(session, job))
    assert [row["region_code"] for row in rows_of(session)] == ["330522", "330523"]
    assert taken(session, path).counts["same"] == 1  # each is found again by its place
    assert what(taken(session, book([HEADS, ["污水处理厂", "德清县", 7]], name="c.xlsx"))) == "r"


def test_the_project_of_the_very_place_counts_before_that_of_its_city(session: Session, book: Make) -> None:
    for region, amount in (("330500", 9 * 10**8), ("330522", 5 * 10**8)):
        project.add(session, {"name": "污水处理厂", "region_code": region, "total_invest": amount})
    rows = [HEADS, ["污水处理厂", "长兴县", 5], ["污水处理厂", "湖州市", 9]]
    assert what(taken(session, book(rows))) == "ss"


def test_a_project_of_a_city_may_be_placed_more_closely(session: Session, book: Make) -> None:
    taken(session, book([HEADS, ["污水处理厂", "湖州市", 5]]))
    assert what(taken(session, book([HEADS, ["污水处理厂", "长兴县", 5]], name="b.xlsx"))) == "c"
    assert [row["region_code"] for row in rows_of(session)] == ["330522"]


@pytest.mark.parametrize("name", ["长兴湖滨产业园项目1号", "长兴湖滨产业园（二期）", "长兴湖滨产业园2#"])
def test_numbered_parts_of_one_undertaking_are_others(name: str, session: Session, book: Make) -> None:
    taken(session, book([HEADS, ["长兴湖滨产业园项目", "长兴县", 5]]))
    assert what(taken(session, book([HEADS, [name, "长兴县", 5]], name="b.xlsx"))) == "n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("长兴县2023年重点项目", "330522"),
        ("湖州市2023年重点项目", None),
    ],  # in a city's list an empty place is one that is missing
)
def test_an_empty_place_is_that_of_a_county_in_the_title(
    title: str, expected: str | None, session: Session, book: Make
) -> None:
    taken(session, book([[title], HEADS, ["甲园", None, 5]]))
    assert [row["region_code"] for row in rows_of(session)] == ([expected] if expected else [])
