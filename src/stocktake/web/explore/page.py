"""The parts of a list page: search box, pills, facets, views, and the result in the chosen view."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.kernel.search.declarations import Declaration
from stocktake.kernel.search.searcher import count_values, search
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.lib.textsearch import parse_query
from stocktake.web import addresses
from stocktake.web.environment import number
from stocktake.web.explore.facets import (
    Branch,
    branches,
    chart_parts,
    facet_parts,
    pills,
    years_part,
)
from stocktake.web.explore.kinds import ListKind
from stocktake.web.explore.results import Found, find, request_for, sort_of
from stocktake.web.explore.state import YEARS, ListState
from stocktake.web.figures import world
from stocktake.web.naming import Naming
from stocktake.web.parts import Column, Link, Option, Pages, Search, Table, View

_COUNTRY = "country"


def list_page(
    state: ListState, declared: Declaration, kind: ListKind, *, user: Any, download_path: str
) -> dict[str, Any]:
    """Make the variables of a list page."""
    naming = Naming()
    found = find(state, declared, kind, user=user, language=naming.language)
    if found.is_from_record:
        plain = replace(state, view="table" if state.view == "table" else "list")
        return {
            **_frame(state, plain, declared, kind, []),
            **_result(plain, found, kind, naming),
            "note": _record_note(),
            "views": [],
            "downloads": [],
        }
    counted = branches(declared, found.counts, state, naming.language)
    return {
        **_frame(state, state, declared, kind, counted),
        **_result(state, found, kind, naming),
        **_drawn(state, declared, kind, found, counted, naming),
        "downloads": _downloads(state, download_path),
        "note": "",
    }


def _frame(
    state: ListState,
    shown: ListState,
    declared: Declaration,
    kind: ListKind,
    counted: Sequence[Branch],
) -> dict[str, Any]:
    """Give what stands around the result."""
    facets = [*facet_parts(counted, state, kind.more), years_part(state)] if counted else []
    names = {facet.name for facet in declared.facets} | {f"{YEARS}_from", f"{YEARS}_to", "page"}
    if not counted:  # without facets on the page, the search box alone keeps what was asked
        facets = []
    return {
        "section": kind.section,
        "heading": kind.heading(),
        "search": Search(
            action=state.path,
            label=kind.search_label(),
            query=state.text,
            placeholder=kind.placeholder(),
            hidden=state.pairs("q", "page", "sort"),
        ),
        "pills": pills(counted, state),
        "clear_href": state.href(text="", chosen={}, year_from=None, year_to=None, sort=""),
        "facets": facets,
        "facet_action": state.path,
        "facet_hidden": state.pairs(*names),
        "chosen": state.filters_set,
        "views": _views(shown, kind),
        "view": shown.view,
        "sort_action": state.path,
        "sorting": _sorting(shown, kind),
        "sort_hidden": state.pairs("sort", "page"),
        "empty_hints": _hints(state),
    }


def _result(state: ListState, found: Found, kind: ListKind, naming: Naming) -> dict[str, Any]:
    """Give the records in the view list or table."""
    shown: dict[str, Any] = {
        "count": found.total,
        "count_text": kind.count(found.total),
        "count_note": "",
    }
    if state.view == "list":
        query = parse_query(state.text) if state.text and not found.is_from_record else None
        shown["entries"] = kind.entries(found.records, naming, query)
    elif state.view == "table":
        shown["table"] = _table(state, found, kind, naming)
    if found.page_size:
        shown["pages"] = pages(state, found)
    return shown


def _drawn(
    state: ListState,
    declared: Declaration,
    kind: ListKind,
    found: Found,
    counted: Sequence[Branch],
    naming: Naming,
) -> dict[str, Any]:
    """Give the result as a map or as charts, and in how many countries it is."""
    if state.view == "chart":
        return {"charts": chart_parts(counted, state, kind.charts)}
    country = declared.facet(_COUNTRY)
    if not kind.has_map or country is None:
        return {}
    chosen = state.chosen.get(_COUNTRY, ())
    if state.view != "map":
        return {} if chosen or not found.total else {"count_note": _in_countries(state, declared)}
    codes = [each.m49 for each in vocabularies.countries()]
    asked = chosen or codes
    request = request_for(state, declared, naming.language)
    counts = count_values(request, _COUNTRY, asked)
    placed = search(
        replace(request, filters={**state.chosen, _COUNTRY: tuple(asked)}, page_size=0, facets=())
    )
    tiles = world(naming, counts, lambda code: state.only(country, code, view="list"))
    return {"world": tiles, "unmapped": found.total - placed.total}


def _in_countries(state: ListState, declared: Declaration) -> str:
    codes = [each.m49 for each in vocabularies.countries()]
    counts = count_values(request_for(state, declared, "en"), _COUNTRY, codes)
    reached = sum(count > 0 for count in counts.values())
    if not reached:
        return ""
    told = {"count": number(reached)}
    return ngettext("in %(count)s country", "in %(count)s countries", reached) % told


def _table(state: ListState, found: Found, kind: ListKind, naming: Naming) -> Table:
    current = sort_of(state, kind)
    columns = []
    for column, sort in kind.columns():
        is_current = sort == current or (sort == "newest" and current == "oldest")
        turned = "oldest" if sort == "newest" and current == "newest" else sort
        direction = "ascending" if current in ("title", "oldest") else "descending"
        columns.append(
            Column(
                column.label,
                column.is_number,
                state.href(sort=turned) if sort and not found.is_from_record else "",
                direction if sort and is_current and not found.is_from_record else "",
            )
        )
    rows = [kind.cells(record, naming) for record in found.records]
    return Table(kind.heading(), columns, rows, is_caption_unseen=True)


def pages(state: ListState, found: Found) -> Pages:
    """Give the pager: the first and last page and those around the current one."""
    last = max(1, -(-found.total // found.page_size))
    here = found.page
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    numbers: list[tuple[int, str, bool] | None] = []
    for place, page in enumerate(near):
        if place and page - near[place - 1] > 1:
            numbers.append(None)
        numbers.append((page, state.href(page=page), page == here))
    first = (here - 1) * found.page_size + 1
    return Pages(
        first=first,
        last=min(found.total, first + found.page_size - 1),
        total=found.total,
        previous=state.href(page=here - 1) if here > 1 else None,
        next=state.href(page=here + 1) if here < last else None,
        numbers=numbers if last > 1 else [],
    )


def _views(state: ListState, kind: ListKind) -> list[View]:
    words = {"list": _("List"), "table": _("Table"), "map": _("Map"), "chart": _("Chart")}
    return [
        View(label, state.href(view=view), view == state.view)
        for view, label in words.items()
        if view != "map" or kind.has_map
    ]


def _sorting(state: ListState, kind: ListKind) -> list[Option]:
    if state.view not in ("list", "table"):
        return []
    words = {
        "relevance": _("Relevance"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "title": _("Title"),
        "updated": _("Recently changed"),
    }
    current = sort_of(state, kind)
    offered = [sort for sort in kind.sorts if sort != "relevance" or state.text]
    return [Option(sort, words[sort], sort == current) for sort in offered]


def _downloads(state: ListState, path: str) -> list[Link]:
    pairs = state.pairs("page", "view")
    query = f"?{addresses.query_string(pairs)}" if pairs else ""
    return [
        Link(_("CSV"), f"{path.format('csv')}{query}"),
        Link(_("Workbook (XLSX)"), f"{path.format('xlsx')}{query}"),
    ]


def _hints(state: ListState) -> list[str | Link]:
    hints: list[str | Link] = []
    if state.text:
        hints.append(_("Use fewer or more general words; titles and texts are searched."))
        if state.filters_set:
            hints.append(
                Link(_("Search for the same words without any filter"), _unfiltered(state))
            )
        elif len(state.text.split()) > 1 or '"' in state.text:
            hints.append(_("Words in quotation marks must stand side by side."))
    if state.is_narrowed:
        hints.append(Link(_("Show everything"), state.path))
    return hints


def _unfiltered(state: ListState) -> str:
    return state.href(chosen={}, year_from=None, year_to=None)


def _record_note() -> str:
    return _(
        "The search index is being made again. Until it is ready this is the whole list, read "
        "from the record, without search and filters."
    )
