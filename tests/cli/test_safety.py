"""What a script can rely on when things are wrong: exit codes, untouched files, no terminal tricks."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import sqlcipher3

from tests.cli.conftest import Cli
from zjtui.config import DATABASE

ROOT = Path(__file__).parents[2]
HOSTILE = [
    "[/]",
    "[@click=app.quit]x[/]",
    "\x1b[2J\x1b]52;c;QQ==\x07",
    "a\u202eb\u200b",
    "nul\0nul",
    "{0} %s {x}",
    "=1+1",
]


def run(*words: object, **more: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ZJTUI_LANG": "en", **more.pop("env", {})}  # type: ignore[dict-item]
    return subprocess.run(
        [sys.executable, "-m", "zjtui", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def contents(folder: Path) -> dict[str, str]:
    """Return a hash of each file, without those in which SQLite keeps track of its readers."""
    kept = [path for path in folder.iterdir() if path.is_file() and path.suffix not in (".db-wal", ".db-shm")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def raw(folder: Path, *statements: str) -> None:
    connection = sqlcipher3.connect(str(folder / DATABASE), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_stored_and_shown_visibly(cli: Cli, text: str) -> None:
    added = cli("follow-up", "add", "舟山", "--note", text, "--people", "张三", "--json")
    assert added.code == 0, added.err
    issue = cli("issue", "add", "舟山", "--title", text, "--kind", "land", "--json")
    assert issue.code == 0, issue.err
    for words in (
        ["follow-up", "list"],
        ["issue", "list"],
        ["project", "show", "舟山"],
        ["history", added.json["uid"]],
    ):
        for more in ([], ["--json"]):
            out = cli(*words, *more).out
            assert not set(out) & set("\x1b\x07\0\u202e\u200b"), (words, more)
    stored = {row["uid"]: row for row in cli("follow-up", "list", "--json").json}
    assert stored[added.json["uid"]]["findings"] == text.replace("\0", "\u2400")


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 100_000, "\udcff", ""])
@pytest.mark.parametrize(
    "words",
    [
        ["project", "show", "T"],
        ["project", "list", "--text=T"],
        ["project", "list", "--region=T"],
        ["project", "list", "--sort=T"],
        ["project", "list", "--columns=T"],
        ["project", "add", "--name=T", "--region=T", "--total=T"],
        ["project", "set", "舟山", "--stage=T"],
        ["project", "set", "舟山", "--plan-start=T", "--lng=T", "--list-kinds=T"],
        ["follow-up", "add", "舟山", "--note=x", "--form=T", "--date=T"],
        ["issue", "move", "用地", "T"],
        ["issue", "list", "--unit=T"],
        ["issue", "list", "--state=T"],
        ["search", "T"],
        ["search", "--in=T", "x"],
        ["history", "T"],
        ["undo", "T"],
        ["T"],
        ["project", "T"],
        ["--T"],
        ["--workspace=T", "overview"],
        ["--today=T", "overview"],
        ["--person=T", "overview"],
    ],
    ids=" ".join,
)
def test_a_hostile_value_anywhere_ends_in_one_safe_line(cli: Cli, words: list[str], text: str) -> None:
    answer = cli(*(word.replace("T", text) for word in words))
    assert answer.code in (0, 1, 2)
    assert "Something went wrong" not in answer.err
    if answer.code:
        assert answer.err.startswith("zjtui: ")
        assert answer.err.count("\n") == 1
        assert len(answer.err) < 5_000
    assert not set(answer.err + answer.out) & set("\x1b\x07\0\u202e\u200b")


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 100_000, "\udcff", "", "/proc/none/x", "a/b/c"])
@pytest.mark.parametrize(
    "words", [["new", "T"], ["backup", "T"], ["backup", "--force", "T"], ["new", "T", "--projects", "1"]]
)
def test_a_hostile_file_name_ends_in_one_safe_line(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], text: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    answer = cli(*(word.replace("T", text) for word in words))
    assert answer.code in (0, 1, 2)
    assert "Something went wrong" not in answer.err
    assert bool(answer.code) == (answer.err.count("\n") == 1)
    assert not set(answer.err + answer.out) & set("\x1b\x07\0\u202e\u200b")
    if answer.code:
        assert not list((tmp_path / "here").iterdir())


def test_a_refusal_names_field_value_and_rule(cli: Cli) -> None:
    answer = cli("project", "add", "--name", "n", "--region", "999999", "--total", "-5")
    assert answer.code == 1
    assert "Region" in answer.err
    assert "999999" in answer.err
    assert "[G-30]" in answer.err
    answer = cli("follow-up", "add", "舟山", "--note", "x" * 20_000, "--people", "张三")
    assert answer.code == 1
    assert "Findings" in answer.err
    assert "[G-11]" in answer.err
    answer = cli("follow-up", "add", "舟山", "--note", "x", "--date", "2023-09-30")
    assert "Date" in answer.err
    assert "[D-02]" in answer.err
    assert answer.out == ""


def test_several_refusals_are_told_at_once(cli: Cli) -> None:
    answer = cli("project", "add")
    assert answer.code == 1
    assert all(label in answer.err for label in ("Name", "Region", "Total investment"))


def test_a_folder_that_is_no_workspace(zjtui: Cli, tmp_path: Path) -> None:
    for words in (["overview"], ["check"], ["project", "add", "--name", "x"], ["backup", tmp_path / "b"]):
        answer = zjtui("--workspace", tmp_path / "nothing", *words)
        assert answer.code == 2
        assert "zjtui new" in answer.err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_workspace_is_left_alone(zjtui: Cli, tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"my thesis, not a database" * 100)
    before = contents(tmp_path)
    assert zjtui("--workspace", tmp_path, "overview").code == 2
    assert zjtui("--workspace", tmp_path, "project", "add", "--name", "x").code == 2
    assert zjtui("new", tmp_path).code == 2
    assert contents(tmp_path) == before


def test_somebody_elses_database_is_left_alone(zjtui: Cli, tmp_path: Path) -> None:
    raw(tmp_path, "CREATE TABLE mine (x)")
    before = contents(tmp_path)
    for words in (["overview"], ["project", "add", "--name", "x"], ["check"]):
        assert zjtui("--workspace", tmp_path, *words).code == 2
    assert zjtui("new", tmp_path).code == 2
    assert contents(tmp_path) == before


def test_an_empty_file_is_no_workspace(zjtui: Cli, tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    answer = zjtui("--workspace", tmp_path, "overview")
    assert answer.code == 2
    assert contents(tmp_path) == {DATABASE: hashlib.sha256(b"").hexdigest()}


def test_a_newer_workspace_is_left_alone(zjtui: Cli, small: Path) -> None:
    raw(small, "PRAGMA user_version=99")
    before = contents(small)
    for words in (["overview"], ["project", "add", "--name", "x"], ["check"], ["undo"], ["dump"]):
        answer = zjtui("--workspace", small, *words)
        assert answer.code == 5
        assert "99" in answer.err
    assert contents(small) == before


def test_a_damaged_workspace_is_told(zjtui: Cli, small: Path) -> None:
    path = small / DATABASE
    path.write_bytes(path.read_bytes()[:5000])
    before = contents(small)
    for words in (["overview"], ["check"], ["project", "list"]):
        answer = zjtui("--workspace", small, *words)
        assert answer.code == 1
        assert "damaged" in answer.err or "malformed" in answer.err + answer.out
    assert contents(small) == before


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_read_only_workspace_can_be_looked_at(small_workspace: Path) -> None:
    if os.geteuid() == 0 and not Path("/usr/bin/setpriv").exists():
        pytest.skip("root ignores permissions")
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to other users
        Path(name).chmod(0o755)
        small = Path(shutil.copytree(small_workspace, Path(name) / "w"))
        (small / DATABASE).chmod(0o444)
        small.chmod(0o555)
        _look_without_rights(small)
        small.chmod(0o755)


def _look_without_rights(small: Path) -> None:
    before = contents(small)
    drop = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [*drop, sys.executable, "-m", "zjtui", "--workspace", str(small), *words]
        environment = {**os.environ, "ZJTUI_LANG": "en", "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment, check=False
        )

    looked = call("overview", "--json")
    assert looked.returncode == 0, looked.stderr
    assert json.loads(looked.stdout)["projects"] == 2
    checked = call("check", "--rebuild")
    assert checked.returncode == 0, checked.stderr + checked.stdout
    refused = call("project", "set", "舟山", "--remark", "x")
    assert refused.returncode == 3
    assert "read-only" in refused.stderr
    assert contents(small) == before


def test_a_second_process_reads_but_does_not_write(small: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from zjtui.usecases.session import open_session\n"
            "session = open_session(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read(); session.close()",
            str(small),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert holder.stdout and holder.stdin
    assert holder.stdout.readline().strip() == b"held"
    try:
        assert run("--workspace", small, "overview", "--json").returncode == 0
        assert run("--workspace", small, "check").returncode == 0
        assert run("--workspace", small, "backup", small.parent / "copy.db").returncode == 0
        started = time.monotonic()
        refused = run("--workspace", small, "project", "set", "舟山", "--remark", "x")
        assert refused.returncode == 3
        assert f"pid {holder.pid}" in refused.stderr
        assert time.monotonic() - started < 10
    finally:
        holder.stdin.close()
        holder.wait()
    assert run("--workspace", small, "project", "set", "舟山", "--remark", "x").returncode == 0


def test_two_processes_that_save_at_once_both_save(small: Path) -> None:
    command = [sys.executable, "-m", "zjtui", "--workspace", str(small), "follow-up", "add", "舟山", "--people", "张三"]
    running = [
        subprocess.Popen([*command, "--note", f"note {number}", "--json"], stdout=subprocess.PIPE, cwd=ROOT)
        for number in range(4)
    ]
    answers = [json.loads(process.communicate()[0]) for process in running]
    assert len({answer["operation"] for answer in answers}) == 4
    assert run("--workspace", small, "check", "--rebuild").returncode == 0


def test_without_a_terminal_one_line_says_what_to_do(small: Path) -> None:
    done = run("--workspace", small)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "zjtui overview" in done.stderr


def test_faults_of_the_call(small: Path) -> None:
    for words in (["nonsense"], ["project"], ["project", "list", "--nothing"], ["project", "list", "--limit", "-1"]):
        done = run("--workspace", small, *words)
        assert done.returncode == 2, words
        assert done.stderr.count("\n") == 1, done.stderr
    assert run("--today", "someday", "--workspace", small, "overview").returncode == 2


def test_a_reader_that_leaves_is_no_fault(small: Path) -> None:
    command = f"{sys.executable} -m zjtui --workspace {small} dump --canonical | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_any_locale_prints_chinese(small: Path) -> None:
    done = run("--workspace", small, "project", "list", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "舟山" in done.stdout


def test_commands_import_only_what_they_need(small: Path) -> None:
    code = (
        "import sys; from zjtui.__main__ import main\n"
        f"assert main(['--workspace', {str(small)!r}, 'project', 'list']) == 0\n"
        "heavy = {'textual', 'rich', 'sqlite_utils', 'pypinyin', 'chinese_calendar'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr


def test_an_unexpected_fault_leaves_a_log_and_no_traceback(
    zjtui: Cli, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zjtui.store.read import overview

    def fail(*_arguments: object) -> None:
        raise KeyError("secret 13800000000")

    monkeypatch.setattr(overview, "figures", fail)
    answer = zjtui("--workspace", small, "overview")
    assert answer.code == 1
    assert "KeyError" in answer.err
    assert "13800000000" not in answer.err
    assert "13800000000" in (small / "zjtui.log").read_text("utf-8")
    monkeypatch.setenv("ZJTUI_DEBUG", "1")
    with pytest.raises(KeyError):
        zjtui("--workspace", small, "overview")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_output_that_is_closed_or_full_is_no_traceback(tmp_path: Path) -> None:
    """A closed standard output is as good as nobody reading it; a full one is said in a line of its own."""
    folder = tmp_path / "w"
    assert run("new", folder).returncode == 0
    command = f"'{sys.executable}' -m zjtui --lang en --workspace '{folder}' project list"
    for redirected, code, said in ((">&-", 0, ""), (">&- <&-", 0, ""), ("> /dev/full", 1, "output cannot be written")):
        shell = ["sh", "-c", f"{command} {redirected}"]
        done = subprocess.run(shell, capture_output=True, text=True, cwd=ROOT, check=False)
        assert (done.returncode, said in done.stderr, "Exception" in done.stderr) == (code, True, False), done.stderr
