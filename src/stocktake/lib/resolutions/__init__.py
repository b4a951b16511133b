"""Text of UN resolutions and numbered reports in, structure out; pure Python, usable alone."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stocktake.lib.resolutions.akn import collection_to_akn, from_akn, to_akn
    from stocktake.lib.resolutions.comparison import Comparison, compare
    from stocktake.lib.resolutions.errors import UnreadableTextError
    from stocktake.lib.resolutions.model import Collection, Report, Resolution
    from stocktake.lib.resolutions.parsing import parse, parse_every
    from stocktake.lib.resolutions.plain_values import schema, to_json
    from stocktake.lib.resolutions.splitting import Stretch, split
    from stocktake.lib.resolutions.symbols import normalize_symbol
    from stocktake.lib.resolutions.tables import to_csv, to_markdown

__all__ = [
    "Collection",
    "Comparison",
    "Report",
    "Resolution",
    "Stretch",
    "UnreadableTextError",
    "collection_to_akn",
    "compare",
    "from_akn",
    "normalize_symbol",
    "parse",
    "parse_every",
    "schema",
    "split",
    "to_akn",
    "to_csv",
    "to_json",
    "to_markdown",
]

_PLACES = {
    "Collection": "model",
    "Comparison": "comparison",
    "Report": "model",
    "Resolution": "model",
    "Stretch": "splitting",
    "UnreadableTextError": "errors",
    "collection_to_akn": "akn",
    "compare": "comparison",
    "from_akn": "akn",
    "normalize_symbol": "symbols",
    "parse": "parsing",
    "parse_every": "parsing",
    "schema": "plain_values",
    "split": "splitting",
    "to_akn": "akn",
    "to_csv": "tables",
    "to_json": "plain_values",
    "to_markdown": "tables",
}


def __getattr__(name: str) -> Any:
    """Import a part when it is first used: its words and patterns take long to make ready."""
    if name not in _PLACES:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
