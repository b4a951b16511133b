"""What a list page knows of each kind of record besides its declaration: rows, columns, words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from stocktake.lib.textsearch import Query
from stocktake.web import addresses, wording
from stocktake.web.activities import sheet as activity_sheet
from stocktake.web.asks import feeds, reading
from stocktake.web.asks import listing as ledger
from stocktake.web.asks import sheet as ledger_sheet
from stocktake.web.asks.matrix import matrix
from stocktake.web.asks.timeline import timeline
from stocktake.web.documents import listing as document_listing
from stocktake.web.explore import listing
from stocktake.web.explore.own import Asked, Listed
from stocktake.web.explore.state import ListState
from stocktake.web.naming import Naming
from stocktake.web.organizations import sheet as organization_sheet
from stocktake.web.parts import Cell, Column, Entry, Link
from stocktake.web.register import INVENTED

Getter = Callable[[Any], str | int | float | Decimal | None]
Writer = Callable[[HttpRequest, ListState, Listed], HttpResponseBase]


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
        views: the views there are, the first of them where none is asked for; `own`: what makes
            the variables of the views that only this kind has.
        fetch: gives records by their identifiers in order, where that takes more than `records`.
        writers: what sends the formats besides CSV and XLSX.
        sort_words: names of orders where the usual ones do not fit.
        invented: what finds the invented among the records, without the index.
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
    views: tuple[str, ...] = ("list", "table", "map", "chart")
    own: Mapping[str, Callable[[Asked], Mapping[str, Any]]] = field(default_factory=dict)
    fetch: Callable[[Any, Sequence[str]], list[Any]] | None = None
    writers: Mapping[str, Writer] = field(default_factory=dict)
    sort_words: Callable[[], Mapping[str, str]] = dict
    invented: Mapping[str, Any] = field(default_factory=lambda: {"origin__in": INVENTED["origin"]})

    def in_its_views(self, state: ListState) -> ListState:
        """Give the state in a view that the kind has: the one asked for, else the first."""
        return state if state.view in self.views else replace(state, view=self.views[0])


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
DOCUMENTS = ListKind(
    kind="document",
    section="documents",
    download="documents_download",
    file="documents",
    heading=lambda: _("Documents"),
    search_label=lambda: _("Search documents"),
    placeholder=lambda: _("Symbol, title or words of a paragraph"),
    count=document_listing.count,
    sorts=("relevance", "newest", "oldest", "title", "updated"),
    plain_sort="newest",
    records=document_listing.records,
    sheets=document_listing.records,
    entries=document_listing.entries,
    columns=document_listing.columns,
    cells=document_listing.cells,
    sheet=document_listing.sheet,
    charts=(),
    has_map=False,
    views=("list", "table"),
)
ASK_INSTANCES = ListKind(
    kind="ask_instance",
    section="ledger",
    download="ledger_download",
    file="ledger",
    heading=lambda: _("Ledger of asks"),
    search_label=lambda: _("Search the ledger"),
    placeholder=lambda: _("What was asked, of whom, in which document"),
    count=ledger.count,
    sorts=("relevance", "newest", "oldest", "title", "updated"),
    plain_sort="newest",
    records=reading.records,
    sheets=reading.records,
    entries=ledger.entries,
    columns=ledger.columns,
    cells=ledger.cells,
    sheet=ledger_sheet.columns,
    charts=(),
    has_map=False,
    views=("list", "table", "matrix", "timeline"),
    own={"list": ledger.rows_part, "matrix": matrix, "timeline": timeline},
    fetch=reading.rows,
    writers={"json": feeds.json_file, "atom": feeds.atom_feed, "ics": feeds.calendar},
    sort_words=lambda: {"newest": _("Due latest first"), "oldest": _("Due earliest first")},
    invented={"ask__is_invented": True},
)
