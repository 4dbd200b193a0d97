"""Closing an issue (striking it off the list): who verifies it, what is left to do, what proves that it is solved."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from zjtui.domain.around import Around
from zjtui.domain.issue_codes import STATES
from zjtui.domain.workflow import Facts, Values, needed
from zjtui.errors import Refused
from zjtui.i18n import N_, joined

if TYPE_CHECKING:
    from zjtui.domain.issue import Issue

_PROOF = ("state", "evidence", "evidence_on", "solved_on", "closed_on")


def badly_closed(issue: "Issue", around: Around) -> Iterator[Refused]:
    """Yield what is wrong with a closing: who verified it, what is left to do, and its proof."""
    if issue.verifier and issue.verifier in around.in_charge(issue):
        yield Refused(
            N_("The verifier is or was in charge of it: somebody else has to verify"),
            rule="I-12",
            field="verifier",
            facts=("state", "verifier", "owner_person"),
        )
    if left := open_steps(issue.__dict__):
        yield Refused(
            N_("Not all is done yet: {steps}"),
            rule="I-19",
            field="steps_done",
            facts=("state", "steps", "steps_done"),
            steps=joined(left),
        )
    yield from _unproved(issue, around)


def _unproved(issue: "Issue", around: Around) -> Iterator[Refused]:
    solved = issue.solved_on
    if solved is None:  # said already: the state needs that day
        return
    if issue.evidence_on and issue.evidence_on < solved:
        yield Refused(
            N_("The document is older than the solution of {day}"),
            rule="I-13",
            field="evidence_on",
            facts=_PROOF,
            day=solved,
        )
    if not (issue.evidence and issue.evidence_on) and not around.proofs(issue):
        yield _no_proof(solved)


def _no_proof(solved: date) -> Refused:
    return Refused(
        N_("Closing needs proof: a document seen, a file attached or a follow-up that names it, since {day}"),
        rule="I-13",
        field="evidence",
        facts=_PROOF,
        day=solved,
    )


def open_steps(values: Values) -> list[str]:
    """Return the sub-problems and promised measures that are not ticked yet."""
    return [step for step in values["steps"] or [] if step not in (values["steps_done"] or [])]


def unowned(after: Values, _facts: Facts) -> Refused | None:
    """Want somebody who was in charge: who verifies is somebody else."""
    return None if after["owner_person"] else needed(STATES, "I", "closed", "owner_person", N_("Person in charge"))


def without_proof(after: Values, facts: Facts) -> Refused | None:
    """Want a document where neither a file nor a follow-up proves that it is solved."""
    unproved = facts.proved is False and not after["evidence"] and after["solved_on"]
    return _no_proof(after["solved_on"]) if unproved else None
