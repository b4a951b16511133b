"""Read a workbook in a process of its own, whose memory and time are limited.

Run as `python -m stocktake.lib.formats.tabular._workbook FILE SHEET ROWS COLUMNS CELL`: it prints
the sheets' names, then one row a line, as JSON.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 512 * 1024 * 1024
SECONDS = 60


def _limit() -> None:
    """Limit this process; where the system knows no such limits (Windows), the caller's hold."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _cell(value: Any, longest: int) -> list[str]:
    """Return a cell as [kind, text]."""
    if isinstance(value, bool):
        return ["boolean", "TRUE" if value else "FALSE"]
    if isinstance(value, int | float):
        number = int(value) if float(value).is_integer() and abs(value) < 1e15 else value
        return ["number", repr(number)]
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return ["date", value.date().isoformat() if midnight else value.isoformat(" ")]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time | timedelta):
        return ["text", str(value)]
    # One character more than may be, so that the reader sees that the cell is too long.
    return ["text", str(value)[: longest + 1]]


def _tell(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


def _main(path: str, wanted: str, rows: int, columns: int, longest: int) -> None:
    _limit()
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with CalamineWorkbook.from_path(path) as book:
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        _tell(names)
        name = wanted or (names[0] if names else "")
        if name not in names:
            return
        sheet = book.get_sheet_by_name(name)
        # Rows come from the first of the sheet on, cells from the first column that is used.
        left = (sheet.start or (0, 0))[1]
        for number, row in enumerate(sheet.iter_rows(), start=1):
            filled = row[: max(columns + 1 - left, 0)]
            if number <= rows and any(value != "" for value in row):
                cells = [["text", ""]] * left + [_cell(value, longest) for value in filled]
                _tell([number, cells])
            if number > rows:
                _tell([number, []])
                return


if __name__ == "__main__":
    path, wanted, rows, columns, longest = sys.argv[1:]
    _main(path, wanted, int(rows), int(columns), int(longest))
