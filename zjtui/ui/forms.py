"""Which fields a form has, and where the choices of each come from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind
from zjtui.domain.show import typed
from zjtui.errors import Refused
from zjtui.i18n import N_, _
from zjtui.store.read import find
from zjtui.ui.code_choices import code_choices
from zjtui.ui.dialogs.choice import Choice, narrowed
from zjtui.ui.widgets.form_row import FormField

if TYPE_CHECKING:
    from zjtui.usecases.session import Outcome, Session

Saver = Callable[[dict[str, Any]], "Outcome"]


@dataclass
class FormSpec:
    """All a form screen needs: what it is about, its fields and texts, and the use-case that saves it.

    `key` names the draft; `start` is the field to begin in; `done` the message after saving.
    """

    title: str
    subject: str
    key: str
    items: list[FormField]
    texts: dict[str, str]
    done: str
    save: Saver | None = None
    collect: "Callable[[dict[str, Any]], None] | None" = None  # takes the values instead of saving them
    start: str = ""
    only_changed: bool = False
    same: "Callable[[], dict[str, str]] | None" = None  # texts of the last record of this kind
    ask: "Callable[[dict[str, Any]], str] | None" = None  # says what saving would do, to be confirmed; "" saves at once
    # asks for what a refusal wants beside the values: a reason, a second person
    correct: "Callable[[dict[str, Any], Exception], FormSpec | None] | None" = None
    # what is needed as things stand, beside what always is: marked from the start, and refused with all that is missing
    wants: "Callable[[dict[str, Any]], list[Refused]] | None" = None
    hint: "Callable[[dict[str, str]], str] | None" = None  # says something about what is typed so far


# One path a line: pasted as terminals paste what is dragged into them, or chosen with the key that attaches.
FILES = FormField(
    "files", F(N_("Photos and files"), Kind.LONG, hint=N_("One path a line; Ctrl+D chooses, Insert marks"))
)


def files_of(values: dict[str, Any]) -> list[Path]:
    """Take the files out of a form's values."""
    from zjtui.usecases.attachment import path_typed

    return [path_typed(line) for line in str(values.pop(FILES.name, None) or "").splitlines() if line.strip()]


def headed(heading: str, items: Sequence[FormField]) -> list[FormField]:
    """Return `items` as a section of their own."""
    first = replace(items[0], field=replace(items[0].field, group=heading))
    return [first, *(replace(item, field=replace(item.field, group="")) for item in items[1:])]


def fields_of(session: "Session", entity: str, names: Sequence[str], required: Sequence[str] = ()) -> list[FormField]:
    """Return the form's fields for the declared fields `names` of `entity`."""
    kind = registry.model(entity)
    declared = kind.fields()
    infos = kind.model_fields
    return [
        FormField(
            name,
            declared[name],
            required=name in required or (infos[name].is_required() and name != "uid"),
            choices=_choices(session, entity, name),
        )
        for name in names
    ]


def form_names(entity: str) -> list[str]:
    """Return the names of the fields of `entity` that a person types."""
    return [name for name, declared in registry.model(entity).fields().items() if declared.form and not declared.inner]


def texts_of(session: "Session", items: Sequence[FormField], values: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts with which the fields start, for the values of a record."""
    names: dict[str, str] = {}
    for item in items:
        value = values.get(item.name)
        if item.field.ref and value:
            uids = {value} if isinstance(value, str) else set(value)
            names |= find.names(session.reader(), item.field.ref, uids)
    return initial_texts(items, values, names)


def _choices(session: "Session", entity: str, name: str) -> Callable[[str], list[Choice]] | None:
    declared = registry.model(entity).fields()[name]
    if declared.kind is Kind.YESNO:
        return lambda text: narrowed([Choice("1", _(N_("yes"))), Choice("0", _(N_("no")))], text)
    if declared.codes is not None:
        return lambda text: narrowed(code_choices(entity, name), text)
    if declared.ref == "project":
        return lambda text: project_choices(session, text, 30)
    if declared.ref == "issue":
        return lambda text: _records(session, declared.ref, text, 30) if text else []
    if declared.ref:
        return lambda text: _records(session, declared.ref, text, 200)
    return None


def project_choices(session: "Session", text: str, limit: int = 200, first: str = "") -> list[Choice]:
    """Return projects to choose from: `first` and the ten worked on last come first, then those that `text` fits."""
    found = _records(session, "project", text, limit)
    recent = find.recent_projects(session.reader(), session.person)
    if first:
        recent = list(dict.fromkeys([first, *recent]))
    if not text:
        names = find.names(session.reader(), "project", set(recent))
        last = [Choice(uid, names[uid]) for uid in recent]
        return [*last, *(choice for choice in found if choice.value not in names)]
    place = {uid: number for number, uid in enumerate(recent)}
    return sorted(found, key=lambda choice: place.get(choice.value, len(place)))


def _records(session: "Session", entity: str, text: str, limit: int) -> list[Choice]:
    rows = find.choices(session.reader(), entity, text, limit)
    twice = {row["name"] for row in rows if sum(other["name"] == row["name"] for other in rows) > 1}
    # Of two with the same name only the uid says which one is meant.
    return [Choice(row["uid"], row["uid"] if row["name"] in twice else row["name"], row["initials"]) for row in rows]


def initial_texts(items: Sequence[FormField], values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """Return the texts with which a form starts: codes by their labels, references by their names."""
    texts = {}
    for item in items:
        value, field = values.get(item.name), item.field
        if field.kind in (Kind.REF, Kind.REFS) and value:
            uids = value if isinstance(value, list) else [value]
            texts[item.name] = "、".join(names.get(uid, uid) for uid in uids)
        elif field.kind in (Kind.CODE, Kind.CODES) and value and field.codes:
            codes = value if isinstance(value, list) else [value]
            texts[item.name] = "、".join(field.codes.label(code) for code in codes)
        elif field.kind is Kind.YESNO:
            texts[item.name] = "" if value is None else _(N_("yes")) if value else _(N_("no"))
        else:
            texts[item.name] = typed(field, value)
    return texts
