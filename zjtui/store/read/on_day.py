"""How things stood on a day, by the days that records carry: conditions that many queries share (docs/figures.md).

`{0}` is the table's alias, `:day` the day. What has no day - a draft, a refusal, a suspension - is as it stands today.
"""

# Issues: counted at all; solved, closed and open on the day. A reopened one has neither day.
ISSUE = "{0}.state NOT IN ('draft', 'refused', 'merged') AND {0}.found_on <= :day"
_CLOSED = "({0}.state = 'closed' AND coalesce({0}.closed_on, '') <= :day)"
_SOLVED = "({0}.state IN ('solved', 'closed') AND coalesce({0}.solved_on, {0}.closed_on, '') <= :day)"
OPEN = f"{ISSUE} AND NOT {_CLOSED}"
UNSOLVED = f"{ISSUE} AND NOT {_SOLVED}"
OVERDUE = f"{UNSOLVED} AND {{0}}.due_on < :day"

# Contacts and the projects that somebody has to look after.
CONTACT = "{0}.from_date <= :day AND ({0}.to_date IS NULL OR {0}.to_date > :day)"
WITHDRAWN = "{0}.stage = 'withdrawn' AND coalesce({0}.stage_on, '') <= :day"
FOLLOWED = f"{{0}}.stage NOT IN ('reserve', 'suspended', 'archived') AND NOT ({WITHDRAWN})"
LAST_SEEN = (
    "max({0}.from_date, coalesce((SELECT max(f.visit_date) FROM follow_up f WHERE f.project_uid = {0}.project_uid "
    "AND f.mechanism = {0}.mechanism AND f.visit_date <= :day), ''))"
)
