"""Which records hold a code that this version does not know, kept by SQLite itself as one index a table.

A newer version may have written it, so nothing that this one does on saving could tell. The conditions are made of the
codes: a version that changes these makes the indexes anew, in a step of its own (store/steps.py).
"""

from zjtui.domain import registry
from zjtui.domain.fields import F, Kind

ENTITIES = ("project", *registry.HANGING)


def fields(entity: str) -> dict[str, F]:
    """Return the fields of a record type that hold codes."""
    return {name: field for name, field in registry.model(entity).fields().items() if field.codes}


def known(value: str, field: F) -> str:
    """Return that a value is a code, as SQL: comparing is faster than looking into a list of them."""
    return " OR ".join(f"{value} = '{code}'" for code in field.codes or ())


def condition(entity: str) -> str:
    """Return that a record holds an unknown code, as the index has it."""
    return " OR ".join(_strange(name, field) for name, field in fields(entity).items())


def index(entity: str) -> str:
    """Return the index of the records that hold an unknown code; it is named after the table."""
    return f"CREATE INDEX {entity}_strange ON {entity}(uid) WHERE {condition(entity)}"


def _strange(name: str, field: F) -> str:
    if field.kind is not Kind.CODES:
        return f"NOT ({known(name, field)})"
    rest = name  # of a list, what is left when every known code is taken out
    for code in field.codes or ():
        rest = f"replace({rest}, '\"{code}\"', '')"
    return f"({name} <> '[]' AND trim({rest}, '[], ') <> '')"
