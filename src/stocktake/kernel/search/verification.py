"""Does the engine answer what a plain computation over the record answers?

The plain side reads the published records again and counts with sets; it shares the analysis of
text and the reading of a query with the engine's side, and nothing else.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from stocktake.kernel.history.queries import head
from stocktake.kernel.search.declarations import Declaration, Document, Weight, declarations
from stocktake.kernel.search.documents import all_runs, facet_codes, integers_of, title_sort_key
from stocktake.kernel.search.requests import SORTS, SearchRequest
from stocktake.kernel.search.searcher import all_ids, search
from stocktake.lib.multilingual import LANGUAGES
from stocktake.lib.textsearch import Query, fold, index_terms, parse_query

_BATCH = 500
_SAMPLE = 400  # records that words, phrases and codes are drawn from
_REPORTED = 5  # identifiers named of a difference

Sequence_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Outcome of a comparison; `differences` are sentences, none when all agree."""

    queries: int
    hits: int
    counts: int
    differences: list[str]
    position: int
    head: int

    @property
    def is_equal(self) -> bool:
        """Whether every hit and every count agreed."""
        return not self.differences


@dataclass(slots=True)
class _Plain:
    """The published records of one kind, as sets."""

    facets: dict[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    integers: dict[str, Mapping[str, int]] = field(default_factory=dict)
    titles: dict[str, Mapping[str, str]] = field(default_factory=dict)
    holding: dict[Sequence_, set[str]] = field(default_factory=dict)


def verify(queries: int, seed: int) -> Report:
    """Compare hits, order and every facet count on random requests.

    Raises:
        IndexUnavailable: there is no index to compare.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    requests = list(_requests(queries, chance))
    wanted = {
        sequence
        for request in requests
        for clause in parse_query(request.text).clauses
        for sequence in clause.sequences
    }
    plain = {declared.kind: _read(declared, wanted) for declared in declarations().values()}
    differences: list[str] = []
    hits = counts = position = 0
    for request in requests:
        found = _compare(request, plain[request.kind or ""])
        hits, counts, position = hits + found.hits, counts + found.counts, found.position
        differences.extend(found.differences)
    return Report(len(requests), hits, counts, differences, position, head()[0])


def _documents(declared: Declaration, ids: Sequence[str]) -> Iterator[Document]:
    for first in range(0, len(ids), _BATCH):
        wanted: dict[str, Any] = {f"{declared.id_field}__in": ids[first : first + _BATCH]}
        yield from declared.documents(declared.published().filter(**wanted))


def _read(declared: Declaration, wanted: set[Sequence_]) -> _Plain:
    plain = _Plain(holding={sequence: set() for sequence in wanted})
    by_first: dict[str, list[Sequence_]] = {}
    for sequence in wanted:
        by_first.setdefault(sequence[0], []).append(sequence)
    for document in _documents(declared, _ids(declared)):
        plain.facets[document.id] = {
            name: frozenset(facet_codes(codes)) for name, codes in document.facets.items()
        }
        plain.integers[document.id] = integers_of(document)
        plain.titles[document.id] = {
            language: title_sort_key(document, language) for language in LANGUAGES
        }
        for sequence in _sequences_in(document, by_first):
            plain.holding[sequence].add(document.id)
    return plain


def _sequences_in(
    document: Document, by_first: Mapping[str, list[Sequence_]]
) -> Iterator[Sequence_]:
    for run in all_runs(document):
        terms = _terms_of_name(run.text, run.language) if run.weight is Weight.NAMES else None
        terms = terms or index_terms(run.text, run.language)
        for variant in terms.variants:
            yield from by_first.get(f"~{variant}", ())
        if by_first.keys().isdisjoint(terms.primary):
            continue
        for place, term in enumerate(terms.primary):
            for sequence in by_first.get(term, ()):
                if tuple(terms.primary[place : place + len(sequence)]) == sequence:
                    yield sequence


_terms_of_name = lru_cache(maxsize=16_384)(index_terms)


def _requests(queries: int, chance: random.Random) -> Iterator[SearchRequest]:
    samples = {kind: _sample(declared, chance) for kind, declared in declarations().items()}
    kinds = [kind for kind, sample in samples.items() if sample]
    for _ in range(queries if kinds else 0):
        kind = chance.choice(kinds)
        yield _request(kind, samples[kind], chance)


def _sample(declared: Declaration, chance: random.Random) -> list[Document]:
    ids = _ids(declared)
    chosen = chance.sample(ids, min(_SAMPLE, len(ids)))
    return sorted(_documents(declared, chosen), key=lambda each: each.id)


def _ids(declared: Declaration) -> list[str]:
    return sorted(declared.published().values_list(declared.id_field, flat=True))


def _request(kind: str, sample: Sequence[Document], chance: random.Random) -> SearchRequest:
    text = " ".join(_words(sample, chance) for _ in range(chance.choice((0, 0, 1, 1, 1, 2, 3))))
    filters: dict[str, tuple[str, ...]] = {}
    for _ in range(chance.choice((0, 0, 1, 1, 2, 3))):
        facets = chance.choice(sample).facets
        name = chance.choice(sorted(facets)) if facets else ""
        if name and facets[name]:
            code = str(chance.choice(sorted(map(str, facets[name]))))
            filters[name] = (*filters.get(name, ()), code)
    years = sorted(chance.randrange(1995, 2031) for _ in range(2))
    return SearchRequest(
        kind=kind,
        text=text,
        language=chance.choice(LANGUAGES),
        filters=filters,
        sort=chance.choice(SORTS),
        since=date(years[0], 1, 1) if chance.random() < 0.1 else None,
        until=date(years[1], 12, 31) if chance.random() < 0.1 else None,
        page_size=0,
    )


def _words(sample: Sequence[Document], chance: random.Random) -> str:
    """Draw a word, a phrase or an exclusion from a text, at times typed in another way."""
    runs = all_runs(chance.choice(sample))
    words = chance.choice(runs).text.replace('"', " ").split() if runs else []
    if not words:
        return ""
    first = chance.randrange(len(words))
    if any("\u3040" < letter < "\ua000" for letter in words[first]):  # a run of Chinese
        start = chance.randrange(len(words[first]))
        return words[first][start : start + chance.choice((1, 2, 2, 3, 4, 7))]
    kind = chance.random()
    if kind < 0.25:
        return f'"{" ".join(words[first : first + chance.choice((2, 3, 4))])}"'
    if kind < 0.35:
        return f"-{words[first]}"
    if kind < 0.5:
        return words[first].upper()
    return fold(words[first]) if kind < 0.65 else words[first]


def _compare(request: SearchRequest, plain: _Plain) -> Report:
    results = search(request)
    ids = all_ids(request)
    told = f"{request.text!r} {dict(request.filters)} {request.since}..{request.until}"
    chosen = _chosen(request)
    base = _matching(request, plain)
    expected = {each for each in base if _is_chosen(plain, each, chosen, "")}
    differences = []
    if set(ids) != expected or len(ids) != results.total or len(ids) != len(set(ids)):
        extra, missing = sorted(set(ids) - expected), sorted(expected - set(ids))
        differences.append(
            f"{told}: {results.total} hits, {len(expected)} in the record;"
            f" too many {extra[:_REPORTED]}, missing {missing[:_REPORTED]}"
        )
    elif not _is_in_order(request, plain, ids):
        differences.append(f"{told}: not in the order {request.sort!r}")
    declared = declarations()[request.kind or ""]
    counts = 0
    for name, values in _expected_counts(declared, plain, base, chosen).items():
        counts += len(values)
        limit = (facet.limit if (facet := declared.facet(name)) else None) or len(values)
        shown = dict(results.facets.get(name, ()))
        needed = sorted(values.values(), reverse=True)[:limit]
        told_numbers = sorted((number for number in shown.values() if number), reverse=True)
        is_exact = all(values.get(code, 0) == number for code, number in shown.items())
        if not is_exact or told_numbers[: len(needed)] != needed:
            wrong = {code: (number, values.get(code, 0)) for code, number in shown.items()}
            wrong = {code: pair for code, pair in wrong.items() if pair[0] != pair[1]}
            differences.append(f"{told}: counts of {name} differ: {wrong}")
    return Report(1, len(ids), counts, differences, results.position, results.position)


def _chosen(request: SearchRequest) -> dict[str, frozenset[str]]:
    """Return the chosen codes by facet, and by group where a facet has groups."""
    declared = declarations()[request.kind or ""]
    chosen: dict[str, frozenset[str]] = {}
    for name, codes in request.filters.items():
        facet = declared.facet(name)
        for code in codes:
            key = f"{name}/{code.split(':')[0]}" if facet and facet.groups else name
            chosen[key] = chosen.get(key, frozenset()) | {code}
    return chosen


def _is_chosen(
    plain: _Plain, public_id: str, chosen: Mapping[str, frozenset[str]], ignoring: str
) -> bool:
    facets = plain.facets[public_id]
    return all(
        name == ignoring or not codes.isdisjoint(facets.get(name.split("/")[0], ()))
        for name, codes in chosen.items()
    )


def _matching(request: SearchRequest, plain: _Plain) -> set[str]:
    found = set(plain.facets)
    query: Query = parse_query(request.text)
    for clause in query.clauses:
        numbers = Counter(
            public_id for each in set(clause.sequences) for public_id in plain.holding[each]
        )
        holding = {public_id for public_id, n in numbers.items() if n >= clause.minimum}
        found = found - holding if clause.is_excluded else found & holding
    integers = plain.integers
    if request.since:
        first = int(request.since.strftime("%Y%m%d"))
        found = {each for each in found if integers[each].get("ends", -1) >= first}
    if request.until:
        last = int(request.until.strftime("%Y%m%d"))
        found = {each for each in found if "starts" in integers[each]}
        found = {each for each in found if integers[each]["starts"] <= last}
    return found


def _is_in_order(request: SearchRequest, plain: _Plain, ids: Sequence[str]) -> bool:
    if request.sort == "relevance":
        return True
    if request.sort == "title":
        keys = [plain.titles[each][request.language] for each in ids]
        return keys == sorted(keys)
    numbers = [plain.integers[each][request.sort] for each in ids]
    return numbers == sorted(numbers, reverse=request.sort != "oldest")


def _expected_counts(
    declared: Declaration,
    plain: _Plain,
    base: set[str],
    chosen: Mapping[str, frozenset[str]],
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    rest = [each for each in base if _is_chosen(plain, each, chosen, "")] if chosen else base
    for facet in declared.facets:
        own = [name for name in chosen if name.split("/")[0] == facet.name]
        general = Counter(code for each in rest for code in plain.facets[each].get(facet.name, ()))
        if not facet.groups:
            counts[facet.name] = general
        for code, number in general.items() if facet.groups else ():
            counts.setdefault(f"{facet.name}/{code.split(':')[0]}", Counter())[code] = number
        for name in own:
            kept = [each for each in base if _is_chosen(plain, each, chosen, name)]
            group = name.partition("/")[2]
            counts[name] = Counter(
                code
                for each in kept
                for code in plain.facets[each].get(facet.name, ())
                if not group or code.split(":")[0] == group
            )
    return counts
