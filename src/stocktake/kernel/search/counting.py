"""Exact facet counts; those of a facet ignore the choice made in that facet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tantivy

from stocktake.kernel.search.declarations import Declaration, Facet
from stocktake.kernel.search.matching import Plan
from stocktake.kernel.search.readers import Reader
from stocktake.kernel.search.requests import BadRequest
from stocktake.kernel.search.schema import facet_field

Counts = dict[str, list[tuple[str, int]]]

_MOST_BUCKETS = 60_000  # the engine refuses to answer more than 65,000
_FIRST_LOOK = 5_000  # values a segment reports of a facet with a limit before a closer look
_ALL_VALUES = 2_000_000


def facet_counts(
    reader: Reader,
    plan: Plan,
    declared: Declaration,
    names: Sequence[str],
    chosen: Mapping[str, tuple[str, ...]],
) -> Counts:
    """Count the values of facets (`country`, `element`, `element/sdg`).

    Raises:
        BadRequest: there is no such facet.
    """
    counts: Counts = {}
    free: dict[str, Facet] = {}
    for name in names:
        facet = declared.facet(name)
        if facet is None:
            raise BadRequest(f"There is no facet {name!r} for {declared.kind!r}.")
        own = [each for each in chosen if each == name or each.startswith(f"{facet.name}/")]
        if facet.groups or not own:
            free[facet.name] = facet
        for each in own:
            found = _count(reader, plan.query(ignoring=each), [facet], _group(each))
            counts[each] = found[facet.name]
    if free:
        found = _count(reader, plan.query(), list(free.values()), "")
        for name, values in found.items():
            for key, group_values in _by_group(free[name], values).items():
                counts.setdefault(key, group_values)
    _add_chosen(reader, plan, declared, counts, chosen)
    return {
        name: _ordered(values, declared.facet(name))
        for name, values in counts.items()
        if any(name == each or name.startswith(f"{each}/") for each in names)
    }


def code_counts(
    reader: Reader, query: tantivy.Query, facet: Facet, codes: Iterable[str]
) -> dict[str, int]:
    """Count single values of a facet."""
    wanted = list(dict.fromkeys(codes))
    found: dict[str, int] = dict.fromkeys(wanted, 0)
    if wanted:
        terms = _terms(facet, size=len(wanted), segment_size=len(wanted), include=wanted)
        answer = reader.searcher.aggregate(query, {facet.name: terms})
        found.update(_buckets(answer[facet.name]))
    return found


def _count(reader: Reader, query: tantivy.Query, facets: Sequence[Facet], group: str) -> Counts:
    include = f"{re.escape(group)}:.*" if group else None
    asked = {
        facet.name: _terms(
            facet,
            size=facet.limit or _MOST_BUCKETS,
            segment_size=_FIRST_LOOK if facet.limit else _MOST_BUCKETS,
            include=include,
        )
        for facet in facets
    }
    answer = reader.searcher.aggregate(query, asked)
    for facet in facets:
        if answer[facet.name].get("doc_count_error_upper_bound"):
            terms = _terms(
                facet, size=facet.limit or _MOST_BUCKETS, segment_size=_ALL_VALUES, include=include
            )
            answer[facet.name] = reader.searcher.aggregate(query, {facet.name: terms})[facet.name]
    return {facet.name: _buckets(answer[facet.name]) for facet in facets}


def _terms(facet: Facet, *, size: int, segment_size: int, include: Any) -> dict[str, Any]:
    # Without sizes above the number of values the engine answers ten, silently.
    terms: dict[str, Any] = {"field": facet_field(facet.name), "size": size}
    terms["segment_size"] = segment_size
    if include is not None:
        terms["include"] = include
    return {"terms": terms}


def _buckets(answer: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(bucket["key"], bucket["doc_count"]) for bucket in answer["buckets"]]


def _by_group(facet: Facet, values: list[tuple[str, int]]) -> Counts:
    if facet.groups is None:
        return {facet.name: values}
    counts: Counts = {}
    for code, number in values:
        counts.setdefault(f"{facet.name}/{code.partition(':')[0]}", []).append((code, number))
    return counts


def _add_chosen(
    reader: Reader,
    plan: Plan,
    declared: Declaration,
    counts: Counts,
    chosen: Mapping[str, tuple[str, ...]],
) -> None:
    """Make sure that what is chosen is listed, also with no record or beyond the limit."""
    for name, codes in chosen.items():
        facet = declared.facet(name)
        listed = {code for code, _ in counts.get(name, ())}
        missing = [code for code in codes if code not in listed]
        if facet is not None and name in counts and missing:
            found = code_counts(reader, plan.query(ignoring=name), facet, missing)
            counts[name] = [*counts[name], *found.items()]


def _ordered(values: list[tuple[str, int]], facet: Facet | None) -> list[tuple[str, int]]:
    if facet is not None and facet.order == "code":
        return sorted(values)
    return sorted(values, key=lambda value: (-value[1], value[0]))


def _group(name: str) -> str:
    return name.partition("/")[2]
