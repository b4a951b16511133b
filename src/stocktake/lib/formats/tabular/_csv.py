"""CSV of any delimiter and line ending, read line by line within limits."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.tabular.model import Cell, Row, TableLimits, UnreadableTableError
from stocktake.lib.formats.tabular.safety import strip_prefix

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 64 * 1024


def delimiter_of(sample: str) -> str:
    """Return the delimiter that cuts the first lines into the most and most equal columns."""
    if sample[:4].lower() == "sep=" and len(sample) > 4:
        return sample[4]
    best, most = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        counts = _columns(sample, delimiter)
        if not counts or counts[0] < 2:
            continue
        equal = sum(count == counts[0] for count in counts) / len(counts)
        if (equal * counts[0], counts[0]) > most:
            best, most = delimiter, (equal * counts[0], counts[0])
    return best


def read_csv(path: Path, *, encoding: str, delimiter: str, limits: TableLimits) -> Iterator[Row]:
    """Yield the rows that hold anything; a first line `sep=` is left out but counted.

    Raises:
        UnreadableTableError: a limit is passed, or the file is broken.
    """
    # of the whole process: what Python allows by default is less than a text here may hold
    csv.field_size_limit(max(csv.field_size_limit(), limits.row))
    with path.open(encoding=encoding, newline="") as file:
        lines = _Lines(file, limits)
        reader = csv.reader(lines, delimiter=delimiter)
        number = 0
        while True:
            lines.number = number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _broken(error, number + 1) from error
            number += 1
            lines.characters = 0
            if number == 1 and "".join(cells).lower().startswith("sep="):
                continue
            if len(cells) > limits.columns and any(cells[limits.columns :]):
                raise UnreadableTableError(too_many_columns(number, limits))
            if number > limits.rows:
                raise UnreadableTableError(too_many_rows(number, limits))
            if any(cell.strip() for cell in cells):
                texts = cells[: limits.columns]
                yield Row(number, tuple(Cell(strip_prefix(text)) for text in texts))


class _Lines:
    """The lines of a file, each and each row of them bounded."""

    def __init__(self, file: io.TextIOWrapper, limits: TableLimits) -> None:
        self._file = file
        self._limits = limits
        self.characters = 0
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._file.readline(self._limits.row + 1)
        if not line:
            raise StopIteration
        self.characters += len(line)
        values: dict[str, str | int] = {"row": self.number, "limit": self._limits.row}
        if self.characters > self._limits.row:
            raise UnreadableTableError(Problem("table-row-long", _LONG_ROW, values, self.number))
        if "\0" in line:
            raise UnreadableTableError(Problem("table-nul", _NUL, values, self.number))
        return line


def too_many_columns(row: int, limits: TableLimits) -> Problem:
    """Return the problem of a row that is too wide."""
    values: dict[str, str | int] = {"row": row, "limit": limits.columns}
    return Problem("table-columns", _COLUMNS, values, row)


def too_many_rows(row: int, limits: TableLimits) -> Problem:
    """Return the problem of a table that is too long."""
    return Problem("table-rows", _ROWS, {"limit": limits.rows}, row)


def _broken(error: csv.Error, row: int) -> UnreadableTableError:
    values: dict[str, str | int] = {"row": row, "detail": shortened(str(error))}
    return UnreadableTableError(Problem("table-broken", _BROKEN, values, row))


def _columns(sample: str, delimiter: str) -> list[int]:
    """Return the number of columns of each of the first lines; the last may be cut, so it goes."""
    counts: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if cells:
                counts.append(len(cells))
            if len(counts) == 20:
                break
    except csv.Error:
        return counts
    return counts[:-1] if 2 < len(counts) < 20 and len(sample) >= _SAMPLE else counts


_COLUMNS = gettext_noop("Row %(row)s has more than %(limit)s columns, which is more than is read.")
_ROWS = gettext_noop("The table has more than %(limit)s rows: divide it into several files.")
_LONG_ROW = gettext_noop(
    "Row %(row)s is longer than %(limit)s characters; a quotation mark may not have been closed."
)
_NUL = gettext_noop(
    "Row %(row)s holds a zero byte, which no text has: the file is damaged, or in UTF-16 without a "
    "mark that says so; then name the encoding: utf-16-le or utf-16-be."
)
_BROKEN = gettext_noop("Row %(row)s can not be read: %(detail)s.")
