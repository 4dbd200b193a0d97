"""What an office program makes of the files: LibreOffice opens and recalculates each of them; ours hold no formula.

Run where LibreOffice with Calc is installed (Debian: libreoffice-calc-nogui), skipped elsewhere.
"""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.office_forms import city_form
from tests.sheets.test_export import HOSTILE
from zjtui.__main__ import main
from zjtui.cli.export import KINDS as EXPORTED
from zjtui.reports.registry import REPORTS
from zjtui.sheets import forms
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


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_formulas_of_a_filled_form_are_worked_out_anew(workspace: Path, tmp_path: Path) -> None:
    path, target = city_form(tmp_path / "form.xlsx"), tmp_path / "filled.xlsx"
    session = open_session(workspace, today=TODAY)
    uid = forms.take(session, path, {"name": "推进表", "recipient": "省发展改革委"})[0].uid
    forms.write(session, forms.filled_for(session, uid), target)
    session.close()
    subprocess.run(
        [str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", tmp_path, target],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    if not (tmp_path / "filled.csv").exists():
        pytest.skip("this LibreOffice has no Calc")
    with (tmp_path / "filled.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    cities, total = rows[4:15], rows[15]
    assert total[0] == "合计" and int(total[1]) == sum(int(row[1]) for row in cities) == 99
    for column in (2, 3, 4):
        assert float(total[column]) == pytest.approx(sum(float(row[column]) for row in cities), abs=0.06)
    assert total[5] == "66.5%"
