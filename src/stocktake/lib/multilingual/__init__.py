"""Text in several languages: one original, fallbacks that say so, direction, order and joining."""

from stocktake.lib.multilingual._controls import without_turns
from stocktake.lib.multilingual._dates import Precision, write_date, write_partial_date
from stocktake.lib.multilingual._joining import join_list
from stocktake.lib.multilingual._sorting import sort_key, spelling_key
from stocktake.lib.multilingual._text import (
    LANGUAGES,
    OWN_NAMES,
    Direction,
    Run,
    Text,
    TextError,
    direction,
)

__all__ = [
    "LANGUAGES",
    "OWN_NAMES",
    "Direction",
    "Precision",
    "Run",
    "Text",
    "TextError",
    "direction",
    "join_list",
    "sort_key",
    "spelling_key",
    "without_turns",
    "write_date",
    "write_partial_date",
]
