"""Forms of other offices by keys: taken in, put right, filled, sent, and looked up again."""

from pathlib import Path

import pytest

from tests.office_forms import city_form, values_of
from tests.ui.driver import TODAY, Driver, running
from zjtui.sheets import forms
from zjtui.store.read import forms as stored
from zjtui.ui import office_form_text
from zjtui.usecases import correct, report_template
from zjtui.usecases.session import Session, open_session

FORM = Path(__file__).parent / "form.xlsx"


async def answer(driver: Driver, text: str) -> None:
    """Put a text in place of what a question suggests, and answer."""
    await driver.press("end", "shift+home")
    await driver.choose(text)


async def take(driver: Driver, path: Path = FORM, to: str = "省发展改革委") -> None:
    await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
    await driver.choose(str(path))
    await driver.type(to)
    await driver.press("ctrl+s")


@pytest.mark.parametrize(
    ("lang", "empty", "waiting"),
    [("zh", "还没有上级报表。按 Ctrl+N", "3 格待确认"), ("en", "No form yet. Ctrl+N takes in", "3 to be confirmed")],
)
async def test_a_form_is_taken_in_put_right_and_filled(
    workspace: Path, tmp_path: Path, lang: str, empty: str, waiting: str
) -> None:
    async with running(workspace, lang) as driver:
        await driver.press("ctrl+f5", "deed:forms")
        assert empty in driver.text
        await driver.press("escape", "escape")
        await take(driver)
        assert "省发展改革委 › form › 2023-08" in driver.head and waiting in driver.foot
        await driver.press("tab", "f5")  # the first in doubt is right as it is
        await driver.press("tab", "delete")  # the second is left out
        await driver.press("tab", "enter", "down", "enter")  # of the third the region is wrong
        await driver.choose("湖州市")
        assert "待确认" not in driver.foot and "to be confirmed" not in driver.foot
        await driver.press("ctrl+x")
        await answer(driver, str(tmp_path / "filled.xlsx"))
        found = values_of(tmp_path / "filled.xlsx")
        assert (found["J5"], found["J7"], found.get("J6")) == (found["D5"], found["D9"], None)
        await driver.press("ctrl+left", "home")
        assert "2023-07" in driver.head and "1-7" in driver.text
        await driver.press("ctrl+right", "ctrl+right", "ctrl+right")
        assert "2023-09" in driver.head  # and no further: October has not begun


async def test_sending_records_the_figures_and_another_figure_is_red_and_asks_why(
    workspace: Path, tmp_path: Path
) -> None:
    session = open_session(workspace, today=TODAY)
    path = city_form(tmp_path / "one.xlsx")
    uid = forms.take(session, path, {"name": "推进表", "recipient": "省发展改革委"})[0].uid
    forms.send(session, forms.filled_for(session, uid), tmp_path / "sent.xlsx", sent_on=TODAY)
    row = session.reader().execute(
        "SELECT m.uid FROM monthly_report m JOIN project p ON p.uid = m.project_uid WHERE m.month = '2023-08' "
        "AND m.invest_month > 100000000 AND p.region_code LIKE '3305%' LIMIT 1"
    ).fetchone()  # fmt: skip
    correct.correct(
        session, "monthly_report", row["uid"], {"invest_month": 1000, "correction_reason": "核减"}, {"reason": "核减"}
    )
    session.close()
    async with running(workspace, "zh", (120, 40)) as driver:
        await take(driver, path, "省统计局")
        assert "3 格与报给其他单位的不一致" in driver.foot
        await driver.press("tab")
        assert "D9: 2023-09-20 报省发展改革委：26.79 亿元" in driver.foot
        await driver.press("ctrl+s", "escape")
        assert "报送这张表？" not in driver.text
        await driver.press("ctrl+s", "enter")  # no reason is no answer
        await driver.choose("审计核减")
        await driver.press("2")
        await answer(driver, str(tmp_path / "two.xlsx"))
        assert (tmp_path / "two.xlsx").exists() and (tmp_path / "two-slip.docx").exists()
        assert "已登记：报送省统计局" in driver.messages
        await driver.press("deed:ledger")
        assert "审计核减" in driver.text and "two.xlsx" in driver.text and "sent.xlsx" not in driver.text
        assert "上级报表 › one › 报送台账" in driver.head
        await driver.press("enter")
        assert "报送：省统计局" in driver.text and "审核人" not in driver.head
        await driver.press("escape", "ctrl+x")
        await answer(driver, str(tmp_path / "again.xlsx"))
        assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
        await driver.press("delete")  # it was not sent after all
        assert "还没有报送过" in driver.text
        await driver.press("ctrl+z")
        assert "审计核减" in driver.text


async def test_the_log_tells_an_undone_sending_by_names(workspace: Path, tmp_path: Path) -> None:
    async with running(workspace, size=(160, 40)) as driver:
        await take(driver)
        await driver.press("ctrl+s", "2", "2")
        await answer(driver, str(tmp_path / "sent.xlsx"))
        await driver.press("ctrl+z", "7", "down", "enter")  # the sending, below its undoing
        [told] = [line for line in driver.text.splitlines() if "Form sent added" in line]
        assert "sent.xlsx · form 2023-08 · 2023-08 · 省发展改革委" in told


async def test_cells_that_wait_are_asked_about_before_anything_is_sent(workspace: Path, tmp_path: Path) -> None:
    async with running(workspace, "zh") as driver:
        await take(driver)
        await driver.press("ctrl+s")
        assert "3 格待确认" in driver.text and "J5, J6, J7" in driver.text
        await driver.press("enter")  # back to them
        assert "3 格待确认" in driver.foot and "写到哪个文件" not in driver.text
        await driver.press("ctrl+s", "2", "2")
        await answer(driver, str(tmp_path / "sent.xlsx"))
        assert (tmp_path / "sent.xlsx").exists() and "比 2023-09-20 报送的" in driver.foot


async def test_sending_asks_for_sending_and_not_for_a_file_name(workspace: Path) -> None:
    """To whom, which month, what is frozen by it; Enter sends, into the workspace's reports, never over a file."""
    async with running(workspace, "zh") as driver:
        await take(driver)
        await driver.press("ctrl+s", "2")
        asked = "".join(driver.text.split())
        assert "省发展改革委" in asked and "2023-08" in asked and "定格" in asked and "写到哪个文件" not in asked
        await driver.press("3")
        assert not stored_sent(driver)
        await driver.press("ctrl+s", "2", "enter")
        await driver.press("ctrl+s", "2", "enter")
        assert stored_sent(driver) == ["form-2023-08-2.xlsx", "form-2023-08.xlsx"]
        assert {path.name for path in (workspace / "reports").glob("*.xlsx")} == set(stored_sent(driver))


def stored_sent(driver: Driver) -> list[str]:
    return sorted(row[0] for row in driver.app.session.reader().execute("SELECT file_name FROM sent"))


async def test_a_file_that_is_there_is_asked_for_again(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.xlsx").write_text("mine")
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("ctrl+x")
        await answer(driver, str(tmp_path / "mine.xlsx"))
        assert "such a file already" in driver.text and (tmp_path / "mine.xlsx").read_text() == "mine"
        await answer(driver, str(tmp_path / "other.xlsx"))
        assert values_of(tmp_path / "other.xlsx")["B5"] == 9


async def test_what_is_no_workbook_is_refused_before_anything_is_asked(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "list.xlsx").write_text("a,b")
    async with running(workspace) as driver:
        await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
        await driver.choose(str(tmp_path / "list.xlsx"))
        assert "no .xlsx workbook" in driver.messages and "No form yet" in driver.text


async def test_the_list_of_forms_edits_removes_and_leads_to_the_ledger(workspace: Path) -> None:
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("escape")
        assert "never" in driver.text and "85 ?3" in driver.text
        await driver.press("f2")
        await driver.type("8月")
        await driver.press("ctrl+s")
        assert "form8月" in driver.text
        await driver.press("deed:ledger")
        assert "Nothing was sent yet" in driver.text
        await driver.press("escape", "delete")
        assert "No form yet" in driver.text
        await driver.press("ctrl+z")
        assert "form8月" in driver.text
        await driver.press("enter")
        assert "form8月" in driver.head


async def test_where_another_laptop_writes_forms_are_shown_and_nothing_else(workspace: Path, tmp_path: Path) -> None:
    holder = open_session(workspace, today=TODAY)
    uid = forms.take(holder, FORM, {"name": "推进表", "recipient": "省统计局"})[0].uid
    forms.send(holder, forms.filled_for(holder, uid), tmp_path / "sent.xlsx", sent_on=TODAY, incomplete=True)
    before = holder.reader().execute("SELECT max(seq) FROM change").fetchone()[0]
    async with running(workspace) as driver:
        await driver.press("ctrl+f5", "deed:forms")
        for keys in (["ctrl+n"], ["ctrl+e"], ["f2"], ["delete"], ["deed:ledger", "delete", "escape"]):
            said = driver.messages.count("has this workspace open")
            await driver.press(*keys)
            assert driver.messages.count("has this workspace open") > said and "推进表" in driver.text, keys
        await driver.press("enter")
        for key in ("enter", "f2", "delete", "ctrl+s"):
            await driver.press(key)
            assert "推进表" in driver.head and "3 to be confirmed" in driver.foot, key
        await driver.press("tab", "f5")
        assert "3 to be confirmed" in driver.foot
        await driver.press("ctrl+x")
        await answer(driver, str(tmp_path / "filled.xlsx"))
        assert values_of(tmp_path / "filled.xlsx")["B5"] == 9  # writing a file changes nothing here
    assert holder.reader().execute("SELECT max(seq) FROM change").fetchone()[0] == before
    holder.close()


async def test_a_form_is_filled_once_when_it_is_opened(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled, fill = [], forms.filled_for
    monkeypatch.setattr(forms, "filled_for", lambda *asked: filled.append(asked[1:4]) or fill(*asked))  # type: ignore[func-returns-value]
    async with running(workspace) as driver:
        await take(driver)
        await driver.press("ctrl+left")
    uid = filled[0][0]
    assert filled == [(uid, "", ""), (uid, "2023-07", "")]


@pytest.mark.parametrize(
    ("period", "sent", "tone"),
    [
        ("month", None, "warn"),
        ("month", "2023-07", "warn"),
        ("month", "2023-08", "muted"),
        ("month", "2023-09", "muted"),
        ("quarter", "2023-03", "warn"),
        ("quarter", "2023-06", "muted"),
        ("year", "2022-12", "muted"),
    ],
)
def test_a_form_that_is_due_is_marked(
    demo_session: Session, tmp_path: Path, period: str, sent: str | None, tone: str
) -> None:
    uid = forms.take(demo_session, FORM, {"name": "表", "recipient": "省办", "period": period})[0].uid
    if sent:
        forms.send(
            demo_session, forms.filled_for(demo_session, uid, sent), tmp_path / "a.xlsx", sent_on=TODAY, incomplete=True
        )
    last = stored.last_sent(demo_session.reader(), uid)
    said = office_form_text.form_cells(report_template.get(demo_session, uid), last, TODAY)[4]
    assert said == (f"{sent} · 2023-09-20" if sent else "never", tone)


async def test_a_newer_workbook_is_taken_for_a_form(workspace: Path, tmp_path: Path) -> None:
    async with running(workspace, "zh") as driver:
        await take(driver, city_form(tmp_path / "august.xlsx"))
        await driver.press("escape", "ctrl+e")
        await driver.choose(str(city_form(tmp_path / "september.xlsx", month=9)))
        assert "已换用新文件；0 格待确认" in driver.messages and "september.xlsx" not in driver.head
        await driver.press("ctrl+e")
        await driver.choose(str(tmp_path / "nothing.xlsx"))
        assert "请改正路径" in driver.text
        await driver.press("escape", "ctrl+z", "enter")
        assert "august" in driver.head


async def test_a_form_that_was_being_named_comes_back_as_a_draft(workspace: Path) -> None:
    async with running(workspace) as driver:
        await driver.press("ctrl+f5", "deed:forms", "ctrl+n")
        await driver.choose(str(FORM))
        await driver.type("省统计局")
    async with running(workspace) as driver:
        assert "form.xlsx" in driver.text
        await driver.press("enter")
        assert "省统计局" in driver.text
        await driver.press("ctrl+s")
        assert "省统计局 › form" in driver.head
    session = open_session(workspace, today=TODAY)
    assert [record.recipient for record in stored.templates(session.reader())] == ["省统计局"]
    session.close()


@pytest.mark.parametrize(("lang", "name"), [("zh", "上级报表"), ("en", "Forms")])
@pytest.mark.parametrize("typed", ["上级报表", "sjbb", "forms"])
async def test_forms_are_found_by_name_from_anywhere(workspace: Path, lang: str, name: str, typed: str) -> None:
    async with running(workspace, lang) as driver:
        await driver.press("2", "ctrl+p")
        await driver.type(typed)
        assert "F5" not in next(line for line in driver.text.splitlines() if line.strip().startswith(name))
        await driver.press("down", "enter")
        assert name in driver.head
