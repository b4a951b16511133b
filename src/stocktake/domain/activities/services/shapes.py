"""Which kind of JSON value each field of an activity holds, checked before its content is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.activities.services.values import CODE_LISTS, TEXTS

_STRINGS = (
    *("type", "status", "scope_level", "source_name", "source_url", "budget_currency"),
    *("owner", "start_date", "end_date", "origin", "state"),
)


@dataclass(frozen=True)
class _Link:
    """What an entry of a list of links holds: keys that it needs, and keys that it may have."""

    needed: tuple[str, ...]
    more: Mapping[str, Callable[[Any], bool]]
    example: str


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_amount(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | float | Decimal) and not _is_flag(value))


def _is_day(value: Any) -> bool:
    return value is None or isinstance(value, str)


_LINKS = {
    "elements": _Link(
        ("element",),
        {"is_primary": _is_flag, "is_suggested": _is_flag, "note": _is_string},
        '[{"element": "sdg:4"}]',
    ),
    "areas": _Link(("area",), {"percentage": _is_amount}, '[{"area": "710"}]'),
    "participations": _Link(
        ("organization", "role"), {}, '[{"organization": "O-7QK2M9XD", "role": "partner"}]'
    ),
    "links": _Link(
        ("url",), {"title": _is_string, "kind": _is_string}, '[{"url": "https://example.org"}]'
    ),
    "external_identifiers": _Link(
        ("scheme", "value"), {}, '[{"scheme": "iati", "value": "XM-EXAMPLE-1"}]'
    ),
}


def check_shapes(values: Mapping[str, Any]) -> None:
    """Check that each value is of the kind that its field holds; fields without a kind pass.

    Raises:
        ValidationError: a mapping of field names to full sentences that show the expected shape.
    """
    faults = {name: [told] for name, value in values.items() if (told := _fault(name, value))}
    if faults:
        raise ValidationError(faults)


def _fault(name: str, value: Any) -> str:
    if name in _LINKS:
        link = _LINKS[name]
        if isinstance(value, list) and all(_is_link(each, link) for each in value):
            return ""
        return _("A list is expected, such as %(example)s.") % {"example": link.example}
    is_right, sentence = _CHECKS.get(name, (None, None))
    return "" if is_right is None or sentence is None or is_right(value) else sentence()


def _is_link(value: Any, link: _Link) -> bool:
    if not isinstance(value, dict) or set(value) - {*link.needed, *link.more}:
        return False
    if not all(_is_string(value.get(key)) for key in link.needed):
        return False
    return all(is_right(value[key]) for key, is_right in link.more.items() if key in value)


def _is_text(value: Any) -> bool:
    if not isinstance(value, dict) or set(value) - {"original", "values"}:
        return False
    values = value.get("values", {})
    return (
        _is_string(value.get("original", ""))
        and isinstance(values, dict)
        and all(map(_is_string, values.values()))
    )


def _are_codes(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_string, value))


def _text_expected() -> str:
    example = '{"original": "en", "values": {"en": "…", "fr": "…"}}'
    return _("A text in several languages is expected, such as %(example)s.") % {"example": example}


_CHECKS: dict[str, tuple[Callable[[Any], bool], Callable[[], str]]] = {
    **dict.fromkeys(TEXTS, (_is_text, _text_expected)),
    **dict.fromkeys(_STRINGS, (_is_string, lambda: _("A plain text is expected."))),
    **dict.fromkeys(
        CODE_LISTS,
        (_are_codes, lambda: _('A list of codes is expected, such as ["…", "…"].')),
    ),
    "budget_amount": (_is_amount, lambda: _("A number is expected, or null for none.")),
    "last_confirmed_on": (
        _is_day,
        lambda: _("A date such as 2007-10-29 is expected, or null for none."),
    ),
    "is_invented": (_is_flag, lambda: _("Yes or no is expected.")),
}
