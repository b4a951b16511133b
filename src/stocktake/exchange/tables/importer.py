"""CSV and XLSX tables as entries of an import."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stocktake.exchange.reading import Checked, InputFile, UnreadableFileError, check
from stocktake.exchange.summaries import Fault
from stocktake.exchange.tables.mapping import Mapper
from stocktake.lib.formats.tabular import (
    ColumnMapping,
    Recognition,
    Row,
    TableReader,
    read_records,
    recognise,
)


@dataclass
class TableFormat:
    """Tables whose first row names the columns, in any of the six languages or by a mapping."""

    given: ColumnMapping = field(default_factory=ColumnMapping)
    name: str = "table"
    suffixes: tuple[str, ...] = (".csv", ".xlsx", ".tsv")
    _told: list[dict[str, Any]] = field(default_factory=list)

    def checked(self, file: InputFile) -> Iterator[Checked]:
        """Give the rows of a table, checked, one at a time.

        Raises:
            UnreadableFileError: it is no table, cannot be read to its end, or its columns are not
                clear.
        """
        reader = TableReader(file.path)
        rows = iter(reader)
        header = next(rows, None)
        if header is not None:
            recognition = recognise(header, self.given)
            self._note(file, reader, recognition)
            if recognition.problems:
                raise UnreadableFileError(
                    *(Fault.of(problem, file.name) for problem in recognition.problems)
                )
            mapper = Mapper(file.name, recognition.columns)
            kept: list[Row] = []
            for record in read_records(_watched(rows, kept), recognition, self.given):
                item = mapper.map(record, _source(header, kept.pop()))
                yield check(item, file.name)
        if reader.problems:
            raise UnreadableFileError(*(Fault.of(told, file.name) for told in reader.problems))

    def mapping(self) -> dict[str, Any]:
        """Give the mapping that was asked for, and how the columns of each file were read."""
        return {"given": self.given.to_json(), "files": self._told}

    def _note(self, file: InputFile, reader: TableReader, recognition: Recognition) -> None:
        self._told.append(
            {
                "file": file.name,
                "encoding": reader.encoding,
                "is_encoding_guessed": reader.is_encoding_guessed,
                "sheet": reader.sheet,
                "columns": {
                    column.header: f"{column.field}:{column.language}".rstrip(":")
                    for column in recognition.columns
                },
                "left_out": list(recognition.unknown),
            }
        )


def _watched(rows: Iterator[Row], kept: list[Row]) -> Iterator[Row]:
    """Pass rows on, and keep the last one for whoever reads beside."""
    for row in rows:
        kept[:] = [row]
        yield row


def _source(header: Row, row: Row) -> dict[str, str]:
    """Give a row's texts by header; cells without header go by the number of their column."""
    names = [cell.text.strip() for cell in header.cells]
    return {
        (names[place] if place < len(names) and names[place] else str(place + 1)): cell.text
        for place, cell in enumerate(row.cells)
        if cell.text
    }
