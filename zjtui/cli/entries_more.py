"""The verbs that only some nouns have: contact hand-over, service documents, policy suggestions."""

from collections.abc import Iterator
from typing import Any

from zjtui.cli import options, output, resolve
from zjtui.cli.parser import Call, escaped, verb_parser
from zjtui.domain.service_clock import line, shown, watches, why
from zjtui.errors import Refused
from zjtui.i18n import N_, joined
from zjtui.store.read.records import get
from zjtui.usecases import contact, policy, service
from zjtui.usecases.session import Session


def add_verbs(verbs: Any, command: str) -> None:
    """Add the verbs that `command` alone has."""
    if command == "contact":
        hand = verb_parser(verbs, command, "hand-over", N_("hand all projects of one person to another"), run_hand_over)
        hand.add_argument("old", metavar="FROM", help=escaped(N_("who hands over")))
        hand.add_argument("new", metavar="TO", help=escaped(N_("who takes over")))
        hand.add_argument("--date", metavar="DAY", help=escaped(N_("from this day on")))
    elif command == "service":
        got = verb_parser(verbs, command, "receive", N_("note outstanding documents as received"), run_receive)
        got.add_argument("record", metavar="RECORD", help=escaped(N_("uid, or its beginning; a name where it has one")))
        got.add_argument("documents", metavar="DOCUMENT", nargs="+", help=escaped(N_("as it is listed")))
        asked = verb_parser(verbs, command, "why", N_("say why it is paused, late or where it is"), run_why)
        asked.add_argument(
            "record", metavar="RECORD", help=escaped(N_("uid, or its beginning; a name where it has one"))
        )
    elif command == "policy":
        found = verb_parser(verbs, command, "suggest", N_("match policies to the projects they fit"), run_suggest)
        found.add_argument("--project", metavar="PROJECT", help=escaped(N_("of one project")))
        found.add_argument("--policy", metavar="POLICY", help=escaped(N_("only this policy")))


def clocked(session: Session, rows: Iterator[dict[str, Any]], *, whole: bool) -> Iterator[dict[str, Any]]:
    """Put the clock beside each service; where the calendar of working days ends, say so instead of guessing.

    The `whole` clock tells of what was decided too what was left.
    """
    for row in rows:
        yield {**row, **(line if whole else shown)(row, session.today, session.limits)}


def run_hand_over(call: Call, given: Any) -> int:
    """Hand projects over."""
    with call.writing() as session:
        reader = session.reader()
        old, new = resolve.one(reader, "person", given.old), resolve.one(reader, "person", given.new)
        outcome, count = contact.hand_over(session, old, new, options.any_day(given.date, session.today))
        return output.print_outcome(call, outcome, N_("{count} contacts handed over."), count=count)


def run_receive(call: Call, given: Any) -> int:
    """Note documents as received."""
    with call.writing() as session:
        uid = resolve.record(session.reader(), "service", given.record)
        outcome = service.receive(session, uid, given.documents)
        left = get(session.reader(), "service", uid).missing_docs
        return output.print_outcome(call, outcome, N_("Still outstanding: {names}"), names=joined(left) or "-")


def run_why(call: Call, given: Any) -> int:
    """Say why."""
    with call.reading() as session:
        record = get(session.reader(), "service", resolve.record(session.reader(), "service", given.record))
        sentence = str(why(record.__dict__, session.today, session.limits))
        if call.json:
            output.print_json({"uid": record.uid, "why": sentence, "watches": watches(record.__dict__, session.today)})
        else:
            output.say("{sentence}", sentence=sentence)
    return 0


def run_suggest(call: Call, given: Any) -> int:
    """Suggest policies."""
    with call.writing() as session:
        reader = session.reader()
        project = resolve.one(reader, "project", given.project) if given.project is not None else ""
        wanted = resolve.one(reader, "policy", given.policy) if given.policy is not None else ""
        if not policy.fitting(reader, session.today.year, policy=wanted, project=project):
            raise Refused(N_("No policy fits a project that it is not matched to already"), rule="Y-05")
        outcome, count = policy.suggest(session, policy=wanted, project=project)
        return output.print_outcome(call, outcome, N_("{count} matches suggested."), count=count)
