"""`zjtui history`, `undo` and `redo`: what the change log tells, and taking back."""

from typing import Any

from zjtui.cli import output, resolve
from zjtui.cli.parser import Call, Parser, command_parser, count, escaped
from zjtui.domain import registry
from zjtui.domain.actions import OPERATIONS
from zjtui.domain.fields import F, Kind
from zjtui.domain.show import MASK, show
from zjtui.errors import UsageError
from zjtui.i18n import N_, _
from zjtui.reports import operation
from zjtui.store.read import find, history
from zjtui.store.rows import restore
from zjtui.text import visible
from zjtui.usecases import undo
from zjtui.usecases.session import Outcome, Session


def build(command: str) -> Parser:
    """Return the parser of `command`."""
    parser = command_parser(command)
    if command == "history":
        parser.add_argument("record", metavar="UID", help=escaped(N_("a uid, or what a project or issue is called")))
        parser.add_argument("--limit", type=count, default=100, metavar="N", help=escaped(N_("at most N entries")))
        parser.set_defaults(run=run_history)
    elif command == "undo":
        parser.add_argument("operation", metavar="OPERATION", nargs="?", help=escaped(N_("by default the last one")))
        parser.set_defaults(run=run_undo)
    else:
        parser.set_defaults(run=run_redo)
    return parser


def run_history(call: Call, given: Any) -> int:
    """Show what happened to a record, the newest first."""
    with call.reading() as session:
        reader = session.reader()
        uid = _record(session, given.record)
        entries = history.of_record(reader, uid, given.limit)
        people = find.names(reader, "person", {entry["person"] for entry in entries})
        if call.json:
            output.print_json_array(_as_json(entry, people) for entry in entries)
            return 0
        for entry in entries:
            who = people.get(entry["person"], entry["person"])
            output.say(
                "{at}  {who}  {action}", at=history.when(entry), who=who, action=OPERATIONS.label(entry["action"])
            )
            for line in _changes(session, entry):
                print("    " + line)
        return 0


def _record(session: Session, text: str) -> str:
    """Return the uid that is meant; a record that is gone still has its history."""
    wanted = resolve.words(text)
    if history.of_record(session.reader(), wanted, 1):
        return wanted
    for entity in ("project", "issue"):
        uids = find.exact(session.reader(), entity, wanted) or find.containing(session.reader(), entity, wanted, 2)
        if len(uids) == 1:
            return uids[0]
    raise UsageError(N_("There is no history of “{value}”; give a uid"), value=wanted)


def _as_json(entry: dict[str, Any], people: dict[str, str]) -> dict[str, Any]:
    fields = registry.model(entry["entity"]).fields()
    changed = {}
    for name, pair in entry["fields"].items():
        old, new = (_plain(fields.get(name), value) for value in pair)
        changed[name] = {"from": old, "to": new}
    return {**entry, "person_name": people.get(entry["person"], entry["person"]), "fields": changed}


def _plain(field: F | None, value: Any) -> Any:
    if field is None or value is None:
        return value
    return MASK if field.secret else restore(field.kind, value)


def _changes(session: Session, entry: dict[str, Any]) -> list[str]:
    fields = registry.model(entry["entity"]).fields()
    lines = []
    for name, pair in entry["fields"].items():
        field = fields.get(name)
        if name == "uid" or (entry["kind"] == "add" and pair[1] in ("[]", None)):
            continue
        old, new = (_shown(session, field, value) for value in pair)
        title = visible(_(field.label) if field else name)
        lines.append(f"{title}: {old} → {new}" if entry["kind"] == "set" else f"{title}: {new or old}")
    return lines


def _shown(session: Session, field: F | None, value: Any) -> str:
    plain = _plain(field, value)
    if field is None or plain is None or field.secret:
        return "" if plain is None else visible(plain, 200)
    names: dict[str, str] = {}
    if field.kind in (Kind.REF, Kind.REFS):
        names = find.names(session.reader(), field.ref, set(plain if isinstance(plain, list) else [plain]))
    return visible(show(field, plain, names), 200)


def run_undo(call: Call, given: Any) -> int:
    """Take back an operation."""
    with call.writing() as session:
        chosen = resolve.words(given.operation) if given.operation is not None else None
        return _told(call, session, undo.undo(session, chosen))


def run_redo(call: Call, _given: Any) -> int:
    """Do again what was taken back last."""
    with call.writing() as session:
        return _told(call, session, undo.redo(session))


def _told(call: Call, session: Session, outcome: Outcome) -> int:
    """Name the record that was taken back, or done again."""
    return output.print_outcome(call, outcome, "{told}", told=operation.told(session.reader(), outcome.operation))
