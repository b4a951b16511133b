"""Columns of the files of activities, one row a record, under the headers that imports know.

Several values in a cell bear their codes in brackets, so that the file can be read back whole.
"""

from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity, ActivityArea
from stocktake.domain.activities.services.values import TEXTS
from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.domain.stakeholders.models import Organization
from stocktake.exchange.tables.mapping import CODE_LISTS, CODES
from stocktake.lib.formats.tabular import header, join_items, labelled, link_item
from stocktake.lib.multilingual import Text
from stocktake.web import addresses
from stocktake.web.activities.presenting import element_links
from stocktake.web.naming import Naming

Getter = Callable[[Any], str | int | float | Decimal | None]


def columns(naming: Naming, permanent: Callable[[str], str]) -> list[tuple[str, Getter]]:
    """Give heads and values; `permanent` makes full addresses."""
    told: list[tuple[str, Getter]] = [
        ("identifier", lambda record: record.public_id),
        ("address", lambda record: permanent(addresses.activity(record.public_id))),
        *(pair for name in TEXTS for pair in _text(name, naming)),
        *(pair for name in CODES for pair in _code(name, naming)),
        ("start", lambda record: record.start_date),
        ("end", lambda record: record.end_date),
        *_organizations(naming),
        ("country", lambda record: join_items(_areas(record, naming))),
        ("element", lambda record: join_items(_elements(record, naming))),
        (
            "suggested_element",
            lambda record: join_items(_elements(record, naming, is_suggested=True)),
        ),
        *(_codes(name, naming) for name in CODE_LISTS),
        *_rest(),
    ]
    return [(header(name, naming.language), value) for name, value in told]


def _text(name: str, naming: Naming) -> list[tuple[str, Getter]]:
    """Give a text in the page's language or the nearest there is, and which language that is."""

    def language(record: Activity) -> str:
        text: Text = getattr(record, name)
        return text.best(naming.language).language if text else ""

    return [
        (name, lambda record: naming.plain(getattr(record, name))),
        (f"language_of_{name}", language),
    ]


def _code(name: str, naming: Naming) -> list[tuple[str, Getter]]:
    field, codelist = CODES[name]
    return [
        (f"{name}_code", lambda record: getattr(record, field)),
        (name, lambda record: naming.code(codelist, getattr(record, field))),
    ]


def _codes(name: str, naming: Naming) -> tuple[str, Getter]:
    field, codelist = CODE_LISTS[name]
    return name, lambda record: join_items(
        labelled(naming.code(codelist, code), code) for code in getattr(record, field)
    )


def _organizations(naming: Naming) -> list[tuple[str, Getter]]:
    return [
        ("owner_id", lambda record: _public(record.owner, lambda owner: owner.public_id)),
        ("organization", lambda record: _public(record.owner, lambda owner: _name(owner, naming))),
        ("partner", lambda record: join_items(_partners(record, naming))),
    ]


def _rest() -> list[tuple[str, Getter]]:
    return [
        ("budget", lambda record: record.budget_amount),
        ("currency", lambda record: record.budget_currency),
        (
            "link",
            lambda record: join_items(
                link_item(link.url, link.kind, link.title) for link in record.links.all()
            ),
        ),
        ("other_identifiers", lambda record: join_items(_identifiers(record))),
        ("origin_code", lambda record: record.origin),
        ("origin", lambda record: str(Origin(record.origin).label)),
        ("source", lambda record: record.source_name),
        ("source_url", lambda record: record.source_url),
        ("invented", lambda record: _("yes") if record.is_invented else _("no")),
        ("last_confirmed", lambda record: _day(record.last_confirmed_on)),
        ("changed", lambda record: record.updated_at.astimezone(UTC).isoformat(" ", "seconds")),
    ]


def _day(value: Any) -> str:
    return value.isoformat()[:10] if value else ""


def _areas(record: Activity, naming: Naming) -> list[str]:
    return [
        labelled(naming.area(link.area.m49), link.area.m49, _share(link))
        for link in record.activity_areas.all()
    ]


def _share(link: ActivityArea) -> str:
    return "" if link.percentage is None else f"{link.percentage.normalize():f}%"


def _elements(record: Activity, naming: Naming, *, is_suggested: bool = False) -> list[str]:
    return [
        labelled(naming.element_text(code), code, "primary" if link.is_primary else "")
        for link in element_links(record, naming)
        if link.is_suggested == is_suggested and (code := link.element.public_id)
    ]


def _identifiers(record: Activity) -> list[str]:
    return [f"{known.scheme}:{known.value}" for known in record.external_identifiers.all()]


def _partners(record: Activity, naming: Naming) -> list[str]:
    return [
        labelled(name, link.organization.public_id, link.role)
        for link in record.participations.all()
        if (name := _public(link.organization, lambda each: _name(each, naming)))
    ]


def _public(organization: Organization | None, tell: Callable[[Organization], str]) -> str:
    if organization is None or organization.state != OrganizationState.PUBLISHED:
        return ""
    return tell(organization)


def _name(organization: Organization, naming: Naming) -> str:
    label = naming.organization(organization)
    return naming.plain(label) if isinstance(label, Text) else label
