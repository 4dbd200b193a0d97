"""What goes up with an issue, what is looked at again, and what came back."""

from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Cli


def words(path: Path) -> str:
    """Return all text of a Word file."""
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(
        [*(item.text for item in document.paragraphs), *cells, document.sections[0].footer.paragraphs[0].text]
    )


@pytest.mark.parametrize(
    ("lang", "told"),
    [("zh", ("提级到", "退回 1 次", "截至 2023-09-20")), ("en", ("Taken to", "Sent back 1", "As of 2023-09-20"))],
)
def test_the_sheet_tells_the_whole_way_of_an_issue(
    cli: Cli, small: Path, tmp_path: Path, lang: str, told: tuple[str, ...]
) -> None:
    assert (
        cli("issue", "add", "舟山", "--title", "海域使用权\x07未批", "--kind", "sea", "--date", "2023-08-01").code == 0
    )
    cli("org", "add", "--name", "自然资源局", "--kind", "gov_dept")
    move = ("issue", "move", "海域使用权")
    assert cli(*move, "assigned", "--unit", "自然资源局", "--due", "2023-08-10", "--date", "2023-08-02").code == 0
    assert cli(*move, "open", "--reason", "非本单位职责", "--date", "2023-08-03").code == 0
    assert cli(*move, "assigned", "--unit", "自然资源局", "--date", "2023-08-04").code == 0
    assert cli("issue", "escalate", "海域使用权", "--level", "L2", "--date", "2023-08-20").code == 0
    path = tmp_path / "上报.docx"
    assert cli("--lang", lang, "issue", "sheet", "海域使用权", "--to", path).code == 0
    text = words(path)
    for part in (*told, "非本单位职责", "自然资源局", "舟山绿色石化基地", "2023-08-20"):
        assert part in text
    assert "\x07" not in text
    stays = [[cell.text for cell in row.cells] for row in Document(str(path)).tables[1].rows][1:]
    # The first date is kept when it is sent back; 18 days on the first level, 31 on the second until today.
    assert [row[1:2] + row[3:4] for row in stays] == [["2023-08-02", "18"], ["2023-08-20", "31"]]
    assert "[X-01]" in cli("issue", "sheet", "海域使用权", "--to", path).err  # never over another file
    proposed = {row["title_text"]: row["proposed"] for row in cli("issue", "list", "--json").json}
    assert "L3" in proposed.values()  # 48 days of a limit of 8


def test_a_closed_issue_is_listed_until_somebody_looks_again(cli: Cli, small: Path) -> None:
    assert (
        cli("issue", "add", "杭州西站", "--title", "电力未接入", "--kind", "utility", "--date", "2023-05-30").code == 0
    )
    [issue] = [row for row in cli("issue", "list", "--json").json if row["title_text"] == "电力未接入"]
    number = issue["no"]
    cli("org", "add", "--name", "自然资源局", "--kind", "gov_dept")
    cli("person", "add", "--name", "李四")
    for state, more in (("assigned", ("--unit", "自然资源局")), ("doing", ("--owner", "张三")), ("solved", ())):
        assert cli("issue", "move", number, state, *more, "--date", "2023-06-01").code == 0, state
    closing = ("--verifier", "李四", "--note", "已看", "--document", "浙自然资函1号", "--date", "2023-06-02")
    assert cli("issue", "move", number, "closed", *closing).code == 0
    assert [row["no"] for row in cli("issue", "list", "--recheck", "--json").json] == [number]
    assert cli("follow-up", "add", issue["project_uid"], "--note", "回头看", "--date", "2023-09-15").code == 0
    assert cli("issue", "list", "--recheck", "--json").json == []
    assert cli("issue", "relapses", "--json").json == []
    assert cli("issue", "move", number, "doing", "--reason", "又停了").code == 0
    assert [row["no"] for row in cli("issue", "relapses", "--json").json] == [number]
