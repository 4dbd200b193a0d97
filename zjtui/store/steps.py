"""The steps from an empty file to the tables of today; a new one goes to the end.

A step is never changed once released: a new field is a new step. Files know by name which of them they have been
through: the names of `STEPS` stay too.
"""

from collections.abc import Callable
from typing import Any

from zjtui.store import first_tables, looked_after, standing, strange, undone
from zjtui.store.changes import TYPED_MONTHS, WORKED_ON
from zjtui.store.first_tables import HEAD, PROJECT

_HANGING_TABLES = {
    "promise": f"""{PROJECT}, follow_up_uid TEXT REFERENCES follow_up(uid), text TEXT NOT NULL, side TEXT NOT NULL,
        keeper TEXT, made_on TEXT NOT NULL, due_on TEXT, state TEXT NOT NULL, settled_on TEXT, note TEXT""",
    "attachment": f"""{PROJECT}, about TEXT, about_uid TEXT, name TEXT NOT NULL, size INTEGER NOT NULL,
        sha256 TEXT NOT NULL, added_on TEXT NOT NULL, note TEXT""",
}
# A column of a table that has rows already is empty in them, as it is in their entries of the log.
_ADDED_COLUMNS = {
    "service": ("pause_reason TEXT", "received_docs TEXT", "ended_on TEXT"),
    "element_need": ("reason TEXT",),
    "policy_match": ("reason TEXT",),
    "issue": (
        "bounced_count INTEGER",
        "level_on TEXT",
        "level_reason TEXT",
        "evidence_on TEXT",
        "steps TEXT",
        "steps_done TEXT",
    ),
}
_ENTRY_INDEXES = (
    "CREATE INDEX promise_project ON promise(project_uid, state)",
    "CREATE INDEX promise_follow_up ON promise(follow_up_uid)",
    "CREATE INDEX attachment_project ON attachment(project_uid)",
    "CREATE INDEX attachment_about ON attachment(about_uid)",
    "CREATE INDEX attachment_hash ON attachment(sha256)",
    "CREATE INDEX service_state ON service(state, accepted_on)",
    "CREATE INDEX monthly_report_month ON monthly_report(month, state)",
    "CREATE INDEX element_need_state ON element_need(state)",
    "CREATE INDEX policy_match_policy ON policy_match(policy_uid, state)",
    "CREATE INDEX change_person ON change(person, seq)",
)


def promises_and_attachments(database: Any) -> None:
    """Step 2: promises, attachments, and what the workflows of services, needs, policies and issues ask for."""
    for table, columns in _HANGING_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({HEAD}, {columns}) STRICT")
    for table, added in _ADDED_COLUMNS.items():
        for column in added:
            database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _ENTRY_INDEXES:
        database.execute(statement)


def reopened(database: Any) -> None:
    """Step 3: the day on which an issue came back."""
    database.execute("ALTER TABLE issue ADD COLUMN reopened_on TEXT")


_FINDING_TABLES = {
    "set_aside": f"""{PROJECT}, kind TEXT NOT NULL, about_uid TEXT, person_uid TEXT REFERENCES person(uid),
        reason TEXT NOT NULL, made_on TEXT NOT NULL, until TEXT NOT NULL""",
    "visit_plan": f"{PROJECT}, day TEXT NOT NULL, who TEXT, purpose TEXT",
    "freeze": """name TEXT NOT NULL, month TEXT NOT NULL, made_on TEXT NOT NULL, head TEXT NOT NULL, seen TEXT NOT NULL,
        figures TEXT NOT NULL, digest TEXT NOT NULL""",
}


def findings_set_aside(database: Any) -> None:
    """Step 4: findings set aside for a while, visits that are planned, and how every project stands in a year."""
    for table, columns in _FINDING_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({HEAD}, {columns}) STRICT")
    database.execute("CREATE INDEX set_aside_project ON set_aside(project_uid, kind)")
    database.execute("CREATE INDEX set_aside_until ON set_aside(until)")
    database.execute("CREATE INDEX visit_plan_project ON visit_plan(project_uid, day)")
    database.execute("CREATE INDEX visit_plan_day ON visit_plan(day)")
    database.execute("CREATE INDEX issue_owner ON issue(owner_person) WHERE owner_person IS NOT NULL")
    database.execute("CREATE INDEX contact_main ON contact(project_uid) WHERE is_main")
    database.execute(standing.SCHEMA)  # steps 8 and 11 make it anew, and fill it


def questions(database: Any) -> None:
    """Step 5: questions about figures, and what was entered of monthly reports by time."""
    database.execute(
        f"""CREATE TABLE question ({HEAD}, {PROJECT}, rule TEXT NOT NULL, month TEXT, text TEXT NOT NULL,
        figures TEXT NOT NULL, asked_on TEXT NOT NULL, state TEXT NOT NULL, answer TEXT, answered_by TEXT, note TEXT)
        STRICT"""
    )
    database.execute("CREATE INDEX question_project ON question(project_uid, state)")
    database.execute("CREATE INDEX question_asked ON question(project_uid) WHERE state = 'asked'")
    # With everything that is asked of an entry there: of a million of them no row is looked up.
    database.execute(f"CREATE INDEX change_months ON change(at, person, uid, action, entity) WHERE {TYPED_MONTHS}")


_FORM_TABLES = {
    "report_template": """name TEXT NOT NULL, recipient TEXT NOT NULL, period TEXT NOT NULL, file_name TEXT NOT NULL,
        size INTEGER NOT NULL, sha256 TEXT NOT NULL, added_on TEXT NOT NULL, cells TEXT NOT NULL, note TEXT""",
    "sent": """template_uid TEXT NOT NULL REFERENCES report_template(uid), recipient TEXT NOT NULL, month TEXT NOT NULL,
        sent_on TEXT NOT NULL, freeze_uid TEXT NOT NULL REFERENCES freeze(uid), head TEXT NOT NULL,
        file_name TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, figures TEXT NOT NULL, reason TEXT""",
}


def office_forms(database: Any) -> None:
    """Step 6: workbooks of other offices that are filled from the register, and what was sent to whom."""
    for table, columns in _FORM_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({HEAD}, {columns}) STRICT")
    database.execute("CREATE INDEX sent_month ON sent(month)")
    database.execute("CREATE INDEX sent_template ON sent(template_uid)")
    database.execute("CREATE INDEX sent_freeze ON sent(freeze_uid)")


_STANDING_COLUMNS = {
    "follow_up": ("issue_uids TEXT",),
    "issue": ("state_on TEXT", "first_due_on TEXT", "extended_count INTEGER", "extended_on TEXT", "extend_reason TEXT"),
    "project": ("stage_on TEXT",),
    "service": ("state_on TEXT",),
    "monthly_report": ("state_on TEXT",),
}


def corrections(database: Any) -> None:
    """Step 7: days of moves, proofs that name their issue, extended due dates, corrections, and what was undone."""
    for table, added in _STANDING_COLUMNS.items():
        for column in added:
            database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    database.execute(
        f"""CREATE TABLE correction ({HEAD}, {PROJECT}, about TEXT NOT NULL, about_uid TEXT NOT NULL,
        what TEXT NOT NULL, told TEXT NOT NULL, reason TEXT NOT NULL, confirmed_by TEXT REFERENCES person(uid),
        made_on TEXT NOT NULL, made_by TEXT NOT NULL) STRICT"""
    )
    database.execute("CREATE INDEX correction_project ON correction(project_uid)")
    database.execute("CREATE INDEX correction_about ON correction(about_uid)")
    for statement in undone.SCHEMA:
        database.execute(statement)
    undone.refresh_all(database.conn)


def counted_standings(database: Any) -> None:
    """Step 8: calendars of working days, and standings that count only what counts (docs/figures.md)."""
    database.execute(
        f"CREATE TABLE work_calendar ({HEAD}, year INTEGER NOT NULL UNIQUE, days_off TEXT NOT NULL, "
        "days_worked TEXT NOT NULL, source TEXT) STRICT"
    )
    columns = "monthly_report(month, project_uid, invest_month)"
    database.execute(f"CREATE INDEX monthly_report_waiting ON {columns} WHERE {standing.WAITING}")
    database.execute("DROP TABLE standing")
    database.execute(standing.SCHEMA)
    standing.refresh_all(database.conn)


def names_indexed(database: Any) -> None:
    """Step 9: units and persons are found by their names without looking at all of them."""
    database.execute("CREATE INDEX org_name ON org(name)")
    database.execute("CREATE INDEX org_short ON org(short) WHERE short IS NOT NULL")
    database.execute("CREATE INDEX person_name ON person(name)")


def read_liandu(database: Any) -> None:
    """Step 10: 莲都区 is read lian du qu, as 莲都 is, and no longer lian dou qu."""
    database.execute("UPDATE pinyin SET sort_key = replace(sort_key, 'lian dou qu', 'lian du qu')")


def findings_sorted(database: Any) -> None:
    """Step 11: what the findings of a whole province are counted and sorted by, and standings that know each month."""
    for statement in (
        # The last visit by each mechanism, whether anybody was on site, what raised a problem: no visit is looked up.
        "CREATE INDEX follow_up_seen ON follow_up(project_uid, mechanism, visit_date, form, result)",
        "CREATE INDEX contact_seen ON contact(project_uid, mechanism, from_date, to_date, cycle_days, is_main)",
        "CREATE INDEX annual_plan_amount ON annual_plan(project_uid, year, adjusted_invest, plan_invest)",
        "CREATE INDEX project_closed ON project(stage, uid)",
        "DROP INDEX project_stage",
        "DROP INDEX contact_project",
        f"CREATE INDEX change_worked ON change(uid, seq, at, operation, undoes) WHERE {WORKED_ON}",
        "DROP TABLE standing",
        standing.SCHEMA,
    ):
        database.execute(statement)
    standing.refresh_all(database.conn)


def progress_with_decimals(database: Any) -> None:
    """Step 12: progress in percent with decimals; what was whole stays the same number, as the log holds it.

    A column's type is changed by making its table anew, in its place among the others.
    """
    of_table = "FROM sqlite_schema WHERE tbl_name = 'monthly_report' AND type"
    [(made,)] = database.execute(f"SELECT sql {of_table} = 'table'").fetchall()
    indexes = [row[0] for row in database.execute(f"SELECT sql {of_table} = 'index' AND sql IS NOT NULL ORDER BY name")]
    renamed = made.replace("monthly_report", "monthly_report_new", 1)
    for statement in (
        renamed.replace("progress_pct INTEGER", "progress_pct ANY"),
        "INSERT INTO monthly_report_new SELECT * FROM monthly_report",
        "DROP TABLE monthly_report",
        "ALTER TABLE monthly_report_new RENAME TO monthly_report",
        *indexes,
    ):
        database.execute(statement)


def findings_at_hand(database: Any) -> None:
    """Step 13: the largest projects' findings first, and what few records are found by is found without the others."""
    for statement in (
        "CREATE INDEX standing_plan ON standing(year, plan)",
        "CREATE INDEX follow_up_raised ON follow_up(project_uid) WHERE result = 'issue_raised'",
        *looked_after.SCHEMA,
        *(strange.index(entity) for entity in strange.ENTITIES if strange.fields(entity)),
    ):
        database.execute(statement)
    looked_after.refresh_all(database.conn)


def findings_narrowed(database: Any) -> None:
    """Step 14: standings that say how far their months go, and what is under way without looking up its records."""
    to_solve, moving = (
        ", ".join(f"'{state}'" for state in states)
        for states in (
            ("open", "assigned", "doing", "paused"),
            ("applied", "accepted", "reviewing", "paused", "decided"),
        )
    )
    for statement in (
        "DROP TABLE standing",
        standing.SCHEMA,
        "CREATE INDEX standing_plan ON standing(year, plan)",
        "CREATE INDEX issue_to_solve ON issue(project_uid, due_on, found_on, assigned_on, level_on, severity, uid) "
        f"WHERE state IN ({to_solve})",
        "CREATE INDEX issue_closed ON issue(project_uid, closed_on, uid) WHERE state = 'closed'",
        "CREATE INDEX service_moving ON service(project_uid, state, applied_on, accepted_on, decided_on, "
        f"promise_days, basis, pauses, uid) WHERE state IN ({moving})",
        "CREATE INDEX service_next ON service(project_uid) "
        "WHERE state IN ('planned', 'applied', 'accepted', 'reviewing', 'paused') "
        "AND (promise_days IS NOT NULL AND accepted_on IS NOT NULL OR wanted_on IS NOT NULL)",
    ):
        database.execute(statement)
    standing.refresh_all(database.conn)


STEPS: dict[str, Callable[[Any], None]] = {
    "001_register": first_tables.make_register,
    "002_entry": promises_and_attachments,
    "003_closing": reopened,
    "004_findings": findings_set_aside,
    "005_asking": questions,
    "006_forms": office_forms,
    "007_standing": corrections,
    "008figures": counted_standings,
    "009names": names_indexed,
    "010readings": read_liandu,
    "011findings": findings_sorted,
    "012progress": progress_with_decimals,
    "013at_hand": findings_at_hand,
    "014narrowed": findings_narrowed,
}
