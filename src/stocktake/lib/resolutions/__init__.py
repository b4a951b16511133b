"""Text of UN resolutions and numbered reports in, structure out; pure Python, usable alone."""

from stocktake.lib.resolutions.akn import from_akn, to_akn
from stocktake.lib.resolutions.comparison import Comparison, compare
from stocktake.lib.resolutions.errors import UnreadableTextError
from stocktake.lib.resolutions.model import Report, Resolution
from stocktake.lib.resolutions.parsing import parse
from stocktake.lib.resolutions.plain_values import schema, to_json
from stocktake.lib.resolutions.symbols import normalize_symbol
from stocktake.lib.resolutions.tables import to_csv, to_markdown

__all__ = [
    "Comparison",
    "Report",
    "Resolution",
    "UnreadableTextError",
    "compare",
    "from_akn",
    "normalize_symbol",
    "parse",
    "schema",
    "to_akn",
    "to_csv",
    "to_json",
    "to_markdown",
]
