"""Columns of the files of organizations: codes beside their names, one row a record."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.stakeholders.choices import OrganizationState, Origin
from stocktake.web import addresses
from stocktake.web.naming import Naming

Getter = Callable[[Any], str | int | float | Decimal | None]


def columns(naming: Naming, permanent: Callable[[str], str]) -> list[tuple[str, Getter]]:
    """Give heads and values; `permanent` makes full addresses."""
    return [
        (_("Identifier"), lambda record: record.public_id),
        (_("Address"), lambda record: permanent(addresses.organization(record.public_id))),
        (_("Name"), lambda record: naming.plain(record.names)),
        (_("Language of the name"), lambda record: record.names.best(naming.language).language),
        (_("Acronym"), lambda record: record.acronym),
        (_("Other names"), lambda record: "; ".join(record.aliases)),
        (_("Kind (code)"), lambda record: record.type),
        (_("Kind"), lambda record: naming.code("organization_type", record.type)),
        (_("Country (M49)"), lambda record: record.country),
        (_("Country"), lambda record: naming.area(record.country)),
        (_("Website"), lambda record: record.website),
        (_("Identifiers"), _identifiers),
        (_("Member of (identifiers)"), _groups),
        (_("Origin (code)"), lambda record: record.origin),
        (_("Origin"), lambda record: str(Origin(record.origin).label)),
        (_("Source"), lambda record: record.source_url),
        (_("Changed"), lambda record: record.updated_at.isoformat()[:10]),
    ]


def _identifiers(record: Any) -> str:
    return "; ".join(f"{known.scheme}:{known.value}" for known in record.identifiers.all())


def _groups(record: Any) -> str:
    return "; ".join(
        membership.group.public_id
        for membership in record.memberships.all()
        if membership.group.state == OrganizationState.PUBLISHED and not membership.left
    )
