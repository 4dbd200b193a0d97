"""Attachments as files for the system's own programs: a copy in a folder that nobody else can look into."""

import atexit
import os
import shutil
from functools import cache
from pathlib import Path

from zjtui import files
from zjtui.domain.attachment import Attachment
from zjtui.errors import Refused
from zjtui.i18n import N_
from zjtui.usecases.attachment import content_of
from zjtui.usecases.session import Session

# What a system runs, or follows elsewhere, instead of showing it.
_PROGRAMS = """
apk app appimage appref-ms application bat bin chm cmd com command cpl deb desktop dll dmg exe gadget hta img inf ins
iso jar js jse lnk msc msi msp mst pif pkg pl ps1 ps1xml psm1 py pyw rb reg rpm run scf scr sct settingcontent-ms sh shb
shs sys url vb vbe vbs vhd vhdx ws wsc wsf wsh xbap xll
"""
PROGRAMS = frozenset(_PROGRAMS.split())


def readable_copy(session: Session, record: Attachment) -> Path:
    """Return a copy with the attachment's own name; the stored one stays as it is. Rules F-03, F-04 (a program)."""
    name = _name(record.name)
    if name.rpartition(".")[2].lower() in PROGRAMS:
        raise Refused(
            N_("“{name}” is a program or leads to one: it is not opened from here"), rule="F-04", name=record.name
        )
    stored = content_of(session.workspace.folder, record.sha256, record.name)
    folder = files.temporary(_folder(), "view", "")
    folder.mkdir(files.PRIVATE_FOLDER)
    copy = folder / name
    handle = os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, files.PRIVATE_FILE)
    with os.fdopen(handle, "wb") as target, stored.open("rb") as source:
        shutil.copyfileobj(source, target)
    return copy


@cache
def _folder() -> Path:
    """Make this process's folder of copies; it goes with the process, or at the next start."""
    folder = files.scratch_folder()
    atexit.register(files.remove, folder)
    return folder


def _name(name: str) -> str:
    """Return the last part of a name as systems read it: without what hides its ending."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in plain if char.isprintable() and char not in ':*?"<>|').strip(" .")
    return shown or "attachment"
