"""A finding as a row of today's list and of the gaps: its columns, its cells, the words that the filter looks in."""

from zjtui.domain.finding import Finding, in_tenths, kind_of
from zjtui.i18n import N_, _
from zjtui.ui.widgets.window_table import Cell, Column

_WIDE = 110  # cells from which the row has room for more


def columns(width: int, *, named: bool) -> list[Column]:
    """Return the columns that a screen of `width` cells has room for; `named`: with the kind of the finding."""
    wide = width >= _WIDE
    score, what, project = (6, 20, 26) if wide else (6, 14, 18)
    kind = [Column("what", _(N_("Finding")), what)] if named else []
    taken = score + project + 3 + ((what + 1) if named else 0) + (11 if wide else 0)
    return [
        Column("score", _(N_("Weight")), score, right=True),
        *kind,
        Column("project", _(N_("Project")), project),
        Column("why", _(N_("Why")), max(width - taken, 24)),
        Column("due", _(N_("Due on")), 10),
    ]


def cells(finding: Finding, *, named: bool) -> list[Cell]:
    """Return what the columns say of a finding."""
    score = finding.score
    tone = "bad" if score.red or score.blocking else ""
    return [
        (in_tenths(score.total), tone),
        *([_(kind_of(finding.kind).label)] if named else []),
        finding.project,
        _why(finding),
        (finding.due.isoformat() if finding.due else "", "bad" if finding.overdue else ""),
    ]


def words(finding: Finding) -> str:
    """Return what the filter looks in."""
    kind = kind_of(finding.kind)
    return f"{finding.project} {_(kind.label)} {kind.gap} {_why(finding)}".casefold()


def _why(finding: Finding) -> str:
    why = str(finding.why)
    return _(N_("visited too often ({count})")).format(count=finding.visits) + " · " + why if finding.visits else why
