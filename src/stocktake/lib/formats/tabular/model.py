"""A table from a stranger: rows of cells with their numbers, and what one may hold."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from stocktake.lib.formats.problems import Problem


class Cell(NamedTuple):
    """The text of a cell. `kind`: "text", or, where the file itself knows, "number", "date",
    "boolean": numbers then have a point for decimals, dates are ISO.
    """

    text: str
    kind: str = "text"


class Row(NamedTuple):
    """A row, numbered from 1 as a spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TableLimits:
    """How much one table may hold; a cell is counted in characters, a file in bytes."""

    file_bytes: int = 100 * 1024 * 1024
    rows: int = 100_000
    columns: int = 200
    cell: int = 250_000
    row: int = 4_000_000


@dataclass(frozen=True)
class PartialDate:
    """A date as exact as it was given: `precision` is "day", "month" or "year"."""

    on: date
    precision: str


@dataclass
class Record:
    """A row read by its columns.

    `texts` are by field and language ("" where the column names none), `lists` by field in order;
    `row` is the row's number, `cut` the fields of which a workbook could not hold the whole.
    """

    row: int
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    dates: dict[str, PartialDate] = field(default_factory=dict)
    numbers: dict[str, Decimal] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """Return the first text of a field in any language, "" without one."""
        return next(iter(self.texts.get(name, {}).values()), "")


class UnreadableTableError(Exception):
    """Reading stops here; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
