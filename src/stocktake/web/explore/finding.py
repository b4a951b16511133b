"""Values of long facets by their names, and titles of records: while somebody types, or after."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten

from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Document
from stocktake.domain.documents.queries import symbol_key
from stocktake.kernel.search.requests import IndexUnavailable, Suggestion
from stocktake.kernel.search.searcher import suggest
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.lib.multilingual import spelling_key
from stocktake.web.explore.state import ListState

_LONGEST = 120
MOST = 8
"""The most names that are offered at once."""

Finder = Callable[[str, str], dict[str, str]]
"""What somebody typed and the page's language -> names by code, the best fitting first."""


@dataclass(frozen=True)
class Named:
    """What the typed names of a request came to: the state, and what they may have meant.

    `state` differs from the one given when a name stood for one value; `offered` holds the values
    to choose from by facet, `notes` say which names nothing bears.
    """

    state: ListState
    offered: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...]


def countries(typed: str, language: str) -> dict[str, str]:
    """Find countries any of whose names in the six languages has words that begin as typed."""
    prefixes = spelling_key(typed).split()
    if not prefixes:
        return {}
    found = {}
    for country in vocabularies.countries(language):
        names = [spelling_key(name).split() for name in country.names.values.values()]
        if any(_begins(name, prefixes) for name in names):
            found[country.m49] = country.names.best(language).text
    whole = " ".join(prefixes)
    ordered = sorted(found, key=lambda code: not spelling_key(found[code]).startswith(whole))
    return {code: found[code] for code in ordered[:MOST]}


def organizations(typed: str, language: str) -> dict[str, str]:
    """Find organizations whose name has words that begin as typed."""
    return {each.id: each.title for each in _suggested(typed, language, "organization")}


def titles(typed: str, language: str, kind: str) -> list[str]:
    """Find titles of records of one kind that have words which begin as typed."""
    found = (each.title for each in _suggested(typed, language, kind))
    return list(dict.fromkeys(shorten(title, _LONGEST, placeholder="") for title in found))


def documents(typed: str, language: str) -> dict[str, str]:
    """Find documents whose symbol begins as typed, or whose title has words that do."""
    key = symbol_key(typed)
    found = {}
    if key:
        rows = Document.objects.published().filter(symbols__key__startswith=key)
        rows = rows.order_by("symbol", "pk")[:MOST]
        found = dict(rows.values_list("public_id", "symbol"))
    found.update({each.id: each.title for each in _suggested(typed, language, "document")})
    return dict(list(found.items())[:MOST])


def addressees(typed: str, language: str) -> dict[str, str]:
    """Find addressees, of the codelist or organizations, whose name begins as typed."""
    found = _coded("addressee", typed, language)
    return {**found, **organizations(typed, language)}


def bodies(typed: str, language: str) -> dict[str, str]:
    """Find bodies that issue documents whose name has words that begin as typed."""
    return _coded("document_body", typed, language)


def _coded(codelist: str, typed: str, language: str) -> dict[str, str]:
    prefixes = spelling_key(typed).split()
    if not prefixes:
        return {}
    found = {}
    for entry in vocabularies.codes_of(codelist):
        names = [*entry.names.values.values(), entry.code]
        if any(_begins(spelling_key(name).split(), prefixes) for name in names):
            found[entry.code] = entry.names.best(language).text
    return dict(list(found.items())[:MOST])


FINDERS: Mapping[str, Finder] = {
    "country": countries,
    "organization": organizations,
    "document": documents,
    "addressee": addressees,
    "body": bodies,
}
"""How the values of a long facet are found by name."""


def named(state: ListState, language: str) -> Named:
    """Settle the names that were typed into facets."""
    offered: dict[str, Mapping[str, str]] = {}
    notes = []
    for facet, typed in state.named.items():
        found = FINDERS[facet](typed, language)
        exact = [code for code, name in found.items() if spelling_key(name) == spelling_key(typed)]
        sure = exact if len(exact) == 1 else list(found) if len(found) == 1 else []
        if sure:
            codes = dict.fromkeys((*state.chosen.get(facet, ()), *sure))
            state = replace(state, chosen={**state.chosen, facet: tuple(codes)})
        elif found:
            offered[facet] = found
        else:
            notes.append(_("Nothing to choose is called “%(name)s”.") % {"name": typed})
    return Named(state, offered, tuple(notes))


def _begins(words: list[str], prefixes: list[str]) -> bool:
    return all(any(word.startswith(prefix) for word in words) for prefix in prefixes)


def _suggested(typed: str, language: str, kind: str) -> list[Suggestion]:
    try:
        return suggest(typed, language, limit=MOST, kind=kind)
    except IndexUnavailable:
        return []
