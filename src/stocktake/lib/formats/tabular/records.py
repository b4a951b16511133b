"""Turn the rows of a table into records: each cell read as its column's field demands."""

import re
from collections.abc import Iterable, Iterator, Mapping

from stocktake.lib.formats.problems import Problem, gettext_noop
from stocktake.lib.formats.tabular.columns import FIELDS, Column, ColumnMapping, Recognition
from stocktake.lib.formats.tabular.items import is_cut, split_list
from stocktake.lib.formats.tabular.model import Cell, Record, Row
from stocktake.lib.formats.tabular.values import ValueProblemError, parse_amount, parse_date

_LANGUAGE_OF = "language_of_"
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_records(
    rows: Iterable[Row], recognition: Recognition, mapping: ColumnMapping | None = None
) -> Iterator[Record]:
    """Yield one record for each row below the header, with everything wrong in it.

    A currency written beside an amount counts unless the row has one of its own; where both stand
    and differ, that is a problem.
    """
    options = mapping or ColumnMapping()
    tags = [column for column in recognition.columns if column.field.startswith(_LANGUAGE_OF)]
    columns = [column for column in recognition.columns if column not in tags]
    for row in rows:
        record = Record(row.number)
        languages = {
            column.field.removeprefix(_LANGUAGE_OF): tag
            for column in tags
            if (tag := _tag(record, row, column))
        }
        for column in columns:
            if column.index < len(row.cells) and FIELDS[column.field] != "computed":
                _read(record, column, row.cells[column.index], options, languages)
        if any(cell.text.strip() for cell in row.cells[recognition.width :]):
            record.problems.append(Problem("row-long", _LONG, {}, row.number))
        yield record


def _tag(record: Record, row: Row, column: Column) -> str:
    """Return the language that a row names for one of its texts, "" where it names none."""
    tag = row.cells[column.index].text.strip() if column.index < len(row.cells) else ""
    if not tag or _TAG.fullmatch(tag):
        return tag
    record.problems.append(
        ValueProblemError("language", _NO_TAG, tag).at(row.number, column.header)
    )
    return ""


def _read(
    record: Record,
    column: Column,
    cell: Cell,
    options: ColumnMapping,
    languages: Mapping[str, str],
) -> None:
    text = cell.text.strip()
    if not text:
        return
    kind = FIELDS[column.field]
    if is_cut(cell.text):
        record.cut.add(column.field)
    try:
        if kind == "date":
            record.dates[column.field] = parse_date(text, order=options.date_order)
        elif kind == "number":
            _read_amount(record, column, cell, options)
        elif kind == "list":
            items = record.lists.setdefault(column.field, [])
            found = split_list(text)
            # what the cell had no room for stands in half an item
            found = found[:-1] if column.field in record.cut else found
            items += [item for item in found if item not in items]
        elif column.field == "currency":
            _set_currency(record, column, text.upper())
        else:
            language = column.language or languages.get(column.field, "") or options.language
            record.texts.setdefault(column.field, {})[language] = text
    except ValueProblemError as error:
        record.problems.append(error.at(record.row, column.header))


def _read_amount(record: Record, column: Column, cell: Cell, options: ColumnMapping) -> None:
    decimal = "." if cell.kind == "number" else options.decimal
    number, currency = parse_amount(cell.text.strip(), decimal=decimal)
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
_NO_TAG = gettext_noop("“%(value)s” is no code of a language, such as fr or pt-BR.")
_CURRENCIES = gettext_noop("The row names two currencies: %(first)s and %(second)s.")
