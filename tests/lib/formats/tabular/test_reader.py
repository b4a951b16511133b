"""Reading CSV and XLSX: encodings, delimiters, broken and hostile files."""

import csv
import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.formats.tabular import Cell, Row, TableLimits, TableReader

_LIMITS = TableLimits(file_bytes=10_000_000, rows=50, columns=5, cell=100, row=1000)


def _texts(rows: list[Row]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in rows]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(data: bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def _codes(reader: TableReader) -> list[str]:
    list(reader)
    return [problem.code for problem in reader.problems]


def test_sample_file_is_read_with_row_numbers(samples: Path) -> None:
    reader = TableReader(samples / "tabular/activities.csv")

    rows = list(reader)

    assert (reader.kind, reader.encoding, reader.delimiter, reader.problems) == (
        "csv",
        "utf-8-sig",
        ";",
        [],
    )
    assert [row.number for row in rows] == [1, 2, 4]
    assert rows[2].cells[0] == Cell("Point d'accès\nà deux lignes; avec “guillemets”")


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Café 信息 معلومات"),
        ("utf-8-sig", "Café 信息 معلومات"),
        ("utf-16", "Café 信息 معلومات"),
        ("utf-32", "Café"),
    ],
)
def test_csv_encoding_is_found_out(
    encoding: str, text: str, write: Callable[[bytes], Path]
) -> None:
    path = write(f"title,status\n{text},ongoing\n".encode(encoding))

    reader = TableReader(path)

    assert _texts(list(reader)) == [["title", "status"], [text, "ongoing"]]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "Café €"),
        ("windows-1251", "информация"),
        ("windows-1256", "معلومات"),
        ("gbk", "信息社会"),
        ("big5", "資訊社會"),
        ("koi8-r", "информация"),
    ],
)
def test_csv_of_an_encoding_that_nothing_shows_is_read_only_when_it_is_named(
    encoding: str, text: str, write: Callable[[bytes], Path]
) -> None:
    path = write(f'a;b\n"x\ny";1\nplain;{text}\n'.encode(encoding))
    unnamed, named = TableReader(path), TableReader(path, encoding=encoding)

    assert list(unnamed) == []
    [problem] = unnamed.problems
    byte = text.encode(encoding)[0] if encoding != "windows-1252" else 0xE9
    place = path.read_bytes().index(bytes([byte]), 15) + 1
    assert (problem.code, problem.line) == ("table-encoding", 3)
    assert f"in row 3 stands the byte 0x{byte:02X} (number {place} of the file)" in problem.message
    assert "windows-1256 (Arabic)" in problem.message
    assert (_texts(list(named))[2], named.problems) == (["plain", text], [])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_csv_utf_16_without_a_mark_is_read_only_when_it_is_named(
    encoding: str, write: Callable[[bytes], Path]
) -> None:
    path = write("a,b\nplain,1\n".encode(encoding))

    assert _codes(TableReader(path)) == ["table-nul"]
    assert _texts(list(TableReader(path, encoding=encoding))) == [["a", "b"], ["plain", "1"]]


def test_csv_named_encoding_that_does_not_fit_is_refused_and_a_mark_goes_before(
    write: Callable[..., Path],
) -> None:
    wrong = TableReader(write("a\nинформация\n".encode("windows-1251")), encoding="gb18030")
    marked = TableReader(write("a\né\n".encode("utf-8-sig"), "b.csv"), encoding="windows-1251")
    unknown = TableReader(write(b"a\nb\n", "c.csv"), encoding="rot13")

    assert (list(wrong), [p.line for p in wrong.problems]) == ([], [2])
    assert "The file is not in gb18030" in wrong.problems[0].message
    assert _texts(list(marked)) == [["a"], ["é"]]
    assert _codes(unknown) == ["table-encoding"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_delimiter_and_line_end_are_found_out(
    delimiter: str, end: str, write: Callable[[bytes], Path]
) -> None:
    rows = [["a", "b", "c"], ["1, 2; 3", "x | y", 'q "r"'], ["two\nlines", "", "z"]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        rows
    )

    reader = TableReader(write(buffer.getvalue().encode()))

    assert _texts(list(reader)) == rows
    assert reader.delimiter == delimiter


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\r\n1,2\n3,4\r5,6", [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]),
        (b"a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        (b"\n\na,b\n\n , \n1,2\n\n", [["a", "b"], ["1", "2"]]),
        (b"sep=;\na;b,c\n1;2\n", [["a", "b,c"], ["1", "2"]]),
        (b"only\none\n", [["only"], ["one"]]),
        (b'a,b\n"x ""y"" z",2\n', [["a", "b"], ['x "y" z', "2"]]),
        (b"a,b\n'=1+1,'plain\n", [["a", "b"], ["=1+1", "'plain"]]),
        (b"a,b\n,,,,\n1,2,,,\n", [["a", "b"], ["1", "2", "", "", ""]]),
    ],
)
def test_csv_untidy_file_is_read(
    data: bytes, expected: list[list[str]], write: Callable[[bytes], Path]
) -> None:
    reader = TableReader(write(data))

    assert (_texts(list(reader)), reader.problems) == (expected, [])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table-empty"),
        (b"\n\n , \n", "table-empty"),
        (b"a,b\n1,\0\n", "table-nul"),
        (b"a,b\n\x81\x8d,1\n", "table-encoding"),
        (b"a,b\n" + b"1,2\n" * 60, "table-rows"),
        (b"a,b\n" + b"x," * 300 + b"x\n", "table-columns"),
        (b"a,b\n" + b"x" * 200 + b",1\n", "table-cell"),
        (b"a,b\n" + b"x" * 2000 + b"\n", "table-row-long"),
        (b'a,b\n"never closed' + b"\nline" * 500, "table-row-long"),
        (b'a,b\n"' + b'x\n","' * 500, "table-row-long"),
        (b"%PDF-1.4", "table-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table-kind"),
        (b"\x1f\x8b\x08\x00", "table-kind"),
        (b"PK\x03\x04 and no more", "zip-damaged"),
        (b"x" * 11_000_000, "table-large"),
    ],
)
def test_unreadable_file_is_one_problem_that_says_where(
    data: bytes, code: str, write: Callable[[bytes], Path]
) -> None:
    reader = TableReader(write(data), limits=_LIMITS)

    assert _codes(reader) == [code]
    assert reader.problems[0].message.endswith(".")


def test_csv_unknown_encoding_is_a_problem(write: Callable[[bytes], Path]) -> None:
    assert _codes(TableReader(write(b"a,b\n"), encoding="nonsense")) == ["table-encoding"]


def test_csv_wrong_encoding_given_is_a_problem(write: Callable[[bytes], Path]) -> None:
    assert _codes(TableReader(write(b"a,b\n\xff\xfa,1\n"), encoding="utf-8")) == ["table-encoding"]


@pytest.mark.parametrize(
    ("head", "unit", "count"),
    [
        ("a,b\n", "x", 90_000_000),
        ("a,b\n", "x,", 45_000_000),
        ("a,b\n", ",", 90_000_000),
        ("a,b\n", "1,2\n", 20_000_000),
        ("a,b\n", '"\n",', 20_000_000),
        ("", '"', 90_000_000),
        ("", "\n", 90_000_000),
    ],
)
def test_csv_huge_file_stops_within_5_seconds_and_600_mb(
    head: str,
    unit: str,
    count: int,
    tmp_path: Path,
    measured: Callable[[str, str], tuple[str, int]],
) -> None:
    path = tmp_path / "huge.csv"
    with path.open("w") as file:
        file.write(head)
        for _ in range(20):
            file.write(unit * (count // 20))

    output, peak = measured(_CHILD, str(path))

    assert output.startswith("table-")
    assert peak < 600


@given(st.binary(max_size=300))
def test_csv_random_bytes_never_raise(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.mktemp("random") / "a.csv"
    path.write_bytes(data)

    reader = TableReader(path)

    assert list(reader) or reader.problems


def _workbook(path: Path, *rows: list[object], **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    book.save(path)
    return path


def test_xlsx_values_come_as_text_with_their_kind(tmp_path: Path) -> None:
    path = _workbook(
        tmp_path / "a.xlsx",
        ["Title", "Budget", "Share", "Start", "At", "Done", "None"],
        ["العنوان; x", 1250, 1.5, date(2010, 5, 14), datetime(2010, 5, 14, 9, 30), True, None],
        [],
        ["'=1+1", 10**12, 1234.567, None, None, False, "z"],
    )
    reader = TableReader(path)

    rows = list(reader)

    assert (reader.kind, reader.sheet, reader.problems) == ("xlsx", "Sheet", [])
    assert [row.number for row in rows] == [1, 2, 4]
    assert rows[1].cells == (
        Cell("العنوان; x"),
        Cell("1250", "number"),
        Cell("1.5", "number"),
        Cell("2010-05-14", "date"),
        Cell("2010-05-14 09:30:00", "date"),
        Cell("TRUE", "boolean"),
        Cell(""),
    )
    assert [cell.text for cell in rows[2].cells][:3] == ["=1+1", "1000000000000", "1234.567"]


def test_xlsx_table_that_begins_further_in_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["C5"] = "Title"
    book.worksheets[0]["C6"] = "One"
    book.save(path)

    rows = list(TableReader(path))

    assert [(row.number, [cell.text for cell in row.cells]) for row in rows] == [
        (5, ["", "", "Title"]),
        (6, ["", "", "One"]),
    ]


def test_xlsx_sheet_can_be_chosen_and_a_missing_one_is_a_problem(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", ["one"], Second=[["two"]])

    chosen = TableReader(path, sheet="Second")
    missing = TableReader(path, sheet="Third")

    assert _texts(list(chosen)) == [["two"]]
    assert chosen.sheets == ["Sheet", "Second"]
    assert list(missing) == []
    assert [problem.message for problem in missing.problems] == [
        "The workbook has no visible sheet “Third”; it has: Sheet, Second."
    ]


def test_xlsx_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "hidden"
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Shown")["A1"] = "shown"
    book.active = 1
    book.save(path)

    assert _texts(list(TableReader(path))) == [["shown"]]


def test_xlsx_formula_without_result_is_empty_and_never_evaluated(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", ["a", "b"], ["x", "=1+1"])

    assert _texts(list(TableReader(path)))[1][0] == "x"
    assert "=1+1" not in str(_texts(list(TableReader(path))))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([[n] for n in range(60)], "table-rows"),
        ([["x"] * 10], "table-columns"),
        ([["x" * 200]], "table-cell"),
        ([], "table-empty"),
    ],
)
def test_xlsx_over_a_limit_is_a_problem(
    rows: list[list[object]], code: str, tmp_path: Path
) -> None:
    reader = TableReader(_workbook(tmp_path / "a.xlsx", *rows), limits=_LIMITS)

    assert _codes(reader) == [code]


def test_xlsx_archive_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert _codes(TableReader(path)) == ["table-kind"]


def test_xlsx_truncated_file_is_refused(tmp_path: Path) -> None:
    path = _workbook(tmp_path / "a.xlsx", ["a"])
    path.write_bytes(path.read_bytes()[:-100])

    assert _codes(TableReader(path)) == ["zip-damaged"]


def _replaced(path: Path, entry: str, data: bytes) -> Path:
    """Write a workbook again with one entry replaced."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries[entry] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


_SHEET = "xl/worksheets/sheet1.xml"
_MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.parametrize(
    ("entry", "data"),
    [
        # One cell at the far end of a sheet: 17 thousand million cells between.
        (
            _SHEET,
            _MAIN + b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c>'
            b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
        ),
        (_SHEET, b"<worksheet"),
        (_SHEET, b""),
        ("xl/workbook.xml", b"not xml"),
        (_SHEET, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + _MAIN + b"&x;"),
        (_SHEET, _MAIN + b"<a>" * 1_000_000),
    ],
)
def test_xlsx_hostile_inside_ends_in_a_problem_within_5_seconds(
    entry: str, data: bytes, tmp_path: Path, measured: Callable[[str, str], tuple[str, int]]
) -> None:
    path = _replaced(_workbook(tmp_path / "a.xlsx", ["a", "b"]), entry, data)

    output, peak = measured(_CHILD, str(path))

    assert output in ("table-workbook", "table-empty", "table-rows", "table-sheet", "zip-bomb")
    assert peak < 600


def test_xlsx_bomb_by_declared_size_is_refused_before_unpacking(
    tmp_path: Path, measured: Callable[[str, str], tuple[str, int]]
) -> None:
    path = _replaced(_workbook(tmp_path / "a.xlsx", ["a"]), _SHEET, b" " * 300_000_000)

    output, peak = measured(_CHILD, str(path))

    assert output == "zip-bomb"
    assert peak < 600


def test_xlsx_bomb_that_lies_about_its_size_is_stopped(
    tmp_path: Path, measured: Callable[[str, str], tuple[str, int]]
) -> None:
    cells = b"".join(b'<c r="A%d"><v>1</v></c>' % n for n in range(1, 200))
    body = _MAIN + b"<sheetData><row>" + cells * 60_000 + b"</row></sheetData></worksheet>"
    path = _replaced(_workbook(tmp_path / "a.xlsx", ["a"]), _SHEET, body)
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", len(body))
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, struct.pack("<I", 50_000)))

    output, peak = measured(_CHILD, str(path))

    assert output in ("table-workbook", "zip-bomb", "table-columns", "table-rows", "table-empty")
    assert peak < 600


_CHILD = """
import sys
from pathlib import Path
from stocktake.lib.formats.tabular import TableReader
reader = TableReader(Path(sys.argv[1]))
for row in reader:
    pass
print(" ".join(problem.code for problem in reader.problems))
import resource
children = resource.getrusage(resource.RUSAGE_CHILDREN)
assert children.ru_utime + children.ru_stime < 5, children
assert children.ru_maxrss < 600 * 1024, children
"""
