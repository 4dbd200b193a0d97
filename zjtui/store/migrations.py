"""The tables, as numbered steps from an empty file; each runs whole or not at all (sqlite-utils Migrations).

A step is never changed once released: a new field is a new step. Columns are the fields of `zjtui/domain`; a test
compares the two. `id` is local to one file, `uid` is the key between laptops.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from zjtui.store import undone
from zjtui.store.changes import TYPED_MONTHS
from zjtui.store.sqlite import APPLICATION_ID, Connection, in_memory
from zjtui.store.steps import figures, findings, names, readings

if TYPE_CHECKING:
    from collections.abc import Callable

_HEAD = "id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE"
_PROJECT = "project_uid TEXT NOT NULL REFERENCES project(uid)"
_TABLES = {
    "region": """level TEXT NOT NULL, parent TEXT REFERENCES region(uid), name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
        kind TEXT NOT NULL, mountain26 INTEGER NOT NULL, island6 INTEGER NOT NULL, successor TEXT""",
    "org": """name TEXT NOT NULL, short TEXT, kind TEXT NOT NULL, uscc TEXT, region_code TEXT REFERENCES region(uid),
        phone TEXT""",
    "person": """name TEXT NOT NULL, org_uid TEXT REFERENCES org(uid), position TEXT, rank TEXT, phone TEXT,
        active INTEGER NOT NULL""",
    "project": """name TEXT NOT NULL, code TEXT, code_note TEXT, region_code TEXT NOT NULL REFERENCES region(uid),
        total_invest INTEGER NOT NULL, attr TEXT, field9 TEXT, stage TEXT NOT NULL, short_name TEXT, serial TEXT,
        level TEXT, list_kinds TEXT NOT NULL, ceremony TEXT, cluster TEXT, nature TEXT, audit_type TEXT,
        invest_kind TEXT, owner_org TEXT REFERENCES org(uid), builder_org TEXT REFERENCES org(uid),
        dept_org TEXT REFERENCES org(uid), site TEXT, lng REAL, lat REAL, cross_region TEXT NOT NULL, scale TEXT,
        land_m2 INTEGER, floor_m2 INTEGER, invest_civil INTEGER, invest_equip INTEGER, invest_land INTEGER,
        invest_other INTEGER, fund_budget INTEGER, fund_bond INTEGER, fund_central INTEGER, fund_loan INTEGER,
        fund_own INTEGER, fund_other INTEGER, plan_start TEXT, plan_end TEXT, audit_on TEXT, land_on TEXT,
        real_start TEXT, start_evidence TEXT NOT NULL, real_end TEXT, stat_in TEXT, stat_code TEXT, stat_out TEXT,
        parent_uid TEXT REFERENCES project(uid), suspended_from TEXT, withdraw_reason TEXT, stage_reason TEXT,
        confirmed_by TEXT REFERENCES person(uid), tags TEXT NOT NULL, remark TEXT""",
    "annual_plan": f"""{_PROJECT}, year INTEGER NOT NULL, year_class TEXT NOT NULL, plan_invest INTEGER NOT NULL,
        adjusted_invest INTEGER, adjust_reason TEXT, adjust_on TEXT, opening_total INTEGER, plan_start_month TEXT,
        plan_progress_text TEXT, curve TEXT NOT NULL""",
    "monthly_report": f"""{_PROJECT}, month TEXT NOT NULL, invest_month INTEGER NOT NULL, correction_reason TEXT,
        funds_month INTEGER, civil_month INTEGER, equip_month INTEGER, other_month INTEGER, reported_ytd INTEGER,
        progress_text TEXT, progress_pct INTEGER, workers INTEGER, next_plan TEXT, state TEXT NOT NULL,
        submitted_on TEXT, return_reason TEXT""",
    "contact": f"""{_PROJECT}, person_uid TEXT NOT NULL REFERENCES person(uid), role TEXT NOT NULL, rank TEXT,
        mechanism TEXT NOT NULL, from_date TEXT NOT NULL, to_date TEXT, cycle_days INTEGER NOT NULL,
        is_main INTEGER NOT NULL""",
    "follow_up": f"""{_PROJECT}, visit_date TEXT NOT NULL, form TEXT NOT NULL, findings TEXT NOT NULL,
        mechanism TEXT NOT NULL, people TEXT NOT NULL, units TEXT, topics TEXT NOT NULL, advice TEXT, promised TEXT,
        progress_seen TEXT, result TEXT NOT NULL, next_visit TEXT, end_date TEXT""",
    "issue": f"""no TEXT NOT NULL UNIQUE, {_PROJECT}, follow_up_uid TEXT REFERENCES follow_up(uid),
        title_text TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, state TEXT NOT NULL, detail TEXT,
        source TEXT NOT NULL, layer TEXT, stage TEXT, need_coord INTEGER NOT NULL, found_on TEXT NOT NULL,
        limit_kind TEXT, lead_unit TEXT REFERENCES org(uid), assist_units TEXT NOT NULL,
        owner_person TEXT REFERENCES person(uid), assigned_on TEXT, due_on TEXT, resume_on TEXT, solved_on TEXT,
        closed_on TEXT, measure TEXT, outcome TEXT, state_reason TEXT, verifier TEXT REFERENCES person(uid),
        verify_note TEXT, evidence TEXT, escalation TEXT NOT NULL, merged_into TEXT REFERENCES issue(uid),
        reopened_count INTEGER NOT NULL""",
    "service": f"""{_PROJECT}, kind TEXT NOT NULL, dept TEXT REFERENCES org(uid), channel TEXT NOT NULL,
        state TEXT NOT NULL, basis TEXT NOT NULL, limit_days INTEGER, promise_days INTEGER, wanted_on TEXT,
        applied_on TEXT, accepted_on TEXT, decided_on TEXT, delivered_on TEXT, pauses TEXT NOT NULL,
        missing_docs TEXT NOT NULL, missing_due TEXT, result TEXT, doc_no TEXT, reason TEXT""",
    "element_need": f"""{_PROJECT}, element TEXT NOT NULL, need REAL NOT NULL, secured REAL NOT NULL, needed_by TEXT,
        source_quota TEXT, state TEXT NOT NULL, responsible TEXT REFERENCES org(uid), doc_no TEXT""",
    "policy": """title_text TEXT NOT NULL, doc_no TEXT, year INTEGER NOT NULL, package TEXT NOT NULL, element TEXT,
        valid_from TEXT, valid_to TEXT, level TEXT, summary TEXT, amount_limit INTEGER, conditions TEXT NOT NULL,
        source_url TEXT""",
    "policy_match": f"""{_PROJECT}, policy_uid TEXT NOT NULL REFERENCES policy(uid), state TEXT NOT NULL,
        informed_on TEXT, applied_on TEXT, granted_on TEXT, amount INTEGER""",
}
_INDEXES = (
    "CREATE UNIQUE INDEX project_code ON project(code) WHERE code IS NOT NULL",
    # Counts and sums of any filter are read from this index alone.
    "CREATE INDEX project_facets ON project(region_code, stage, field9, attr, total_invest)",
    "CREATE INDEX project_total ON project(total_invest)",
    "CREATE INDEX project_stage ON project(stage)",
    "CREATE INDEX project_field9 ON project(field9)",
    "CREATE INDEX project_attr ON project(attr)",
    "CREATE INDEX project_plan_start ON project(plan_start)",
    "CREATE INDEX project_real_start ON project(real_start)",
    "CREATE INDEX project_owner ON project(owner_org)",
    "CREATE UNIQUE INDEX annual_plan_key ON annual_plan(project_uid, year)",
    "CREATE INDEX annual_plan_year ON annual_plan(year, plan_invest, adjusted_invest)",
    "CREATE UNIQUE INDEX monthly_report_key ON monthly_report(project_uid, month)",
    "CREATE INDEX contact_project ON contact(project_uid)",
    "CREATE INDEX contact_person ON contact(person_uid)",
    "CREATE INDEX follow_up_project ON follow_up(project_uid, visit_date)",
    "CREATE INDEX follow_up_date ON follow_up(visit_date)",
    "CREATE INDEX issue_project ON issue(project_uid, state)",
    "CREATE INDEX issue_state ON issue(state, due_on)",
    "CREATE INDEX issue_due ON issue(due_on)",
    "CREATE INDEX issue_kind ON issue(kind)",
    "CREATE INDEX issue_severity ON issue(severity)",
    "CREATE INDEX issue_found ON issue(found_on)",
    "CREATE INDEX issue_follow_up ON issue(follow_up_uid)",
    "CREATE INDEX issue_lead ON issue(lead_unit)",
    "CREATE INDEX service_project ON service(project_uid)",
    "CREATE INDEX element_need_project ON element_need(project_uid)",
    "CREATE UNIQUE INDEX policy_match_key ON policy_match(project_uid, policy_uid)",
)
_LOG = (
    # One row: what one operation did to one record. `fields` is JSON: all values of an added or removed record, or
    # [old, new] of each changed field. `hash` covers the row and the hash before it. Rows are only ever added.
    """CREATE TABLE change (seq INTEGER PRIMARY KEY, device TEXT NOT NULL, device_seq INTEGER NOT NULL,
        hlc TEXT NOT NULL, operation TEXT NOT NULL, action TEXT NOT NULL, undoes TEXT, person TEXT NOT NULL,
        at TEXT NOT NULL, entity TEXT NOT NULL, uid TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('add', 'set', 'remove')), fields TEXT NOT NULL, hash BLOB NOT NULL,
        UNIQUE (device, device_seq)) STRICT""",
    "CREATE INDEX change_record ON change(uid, seq)",
    "CREATE INDEX change_operation ON change(operation, seq)",
    "CREATE INDEX change_undoes ON change(undoes) WHERE undoes IS NOT NULL",
    "CREATE TRIGGER change_keep BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER change_stay BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
)
_LOCAL = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE draft (key TEXT PRIMARY KEY, form TEXT NOT NULL, subject TEXT, typed TEXT NOT NULL,
        at TEXT NOT NULL) STRICT""",
    # Derived for finding and sorting; `zjtui check --repair` makes them anew.
    """CREATE TABLE pinyin (entity TEXT NOT NULL, id INTEGER NOT NULL, sort_key TEXT NOT NULL, initials TEXT NOT NULL,
        PRIMARY KEY (entity, id)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX pinyin_sort ON pinyin(entity, sort_key, id)",
)
FTS_COLUMNS = {
    "project": ("name", "code", "owner", "place", "initials"),
    "follow_up": ("body",),
    "issue": ("body",),
}
_FTS = tuple(
    f"CREATE VIRTUAL TABLE {entity}_fts USING fts5({', '.join(columns)}, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 0')"
    for entity, columns in FTS_COLUMNS.items()
)


def _register(database: Any) -> None:
    """Step 1: the register, its log, and what is derived from them."""
    for table, columns in _TABLES.items():
        database.execute(f"CREATE TABLE {table} ({_HEAD}, {columns}) STRICT")
    for statement in (*_INDEXES, *_LOG, *_LOCAL, *_FTS):
        database.execute(statement)


_HANGING_TABLES = {
    "promise": f"""{_PROJECT}, follow_up_uid TEXT REFERENCES follow_up(uid), text TEXT NOT NULL, side TEXT NOT NULL,
        keeper TEXT, made_on TEXT NOT NULL, due_on TEXT, state TEXT NOT NULL, settled_on TEXT, note TEXT""",
    "attachment": f"""{_PROJECT}, about TEXT, about_uid TEXT, name TEXT NOT NULL, size INTEGER NOT NULL,
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


def _entry(database: Any) -> None:
    """Step 2: promises, attachments, and what the workflows of services, needs, policies and issues ask for."""
    for table, columns in _HANGING_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({_HEAD}, {columns}) STRICT")
    for table, added in _ADDED_COLUMNS.items():
        for column in added:
            database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in _ENTRY_INDEXES:
        database.execute(statement)


def _closing(database: Any) -> None:
    """Step 3: the day on which an issue came back."""
    database.execute("ALTER TABLE issue ADD COLUMN reopened_on TEXT")


_FINDING_TABLES = {
    "set_aside": f"""{_PROJECT}, kind TEXT NOT NULL, about_uid TEXT, person_uid TEXT REFERENCES person(uid),
        reason TEXT NOT NULL, made_on TEXT NOT NULL, until TEXT NOT NULL""",
    "visit_plan": f"{_PROJECT}, day TEXT NOT NULL, who TEXT, purpose TEXT",
    "freeze": """name TEXT NOT NULL, month TEXT NOT NULL, made_on TEXT NOT NULL, head TEXT NOT NULL, seen TEXT NOT NULL,
        figures TEXT NOT NULL, digest TEXT NOT NULL""",
}


def _findings(database: Any) -> None:
    """Step 4: findings set aside for a while, visits that are planned, and how every project stands in a year."""
    from zjtui.store import standing

    for table, columns in _FINDING_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({_HEAD}, {columns}) STRICT")
    database.execute("CREATE INDEX set_aside_project ON set_aside(project_uid, kind)")
    database.execute("CREATE INDEX set_aside_until ON set_aside(until)")
    database.execute("CREATE INDEX visit_plan_project ON visit_plan(project_uid, day)")
    database.execute("CREATE INDEX visit_plan_day ON visit_plan(day)")
    database.execute("CREATE INDEX issue_owner ON issue(owner_person) WHERE owner_person IS NOT NULL")
    database.execute("CREATE INDEX contact_main ON contact(project_uid) WHERE is_main")
    database.execute(standing.SCHEMA)  # step 7 makes it as it is now, and fills it


def _asking(database: Any) -> None:
    """Step 5: questions about figures, and what was entered of monthly reports by time."""
    database.execute(
        f"""CREATE TABLE question ({_HEAD}, {_PROJECT}, rule TEXT NOT NULL, month TEXT, text TEXT NOT NULL,
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


def _forms(database: Any) -> None:
    """Step 6: workbooks of other offices that are filled from the register, and what was sent to whom."""
    for table, columns in _FORM_TABLES.items():
        database.execute(f"CREATE TABLE {table} ({_HEAD}, {columns}) STRICT")
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


def _standing(database: Any) -> None:
    """Step 7: days of moves, proofs that name their issue, extended due dates, corrections, and what was undone."""
    for table, added in _STANDING_COLUMNS.items():
        for column in added:
            database.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    database.execute(
        f"""CREATE TABLE correction ({_HEAD}, {_PROJECT}, about TEXT NOT NULL, about_uid TEXT NOT NULL,
        what TEXT NOT NULL, told TEXT NOT NULL, reason TEXT NOT NULL, confirmed_by TEXT REFERENCES person(uid),
        made_on TEXT NOT NULL, made_by TEXT NOT NULL) STRICT"""
    )
    database.execute("CREATE INDEX correction_project ON correction(project_uid)")
    database.execute("CREATE INDEX correction_about ON correction(about_uid)")
    for statement in undone.SCHEMA:
        database.execute(statement)
    undone.refresh_all(database.conn)


_STEPS: "tuple[Callable[[Any], None], ...]" = (
    _register, _entry, _closing, _findings, _asking, _forms, _standing, figures, names, readings,
    findings,
)  # fmt: skip
SCHEMA_VERSION = len(_STEPS)


def migrate(connection: Connection) -> None:
    """Bring the file from whatever older step to `SCHEMA_VERSION`, each step in a transaction of its own."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations("zjtui")
    for number, step in enumerate(_STEPS, 1):

        def run(database: Any, step: "Callable[[Any], None]" = step, number: int = number) -> None:
            step(database)
            database.execute(f"PRAGMA application_id={APPLICATION_ID}")
            database.execute(f"PRAGMA user_version={number}")

        migrations(name=f"{number:03}{step.__name__}")(run)
    migrations.apply(Database(connection, execute_plugins=False))


def shape_of(connection: Connection) -> dict[str, str]:
    """Return what a database is made of, as {"kind name": how it was made}, without what SQLite keeps for itself."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return {f"{row[0]} {row[1]}": " ".join(str(row[2]).split()) for row in rows}


@cache
def shape() -> dict[str, str]:
    """Return what a new database of this version is made of."""
    connection = in_memory()
    try:
        migrate(connection)
        return shape_of(connection)
    finally:
        connection.close()


def reshape(connection: Connection) -> None:
    """Put indexes and guards back as this version makes them, and take out those that it does not know."""
    expected, held = shape(), shape_of(connection)
    wrong = [name for name in expected.keys() | held.keys() if expected.get(name) != held.get(name)]
    for name in sorted(name for name in wrong if name.split()[0] in ("index", "trigger", "view")):
        kind, bare = name.split(" ", 1)
        quoted = bare.replace('"', '""')
        if name in held:
            connection.execute(f'DROP {kind} "{quoted}"')
        if name in expected:
            connection.execute(expected[name])
