"""Finding the records of a list page: by the index, or from the record while there is none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

from stocktake.kernel.search.declarations import Declaration
from stocktake.kernel.search.requests import IndexUnavailable, SearchRequest
from stocktake.kernel.search.searcher import all_ids, search
from stocktake.web.explore.kinds import ListKind
from stocktake.web.explore.own import Listed
from stocktake.web.explore.state import ListState
from stocktake.web.register import INVENTED

PAGE_SIZES = {"list": 20, "table": 50, "timeline": 40}
_BATCH = 500


@dataclass(frozen=True)
class Found:
    """What a list page shows: how many there are, one page of records, counts of facets.

    `invented` counts the invented records among all.
    """

    total: int
    records: Sequence[Any]
    page: int
    page_size: int
    counts: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    is_from_record: bool = False
    invented: int = 0


def sort_of(state: ListState, kind: ListKind) -> str:
    """Give the order: the one asked for if the list has it, else the one that fits."""
    has_words = bool(state.text) and not state.is_wordless
    if state.sort in kind.sorts and (state.sort != "relevance" or has_words):
        return state.sort
    return "relevance" if has_words else kind.plain_sort


def find(
    state: ListState, declared: Declaration, kind: ListKind, *, user: Any, language: str
) -> Found:
    """Find one page of records with the counts of all facets."""
    size = PAGE_SIZES.get(state.view, 0)
    request = state.request(declared, language=language, sort=sort_of(state, kind))
    request = replace(request, page_size=size)
    try:
        found = search(request)
        last = max(1, -(-found.total // size)) if size else 1
        if state.page > last:
            request = replace(request, page=last)
            found = search(request)
    except IndexUnavailable:
        return _from_record(state, declared, kind, user)
    records = _records(kind, user, found.ids) if size else []
    return Found(
        found.total,
        records,
        request.page,
        size,
        found.facets,
        invented=_invented(found.facets, state),
    )


def _records(kind: ListKind, user: Any, ids: Sequence[str]) -> list[Any]:
    return kind.fetch(user, ids) if kind.fetch else in_order(kind.records(user), ids)


def _invented(counts: Mapping[str, list[tuple[str, int]]], state: ListState) -> int:
    """Count invented records; the counts of a facet do not heed what is chosen in it."""
    (invented,) = INVENTED["origin"]
    chosen = state.chosen.get("origin", (invented,))
    return dict(counts.get("origin", ())).get(invented, 0) if invented in chosen else 0


def in_order(records: QuerySet[Any], ids: Sequence[str]) -> list[Any]:
    """Fetch records in the order of their identifiers, as far as they are in the queryset."""
    by_id = {row.public_id: row for row in records.filter(public_id__in=list(ids))}
    return [by_id[public_id] for public_id in ids if public_id in by_id]


def whole_list(
    state: ListState, declared: Declaration, kind: ListKind, *, user: Any, language: str
) -> Listed:
    """Give every record of the list in its order, fetched in batches (downloads)."""
    request = state.request(declared, language=language, sort=sort_of(state, kind))
    try:
        ids = list(all_ids(replace(request, page=1)))
    except IndexUnavailable:
        ids = list(_published(declared).values_list(declared.id_field, flat=True))
    return Listed(ids, _fetched(kind, user, ids))


def _fetched(kind: ListKind, user: Any, ids: Sequence[str]) -> Iterator[Any]:
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        yield from kind.fetch(user, some) if kind.fetch else in_order(kind.sheets(user), some)


def _from_record(state: ListState, declared: Declaration, kind: ListKind, user: Any) -> Found:
    """List everything that is published, the latest changed first, without search or facets."""
    size = PAGE_SIZES.get(state.view, PAGE_SIZES["list"])
    published = _published(declared)
    total = published.count()
    page = min(state.page, max(1, -(-total // size)))
    ids = published.values_list(declared.id_field, flat=True)[(page - 1) * size : page * size]
    return Found(
        total,
        _records(kind, user, list(ids)),
        page,
        size,
        is_from_record=True,
        invented=published.filter(**kind.invented).count(),
    )


def _published(declared: Declaration) -> Any:
    return declared.published().order_by("-updated_at", declared.id_field)


def request_for(state: ListState, declared: Declaration, language: str) -> SearchRequest:
    """Give the question behind a list, for counts of single values."""
    return replace(state.request(declared, language=language, sort="newest"), page=1)
