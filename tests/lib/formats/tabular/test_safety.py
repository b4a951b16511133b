"""Formula injection: nothing that leaves can be taken for a formula, and it comes back equal."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.formats.tabular import TableReader, csv_rows, is_dangerous, safe_cell, xlsx_rows
from stocktake.lib.formats.tabular import strip_prefix as strip

_BODIES = (
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://example.org/?x="&A1,"click")',
    "SUM(A1:A9)",
    "2+5+cmd|' /C notepad'!A1",
    'WEBSERVICE("http://example.org/")',
    'IMPORTXML(CONCAT("http://example.org/?v=",A1),"//a")',
    'DDE("cmd";"/C calc";"x")',
    "@SUM(1)",
    "-3",
    "10",
    "",
    "é — معلومات 信息",
    '"quoted", with; separators\t|',
    "line\nbreak",
    "'",
    "=",
    "A1",
    "{=1}",
    "//example.org",
)
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
PAYLOADS = [start + body for start in _STARTS for body in _BODIES]


def test_payloads_are_two_hundred_and_all_dangerous() -> None:
    assert len(set(PAYLOADS)) == 200
    assert all(is_dangerous(payload) for payload in PAYLOADS)


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "1-2", "a=b", "«=»", " =1", "٣", "'"])
def test_safe_cell_harmless_text_is_left_alone(text: str) -> None:
    assert (safe_cell(text), strip(text)) == (text, text)


@pytest.mark.parametrize("text", ["\0=1", "\n=1", "'=1", "''=1"])
def test_safe_cell_rarer_beginnings_are_marked_too(text: str) -> None:
    assert (safe_cell(text), strip(safe_cell(text))) == ("'" + text, text)


_TRICKY = st.text(st.sampled_from("'=+-@\t\r\n\0＝＋－＠ a1"))


@given(st.one_of(st.text(), _TRICKY))
def test_safe_cell_any_text_comes_back_equal_and_is_never_left_dangerous(text: str) -> None:
    marked = safe_cell(text)

    assert strip(marked) == text
    assert marked[:1] not in set("=+-@\t\r\n\0＝＋－＠") or marked == ""


def test_csv_payloads_hold_no_formula_and_come_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(
        b"".join(csv_rows([["n", "payload"], *([n, p] for n, p in enumerate(PAYLOADS))]))
    )

    raw = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    reader = TableReader(path)
    back = [row.cells[1].text for row in reader]

    assert all(row[1].startswith("'") for row in raw[1:])
    assert back[1:] == PAYLOADS
    assert reader.problems == []


def test_xlsx_payloads_are_texts_and_come_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    with path.open("wb") as file:
        xlsx_rows([["n", "payload"], *([n, p] for n, p in enumerate(PAYLOADS))], file)

    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [row[1] for row in sheet.iter_rows(min_row=2)]
    reader = TableReader(path)
    back = [row.cells[1].text for row in reader]

    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)
    # A cell knows only line feeds; nothing else changes.
    plain = [payload.replace("\r", "\n") for payload in PAYLOADS]
    assert [cell.value for cell in cells] == plain
    assert back[1:] == plain
    assert reader.problems == []


def test_xlsx_payloads_survive_libreoffice_as_texts(tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LIBREOFFICE IS ABSENT, so this test did not run.")
    path = tmp_path / "out.xlsx"
    with path.open("wb") as file:
        xlsx_rows([["payload"], *([p] for p in PAYLOADS)], file)

    subprocess.run(
        [office, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )

    assert "table:formula" not in (tmp_path / "out.fods").read_text(encoding="utf-8")
