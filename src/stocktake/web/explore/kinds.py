"""What a list page knows of each kind of record besides its declaration: rows, columns, words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stocktake.lib.textsearch import Query
from stocktake.web import addresses, wording
from stocktake.web.activities import sheet as activity_sheet
from stocktake.web.explore import listing
from stocktake.web.explore.state import ListState
from stocktake.web.naming import Naming
from stocktake.web.organizations import sheet as organization_sheet
from stocktake.web.parts import Cell, Column, Entry, Link

Getter = Callable[[Any], str | int | float | Decimal | None]


@dataclass(frozen=True)
class ListKind:
    """One kind of record as a list.

    Args:
        download: name of the address of its files; `file`: their name without an ending.
        records: queryset of what a person may see, with everything that rows show; `sheets`: with
            everything that files show.
        entries: rows of a page of records; hits of the query are marked when there is one.
        columns: heads of the table with the order that each sorts by.
        cells: one row of the table.
        sheet: columns of the files: heads with what gives the value of a record.
        charts: the facets that the charts show; `has_map`: whether there is a facet `country`.
    """

    kind: str
    section: str
    download: str
    file: str
    heading: Callable[[], str]
    search_label: Callable[[], str]
    placeholder: Callable[[], str]
    count: Callable[[int], str]
    sorts: tuple[str, ...]
    plain_sort: str
    records: Callable[[Any], QuerySet[Any]]
    sheets: Callable[[Any], QuerySet[Any]]
    entries: Callable[[Sequence[Any], Naming, Query | None], list[Entry]]
    columns: Callable[[], list[tuple[Column, str]]]
    cells: Callable[[Any, Naming], list[Cell]]
    sheet: Callable[[Naming, Callable[[str], str]], list[tuple[str, Getter]]]
    charts: tuple[str, ...]
    has_map: bool = True
    more: Mapping[str, Callable[[ListState], Link]] = field(default_factory=dict)


ACTIVITIES = ListKind(
    kind="activity",
    section="explore",
    download="explore_download",
    file="activities",
    heading=lambda: _("Activities"),
    search_label=lambda: _("Search activities"),
    placeholder=lambda: _("Words in any of the six languages"),
    count=wording.activities,
    sorts=("relevance", "newest", "oldest", "title", "updated"),
    plain_sort="newest",
    records=listing.activity_records,
    sheets=listing.activity_sheets,
    entries=listing.activity_entries,
    columns=listing.activity_columns,
    cells=listing.activity_cells,
    sheet=activity_sheet.columns,
    charts=("element", "region", "year"),
    more={
        "country": lambda state: Link(_("All countries"), state.href(view="map")),
        "organization": lambda _state: Link(
            _("All organizations"), addresses.list_of("organization")
        ),
    },
)
ORGANIZATIONS = ListKind(
    kind="organization",
    section="organizations",
    download="organizations_download",
    file="organizations",
    heading=lambda: _("Organizations"),
    search_label=lambda: _("Search organizations"),
    placeholder=lambda: _("Name or acronym"),
    count=wording.organizations,
    sorts=("relevance", "title", "updated"),
    plain_sort="title",
    records=listing.organization_records,
    sheets=listing.organization_sheets,
    entries=listing.organization_entries,
    columns=listing.organization_columns,
    cells=listing.organization_cells,
    sheet=organization_sheet.columns,
    charts=("type", "region"),
    more={"country": lambda state: Link(_("All countries"), state.href(view="map"))},
)
