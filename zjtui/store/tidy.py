"""What is done to a workspace's folder when it is opened: leavings are swept, and it is closed to other people."""

from pathlib import Path

from zjtui import files
from zjtui.store import contents

_OWN = (contents.FOLDER, "backups", "reports", "rescue")


def tidy(folder: Path) -> None:
    """Sweep what processes that are gone left in a workspace and where they worked; close it to everybody else."""
    import tempfile

    files.close_off(folder)
    files.sweep(folder, own=True)
    for name in _OWN:
        files.sweep(folder / name, own=True)
    files.sweep(folder.parent)
    files.sweep(Path(tempfile.gettempdir()))
