"""Checks of one value each, used for documents and provisions: faults as full sentences."""

import re
from collections.abc import Collection
from datetime import date
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from stocktake.kernel.vocabularies.queries import known_codes
from stocktake.kernel.vocabularies.terms import PARTIAL_DATE
from stocktake.lib.multilingual import Text, TextError

MAX_TEXT = 200_000
"""The most characters of one text in one language."""

_MAX_URL = 1000
_DEEPEST = 20
_UNKEPT = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_is_partial_date = re.compile(PARTIAL_DATE).fullmatch
_is_url = URLValidator(schemes=["http", "https"])


def unknown_field() -> str:
    """Say that a field does not exist."""
    return _("There is no field of this name.")


def text(value: Any) -> list[str]:
    """Check a text in several languages."""
    if not _is_text(value):
        example = '{"original": "en", "values": {"en": "…", "fr": "…"}}'
        told = {"example": example}
        return [_("A text in several languages is expected, such as %(example)s.") % told]
    try:
        parts = Text.from_json(value).values.values()
    except TextError as error:
        return [str(error)]
    if any(len(part) > MAX_TEXT for part in parts):
        return [_("The text is longer than %(limit)s characters.") % {"limit": MAX_TEXT}]
    if any(_CONTROL.search(part) for part in parts):
        return [_("The text holds control characters that cannot be shown.")]
    return []


def _is_text(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) - {"original", "values"}:
        return False
    values = value.get("values", {})
    return (
        isinstance(value.get("original", ""), str)
        and isinstance(values, dict)
        and all(isinstance(each, str) for each in values.values())
    )


def plain(value: Any, limit: int) -> list[str]:
    """Check a short plain text."""
    if not isinstance(value, str) or len(value) > limit or _CONTROL.search(value):
        return [_("A text of at most %(limit)s characters is expected.") % {"limit": limit}]
    return []


def web_address(value: Any) -> list[str]:
    """Check a web address, empty or http(s)."""
    if value == "":
        return []
    try:
        if not isinstance(value, str) or len(value) > _MAX_URL:
            raise ValidationError("")
        _is_url(value)
    except ValidationError:
        return [_("%(url)s is no web address.") % {"url": str(value)[:200]}]
    return []


def code(value: Any, codelist: str) -> list[str]:
    """Check a code of a codelist, or nothing."""
    if value == "" or (isinstance(value, str) and value in known_codes(codelist)):
        return []
    return [_("%(code)s is not on the list %(list)s.") % {"code": value, "list": codelist}]


def codes(value: Any, codelist: str) -> list[str]:
    """Check a list of codes of a codelist."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return [_('A list of codes is expected, such as ["…", "…"].')]
    unknown = [each for each in value if each not in known_codes(codelist)]
    told = {"code": ", ".join(unknown), "list": codelist}
    return [_("%(code)s is not on the list %(list)s.") % told] if unknown else []


def choice(value: Any, name: str, choices: Collection[str]) -> list[str]:
    """Check a value of a closed list."""
    if value in choices:
        return []
    return [_("%(code)s is not on the list %(list)s.") % {"code": value, "list": name}]


def partial(value: Any) -> list[str]:
    """Check a date that may lack day or month, or nothing."""
    if value == "":
        return []
    try:
        if not _is_partial_date(value):
            raise ValueError(value)
        date.fromisoformat((value + "-01-01")[:10])
    except (ValueError, TypeError):
        return [_("%(date)s is no date such as 2007, 2007-10 or 2007-10-29.") % {"date": value}]
    return []


def flag(value: Any) -> list[str]:
    """Check a yes or no."""
    return [] if isinstance(value, bool) else [_("Yes or no is expected.")]


def objects(value: Any) -> list[str]:
    """Check a list of JSON objects that both databases can keep."""
    is_list = isinstance(value, list) and all(isinstance(each, dict) for each in value)
    if is_list and _is_kept(value, _DEEPEST):
        return []
    return [_("A list is expected, such as %(example)s.") % {"example": '[{"…": "…"}]'}]


def _is_kept(value: Any, depth: int) -> bool:
    """Say whether a value is JSON without what PostgreSQL refuses, and not too deep."""
    if isinstance(value, str):
        return _CONTROL.search(value) is None
    if isinstance(value, float):
        return isfinite(value)
    if value is None or isinstance(value, int):
        return True
    if depth == 0 or not isinstance(value, list | dict):
        return False
    if isinstance(value, dict) and not all(isinstance(key, str) for key in value):
        return False
    parts = value if isinstance(value, list) else [*value, *value.values()]
    return all(_is_kept(part, depth - 1) for part in parts)


def are_strings(value: Any) -> bool:
    """Say whether this is a list of plain texts."""
    return isinstance(value, list | tuple) and all(not plain(each, MAX_TEXT) for each in value)


def strings(value: Any) -> list[str]:
    """Check a list of plain texts."""
    if are_strings(value):
        return []
    return [_("A list is expected, such as %(example)s.") % {"example": '["…", "…"]'}]


def official_text(value: str) -> list[str]:
    """Check what was read of a file; it may hold any sign that both databases can keep."""
    if not value.strip():
        return [_("The text is empty.")]
    if _UNKEPT.search(value):
        return [_("The text holds control characters that cannot be shown.")]
    return []
