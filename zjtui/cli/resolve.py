"""From what a person typed to the record that is meant."""

from typing import Any

from zjtui.cli.parser import shortened
from zjtui.domain import registry
from zjtui.domain.codes import Codes
from zjtui.errors import Msg, Refused, UsageError
from zjtui.i18n import N_, joined
from zjtui.store.read import find
from zjtui.text import strip_unsafe
from zjtui.usecases.records import find_one

_LONGEST = 300  # characters; a longer text is no name, and too much for one search


def words(text: str) -> str:
    """Return words to look for, cleaned; refuse what is empty or far too long to mean anything."""
    cleaned = " ".join(strip_unsafe(text).split())
    if not cleaned:
        raise UsageError(N_("There is nothing to look for"))
    if len(cleaned) > _LONGEST:
        raise UsageError(
            N_("“{value}” is too long to look for: at most {limit} characters"), value=shortened(text), limit=_LONGEST
        )
    return cleaned


def one(connection: Any, entity: str, text: str) -> str:
    """Return the uid of the record that `text` means: uid, code, number, name, part of a name, or initials."""
    wanted = words(text)
    if entity in ("project", "issue"):
        return find_one(connection, entity, wanted)
    uids = find.exact(connection, entity, wanted)
    if not uids:
        uids = [choice["uid"] for choice in find.choices(connection, entity, wanted, limit=6)]
    if len(uids) == 1:
        return uids[0]
    noun = Msg(registry.model(entity).noun)
    if not uids:
        raise UsageError(N_("{noun}: nothing is found for “{value}”"), noun=noun, value=wanted)
    names = joined(sorted(find.names(connection, entity, set(uids[:5])).values()))
    raise UsageError(N_("{noun}: “{value}” can mean several: {names}"), noun=noun, value=wanted, names=names)


def record(connection: Any, entity: str, text: str) -> str:
    """Return the uid of the record that `text` means: a uid, its beginning (8 characters or more), or a name."""
    wanted = words(text)
    if entity in ("person", "org", "policy"):
        return one(connection, entity, wanted)
    found = find.beginning(connection, entity, wanted)
    if len(found) == 1:
        return found[0]
    noun = Msg(registry.model(entity).noun)
    if found:
        raise UsageError(
            N_("{noun}: “{value}” can mean several; type more of the uid"), noun=noun, value=shortened(wanted)
        )
    raise UsageError(N_("{noun}: nothing is found for “{value}”"), noun=noun, value=shortened(wanted))


def code(codes: Codes, option: str, text: str | None) -> str:
    """Return the code that a filter option means, "" where it was not given."""
    if text is None:
        return ""
    try:
        return codes.find(strip_unsafe(text))
    except Refused as refusal:
        params = {**refusal.params, "value": shortened(text)}
        raise UsageError(N_("{option}: {refusal}"), option=option, refusal=Refused(refusal.msgid, **params)) from None
