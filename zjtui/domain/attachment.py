"""Attachments: photos and documents of a project or of something that hangs on it, stored by their content."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from zjtui.domain import told
from zjtui.domain.fields import F, Kind
from zjtui.domain.record import Record
from zjtui.i18n import N_


class Attachment(Record):
    """One file. Its content lies in the workspace under its SHA-256, however many records point to it."""

    entity: ClassVar[str] = "attachment"
    noun: ClassVar[str] = N_("Attachment")

    project_uid: Annotated[str, F(N_("Project"), Kind.REF, ref="project", width=24, form=False)]
    about: Annotated[str | None, F(N_("Belongs to"), width=12, form=False, inner=True)] = (
        None  # entity of a record that hangs on it
    )
    about_uid: Annotated[str | None, F(N_("Record"), width=36, form=False, inner=True)] = None
    name: Annotated[str, Field(min_length=1, max_length=255), F(N_("File name"), width=36, listed=True)]
    size: Annotated[int, Field(ge=0), F(N_("Size"), Kind.INT, width=9, words=told.size, listed=True, form=False)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), F(N_("SHA-256"), width=20, form=False, inner=True)]
    added_on: Annotated[date, F(N_("Added on"), Kind.DATE, width=10, listed=True, form=False, past=True)]
    note: Annotated[str | None, Field(max_length=500), F(N_("Note"), width=30, listed=True)] = None
