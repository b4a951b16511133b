"""JSON as the record, the log and the index keep it: compact, in UTF-8, written by orjson.

Values are what JSON has: text, whole numbers of up to 64 bits, fractions, true and false, null,
lists, and objects whose names are text. Half a surrogate pair is no text.
"""

from typing import Any

import orjson


def to_json(value: Any) -> str:
    """Write a value.

    Raises:
        TypeError: it holds something that JSON has not.
    """
    return orjson.dumps(value).decode()


def to_canonical_json(value: Any) -> bytes:
    """Write a value in its one form: the names of every object in the order of their code points.

    Raises:
        TypeError: it holds something that JSON has not.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def from_json(text: str | bytes) -> Any:
    """Read a value.

    Raises:
        ValueError: it is no JSON.
    """
    return orjson.loads(text)
