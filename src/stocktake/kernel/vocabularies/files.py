"""Reading data files: a table as CSV with the facts about it in a TOML file beside it."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.lib.multilingual import LANGUAGES, Text

FACTS = ("title", "source", "licence", "date")
"""What the TOML file beside each table must tell."""


class DataFileError(ValidationError):
    """A data file is missing, unreadable or contradicts itself; the message says where."""

    def __init__(self, path: Path, message: str, *, row: int | None = None) -> None:
        self.path, self.row = path, row
        if row is None:
            told = _("%(file)s: %(message)s") % {"file": path.name, "message": message}
        else:
            told = _("%(file)s, row %(row)s: %(message)s") % {
                "file": path.name,
                "row": row,
                "message": message,
            }
        super().__init__(told)


@dataclass(frozen=True)
class Row:
    """One row of a table, with its place for messages (the header is row 1)."""

    path: Path
    number: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def get(self, column: str) -> str:
        """Give the cell of a column that a table may lack."""
        return self.values.get(column, "")

    def text(self, prefix: str = "name_") -> Text:
        """Read the text in several languages of the columns `<prefix>en` and so on.

        The original is English where there is English, else the first language that has a value.
        """
        values = {tag: self.get(prefix + tag) for tag in LANGUAGES if self.get(prefix + tag)}
        if not values:
            return Text()
        return Text("en" if "en" in values else next(iter(values)), values)

    def day(self, column: str) -> str:
        """Read a cell that holds a full date or nothing."""
        value = self.get(column)
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            message = _("%(value)s is no date such as 2007-10-29.") % {"value": self[column]}
            raise self.error(message) from None

    def error(self, message: str) -> DataFileError:
        """Make the error that names this row."""
        return DataFileError(self.path, message, row=self.number)


def read_table(path: Path, *, columns: tuple[str, ...]) -> list[Row]:
    """Read a CSV file (UTF-8, with a header) whose named columns must be there.

    Raises:
        DataFileError: the file is missing or not UTF-8, lacks a column, or a row is longer or
            shorter than the header.
    """
    return list(_rows(path, columns))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            table = list(csv.reader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataFileError(path, str(error)) from error
    header = table[0] if table else []
    missing = [column for column in columns if column not in header]
    if missing:
        told = {"columns": ", ".join(missing)}
        raise DataFileError(path, _("The columns %(columns)s are missing.") % told)
    for number, cells in enumerate(table[1:], start=2):
        if len(cells) != len(header):
            told = {"count": str(len(cells)), "expected": str(len(header))}
            message = _("The row has %(count)s cells; the header has %(expected)s.") % told
            raise DataFileError(path, message, row=number)
        yield Row(path, number, {c: v.strip() for c, v in zip(header, cells, strict=True)})


def read_facts(path: Path) -> dict[str, Any]:
    """Read a TOML file with title, source, licence and date of a data file.

    Raises:
        DataFileError: the file is missing or no TOML, or lacks one of the four facts.
    """
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataFileError(path, str(error)) from error
    missing = [fact for fact in FACTS if not facts.get(fact)]
    if missing:
        told = {"facts": ", ".join(missing)}
        raise DataFileError(path, _("The facts %(facts)s are missing.") % told)
    try:
        facts["date"] = date.fromisoformat(str(facts["date"])).isoformat()
    except ValueError:
        told = {"value": str(facts["date"])}
        raise DataFileError(path, _("%(value)s is no date such as 2007-10-29.") % told) from None
    return facts


def text_of(table: Mapping[str, str] | None) -> Text:
    """Read a TOML table of texts by language; the original is English or the first one."""
    if not table:
        return Text()
    return Text("en" if "en" in table else next(iter(table)), table)
