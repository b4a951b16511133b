"""The triggers of the log are there after all migrations, on both databases."""

import pytest
from django.db import connection

from stocktake.kernel.history.triggers import NAMES, TRUNCATE_NAMES

_QUERIES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.mark.django_db
def test_all_triggers_are_there_after_all_migrations() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_QUERIES[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}

    wanted = {*NAMES, *(TRUNCATE_NAMES if connection.vendor == "postgresql" else ())}
    assert wanted <= found
