"""Turn the rows of a table into records: each cell read as its column's field demands."""

from collections.abc import Iterable, Iterator

from stocktake.lib.formats.problems import Problem, gettext_noop
from stocktake.lib.formats.tabular.columns import FIELDS, Column, ColumnMapping, Recognition
from stocktake.lib.formats.tabular.model import Cell, Record, Row
from stocktake.lib.formats.tabular.values import (
    ValueProblemError,
    parse_amount,
    parse_date,
    split_list,
)


def read_records(
    rows: Iterable[Row], recognition: Recognition, mapping: ColumnMapping | None = None
) -> Iterator[Record]:
    """Yield one record for each row below the header, with everything wrong in it.

    A currency written beside an amount counts unless the row has one of its own; where both stand
    and differ, that is a problem.
    """
    options = mapping or ColumnMapping()
    for row in rows:
        record = Record(row.number)
        for column in recognition.columns:
            if column.index < len(row.cells):
                _read(record, column, row.cells[column.index], options)
        if any(cell.text.strip() for cell in row.cells[recognition.width :]):
            record.problems.append(Problem("row-long", _LONG, {}, row.number))
        yield record


def _read(record: Record, column: Column, cell: Cell, options: ColumnMapping) -> None:
    text = cell.text.strip()
    if not text:
        return
    kind = FIELDS[column.field]
    try:
        if kind == "date":
            record.dates[column.field] = parse_date(text, order=options.date_order)
        elif kind == "number":
            _read_amount(record, column, cell, options)
        elif kind == "list":
            items = record.lists.setdefault(column.field, [])
            items += [item for item in split_list(text) if item not in items]
        elif column.field == "currency":
            _set_currency(record, column, text.upper())
        else:
            language = column.language or options.language
            record.texts.setdefault(column.field, {})[language] = text
    except ValueProblemError as error:
        record.problems.append(error.at(record.row, column.header))


def _read_amount(record: Record, column: Column, cell: Cell, options: ColumnMapping) -> None:
    decimal = "." if cell.kind == "number" else options.decimal
    number, currency = parse_amount(cell.text.strip(), decimal=decimal)
    if number < 0:
        raise ValueProblemError("number-negative", _NEGATIVE, cell.text)
    record.numbers[column.field] = number
    if currency:
        _set_currency(record, column, currency)


def _set_currency(record: Record, column: Column, currency: str) -> None:
    known = record.texts.setdefault("currency", {}).setdefault("", currency)
    if known != currency:
        values: dict[str, str | int] = {"first": known, "second": currency}
        problem = Problem("currency-twice", _CURRENCIES, values, record.row, "", column.header)
        record.problems.append(problem)


_LONG = gettext_noop(
    "The row has more cells than the header has names; a separator may stand inside a text."
)
_NEGATIVE = gettext_noop("“%(value)s” is negative, which this amount can not be.")
_CURRENCIES = gettext_noop("The row names two currencies: %(first)s and %(second)s.")
