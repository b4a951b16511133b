"""Writing many rows of one table at once, without a model instance for each.

Values are what the database takes: JSON as text, dates and amounts as text, moments as `moment`
gives them. What the rows say is checked by the service that calls; this knows tables only.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from stocktake.lib.compactjson import to_json


def as_json(value: Any) -> str:
    """Write a value for a JSON column."""
    return to_json(value)


def moment(at: datetime) -> Any:
    """Give a moment as the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


def new_keys(model: type[Model], count: int) -> list[int]:
    """Take primary keys for new rows; inside the transaction that inserts them."""
    table, column = model._meta.db_table, str(model._meta.pk and model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            last = int(row[0]) if row else 0
            return list(range(last + 1, last + 1 + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [table, column, count],
        )
        return [int(key) for (key,) in cursor.fetchall()]


def insert(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows; `names` are fields of the model, in the order of each row's values."""
    table, columns = _quoted(model, names)
    into = f"{table} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.cursor.copy(f"COPY {into} FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {into} VALUES ({places})", list(rows))  # noqa: S608  own names


def update(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update rows by primary key, which is the last value of each row."""
    table, columns = _quoted(model, names)
    _table, (key,) = _quoted(model, ["pk"])
    told = ", ".join(f"{column} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {told} WHERE {key} = %s", list(rows))  # noqa: S608


def _quoted(model: type[Model], names: Sequence[str]) -> tuple[str, list[str]]:
    quote = connection.ops.quote_name
    meta = model._meta
    fields = [meta.pk if name == "pk" else meta.get_field(name) for name in names]
    return quote(meta.db_table), [quote(str(getattr(field, "column", ""))) for field in fields]
