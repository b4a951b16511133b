"""The parts of a list page: search box, pills, facets, views, and the result in the chosen view."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.kernel.search.declarations import Declaration
from stocktake.kernel.search.searcher import count_values, search
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.lib.textsearch import parse_query
from stocktake.web import addresses, wording
from stocktake.web.environment import number
from stocktake.web.explore.facets import (
    Branch,
    Offered,
    branches,
    chart_parts,
    facet_parts,
    pills,
    years_part,
)
from stocktake.web.explore.files import FORMATS
from stocktake.web.explore.finding import Named
from stocktake.web.explore.kinds import ListKind
from stocktake.web.explore.own import Asked, pager
from stocktake.web.explore.results import Found, find, request_for, sort_of
from stocktake.web.explore.state import YEARS, ListState
from stocktake.web.figures import world
from stocktake.web.naming import Naming
from stocktake.web.parts import Column, FacetValue, Link, Option, Search, Table, View

_COUNTRY = "country"


def list_page(
    asked: Named, declared: Declaration, kind: ListKind, *, user: Any, download_path: str
) -> dict[str, Any]:
    """Make the variables of a list page."""
    naming, state = Naming(), asked.state
    found = find(state, declared, kind, user=user, language=naming.language)
    if found.is_from_record:
        plain = replace(state, view="table" if state.view == "table" else "list")
        return {
            **_frame(asked, plain, declared, kind, []),
            **_result(plain, found, kind, naming),
            **_own(plain, declared, kind, found, naming, user),
            "notes": [_record_note()],
            "views": [],
            "downloads": [],
        }
    counted = branches(
        declared, found.counts, state, naming.language, {"element": naming.element_line}
    )
    return {
        **_frame(asked, state, declared, kind, counted, _offered(asked, declared, naming)),
        **_result(state, found, kind, naming),
        **_drawn(state, declared, kind, found, counted, naming),
        **_own(state, declared, kind, found, naming, user),
        "downloads": _downloads(state, download_path, kind),
        "notes": [*_notes(state), *asked.notes],
    }


def _frame(
    asked: Named,
    shown: ListState,
    declared: Declaration,
    kind: ListKind,
    counted: Sequence[Branch],
    offered: Offered = MappingProxyType({}),
) -> dict[str, Any]:
    """Give what stands around the result."""
    state = asked.state
    suggest = addresses.suggestions(kind.kind)
    facets = facet_parts(counted, state, kind.more, offered, suggest)
    if declared.facet(YEARS):
        facets.append(years_part(state))
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
            suggest=suggest,
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
        "invented": found.invented,
        "counted_too": wording.invented_too(found.invented),
    }
    if state.view == "list" and "list" not in kind.own:
        query = parse_query(state.text) if state.text and not found.is_from_record else None
        shown["entries"] = kind.entries(found.records, naming, query)
    elif state.view == "table":
        shown["table"] = _table(state, found, kind, naming)
    if found.page_size:
        shown["pages"] = pager(state, total=found.total, page=found.page, size=found.page_size)
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
        return {
            "charts": chart_parts(counted, state, kind.charts, wording.invented_too(found.invented))
        }
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


def _own(
    state: ListState,
    declared: Declaration,
    kind: ListKind,
    found: Found,
    naming: Naming,
    user: Any,
) -> Mapping[str, Any]:
    """Give the result in a view that only this kind of record has."""
    if state.view not in kind.own:
        return {}
    request = request_for(state, declared, naming.language)
    query = parse_query(state.text) if state.text and not found.is_from_record else None
    note = wording.invented_too(found.invented)
    return kind.own[state.view](
        Asked(state, request, found.records, naming, user, query=query, note=note)
    )


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
                column.is_whole,
            )
        )
    rows = [kind.cells(record, naming) for record in found.records]
    return Table(kind.heading(), columns, rows, is_caption_unseen=True)


def _views(state: ListState, kind: ListKind) -> list[View]:
    words = {
        "list": _("List"),
        "table": _("Table"),
        "map": _("Map"),
        "chart": _("Chart"),
        "matrix": _("Matrix"),
        "timeline": _("Timeline"),
    }
    return [
        View(words[view], state.href(view=view), view == state.view)
        for view in kind.views
        if view != "map" or kind.has_map
    ]


def _sorting(state: ListState, kind: ListKind) -> list[Option]:
    if state.view not in ("list", "table", "timeline"):
        return []
    words = {
        "relevance": _("Relevance"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "title": _("Title"),
        "updated": _("Recently changed"),
        **kind.sort_words(),
    }
    current = sort_of(state, kind)
    offered = [
        sort for sort in kind.sorts if sort != "relevance" or (state.text and not state.is_wordless)
    ]
    return [Option(sort, words[sort], sort == current) for sort in offered]


def _downloads(state: ListState, path: str, kind: ListKind) -> list[Link]:
    pairs = state.pairs("page", "view")
    query = f"?{addresses.query_string(pairs)}" if pairs else ""
    words = {
        "csv": _("CSV"),
        "xlsx": _("Workbook (XLSX)"),
        "json": _("JSON"),
        "atom": _("Feed of changes (Atom)"),
        "ics": _("Calendar of due dates (iCalendar)"),
    }
    offered = (*FORMATS, *kind.writers)
    return [Link(words[each], f"{path.format(each)}{query}") for each in offered]


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


def _offered(asked: Named, declared: Declaration, naming: Naming) -> Offered:
    """Give what typed names may have meant as boxes with their counts."""
    request = request_for(asked.state, declared, naming.language)
    offered = {}
    for facet, names in asked.offered.items():
        counts = count_values(request, facet, list(names))
        chosen = asked.state.chosen.get(facet, ())
        offered[facet] = [
            FacetValue(code, name, counts[code])
            for code, name in names.items()
            if code not in chosen
        ]
    return offered


def _notes(state: ListState) -> list[str]:
    notes = []
    if state.is_wordless:
        told = {"words": state.text}
        notes.append(
            _(
                "“%(words)s” holds no letter and no number: there is nothing to search for, and "
                "the list is not narrowed by it."
            )
            % told
        )
    if state.is_turned:
        years = {"start": state.year_from, "end": state.year_to}
        notes.append(
            _("The first year was after the last; the years are taken as %(start)s to %(end)s.")
            % years
        )
    return notes


def _record_note() -> str:
    return _(
        "The search index is being made again. Until it is ready this is the whole list, read "
        "from the record, without search and filters."
    )
