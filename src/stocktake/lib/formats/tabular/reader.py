"""Read a table from CSV or XLSX, told by its content, into rows of cells."""

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.tabular import _csv, _workbook
from stocktake.lib.formats.tabular._encodings import encoding_of
from stocktake.lib.formats.tabular.model import Cell, Row, TableLimits, UnreadableTableError
from stocktake.lib.formats.tabular.safety import strip_prefix
from stocktake.lib.formats.zipsafety import UnsafeArchiveError, check_archive


class TableReader:
    """Read a table.

    Iterating yields the rows that hold anything, the first being the header; `problems` holds what
    stopped the reading and is complete when the iteration has ended. `kind` is "csv", "xlsx" or
    ""; `encoding` and `delimiter` are of a CSV file; `sheet` and `sheets` of a workbook, known
    once iterating has begun.

    Args:
        encoding: of a CSV file that is not in UTF-8 and bears no mark that says what it is in.
        sheet: which sheet of a workbook; without it, the first visible one.
    """

    def __init__(
        self,
        path: Path,
        *,
        encoding: str = "",
        delimiter: str = "",
        sheet: str = "",
        limits: TableLimits | None = None,
    ) -> None:
        self.problems: list[Problem] = []
        self.kind = ""
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet = sheet
        self.sheets: list[str] = []
        self._path = path
        self._limits = limits or TableLimits()
        try:
            self._look()
        except UnreadableTableError as error:
            self.problems.append(error.problem)

    def __iter__(self) -> Iterator[Row]:
        if self.problems:
            return
        rows = self._workbook() if self.kind == "xlsx" else self._csv()
        found = False
        try:
            for row in rows:
                self._check_cells(row)
                found = True
                yield row
            if not found:
                self.problems.append(_NOTHING)
        except UnreadableTableError as error:
            self.problems.append(error.problem)

    def _look(self) -> None:
        """Tell the kind of file by its first bytes, and refuse what must not be opened."""
        if self._path.stat().st_size > self._limits.file_bytes:
            raise UnreadableTableError(_LARGE)
        with self._path.open("rb") as file:
            head = file.read(8)
            if head.startswith(b"PK"):
                self._look_into(file)
                return
        for magic, problem in _FOREIGN:
            if head.startswith(magic):
                raise UnreadableTableError(problem)
        self.kind = "csv"
        self.encoding = encoding_of(self._path, self.encoding)
        if not self.delimiter:
            self.delimiter = _csv.delimiter_of(self._sample())

    def _look_into(self, file: BinaryIO) -> None:
        try:
            names = check_archive(file)
        except UnsafeArchiveError as error:
            raise UnreadableTableError(error.problem) from error
        if not any(name.lower() == "xl/workbook.xml" for name in names):
            raise UnreadableTableError(_NOT_XLSX)
        self.kind = "xlsx"

    def _sample(self) -> str:
        with self._path.open(encoding=self.encoding, newline="") as file:
            return file.read(64 * 1024)

    def _csv(self) -> Iterator[Row]:
        return _csv.read_csv(
            self._path, encoding=self.encoding, delimiter=self.delimiter, limits=self._limits
        )

    def _workbook(self) -> Iterator[Row]:
        limits = self._limits
        numbers = [str(n) for n in (limits.rows, limits.columns, limits.cell)]
        name = _workbook.__name__
        command = [
            sys.executable,
            "-P",
            "-m",
            name,
            str(self._path.resolve()),
            self.sheet,
            *numbers,
        ]
        child = subprocess.Popen(  # noqa: S603 - our own module, no shell
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        try:
            yield from self._from_child(child)
        finally:
            child.kill()
            child.communicate()

    def _from_child(self, child: "subprocess.Popen[bytes]") -> Iterator[Row]:
        output = child.stdout or iter(())
        for line in itertools.islice(output, 1):
            self.sheets = json.loads(line)
            self.sheet = self.sheet or (self.sheets[0] if self.sheets else "")
        for line in output:
            number, cells = json.loads(line)
            row = Row(number, tuple(Cell(strip_prefix(text), kind) for kind, text in cells))
            if number > self._limits.rows:
                raise UnreadableTableError(_csv.too_many_rows(number, self._limits))
            if len(row.cells) > self._limits.columns and any(
                cell.text for cell in row.cells[self._limits.columns :]
            ):
                raise UnreadableTableError(_csv.too_many_columns(number, self._limits))
            yield Row(number, row.cells[: self._limits.columns])
        if child.wait() != 0:
            raise UnreadableTableError(_WORKBOOK)
        if self.sheet not in self.sheets:
            values: dict[str, str | int] = {
                "name": shortened(self.sheet),
                "names": ", ".join(shortened(name, limit=40) for name in self.sheets[:20]),
            }
            raise UnreadableTableError(Problem("table-sheet", _NO_SHEET, values))

    def _check_cells(self, row: Row) -> None:
        for column, cell in enumerate(row.cells, start=1):
            if len(cell.text) > self._limits.cell:
                values: dict[str, str | int] = {
                    "row": row.number,
                    "column": column,
                    "limit": self._limits.cell,
                }
                raise UnreadableTableError(Problem("table-cell", _CELL, values, row.number))


_NOTHING = Problem("table-empty", gettext_noop("The table is empty."))
_LARGE = Problem("table-large", gettext_noop("The file is larger than 100 MB: divide it."))
_NOT_XLSX = Problem(
    "table-kind",
    gettext_noop(
        "The file is an archive but no workbook of the kind .xlsx: save it as .xlsx or CSV."
    ),
)
_WORKBOOK = Problem(
    "table-workbook",
    gettext_noop(
        "The workbook is damaged or needs more memory or time than is allowed (512 MB, 60 s): "
        "save the one sheet as CSV and take that."
    ),
)
_NO_SHEET = gettext_noop("The workbook has no visible sheet “%(name)s”; it has: %(names)s.")
_CELL = gettext_noop("Row %(row)s, column %(column)s is longer than %(limit)s characters.")
_OLD = Problem(
    "table-kind",
    gettext_noop(
        "The file is a workbook of the old kind .xls or protected with a password: save it as "
        ".xlsx without a password, or as CSV."
    ),
)
_PDF = Problem("table-kind", gettext_noop("The file is a PDF, not a table."))
_GZIP = Problem("table-kind", gettext_noop("The file is compressed with gzip: unpack it first."))
_FOREIGN = ((b"\xd0\xcf\x11\xe0", _OLD), (b"%PDF", _PDF), (b"\x1f\x8b", _GZIP))
