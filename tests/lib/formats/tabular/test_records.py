"""Rows to records: typed values, every row's mistakes at once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from stocktake.lib.formats.tabular import (
    Cell,
    ColumnMapping,
    PartialDate,
    Record,
    Row,
    TableReader,
    read_records,
    recognise,
)


def _rows(*rows: list[str]) -> list[Row]:
    return [Row(n, tuple(Cell(text) for text in row)) for n, row in enumerate(rows, start=1)]


def _records(*rows: list[str], mapping: ColumnMapping | None = None) -> list[Record]:
    header, *rest = _rows(*rows)
    return list(read_records(rest, recognise(header, mapping), mapping))


def test_records_each_field_is_read_by_its_kind() -> None:
    [record] = _records(
        ["Title", "Title (fr)", "Start", "End", "Partners", "Partner", "Budget", "Currency"],
        ["One", "Un", "2010-05", "14.05.2012", "A; B", "B;C", "1,250,000.50", "usd"],
    )

    assert record == Record(
        row=2,
        texts={"title": {"": "One", "fr": "Un"}, "currency": {"": "USD"}},
        lists={"partner": ["A", "B", "C"]},
        dates={
            "start": PartialDate(date(2010, 5, 1), "month"),
            "end": PartialDate(date(2012, 5, 14), "day"),
        },
        numbers={"budget": Decimal("1250000.50")},
    )
    assert (record.text("title"), record.text("summary")) == ("One", "")


def test_records_every_mistake_of_every_row_is_collected_with_its_place() -> None:
    first, second, third = _records(
        ["Title", "Start", "Budget", "Currency"],
        ["One", "01/02/2010", "1,250", "USD"],
        ["Two", "never", "EUR 5", "USD"],
        ["Three", "2010", "none", "", "beyond"],
    )

    assert [(p.line, p.field, p.code) for p in first.problems] == [
        (2, "Start", "date-ambiguous"),
        (2, "Budget", "number-ambiguous"),
    ]
    assert [(p.line, p.field, p.message) for p in second.problems] == [
        (3, "Start", "“never” is no date; write it as YYYY-MM-DD, YYYY-MM or YYYY."),
        (3, "Currency", "The row names two currencies: EUR and USD."),
    ]
    assert [(p.line, p.field, p.code) for p in third.problems] == [
        (4, "Budget", "number"),
        (4, "", "row-long"),
    ]


def test_records_mapping_settles_dates_numbers_and_language() -> None:
    mapping = ColumnMapping({"Nom": "title"}, date_order="mdy", decimal=",", language="fr")

    [record] = _records(["Nom", "Start", "Budget"], ["Un", "01/02/2010", "1,250"], mapping=mapping)

    assert record.problems == []
    assert record.texts == {"title": {"fr": "Un"}}
    assert record.dates["start"].on == date(2010, 1, 2)
    assert record.numbers == {"budget": Decimal("1.250")}


def test_records_number_of_a_workbook_is_never_ambiguous() -> None:
    header = Row(1, (Cell("Budget"),))
    rows = [Row(2, (Cell("1.25", "number"),)), Row(3, (Cell("1.250", "number"),))]

    records = list(read_records(rows, recognise(header)))

    assert [record.numbers["budget"] for record in records] == [Decimal("1.25"), Decimal("1.250")]


def test_records_short_row_and_empty_cells_are_left_out() -> None:
    [record] = _records(["Title", "Start", "Budget"], ["One", " "])

    assert record == Record(row=2, texts={"title": {"": "One"}})


def test_records_sample_file_is_read_without_problems(samples: Path) -> None:
    rows = iter(TableReader(samples / "tabular/activities.csv"))
    recognition = recognise(next(rows))

    records = list(read_records(rows, recognition))

    assert recognition.problems == ()
    assert recognition.unknown == ("Couleur",)
    assert [record.problems for record in records] == [[], []]
    assert records[0].lists == {
        "country": ["Sénégal", "Mali"],
        "action_line": ["C2", "C7.education"],
        "partner": ["Association inventée"],
    }
    assert records[0].numbers == {"budget": Decimal("1250000.50")}


def test_records_stocktaking_tables_of_real_life_are_read(shared_data: Path) -> None:
    tables = sorted((shared_data / "stocktaking").glob("*.csv"))
    assert tables

    for path in tables:
        reader = TableReader(path)
        rows = list(reader)

        assert reader.problems == []
        assert len(rows) > 1
        recognise(rows[0])


def test_records_every_real_table_is_read_without_a_crash(shared_data: Path) -> None:
    read = {path: TableReader(path) for path in sorted(shared_data.rglob("*.csv"))}

    problems = {
        str(path.relative_to(shared_data)): [p.code for p in reader.problems]
        for path, reader in read.items()
        if list(reader) is not None and reader.problems
    }

    assert len(read) == 47
    assert problems == {}
