"""Triggers that let the database itself refuse to rewrite the log.

SQLite drops a table's triggers when a migration rebuilds the table; a test looks for all of them
after all migrations.
"""

from typing import Any

NAMES = (
    "history_change_no_update",
    "history_change_no_delete",
    "history_payload_blank_only",
    "history_payload_no_delete",
    "history_head_forward_only",
    "history_head_no_delete",
)
"""The triggers that both databases have; PostgreSQL has three more against truncation."""

TRUNCATE_NAMES = (
    "history_change_no_truncate",
    "history_payload_no_truncate",
    "history_head_no_truncate",
)

_RULES = (
    ("history_change_no_update", "history_change", "UPDATE", ""),
    ("history_change_no_delete", "history_change", "DELETE", ""),
    (
        "history_payload_blank_only",
        "history_payload",
        "UPDATE",
        "NEW.number <> OLD.number OR NEW.erased_by IS NULL"
        " OR (OLD.erased_by IS NOT NULL AND NEW.erased_by <= OLD.erased_by)",
    ),
    ("history_payload_no_delete", "history_payload", "DELETE", ""),
    ("history_head_forward_only", "history_head", "UPDATE", "NEW.number <= OLD.number"),
    ("history_head_no_delete", "history_head", "DELETE", ""),
)

_MESSAGE = "the log is append-only"


def create(apps: Any, schema_editor: Any) -> None:
    """Create the triggers in the dialect of the database."""
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Drop the triggers."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, _event, _when in _RULES:
        of_table = f" ON {table}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{of_table}")
    if on_postgresql:
        for name in TRUNCATE_NAMES:
            table = name.removesuffix("_no_truncate")
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        schema_editor.execute("DROP FUNCTION IF EXISTS history_refuse()")


def statements(vendor: str) -> list[str]:
    """Give the statements that create the triggers on `sqlite` or `postgresql`."""
    if vendor == "sqlite":
        return [_sqlite(*rule) for rule in _RULES]
    function = (
        "CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"
    )
    rows = [_postgresql(*rule) for rule in _RULES]
    tables = [
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {name.removesuffix('_no_truncate')} "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()"
        for name in TRUNCATE_NAMES
    ]
    return [function, *rows, *tables]


def _sqlite(name: str, table: str, event: str, when: str) -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
    )


def _postgresql(name: str, table: str, event: str, when: str) -> str:
    condition = f"WHEN ({when}) " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition}"
        "EXECUTE FUNCTION history_refuse()"
    )
