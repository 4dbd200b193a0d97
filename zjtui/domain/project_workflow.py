"""Stages of a project: which move leads to which, what it asks for, and who may make it."""

from zjtui.domain.project_codes import STAGES
from zjtui.domain.workflow import Facts, Ground, Move, Values, Workflow, moves
from zjtui.errors import Refused
from zjtui.i18n import N_


def _no_skip(after: Values, _facts: Facts) -> Refused | None:
    if after.get("suspended_from") and after["suspended_from"] != after["stage"]:
        return Refused(
            N_("It goes back to where it was suspended: {stage}"),
            rule="P-20",
            field="stage",
            stage=STAGES.label(after["suspended_from"]),
        )
    return None


def _second_person(record: Values, facts: Facts) -> Refused | None:
    """A step back is confirmed by somebody else than who enters it."""
    if facts.person and record.get("confirmed_by") == facts.person:
        return Refused(N_("Another person than you has to confirm it"), rule="P-23", field="confirmed_by")
    return None


_REJOINED = {"suspended_from": None, "withdraw_reason": None}
_STEP_BACK = ("stage_reason", "confirmed_by")
_READY = ("audit_on", "land_on")
_BEGUN = ("real_start", "start_evidence")
_GROUNDS = {
    "ready": Ground(_READY),
    "building": Ground(_BEGUN, _READY),
    **dict.fromkeys(("completed", "operating", "archived"), Ground((*_BEGUN, "real_end"), _READY)),
    "withdrawn": Ground(("withdraw_reason",)),
}
WORKFLOW = Workflow(
    "stage",
    STAGES,
    "P",
    (
        Move("reserve", "preparatory", N_("Begin preparatory work")),
        Move("preparatory", "ready", N_("Conditions met"), needs=("audit_on", "land_on")),
        Move("ready", "building", N_("Start"), needs=("real_start", "start_evidence")),
        Move("building", "completed", N_("Complete"), needs=("real_end",)),
        Move("completed", "operating", N_("Put into operation")),
        Move("operating", "archived", N_("Archive")),
        *moves(
            ("preparatory", "ready", "building"),
            "suspended",
            N_("Suspend"),
            needs=("stage_reason",),
            asks=("stage_on",),
            sets=lambda record, _facts: {"suspended_from": record["stage"]},
        ),
        *(
            Move(
                "suspended",
                stage,
                N_("Resume"),
                asks=("stage_on",),
                guard=_no_skip,
                sets=lambda *_: {"suspended_from": None},
            )
            for stage in ("preparatory", "ready", "building")
        ),
        *moves(
            ("reserve", "preparatory", "ready", "building", "suspended"),
            "withdrawn",
            N_("Withdraw"),
            needs=("withdraw_reason", "stage_reason"),
            asks=("stage_on",),
        ),
        Move("withdrawn", "preparatory", N_("Rejoin"), asks=("stage_reason",), sets=lambda *_: _REJOINED),
        *moves(("ready", "building"), "preparatory", N_("Step back"), needs=_STEP_BACK, guard=_second_person),
        Move("building", "ready", N_("Step back"), needs=_STEP_BACK, guard=_second_person),
    ),
    fresh=frozenset({"stage_reason", "confirmed_by", "withdraw_reason"}),
    grounds=_GROUNDS,
    day_field="stage_on",
    back_field="suspended_from",
)
