"""The base of every record in the register."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, cast

from pydantic import BaseModel, ConfigDict

from zjtui.domain.fields import F
from zjtui.errors import Notice, Refused
from zjtui.i18n import N_

if TYPE_CHECKING:
    from zjtui.domain.around import Around


class Record(BaseModel):
    """One row of one table. `entity` names the table; `uid` is its key on every laptop (UUIDv7, or a region's code).

    When, by whom and how often a record changed is not stored here but read from the change log, and deleted records
    live only there: so undoing an operation leaves the tables exactly as they were.
    """

    model_config = ConfigDict(
        extra="forbid", defer_build=True, str_strip_whitespace=True, allow_inf_nan=False, validate_assignment=False
    )

    entity: ClassVar[str]
    noun: ClassVar[str]  # message id
    title_field: ClassVar[str] = "name"

    uid: Annotated[str, F(N_("UID"), form=False, width=36)]

    @classmethod
    @cache
    def fields(cls) -> dict[str, F]:
        """Return the declaration of every field, in the order of the class."""
        return {
            name: next(item for item in info.metadata if isinstance(item, F)) for name, info in cls.model_fields.items()
        }

    @classmethod
    def defaults(cls) -> dict[str, Any]:
        """Return what the fields hold that nobody fills in; those that have to be are left out."""
        return {
            name: info.get_default(call_default_factory=True)
            for name, info in cls.model_fields.items()
            if not info.is_required()
        }

    @classmethod
    def trusted(cls, values: dict[str, Any]) -> Self:
        """Build from values that were validated when they were stored, without validating again."""
        return cast(Self, cls.model_construct(**values))

    def rules(self) -> Iterator[Refused]:
        """Yield what contradicts itself in this record."""
        yield from ()

    def stands(self, around: "Around") -> Iterator[Refused]:
        """Yield what contradicts the state of this record, or the records around it."""
        yield from ()

    def notices(self, before: Self | None = None) -> Iterator[Notice]:
        """Yield what is odd without being wrong; `before` is the record as it was."""
        yield from ()

    @property
    def title(self) -> str:
        """What a person calls this record."""
        value = getattr(self, self.title_field, None)
        codes = type(self).fields()[self.title_field].codes
        return codes.label(value) if codes and value else str(value or self.uid)
