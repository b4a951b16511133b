"""What a record type tells the search: its text, facets, dates, and whose words it borrows.

A domain app writes `search.py` with `DECLARATIONS = (Declaration(...),)`; nothing else is needed.
List page, API, command line and download read the same declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal

from django.apps import apps

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise


class Weight(IntEnum):
    """How much a hit in a text counts; the value is the factor of its BM25 score."""

    TITLE = 8
    LEAD = 3
    BODY = 2
    NAMES = 1  # words borrowed from other records: organizations, countries, elements


@dataclass(frozen=True, slots=True)
class TextRun:
    """One text in one language (tag of the text, "" when unknown) with its weight."""

    weight: Weight
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """What the index holds of one published record.

    Args:
        id: public identifier.
        titles: title by language tag; searched with `Weight.TITLE`, suggested, and sorted by.
        original: language tag of the original title (sort and suggestion fall back to it).
        texts: every other text.
        facets: codes by facet name; for a tree, the ancestors of each code as well.
        sort_date: day for the orders newest and oldest.
        period: first and last day for the filters `from` and `to` (overlap); None: no dates.
            The declarer decides what an open end means (`date.max` for "still going on").
        updated_at: for the order "recently updated".
    """

    id: str
    titles: Mapping[str, str]
    original: str = "en"
    texts: tuple[TextRun, ...] = ()
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    sort_date: date | None = None
    period: tuple[date, date] | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list.

    Args:
        name: key in address, API and `Document.facets`: lower-case letters, digits, underscore.
        label: words for people, lazily translated.
        labels: names of the given codes in a language: (codes, language) -> {code: name}.
        order: how a page lists the values: by "count", by "code" (time-like) or by "label".
        limit: most values counted and shown at once (the chosen ones always are);
            None for all. Others are reached with `searcher.count_values`.
        parents: for a tree, the parent of each given code that has one: codes -> {code: parent}.
        groups: for qualified codes `<group>:<code>` (elements of all frameworks share one facet):
            (language) -> {group: name} in display order. Each group then behaves as a facet of
            its own named `<name>/<group>`: values of one group are alternatives, groups add up.
    """

    name: str
    label: str | _StrPromise
    labels: Callable[[Collection[str], str], Mapping[str, str]]
    order: Literal["count", "code", "label"] = "count"
    limit: int | None = None
    parents: Callable[[Collection[str]], Mapping[str, str]] | None = None
    groups: Callable[[str], Mapping[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One record type as the search sees it.

    Args:
        kind: kind of the record, as in the log of changes ("activity").
        label: plural words for people, lazily translated.
        published: queryset of what everybody may see; whatever it leaves out never reaches the
            index.
        documents: describes records of that queryset, in any order and in a number of queries
            that does not depend on theirs; `one_by_one` makes it of a function of one record.
        facets: in display order; every name used in `Document.facets` must be declared.
        borrows: for each other kind whose words or facets a document shows: its changed
            public identifiers -> public identifiers of this kind to index again (may be an
            iterator: it is read in batches).
        id_field: field of the public identifier.
    """

    kind: str
    label: str | _StrPromise
    published: Callable[[], QuerySet[Any]]
    documents: Callable[[Any], Iterable[Document]]
    facets: tuple[Facet, ...] = ()
    borrows: Mapping[str, Callable[[Collection[str]], Iterable[str]]] = field(default_factory=dict)
    id_field: str = "public_id"

    def facet(self, name: str) -> Facet | None:
        """Return the facet of that name, also for `<name>/<group>`."""
        plain = name.partition("/")[0]
        return next((each for each in self.facets if each.name == plain), None)


def one_by_one(document: Callable[[Any], Document]) -> Callable[[Any], Iterable[Document]]:
    """Describe each record by itself; its queryset fetches all that `document` reads."""
    return partial(map, document)


_declarations: dict[str, Declaration] | None = None


def declarations() -> Mapping[str, Declaration]:
    """Return the declarations of all installed apps by kind, in order of the apps."""
    global _declarations
    if _declarations is None:
        _declarations = _collect(_declared_by_apps())
    return _declarations


def declaration(kind: str) -> Declaration:
    """Return the declaration of a kind; KeyError names the kinds there are."""
    found = declarations().get(kind)
    if found is None:
        raise KeyError(f"No record type {kind!r} is searchable; there are: {list(declarations())}")
    return found


@contextmanager
def only(*those: Declaration) -> Iterator[None]:
    """Search with these declarations alone while the context lasts (tests, tools)."""
    global _declarations
    before, _declarations = _declarations, _collect(those)
    try:
        yield
    finally:
        _declarations = before


def _declared_by_apps() -> Iterator[Declaration]:
    for app in apps.get_app_configs():
        name = f"{app.name}.search"
        if app.name != "stocktake.kernel.search" and find_spec(name) is not None:
            yield from getattr(import_module(name), "DECLARATIONS", ())


def _collect(those: Iterable[Declaration]) -> dict[str, Declaration]:
    collected: dict[str, Declaration] = {}
    for each in those:
        if each.kind in collected:
            raise ValueError(f"The record type {each.kind!r} is declared twice.")
        for facet in each.facets:
            if not (facet.name.isidentifier() and facet.name.islower()):
                raise ValueError(f"Facet name {facet.name!r} of {each.kind!r} is not lower-case.")
        collected[each.kind] = each
    return collected
