"""Dates as people type them on Wednesday, 20 September 2023."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zjtui.domain import dates, partial_date
from zjtui.domain.month import month_end, previous_month, quarter_end
from zjtui.errors import Refused

TODAY = date(2023, 9, 20)
TEXTS = st.text("0123456789-./年月日号天昨今前明后大上本下周星期一二三四五六季度末底+Qq ", max_size=12) | st.text(
    max_size=12
)
DAYS = st.dates(date(2019, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # numbers
        ("20", "2023-09-20"), ("5", "2023-09-05"), ("05", "2023-09-05"), ("30", "2023-09-30"), ("9-20", "2023-09-20"),
        ("9.1", "2023-09-01"), ("9/1", "2023-09-01"), ("12-31", "2023-12-31"), ("2023-9-2", "2023-09-02"),
        ("2023/9/2", "2023-09-02"), ("2023.9.2", "2023-09-02"), ("20230902", "2023-09-02"), ("2024-2-29", "2024-02-29"),
        ("１５", "2023-09-15"), ("９－１", "2023-09-01"), (" 2023 - 9 - 2 ", "2023-09-02"),
        # Chinese
        ("5日", "2023-09-05"), ("5号", "2023-09-05"), ("9月1日", "2023-09-01"), ("9月1", "2023-09-01"), ("10月8号", "2023-10-08"),
        ("2023年9月2日", "2023-09-02"), ("2023年9月2", "2023-09-02"), ("今天", "2023-09-20"), ("今日", "2023-09-20"),
        ("昨天", "2023-09-19"), ("昨日", "2023-09-19"), ("前天", "2023-09-18"), ("大前天", "2023-09-17"),
        ("明天", "2023-09-21"), ("后天", "2023-09-22"), ("大后天", "2023-09-23"),
        # steps
        ("+3", "2023-09-23"), ("-3", "2023-09-17"), ("＋３", "2023-09-23"), ("+3d", "2023-09-23"), ("+3天", "2023-09-23"),
        ("+2w", "2023-10-04"), ("-1周", "2023-09-13"), ("+0", "2023-09-20"), ("+30", "2023-10-20"),
        # weekdays: the week begins on Monday
        ("上周五", "2023-09-15"), ("周五", "2023-09-22"), ("本周一", "2023-09-18"), ("这周三", "2023-09-20"),
        ("下周一", "2023-09-25"), ("星期日", "2023-09-24"), ("礼拜天", "2023-09-24"), ("上星期三", "2023-09-13"),
        ("last fri", "2023-09-15"), ("Mon", "2023-09-18"), ("next sun", "2023-10-01"),
        ("上上周五", "2023-09-08"), ("下周三", "2023-09-27"), ("friday", "2023-09-22"),
        # what is counted from today
        ("两周后", "2023-10-04"), ("3天后", "2023-09-23"), ("三天前", "2023-09-17"), ("一周内", "2023-09-27"), ("１０天以内", "2023-09-30"),
        ("3个月后", "2023-12-20"), ("半个月后", "2023-10-05"), ("半年后", "2024-03-20"), ("一年前", "2022-09-20"), ("+2月", "2023-11-20"),
        ("in 2 weeks", "2023-10-04"), ("3 days ago", "2023-09-17"),
        # days of months that are named
        ("下月5日", "2023-10-05"), ("本月5号", "2023-09-05"), ("上月底", "2023-08-31"), ("上个月25", "2023-08-25"), ("10月底", "2023-10-31"),
        ("10月上旬", "2023-10-10"), ("九月二十五日", "2023-09-25"), ("二〇二三年六月五日", "2023-06-05"), ("２０２３年６月底", "2023-06-30"),
        ("9月30日前", "2023-09-30"), ("10月底前", "2023-10-31"), ("去年9月1日", "2022-09-01"),
        # ends, English words
        ("年底", "2023-12-31"), ("明年底", "2024-12-31"), ("三季度末", "2023-09-30"), ("下季度末", "2023-12-31"), ("年初", "2023-01-01"),
        ("月底", "2023-09-30"), ("季度末", "2023-09-30"), ("today", "2023-09-20"), ("T", "2023-09-20"), ("yesterday", "2023-09-19"),
        # as English is written
        ("30 Nov", "2023-11-30"), ("Nov 30", "2023-11-30"), ("30 November 2023", "2023-11-30"), ("Nov. 3rd, 2022", "2022-11-03"),
        ("3rd of November", "2023-11-03"), ("30-Nov-2023", "2023-11-30"), ("2023 Sept 3", "2023-09-03"), ("5 May", "2023-05-05"),
        ("next Monday", "2023-09-25"), ("on Friday", "2023-09-22"), ("in 3 days", "2023-09-23"), ("in two weeks", "2023-10-04"),
        ("a week ago", "2023-09-13"), ("two weeks from now", "2023-10-04"), ("in a year", "2024-09-20"), ("the 5th", "2023-09-05"),
        ("5th of next month", "2023-10-05"), ("end of Oct", "2023-10-31"), ("by end October 2024", "2024-10-31"), ("mid Oct", "2023-10-15"),
        ("end of month", "2023-09-30"), ("end of next month", "2023-10-31"), ("end of the year", "2023-12-31"), ("end of next year", "2024-12-31"),
        ("year end", "2023-12-31"), ("end of quarter", "2023-09-30"), ("the day after tomorrow", "2023-09-22"),
    ],
)  # fmt: skip
def test_what_people_type(text: str, day: str) -> None:
    assert dates.parse_date(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20", "2023-09-20"),
        ("25", "2023-08-25"),
        ("31", "2023-08-31"),
        ("5-1", "2023-05-01"),
        ("12-1", "2022-12-01"),
        ("2/29", "2020-02-29"),
    ],
)
def test_what_cannot_lie_ahead_means_the_last_such_day_where_none_to_come_is_near(text: str, day: str) -> None:
    assert dates.parse_date(text, TODAY, past=True).isoformat() == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("5", TODAY, "2023-10-05"),
        ("3-31", TODAY, "2024-03-31"),
        ("9-1", TODAY, "2023-09-01"),
        ("1-5", date(2023, 12, 20), "2024-01-05"),
        ("31", TODAY, "2023-10-31"),
    ],
)
def test_what_usually_lies_ahead_means_the_next_such_day_where_none_just_past_is_near(
    text: str, today: date, day: str
) -> None:
    assert dates.parse_date(text, today, ahead=True).isoformat() == day


def test_a_day_and_month_just_ahead_are_refused_and_never_last_year() -> None:
    """On 2023-09-20 the 9-21 of a visit is no day of last year."""
    with pytest.raises(Refused, match=r"2023-09-21 lies in the future.*2022-09-21") as error:
        dates.parse_date("9-21", TODAY, past=True)
    assert error.value.rule == "D-02"


@pytest.mark.parametrize(
    ("text", "asked"),
    [("5-1", True), ("12-1", True), ("-90", True), ("半年前", True), ("8-1", False), ("昨天", False),
     ("2021-5-1", False), ("20210501", False), ("去年5月1日", False), ("2021年5月底", False)],
)  # fmt: skip
def test_a_day_without_its_year_that_lies_long_back_is_doubtful(text: str, asked: bool) -> None:
    assert dates.long_ago(text, dates.parse_date(text, TODAY, past=True), TODAY) is asked


@pytest.mark.parametrize("text", ["明天", "+1", "下周一", "2023-9-21", "周五", "月底"])
def test_what_names_a_day_ahead_is_refused_where_it_cannot_lie_ahead(text: str) -> None:
    with pytest.raises(Refused) as error:
        dates.parse_date(text, TODAY, past=True)
    assert error.value.rule == "D-02"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "32",
        "0",
        "13-1",
        "2-30",
        "十一",
        "6月",
        "二〇二三年六月",
        "10日前",
        "半天后",
        "0000年底",
        "2023-2-29",
        "2023-13-01",
        "99999999",
        "1850-1-1",
        "明年",
        "周八",
        "一",
        "abc",
        "1e2",
        "٩x",
        "Nov 2023",
        "30 Feb",
        "32 May",
        "1day",
        "decade",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refused) as error:
        dates.parse_date(text, TODAY)
    assert error.value.rule == "D-01"


@settings(max_examples=200)
@given(TEXTS, DAYS)
@example("29", date(2023, 3, 1))
@example("31", date(2023, 3, 1))
@example("2-29", date(2023, 2, 28))
def test_a_day_that_cannot_lie_ahead_never_does(text: str, today: date) -> None:
    try:
        assert dates.parse_date(text, today, past=True) <= today
    except Refused as refusal:
        assert refusal.rule in ("D-01", "D-02")


@given(DAYS, DAYS, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d"]))
def test_a_whole_date_means_itself_on_every_day(day: date, today: date, written: str) -> None:
    assert dates.parse_date(day.strftime(written), today) == day


@given(DAYS, DAYS, st.sampled_from(["past", "ahead", ""]), st.sampled_from(["{0.month}-{0.day}", "{0.day}"]))
@example(TODAY, date(2023, 9, 21), "past", "{0.month}-{0.day}")
@example(TODAY, date(2023, 9, 25), "past", "{0.day}")
def test_a_day_without_its_year_means_the_nearest_that_the_field_allows(
    today: date, day: date, side: str, written: str
) -> None:
    """Looked up day by day: the first on the field's own side within 60 days, else the first within 60 days of the
    other side, else the first on its own side at all. Where the field cannot hold it, it is refused."""

    def first(step: int, within: int) -> date | None:
        days = (today + timedelta(days=step * count) for count in range(within + 1))
        return next((found for found in days if written.format(found) == written.format(day)), None)

    def nearest(*found: date | None) -> date | None:
        return min((each for each in found if each), key=lambda each: abs(each - today), default=None)

    own = {"past": (-1,), "ahead": (1,), "": (-1, 1)}[side]
    wanted = nearest(*(first(step, 60) for step in own)) or nearest(first(-1, 60), first(1, 60))
    wanted = wanted or nearest(*(first(step, 3000) for step in own))
    try:
        found = dates.parse_date(written.format(day), today, past=side == "past", ahead=side == "ahead")
    except Refused as refusal:
        assert (refusal.rule, side) == ("D-02", "past") and wanted and wanted > today
        assert refusal.params["value"] == wanted
    else:
        assert wanted and abs(found - today) == abs(wanted - today) and (found == wanted or not side)


@pytest.mark.parametrize(
    ("text", "partial"),
    [
        ("2025", "2025"), ("2025年", "2025"), ("２０２５", "2025"), ("2023-9", "2023-09"), ("2023年9月", "2023-09"), ("2023.12", "2023-12"),
        ("2025-Q2", "2025-06"), ("2025q4", "2025-12"), ("2025年三季度", "2025-09"), ("2025年第1季度", "2025-03"),
        ("二〇二三年六月", "2023-06"), ("10月", "2023-10"), ("下个月", "2023-10"), ("2023年10月上旬", "2023-10"), ("年底", "2023-12-31"),
        ("9-2", "2023-09-02"), ("2024-2-29", "2024-02-29"), ("月底", "2023-09-30"), ("٢٠٢٣", "2023"),
    ],
)  # fmt: skip
def test_a_planned_date_is_as_precise_as_it_was_typed(text: str, partial: str) -> None:
    assert dates.parse_partial(text, TODAY) == partial == partial_date.partial(partial)
    assert partial_date.earliest(partial) <= partial_date.latest(partial)


@pytest.mark.parametrize("text", ["", "1889", "2100", "2023-13", "2023-0", "2023-2-30", "soon"])
def test_what_is_no_planned_date_is_refused(text: str) -> None:
    with pytest.raises(Refused) as error:
        dates.parse_partial(text, TODAY)
    assert error.value.rule in ("D-01", "D-03")


@settings(max_examples=200)
@given(TEXTS, DAYS)
def test_every_planned_date_can_be_stored_and_read_again(text: str, today: date) -> None:
    try:
        partial = dates.parse_partial(text, today)
    except Refused:
        return
    assert partial_date.partial(partial) == partial
    assert dates.parse_partial(partial, today) == partial


@pytest.mark.parametrize("text", ["", "23", "2023-", "2023-13", "2023-02-30", "soon", "2023-9", "٢٠٢٣", "2023-09-2"])
def test_what_is_stored_as_a_planned_date_is_one(text: str) -> None:
    with pytest.raises(ValueError):
        partial_date.partial(text)


@pytest.mark.parametrize(
    ("text", "past", "month"),
    [
        ("9", True, "2023-09"), ("9月", True, "2023-09"), ("九月", True, "2023-09"), ("10", False, "2023-10"), ("2023-09", True, "2023-09"),
        ("2023年9月", True, "2023-09"), ("202309", True, "2023-09"), ("2024.1", True, "2024-01"), ("本月", True, "2023-09"), ("上月", True, "2023-08"),
        ("二〇二三年六月", True, "2023-06"), ("去年12月", True, "2022-12"), ("下个月", False, "2023-10"),
    ],
)  # fmt: skip
def test_months(text: str, past: bool, month: str) -> None:
    assert dates.parse_month(text, TODAY, past=past) == month


@pytest.mark.parametrize("text", ["", "0", "13", "2023-13", "1989-12", "2100-01", "10", "9-20"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(Refused) as error:
        dates.parse_month(text, TODAY)
    assert error.value.rule == "D-04"


@pytest.mark.parametrize(("day", "month"), [("2024-01-15", "2023-12"), ("2024-02-15", "2023-12"), ("2024-03-15", "")])
def test_a_month_that_lies_ahead_means_last_year_only_just_after_its_end(day: str, month: str) -> None:
    try:
        assert dates.parse_month("12", date.fromisoformat(day)) == month
    except Refused as refusal:
        assert refusal.rule == "D-04" and not month and "2023-12" in str(refusal)


def test_the_ends_of_months_and_quarters() -> None:
    assert [month_end(date(year, 2, 1)).day for year in (2023, 2024)] == [28, 29]
    assert [quarter_end(date(2023, month, 1)).isoformat()[5:] for month in (1, 5, 9, 12)] == [
        "03-31",
        "06-30",
        "09-30",
        "12-31",
    ]
    assert previous_month(2023, 1) == (2022, 12)
