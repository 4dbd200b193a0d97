"""Step 1 of steps.py: the tables as the first version made them. Never changed: a new field is a new step."""

from typing import Any

HEAD = "id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE"
PROJECT = "project_uid TEXT NOT NULL REFERENCES project(uid)"
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
    "annual_plan": f"""{PROJECT}, year INTEGER NOT NULL, year_class TEXT NOT NULL, plan_invest INTEGER NOT NULL,
        adjusted_invest INTEGER, adjust_reason TEXT, adjust_on TEXT, opening_total INTEGER, plan_start_month TEXT,
        plan_progress_text TEXT, curve TEXT NOT NULL""",
    "monthly_report": f"""{PROJECT}, month TEXT NOT NULL, invest_month INTEGER NOT NULL, correction_reason TEXT,
        funds_month INTEGER, civil_month INTEGER, equip_month INTEGER, other_month INTEGER, reported_ytd INTEGER,
        progress_text TEXT, progress_pct INTEGER, workers INTEGER, next_plan TEXT, state TEXT NOT NULL,
        submitted_on TEXT, return_reason TEXT""",
    "contact": f"""{PROJECT}, person_uid TEXT NOT NULL REFERENCES person(uid), role TEXT NOT NULL, rank TEXT,
        mechanism TEXT NOT NULL, from_date TEXT NOT NULL, to_date TEXT, cycle_days INTEGER NOT NULL,
        is_main INTEGER NOT NULL""",
    "follow_up": f"""{PROJECT}, visit_date TEXT NOT NULL, form TEXT NOT NULL, findings TEXT NOT NULL,
        mechanism TEXT NOT NULL, people TEXT NOT NULL, units TEXT, topics TEXT NOT NULL, advice TEXT, promised TEXT,
        progress_seen TEXT, result TEXT NOT NULL, next_visit TEXT, end_date TEXT""",
    "issue": f"""no TEXT NOT NULL UNIQUE, {PROJECT}, follow_up_uid TEXT REFERENCES follow_up(uid),
        title_text TEXT NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, state TEXT NOT NULL, detail TEXT,
        source TEXT NOT NULL, layer TEXT, stage TEXT, need_coord INTEGER NOT NULL, found_on TEXT NOT NULL,
        limit_kind TEXT, lead_unit TEXT REFERENCES org(uid), assist_units TEXT NOT NULL,
        owner_person TEXT REFERENCES person(uid), assigned_on TEXT, due_on TEXT, resume_on TEXT, solved_on TEXT,
        closed_on TEXT, measure TEXT, outcome TEXT, state_reason TEXT, verifier TEXT REFERENCES person(uid),
        verify_note TEXT, evidence TEXT, escalation TEXT NOT NULL, merged_into TEXT REFERENCES issue(uid),
        reopened_count INTEGER NOT NULL""",
    "service": f"""{PROJECT}, kind TEXT NOT NULL, dept TEXT REFERENCES org(uid), channel TEXT NOT NULL,
        state TEXT NOT NULL, basis TEXT NOT NULL, limit_days INTEGER, promise_days INTEGER, wanted_on TEXT,
        applied_on TEXT, accepted_on TEXT, decided_on TEXT, delivered_on TEXT, pauses TEXT NOT NULL,
        missing_docs TEXT NOT NULL, missing_due TEXT, result TEXT, doc_no TEXT, reason TEXT""",
    "element_need": f"""{PROJECT}, element TEXT NOT NULL, need REAL NOT NULL, secured REAL NOT NULL, needed_by TEXT,
        source_quota TEXT, state TEXT NOT NULL, responsible TEXT REFERENCES org(uid), doc_no TEXT""",
    "policy": """title_text TEXT NOT NULL, doc_no TEXT, year INTEGER NOT NULL, package TEXT NOT NULL, element TEXT,
        valid_from TEXT, valid_to TEXT, level TEXT, summary TEXT, amount_limit INTEGER, conditions TEXT NOT NULL,
        source_url TEXT""",
    "policy_match": f"""{PROJECT}, policy_uid TEXT NOT NULL REFERENCES policy(uid), state TEXT NOT NULL,
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


def make_register(database: Any) -> None:
    """Step 1: the register, its log, and what is derived from them."""
    for table, columns in _TABLES.items():
        database.execute(f"CREATE TABLE {table} ({HEAD}, {columns}) STRICT")
    for statement in (*_INDEXES, *_LOG, *_LOCAL, *_FTS):
        database.execute(statement)
