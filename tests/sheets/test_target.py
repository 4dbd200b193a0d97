"""A file that something is written to: new unless it may be replaced, and whole or not there at all."""

from pathlib import Path

import pytest

from zjtui.errors import Refused, ZjtuiError
from zjtui.sheets.target import placing, put


def test_folders_are_made_and_the_full_path_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert put(b"new", Path("a/b/list.csv"), over=False) == tmp_path / "a" / "b" / "list.csv"
    assert (tmp_path / "a" / "b" / "list.csv").read_bytes() == b"new"


def test_a_file_that_is_there_is_replaced_only_where_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"old")
    with pytest.raises(Refused, match="X-01"):
        put(b"new", tmp_path / "list.csv", over=False)
    assert (tmp_path / "list.csv").read_bytes() == b"old"
    put(b"new", tmp_path / "list.csv", over=True)
    assert (tmp_path / "list.csv").read_bytes() == b"new"


def test_what_breaks_off_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), placing(tmp_path / "list.csv", over=True) as temporary:
        temporary.write_bytes(b"half")
        assert (tmp_path / "list.csv").read_bytes() == b"old"  # until all is written
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
    assert (tmp_path / "list.csv").read_bytes() == b"old"


def test_a_place_that_cannot_be_written_to_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ZjtuiError, match=r"list\.csv cannot be written: "):
        put(b"new", tmp_path / "file" / "list.csv", over=False)
