"""Tables: reading CSV and XLSX from strangers, telling their columns, writing them safely."""

from stocktake.lib.formats.encodings import NAMED, is_encoding
from stocktake.lib.formats.problems import Problem
from stocktake.lib.formats.tabular.columns import (
    FIELDS,
    Column,
    ColumnMapping,
    MappingError,
    Recognition,
    header,
    parse_mapping,
    recognise,
)
from stocktake.lib.formats.tabular.items import (
    cut_text,
    join_items,
    labelled,
    link_item,
    split_label,
    split_link,
    split_list,
)
from stocktake.lib.formats.tabular.model import Cell, PartialDate, Record, Row, TableLimits
from stocktake.lib.formats.tabular.reader import TableReader
from stocktake.lib.formats.tabular.records import read_records
from stocktake.lib.formats.tabular.safety import is_dangerous, safe_cell, strip_prefix
from stocktake.lib.formats.tabular.values import (
    ValueProblemError,
    parse_amount,
    parse_date,
    parse_number,
)
from stocktake.lib.formats.tabular.writers import csv_rows, xlsx_rows

__all__ = [
    "FIELDS",
    "NAMED",
    "Cell",
    "Column",
    "ColumnMapping",
    "MappingError",
    "PartialDate",
    "Problem",
    "Recognition",
    "Record",
    "Row",
    "TableLimits",
    "TableReader",
    "ValueProblemError",
    "csv_rows",
    "cut_text",
    "header",
    "is_dangerous",
    "is_encoding",
    "join_items",
    "labelled",
    "link_item",
    "parse_amount",
    "parse_date",
    "parse_mapping",
    "parse_number",
    "read_records",
    "recognise",
    "safe_cell",
    "split_label",
    "split_link",
    "split_list",
    "strip_prefix",
    "xlsx_rows",
]
