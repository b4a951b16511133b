"""From a parsed text query and chosen facets to queries of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import tantivy

from stocktake.kernel.search.declarations import Declaration
from stocktake.kernel.search.documents import day_number
from stocktake.kernel.search.readers import Reader
from stocktake.kernel.search.requests import SORTS, BadRequest, SearchRequest
from stocktake.kernel.search.schema import TEXT_FIELDS, facet_field
from stocktake.lib.textsearch import Clause, parse_query

Must = tantivy.Occur.Must
Should = tantivy.Occur.Should
MustNot = tantivy.Occur.MustNot
Parts = list[tuple[tantivy.Occur, tantivy.Query]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A request as parts: what always holds, and the choice in each facet on its own."""

    always: Parts
    choices: Mapping[str, tantivy.Query]

    def query(self, *, ignoring: str = "") -> tantivy.Query:
        """Return the query, for the counts of a facet without the choice in it."""
        chosen = [
            (Must, query)
            for name, query in self.choices.items()
            if name != ignoring and name.partition("/")[0] != ignoring
        ]
        return tantivy.Query.boolean_query([*self.always, *chosen])


def plan(reader: Reader, request: SearchRequest, declared: Mapping[str, Declaration]) -> Plan:
    """Prepare a request.

    Raises:
        BadRequest: it names a sort or facet that does not exist.
    """
    if request.sort not in SORTS:
        raise BadRequest(f"There is no sort {request.sort!r}; there are: {', '.join(SORTS)}.")
    kinds = [request.kind] if request.kind else list(declared)
    always: Parts = [(Must, tantivy.Query.term_set_query(reader.schema, "kind", kinds))]
    always = [(Must, tantivy.Query.const_score_query(always[0][1], 0.0))]
    always.extend(_text(reader, request.text))
    always.extend(_period(reader, request))
    choices = {
        name: _any_code(reader, name, codes)
        for name, codes in chosen_codes(request, declared).items()
    }
    return Plan(always, choices)


def chosen_codes(
    request: SearchRequest, declared: Mapping[str, Declaration]
) -> dict[str, tuple[str, ...]]:
    """Return the chosen codes by facet, those of a facet with groups by `<facet>/<group>`."""
    chosen: dict[str, list[str]] = {}
    for name, codes in request.filters.items():
        facet = declared[request.kind].facet(name) if request.kind else None
        if facet is None:
            raise BadRequest(f"There is no facet {name!r} for {request.kind or 'all records'}.")
        for code in codes:
            key = f"{facet.name}/{code.partition(':')[0]}" if facet.groups else facet.name
            chosen.setdefault(key, []).append(code)
    return {name: tuple(dict.fromkeys(codes)) for name, codes in chosen.items()}


def _any_code(reader: Reader, name: str, codes: Sequence[str]) -> tantivy.Query:
    field = facet_field(name.partition("/")[0])
    query = tantivy.Query.term_set_query(reader.schema, field, list(codes))
    return tantivy.Query.const_score_query(query, 0.0)


def _period(
    reader: Reader, request: SearchRequest
) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
    def within(field: str, lower: int | None, upper: int | None) -> tantivy.Query:
        integer = tantivy.FieldType.Integer
        query = tantivy.Query.range_query(reader.schema, field, integer, lower, upper)
        return tantivy.Query.const_score_query(query, 0.0)

    if request.since is not None:
        yield Must, within("ends", day_number(request.since), None)
    if request.until is not None:
        yield Must, within("starts", None, day_number(request.until))


def _text(reader: Reader, text: str) -> Iterator[tuple[tantivy.Occur, tantivy.Query]]:
    for clause in parse_query(text).clauses:
        yield MustNot if clause.is_excluded else Must, _clause(reader, clause)


def _clause(reader: Reader, clause: Clause) -> tantivy.Query:
    if clause.minimum == 1:
        found = [query for each in clause.sequences for query in _in_fields(reader, each)]
        return _any(found)
    each_found = [(Should, _any(list(_in_fields(reader, each)))) for each in clause.sequences]
    return tantivy.Query.boolean_query(each_found, minimum_number_should_match=clause.minimum)


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    if not queries:
        return tantivy.Query.empty_query()
    return tantivy.Query.boolean_query([(Should, query) for query in queries])


def _in_fields(reader: Reader, sequence: Sequence[str]) -> Iterator[tantivy.Query]:
    """Look for a term, or for terms in order, in each text field that has them all."""
    for weight, field in TEXT_FIELDS.items():
        if all(reader.searcher.doc_freq(field, term) for term in sequence):
            if len(sequence) == 1:
                query = tantivy.Query.term_query(reader.schema, field, sequence[0], "freq")
            else:
                query = tantivy.Query.phrase_query(reader.schema, field, list(sequence))
            yield tantivy.Query.boost_query(query, float(weight))
