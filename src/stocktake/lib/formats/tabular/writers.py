"""Write tables for download: CSV in pieces, XLSX in constant memory; neither holds a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from stocktake.lib.formats.tabular.items import cut_text
from stocktake.lib.formats.tabular.safety import is_dangerous, safe_cell

Value = str | int | float | Decimal | bool | date | datetime | None
# What a number of a workbook can hold.
_MOST_DIGITS = 15


def csv_rows(rows: Iterable[Sequence[Value]], *, delimiter: str = ",") -> Iterator[bytes]:
    """Yield a CSV file in pieces: UTF-8 with a byte order mark, lines ended by CR LF.

    Texts are guarded by `safe_cell`; numbers and dates (ISO) stand as they are.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    buffer.write("\ufeff")
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        if buffer.tell() > 32_000:
            yield _taken(buffer)
    yield _taken(buffer)


def xlsx_rows(rows: Iterable[Sequence[Value]], stream: BinaryIO, *, sheet: str = "") -> None:
    """Write a workbook of one sheet; the first row is its header and stays in view.

    Every text is stored as a text; where it looks like a formula, it is also marked as one not to
    be evaluated when a person edits it. Line ends become line feeds, the only ones a cell knows; a
    text over 32,767 characters is cut, with "…" at its end. A number of more than 15 digits, which
    no workbook keeps, is stored as a text.
    """
    import xlsxwriter  # slow to import, and few processes write a workbook

    options = {"constant_memory": True, "in_memory": False}
    book = xlsxwriter.Workbook(stream, options)
    page = book.add_worksheet(sheet or None)
    formats = {
        "quoted": book.add_format({"quote_prefix": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            _write(page, number, column, value, formats)
    book.close()


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_cell(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _write(page: Any, row: int, column: int, value: Value, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        text = cut_text(value)
        page.write_string(row, column, text, formats["quoted"] if is_dangerous(text) else None)
    elif isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, Decimal) and len(value.as_tuple().digits) > _MOST_DIGITS:
        page.write_string(row, column, format(value, "f"))
    else:
        page.write_number(row, column, value)


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8")
    buffer.seek(0)
    buffer.truncate()
    return data
