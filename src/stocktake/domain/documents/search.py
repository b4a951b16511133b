"""What the search knows of a document: its symbols, names and provisions, and their facets."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from stocktake.domain.documents.choices import DocumentStatus, Origin
from stocktake.domain.documents.models import (
    Document,
    DocumentQuerySet,
    DocumentSymbol,
    LanguageVersion,
    Provision,
)
from stocktake.kernel.search import declarations
from stocktake.kernel.search.declarations import Declaration, Facet, TextRun, Weight
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.terms import first_day, last_day
from stocktake.lib.multilingual import Text

_AT_ONCE = 500  # keys named in one query; SQLite takes a limited number

Labels = Callable[[Collection[str], str], Mapping[str, str]]

HOLDINGS = {
    "text": _("Official text held"),
    "record": _("Described in our own words"),
    "cited": _("Known from citations only"),
}
"""How much is held of a document."""


class _Row(NamedTuple):
    """A document's own fields, named as the model names them."""

    pk: int
    public_id: str
    symbol: str
    title: Text
    summary: Text
    type: str
    body: str
    date: str
    presented_by: str
    author: str
    languages: list[str]
    status: str
    is_stub: bool
    origin: str
    updated_at: datetime


_FIELDS = tuple(_Row.__annotations__)


def documents(found: DocumentQuerySet) -> Iterator[declarations.Document]:
    """Describe documents to the index, in a number of queries that their number hardly moves."""
    rows = [_Row(*values) for values in found.values_list(*_FIELDS)]
    keys = [row.pk for row in rows]
    symbols = _by_document(DocumentSymbol, keys, "symbol")
    versions = _by_document(LanguageVersion, keys, "language")
    texts = _provision_runs(keys)
    return (
        _document(row, symbols.get(row.pk, ()), versions.get(row.pk, ()), texts.get(row.pk, ()))
        for row in rows
    )


def _document(
    row: _Row, symbols: Sequence[str], versions: Sequence[str], texts: Sequence[TextRun]
) -> declarations.Document:
    start = first_day(row.date) if row.date else None
    held = "text" if versions else "cited" if row.is_stub else "record"
    return declarations.Document(
        id=row.public_id,
        titles=row.title.values or {"": row.symbol},
        original=row.title.original if row.title else "",
        texts=(
            *(TextRun(Weight.LEAD, "", symbol) for symbol in symbols),
            *_runs(Weight.LEAD, row.summary),
            *(TextRun(Weight.NAMES, "", name) for name in (row.presented_by, row.author) if name),
            *texts,
        ),
        facets={
            "type": {row.type} - {""},
            "body": {row.body} - {""},
            "year": {row.date[:4]} - {""},
            "status": {row.status} - {""},
            "language": {*row.languages, *versions},
            "held": {held},
            "origin": {row.origin},
        },
        sort_date=start,
        period=(start, last_day(row.date)) if start else None,
        updated_at=row.updated_at,
    )


def _runs(weight: Weight, text: Text) -> tuple[TextRun, ...]:
    return tuple(TextRun(weight, language, value) for language, value in text.values.items())


def _provision_runs(documents: Sequence[int]) -> dict[int, list[TextRun]]:
    """Give the words of the provisions of documents; a section's heading once."""
    found: dict[int, dict[TextRun, None]] = defaultdict(dict)
    fields = ("document_id", "is_withdrawn", "section", "summary", "text")
    for document, is_withdrawn, *texts in _rows(Provision, documents, *fields):
        if not is_withdrawn:
            for text in texts:
                found[document].update(dict.fromkeys(_runs(Weight.BODY, text)))
    return {document: list(runs) for document, runs in found.items()}


def _by_document(model: type[Model], documents: Sequence[int], field: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for document, value in _rows(model, documents, "document_id", field):
        found[document].append(value)
    return found


def _rows(model: type[Model], documents: Sequence[int], *fields: str) -> Iterator[tuple[Any, ...]]:
    """Read fields of what hangs on documents, in the order of their entry."""
    for first in range(0, len(documents), _AT_ONCE):
        wanted = {"document__in": documents[first : first + _AT_ONCE]}
        yield from model._default_manager.filter(**wanted).order_by("pk").values_list(*fields)


def _codes(codelist: str) -> Labels:
    def labels(codes: Collection[str], language: str) -> Mapping[str, str]:
        return vocabularies.labels(codelist, language, codes)

    return labels


def _choices(choices: Mapping[str, Any]) -> Labels:
    def labels(codes: Collection[str], language: str) -> Mapping[str, str]:
        return {code: str(choices.get(code, code)) for code in codes}

    return labels


def _years(codes: Collection[str], language: str) -> Mapping[str, str]:
    return {code: code for code in codes}


def _of_provisions(identifiers: Collection[str]) -> Iterable[str]:
    found = Document.objects.filter(provisions__public_id__in=identifiers)
    return found.values_list("public_id", flat=True).distinct().iterator()


DECLARATIONS = (
    Declaration(
        kind=Document.kind,
        label=_("Documents"),
        published=Document.objects.published,
        documents=documents,
        facets=(
            Facet("type", _("Kind of document"), _codes("document_type")),
            Facet("body", _("Body"), _codes("document_body"), limit=20),
            Facet("year", _("Year"), _years, order="code"),
            Facet("status", _("Status"), _choices(dict(DocumentStatus.choices))),
            Facet("language", _("Language of the document"), _codes("language")),
            Facet("held", _("What is held"), _choices(HOLDINGS), order="label"),
            Facet("origin", _("Where the entry came from"), _choices(dict(Origin.choices))),
        ),
        borrows={Provision.kind: _of_provisions},
    ),
)
