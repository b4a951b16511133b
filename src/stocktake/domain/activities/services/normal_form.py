"""The one form in which the values of an activity are kept, compared and logged."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from stocktake.domain.activities.services.values import CODE_LISTS, TEXTS
from stocktake.lib.multilingual import Text


def in_normal_form(values: Mapping[str, Any]) -> dict[str, Any]:
    """Bring checked values into the form in which `values_of` reads them back from the record.

    Args:
        values: such as `check_shapes` and `clean_values` accept.
    """
    return {
        name: _FORMS[name](value) if name in _FORMS else value for name, value in values.items()
    }


def _text(value: Any) -> dict[str, Any]:
    return Text.from_json(value).to_json()


def _codes(value: Sequence[str]) -> list[str]:
    return sorted(set(value))


def _amount(value: Any) -> str | None:
    return None if value in (None, "") else f"{Decimal(str(value)):.2f}"


def _elements(links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    told = [
        {
            "element": link["element"],
            "is_primary": link.get("is_primary", False),
            "is_suggested": link.get("is_suggested", False),
            "note": link.get("note", ""),
        }
        for link in links
    ]
    return sorted(told, key=lambda link: str(link["element"]))


def _areas(links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    told = [{"area": link["area"], "percentage": _amount(link.get("percentage"))} for link in links]
    return sorted(told, key=lambda link: str(link["area"]))


def _participations(links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    pairs = sorted({(link["organization"], link["role"]) for link in links})
    return [{"organization": organization, "role": role} for organization, role in pairs]


def _links(links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"url": link["url"], "title": link.get("title", ""), "kind": link.get("kind", "")}
        for link in links
    ]


def _identifiers(links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    pairs = sorted({(link["scheme"], link["value"]) for link in links})
    return [{"scheme": scheme, "value": value} for scheme, value in pairs]


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(CODE_LISTS, _codes),
    "budget_amount": _amount,
    "elements": _elements,
    "areas": _areas,
    "participations": _participations,
    "links": _links,
    "external_identifiers": _identifiers,
}
