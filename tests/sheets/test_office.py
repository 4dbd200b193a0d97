"""What an office program makes of the files: LibreOffice opens and recalculates each of them and finds no formula.

Run where LibreOffice with Calc is installed (Debian: libreoffice-calc-nogui), skipped elsewhere.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.sheets.test_export import HOSTILE
from zjtui.__main__ import main
from zjtui.cli.export import KINDS as EXPORTED
from zjtui.reports.registry import REPORTS
from zjtui.sheets.columns import KINDS
from zjtui.store.read import lists
from zjtui.usecases import project
from zjtui.usecases.session import open_session

OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_file_holds_a_formula(lang: str, workspace: Path, tmp_path: Path) -> None:
    session = open_session(workspace)
    uids = lists.all_uids(session.reader(), "project")
    for uid, text in zip(uids, HOSTILE, strict=False):
        project.edit(session, uid, {"site": text, "remark": text, "scale": text})
    name = session.reader().execute("SELECT name FROM project WHERE uid = ?", uids[:1]).fetchone()[0]
    session.close()

    def zjtui(*words: object) -> None:
        assert main(["--workspace", str(workspace), "--today", "2023-09-20", "--lang", lang, *map(str, words)]) == 0

    made = tmp_path / "made"
    made.mkdir()
    for kind in EXPORTED:
        zjtui("export", kind, made / f"{kind}.xlsx")
        zjtui("export", kind, made / f"{kind}-text.csv")
    for kind in KINDS:
        zjtui("template", kind, made / f"{kind}-template.xlsx")
    for code, report in REPORTS.items():
        about = ("--project", name) if report.asks[0] == "project" else ()
        zjtui("report", code, *about, "--file", made / f"{code}-report.xlsx")
    files = sorted(made.iterdir())
    seen = tmp_path / "seen"
    subprocess.run(
        [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--convert-to", "fods",
         "--outdir", seen, *files],
        check=True, capture_output=True, timeout=500,
    )  # fmt: skip
    if not list(seen.glob("*.fods")):
        pytest.skip("this LibreOffice has no Calc")
    assert [path.stem for path in files if not (seen / f"{path.stem}.fods").exists()] == []
    for path in seen.iterdir():
        text = path.read_text("utf-8")
        assert "table:formula" not in text, path.name
        assert "<table:table-cell" in text, path.name
