"""A month that counts: typed and submitted; where it was submitted already, returned first and submitted again."""

from typing import Any

from zjtui.usecases import month, register
from zjtui.usecases.session import Session


def report(session: Session, project: str, name: str, values: dict[str, Any]) -> str:
    """Set a project's report of the month "YYYY-MM" and submit it; return its uid."""
    query = "SELECT uid, state FROM monthly_report WHERE project_uid = ? AND month = ?"
    row = session.reader().execute(query, (project, name)).fetchone()
    if row and row["state"] in ("submitted", "approved"):
        register.move(session, "monthly_report", row["uid"], "returned", {"return_reason": "更正"})
    uid = month.put(session, project, name, {"progress_text": "施工", **values}).uid
    register.move(session, "monthly_report", uid, "submitted", {})
    return uid
