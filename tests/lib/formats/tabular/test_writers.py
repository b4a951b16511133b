"""Downloads: CSV and XLSX with typed values."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.formats.tabular import TableReader, csv_rows, xlsx_rows
from stocktake.lib.formats.tabular.writers import Value

_ROWS: list[list[Value]] = [
    ["Title", "Budget", "Start", "At", "Sample", "Nothing"],
    [
        'نقاط نفاذ; «信息», "x"',
        Decimal("-1250000.50"),
        date(2010, 5, 14),
        datetime(2010, 5, 14, 9, 30, tzinfo=UTC),
        True,
        None,
    ],
    ["two\nlines", 7, None, None, False, ""],
]


def test_csv_rows_typed_values_stand_unmarked() -> None:
    data = b"".join(csv_rows(_ROWS))

    assert data.decode("utf-8") == (
        "\ufeffTitle,Budget,Start,At,Sample,Nothing\r\n"
        '"نقاط نفاذ; «信息», ""x""",-1250000.50,2010-05-14,2010-05-14T09:30:00+00:00,TRUE,\r\n'
        '"two\nlines",7,,,FALSE,\r\n'
    )


def test_csv_rows_long_table_comes_in_pieces() -> None:
    pieces = list(csv_rows([str(n), "x" * 100] for n in range(10_000)))

    assert len(pieces) > 10
    assert max(map(len, pieces)) < 40_000
    assert b"".join(pieces).count(b"\r\n") == 10_000


def test_xlsx_rows_values_keep_their_types() -> None:
    stream = io.BytesIO()

    xlsx_rows(_ROWS, stream, sheet="Activities")

    book = openpyxl.load_workbook(stream)
    values = [[cell.value for cell in row] for row in book["Activities"].iter_rows()]
    assert values[1] == [
        'نقاط نفاذ; «信息», "x"',
        -1250000.5,
        datetime(2010, 5, 14),
        datetime(2010, 5, 14, 9, 30),
        True,
        None,
    ]
    assert values[2][:2] == ["two\nlines", 7]
    assert book["Activities"].freeze_panes == "A2"


def test_xlsx_rows_address_stays_a_text_without_a_hyperlink() -> None:
    stream = io.BytesIO()

    xlsx_rows([["Link"], ["http://example.org/"]], stream)

    cell = openpyxl.load_workbook(stream).worksheets[0]["A2"]
    assert (cell.value, cell.hyperlink) == ("http://example.org/", None)


def test_xlsx_rows_longest_text_is_cut_visibly() -> None:
    stream = io.BytesIO()

    xlsx_rows([["Text"], ["x" * 40_000]], stream)

    value = openpyxl.load_workbook(stream).worksheets[0]["A2"].value
    assert value == "x" * 32_766 + "…"


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30).map(
    lambda text: text.replace("\r", "")
)


@given(st.lists(st.lists(_CELL, min_size=2, max_size=4), min_size=1, max_size=8))
def test_csv_rows_any_texts_come_back_equal(
    tmp_path_factory: object, rows: list[list[str]]
) -> None:
    header = ["first", "second", "third", "fourth"]
    path = Path(tmp_path_factory.mktemp("csv") / "a.csv")  # type: ignore[attr-defined]
    path.write_bytes(b"".join(csv_rows([header, *rows])))

    back = [[cell.text for cell in row.cells] for row in TableReader(path)]

    assert back[1:] == [row for row in rows if any(cell.strip() for cell in row)]
