"""Errors as a message id with parameters: translated only where they are shown.

Every error says what happened; the exit code is what `zjtui` ends with when the error reaches the command line.
"""

import errno
from collections.abc import Callable
from typing import Any, ClassVar

from zjtui.i18n import N_, _


class ZjtuiError(Exception):
    """A fault that the user is told about in one sentence, without a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(
        self, msgid: str, *, rule: str = "", field: str = "", facts: tuple[str, ...] = (), **params: Any
    ) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.params = params
        self.rule = rule
        self.field = field
        self.facts = facts or ((field,) if field else ())
        self.about: tuple[str, str] | None = None

    def __str__(self) -> str:
        text = fill(self.msgid, self.params)
        return f"{text} [{self.rule}]" if self.rule else text


class Refused(ZjtuiError, ValueError):
    """A rule of the register says no; nothing was changed. `rule` is the rule's id, `field` the field's name.

    `facts` are the fields that the rule looks at, by default `field` alone: a change of none of them is not what broke
    it. `about` is the record (entity, uid) that would break it.
    """


class RefusedMany(Refused):
    """Several fields of one record are refused at once."""

    def __init__(self, refusals: list[Refused]) -> None:
        super().__init__(N_("Not saved:"))
        self.refusals = refusals

    def __str__(self) -> str:
        return "; ".join(str(refusal) for refusal in self.refusals)


class UsageError(ZjtuiError):
    """The call itself is wrong: an unknown command, option, record or folder."""

    exit_code = 2


class WrongFiles(UsageError):
    """Several files are looked at together, and some are wrong: `wrong` holds their names, and what is wrong."""

    def __init__(self, msgid: str, wrong: list[tuple[str, ZjtuiError]], **params: Any) -> None:
        super().__init__(msgid, **params)
        self.wrong = wrong


class Locked(ZjtuiError):
    """The workspace is held by another process, or cannot be written."""

    exit_code = 3


class NewerSchema(ZjtuiError):
    """The workspace was written by a newer zjtui; this one does not touch it."""

    exit_code = 5


class DiskFull(ZjtuiError):
    """There is no room on the disk."""

    def __init__(self, msgid: str = "", **params: Any) -> None:
        super().__init__(
            msgid or N_("The disk is full, nothing was changed. Free some space, then do it again"), **params
        )


class Unreachable(ZjtuiError):
    """The disk or the network drive does not answer, or the file is not there any more."""


class Unsure(ZjtuiError):
    """Whether it was saved cannot be told before the next start."""


class Damaged(ZjtuiError):
    """The file is not a readable zjtui database, or what it holds contradicts itself."""


class Cancelled(ZjtuiError):
    """The user stopped a long job; nothing of it was kept."""


# What else knows errors: a layer that is loaded adds itself (store/sqlite.py).
EXPLAINERS: list[Callable[[BaseException], ZjtuiError | None]] = []


def meaning(error: BaseException) -> ZjtuiError | None:
    """Return what an error of the surroundings (disk, database) means to the person; None for a fault of the program.

    Whoever raised it has changed nothing.
    """
    if isinstance(error, ZjtuiError):
        return error
    for explain in EXPLAINERS:
        if found := explain(error):
            return found
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull()
    if isinstance(error, OSError) and error.strerror:
        return ZjtuiError(N_("{path}: {reason}"), path=error.filename or "?", reason=error.strerror)
    return None


def fill(msgid: str, params: dict[str, Any]) -> str:
    """Translate `msgid` and put the parameters in.

    A parameter that is a message id itself (a field label, a state) is translated too: it is passed as `Msg`.
    """
    shown = {name: str(value) if isinstance(value, (Msg, ZjtuiError)) else value for name, value in params.items()}
    return _(msgid).format(**shown) if shown else _(msgid)


class Msg:
    """A translatable text used as a parameter of another one."""

    def __init__(self, msgid: str, **params: Any) -> None:
        self.msgid = msgid
        self.params = params

    def __str__(self) -> str:
        return fill(self.msgid, self.params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Msg) and (self.msgid, self.params) == (other.msgid, other.params)

    def __hash__(self) -> int:
        return hash(self.msgid)


class Notice(Msg):
    """Something worth checking that does not stop the save. `rule` is the rule's id, `field` the field's name."""

    def __init__(self, msgid: str, *, rule: str = "", field: str = "", **params: Any) -> None:
        super().__init__(msgid, **params)
        self.rule = rule
        self.field = field

    def __str__(self) -> str:
        text = super().__str__()
        return f"{text} [{self.rule}]" if self.rule else text
