"""A form of all counties filled for a month: what an office waits for with its form open."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.office_forms import list_form
from zjtui.sheets import forms
from zjtui.usecases import undo
from zjtui.usecases.session import open_session

Line = Callable[[str, float, float, str], None]
_HEADS = ["地区", "项目数", "年度计划投资（亿元）", "1-8月完成投资（亿元）", "投资完成率（%）", "新开工项目数", "已开工项目数",
          "发现问题数", "已销号"]  # fmt: skip


def all_of(line: Line, workspace: Path) -> None:
    """Measure taking a form in, and filling it for the next month; the register stays as it is."""
    session = open_session(workspace, today=date(2023, 9, 20))
    try:
        counties = session.reader().execute("SELECT name_zh FROM region WHERE level = 'county'").fetchall()
        with tempfile.TemporaryDirectory() as folder:
            form = list_form(Path(folder) / "form.xlsx", [_HEADS, *([row[0]] for row in counties)])
            uid = forms.take(session, form, {"name": "县", "recipient": "省"})[0].uid
            begin = time.perf_counter()
            filled = forms.filled_for(session, uid)
            forms.write(session, filled, Path(folder) / "filled.xlsx")
            seconds = time.perf_counter() - begin
        line(f"a form of {len(filled.lines)} cells filled for a month and written", seconds, 5, "s")
        undo.undo(session)
    finally:
        session.close()
