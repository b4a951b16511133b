"""The newest activities of an organization, area or element, for the lists on record pages."""

from collections.abc import Collection
from typing import Any

from stocktake.domain.activities import queries
from stocktake.domain.activities.models import Activity
from stocktake.web.register import Filters, Register

SHOWN = 10


def newest(
    user: Any,
    register: Register,
    filters: Filters,
    *,
    elements: Collection[str] = (),
    areas: Collection[str] = (),
    organization: str = "",
    size: int = SHOWN,
) -> tuple[list[Activity], int | None]:
    """Give the newest activities and how many there are; from the record without an index.

    Args:
        filters: what the index is asked.
        elements, areas, organization: what the record is asked instead.

    Returns:
        The activities and their number, None where it is not known.
    """
    found = register.search(filters, size=size, sort="newest")
    if not register.is_missing:
        return queries.activities_in_order(user, found.ids), found.total
    listed = queries.newest(
        user, elements=elements, areas=areas, organization=organization, limit=size
    )
    return listed, None
