"""The part of JSON Schema (2020-12) that our own schema uses, checked."""

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_KNOWN = {
    "$schema", "$defs", "$ref", "title", "type", "const", "enum", "pattern", "minimum", "maximum",
    "oneOf",
    "items", "properties", "required", "additionalProperties",
}  # fmt: skip


def faults(
    value: Any, schema: dict[str, Any], root: dict[str, Any], at: str = "$"
) -> Iterator[str]:
    """Yield each place where a value breaks the schema; unknown words of a schema are faults."""
    yield from (f"{at}: schema word {word}" for word in schema.keys() - _KNOWN)
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    if "oneOf" in schema:
        fits = [one for one in schema["oneOf"] if not list(faults(value, one, root, at))]
        if len(fits) != 1:
            inner = [f for one in schema["oneOf"] for f in faults(value, one, root, at)]
            yield f"{at}: fits {len(fits)} of oneOf ({inner[:2]})"
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        fit = any(isinstance(value, _TYPES[name]) for name in names)
        if not fit or (isinstance(value, bool) and "boolean" not in names):
            yield f"{at}: {value!r} is no {names}"
            return
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{at}: {value} is too small"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{at}: {value} is too large"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} breaks {schema['pattern']}"
    yield from _inside(value, schema, root, at)


def _inside(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list) and "items" in schema:
        for index, each in enumerate(value):
            yield from faults(each, schema["items"], root, f"{at}[{index}]")
    if not isinstance(value, dict):
        return
    known = schema.get("properties", {})
    yield from (f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value)
    more = schema.get("additionalProperties", True)
    for name, each in value.items():
        if name in known:
            yield from faults(each, known[name], root, f"{at}.{name}")
        elif more is False:
            yield f"{at}: has {name}"
        elif isinstance(more, dict):
            yield from faults(each, more, root, f"{at}.{name}")
