"""Searching: one page of hits with facet counts, all identifiers, counts of single values."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import tantivy

from stocktake.kernel.search import readers
from stocktake.kernel.search.counting import Counts, code_counts, facet_counts
from stocktake.kernel.search.declarations import declarations
from stocktake.kernel.search.documents import title_in
from stocktake.kernel.search.matching import Plan, chosen_codes, plan
from stocktake.kernel.search.readers import Reader, engine_errors, number_of_hits
from stocktake.kernel.search.requests import (
    BadRequest,
    Hit,
    IndexUnavailable,
    Results,
    SearchRequest,
    Suggestion,
)
from stocktake.kernel.search.schema import WORDS, title_field
from stocktake.lib.textsearch import parse_query, prefixes_of_query

__all__ = ["IndexUnavailable", "all_ids", "count_values", "search", "suggest"]

_SUGGESTIONS_READ = 100


def search(request: SearchRequest) -> Results:
    """Answer one request.

    Raises:
        IndexUnavailable: pages then list from the record and say so.
        BadRequest: the kind, a facet, the sort or the page does not exist.
    """
    _check(request)
    reader = readers.current()
    planned, chosen = _planned(reader, request)
    with engine_errors():
        total, hits = _page(reader, planned, request)
        facets = _facets(reader, planned, request, chosen)
    return Results(total, hits, facets, reader.state.number)


def all_ids(request: SearchRequest) -> list[str]:
    """Return the identifiers of all hits in the order of the request (downloads).

    Raises:
        IndexUnavailable: as `search`.
        BadRequest: as `search`.
    """
    _check(request)
    reader = readers.current()
    planned, _ = _planned(reader, request)
    with engine_errors():
        total = number_of_hits(reader.searcher.search(planned.query(), limit=1))
        whole = replace(request, page=1, page_size=max(1, total))
        addresses = _addresses(reader, planned, whole)[1] if total else []
        return _ids(reader, addresses)


def count_values(request: SearchRequest, facet: str, codes: Collection[str]) -> dict[str, int]:
    """Count given values of a facet under all other choices: the type-ahead of long facets.

    Raises:
        IndexUnavailable: as `search`.
        BadRequest: as `search`.
    """
    _check(request)
    found = declarations()[request.kind].facet(facet) if request.kind else None
    if found is None:
        raise BadRequest(f"There is no facet {facet!r}.")
    reader = readers.current()
    planned, _ = _planned(reader, request)
    with engine_errors():
        return code_counts(reader, planned.query(ignoring=facet), found, codes)


def suggest(
    text: str, language: str = "en", *, limit: int = 8, kind: str | None = None
) -> list[Suggestion]:
    """Return records whose title holds words that begin as typed, the best fitting first.

    Raises:
        IndexUnavailable: as `search`.
    """
    prefixes = prefixes_of_query(text)
    if not prefixes:
        return []
    reader = readers.current()
    must = [tantivy.Query.regex_query(reader.schema, WORDS, f"{each}.*") for each in prefixes]
    if kind:
        must.append(tantivy.Query.term_query(reader.schema, "kind", kind, "basic"))
    query = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in must])
    with engine_errors():
        hits = reader.searcher.search(query, limit=_SUGGESTIONS_READ, count=False).hits
        stored = [_stored(reader, address) for _, address in hits]
    found = [
        Suggestion(each["kind"], each["id"], *title_in(each["titles"], each["original"], language))
        for each in stored
    ]
    found.sort(key=lambda each: (*_distance(each.title, prefixes), each.kind, each.id))
    return found[:limit]


def _check(request: SearchRequest) -> None:
    if request.kind is not None and request.kind not in declarations():
        raise BadRequest(f"No record type {request.kind!r} is searchable.")
    if request.page < 1 or request.page_size < 0:
        raise BadRequest("Pages count from 1, and a page has no negative size.")
    if request.kind is None and request.facets:
        raise BadRequest("Facets are counted for one record type at a time.")


def _planned(reader: Reader, request: SearchRequest) -> tuple[Plan, dict[str, tuple[str, ...]]]:
    chosen = chosen_codes(request, declarations())
    with engine_errors():
        return plan(reader, request, declarations()), chosen


def _page(reader: Reader, planned: Plan, request: SearchRequest) -> tuple[int, tuple[Hit, ...]]:
    total, addresses = _addresses(reader, planned, request)
    stored = [_stored(reader, address) for address in addresses]
    return total, tuple(Hit(each["kind"], each["id"]) for each in stored)


def _addresses(
    reader: Reader, planned: Plan, request: SearchRequest
) -> tuple[int, list[tantivy.DocAddress]]:
    options: dict[str, Any] = {"offset": (request.page - 1) * request.page_size}
    has_words = bool(parse_query(request.text).wanted)
    if request.sort == "title":
        options |= {"order_by_field": title_field(request.language), "order": tantivy.Order.Asc}
    elif request.sort == "oldest":
        options |= {"order_by_field": "oldest", "order": tantivy.Order.Asc}
    elif request.sort == "updated":
        options |= {"order_by_field": "updated"}
    elif request.sort == "newest" or not has_words:
        options |= {"order_by_field": "newest"}
    found = reader.searcher.search(planned.query(), limit=max(1, request.page_size), **options)
    addresses = [address for _, address in found.hits] if request.page_size else []
    return number_of_hits(found), addresses


def _facets(
    reader: Reader, planned: Plan, request: SearchRequest, chosen: dict[str, tuple[str, ...]]
) -> Counts:
    if request.kind is None:
        return {}
    declared = declarations()[request.kind]
    names = request.facets
    if names is None:
        names = tuple(facet.name for facet in declared.facets)
    if not names:
        return {}
    choice = tuple(sorted(chosen.items()))
    key = (request.kind, request.text, choice, names, request.since, request.until)
    counts: Counts | None = reader.remembered(key)
    if counts is None:
        counts = facet_counts(reader, planned, declared, names, chosen)
        reader.remember(key, counts)
    return counts


def _stored(reader: Reader, address: tantivy.DocAddress) -> Any:
    return json.loads(bytes(reader.searcher.doc(address)["stored"][0]))


def _ids(reader: Reader, addresses: list[tantivy.DocAddress]) -> list[str]:
    """Read identifiers in the order of the files, where neighbours lie in one compressed block."""
    places = sorted(
        range(len(addresses)), key=lambda at: (addresses[at].segment_ord, addresses[at].doc)
    )
    ids = [""] * len(addresses)
    for at in places:
        ids[at] = str(_stored(reader, addresses[at])["id"])
    return ids


def _distance(title: str, prefixes: list[str]) -> tuple[int, int]:
    """Return 0 for a title that itself begins as typed, then its length."""
    first = prefixes_of_query(title)[:1]
    begins = bool(first and first[0].startswith(prefixes[0]))
    return (0 if begins else 1, len(title))
