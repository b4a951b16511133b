"""Reading documents: by any symbol, their provisions, citations, ancestry and lines of texts.

Each query takes whoever reads (nobody: the public) and tells only what they may see.
"""

import re
import zlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q

from stocktake.domain.documents.choices import ProvisionRole
from stocktake.domain.documents.models import (
    Citation,
    Document,
    DocumentSymbol,
    LanguageVersion,
    Lineage,
    Provision,
    ProvisionQuerySet,
)
from stocktake.lib.resolutions import normalize_symbol

COMPARED = (ProvisionRole.OPERATIVE.value, ProvisionRole.NUMBERED.value)
"""The roles of the provisions that two texts are compared by; what hangs on them goes along."""

MAX_FILE = 25 * 1024 * 1024
"""The largest file of an official text that is kept, in bytes."""

_DASHES = re.compile("[‐-―−]")
_SPACES = re.compile(r"\s+")
_LONGEST = 200

_EARLIER = """
WITH RECURSIVE kin(id) AS (
    SELECT earlier_id FROM documents_lineage WHERE later_id = %s
    UNION
    SELECT lineage.earlier_id FROM documents_lineage lineage JOIN kin ON lineage.later_id = kin.id
)
SELECT id FROM kin
"""
_LATER = """
WITH RECURSIVE kin(id) AS (
    SELECT later_id FROM documents_lineage WHERE earlier_id = %s
    UNION
    SELECT lineage.later_id FROM documents_lineage lineage JOIN kin ON lineage.earlier_id = kin.id
)
SELECT id FROM kin
"""
_LINE = """
WITH RECURSIVE line(id, previous_id) AS (
    SELECT id, previous_id FROM documents_document WHERE id = %s
    UNION
    SELECT document.id, document.previous_id FROM documents_document document
    JOIN line ON document.id = line.previous_id OR document.previous_id = line.id
)
SELECT id FROM line
"""


def symbol_key(text: str) -> str:
    """Give the form in which a symbol is looked up: capitals, plain dashes, no spaces."""
    return _SPACES.sub("", _DASHES.sub("-", text)).upper()


def symbol_keys(text: str) -> list[str]:
    """Give the keys that a symbol as somebody wrote it may have; a joint one has several."""
    if len(text) > _LONGEST:
        return []
    plain = _DASHES.sub("-", text.strip())
    written = (*normalize_symbol(plain), *normalize_symbol(plain.upper()), plain)
    return list(dict.fromkeys(symbol_key(each) for each in written if each))


def document_visible_to(user: Any, symbol_or_id: str) -> Document | None:
    """Give a document by any of its symbols or its identifier, if the person may see it.

    Case, dashes and spaces of the symbol do not matter; of a joint symbol the first counts.
    """
    keys = symbol_keys(symbol_or_id)
    if not keys:
        return None
    given = symbol_or_id.strip().upper()
    versions = LanguageVersion.objects.defer("content", "text")
    rows = Document.objects.visible_to(user).select_related("previous")
    found = rows.filter(
        Q(public_id=given)
        | Q(pk__in=DocumentSymbol.objects.filter(key__in=keys).values("document"))
    ).prefetch_related("symbols", Prefetch("versions", versions.order_by("pk")))
    documents = list(found)
    if len(documents) < 2:
        return documents[0] if documents else None

    def rank(document: Document) -> int:
        own = [keys.index(each.key) for each in document.symbols.all() if each.key in keys]
        return min(own, default=len(keys))

    return min(documents, key=rank)


def documents_by_symbol(symbols: Collection[str]) -> Mapping[str, Document]:
    """Give the documents of some normalised symbols, by symbol, whatever their state."""
    by_key = {symbol_key(symbol): symbol for symbol in symbols}
    rows = DocumentSymbol.objects.filter(key__in=list(by_key))
    found = rows.select_related("document__previous").prefetch_related("document__symbols")
    return {by_key[row.key]: row.document for row in found} if by_key else {}


def documents_in_order(user: Any, public_ids: list[str]) -> list[Document]:
    """Give the rows of a list of identifiers, in its order, as far as they may be seen."""
    rows = Document.objects.visible_to(user).filter(public_id__in=public_ids)
    found = rows.defer("events", "decisions").prefetch_related("symbols")
    by_id = {document.public_id: document for document in found}
    return [by_id[public_id] for public_id in public_ids if public_id in by_id]


def provisions_of(
    document: Document, user: Any = None, *, with_withdrawn: bool = False
) -> list[Provision]:
    """Give the provisions of a document in its order, with what each cites; two queries.

    `citations` of each hold those of documents that the person may see; `parent` and `document`
    are set.
    """
    rows = Provision.objects.filter(document=document).order_by("position", "pk")
    wanted = rows if with_withdrawn else rows.filter(is_withdrawn=False)
    provisions = list(_with_citations(wanted, user))
    by_key = {provision.pk: provision for provision in provisions}
    for provision in provisions:
        provision.document = document
        if provision.parent_id in by_key:
            provision.parent = by_key[provision.parent_id]
    return provisions


def _with_citations(rows: ProvisionQuerySet, user: Any) -> ProvisionQuerySet:
    seen = Document.objects.visible_to(user)
    citations = Citation.objects.filter(cited__in=seen.values("pk")).select_related("cited")
    return rows.prefetch_related(Prefetch("citations", citations.order_by("position", "pk")))


def provision_visible_to(user: Any, document: Document, path: str) -> Provision | None:
    """Give a provision of a document by its path, in any case of letters, with what it cites.

    Withdrawn provisions are found too: permalinks never die.
    """
    rows = Provision.objects.visible_to(user).filter(document=document, path__iexact=path)
    found = list(_with_citations(rows.select_related("parent"), user))
    if not found:
        return None
    provision = next((each for each in found if each.path == path), found[0])
    provision.document = document
    return provision


def cited_by(document: Document, user: Any = None) -> list[Citation]:
    """Give the citations of a document in others, the newest of those first."""
    rows = _citations().filter(
        cited=document, document__in=Document.objects.visible_to(user).values("pk")
    )
    return list(
        rows.order_by("-document__date", "document__symbol", "provision__position", "position")
    )


def cites(document: Document, user: Any = None) -> list[Citation]:
    """Give what a document cites, in the order of its provisions."""
    rows = _citations().filter(
        document=document, cited__in=Document.objects.visible_to(user).values("pk")
    )
    return list(rows.order_by("provision__position", "position", "pk"))


def _citations() -> Any:
    standing = Q(provision=None) | Q(provision__is_withdrawn=False)
    return Citation.objects.filter(standing).select_related("document", "provision", "cited")


def ancestors_of(provision: Provision, user: Any = None) -> list[Lineage]:
    """Give the links from a provision back through all years, the nearest first; two queries.

    Each link names an `earlier` and a `later` provision, with their documents.
    """
    keys = _walk(_EARLIER, provision.pk)
    rows = _links(user).filter(earlier__in=keys)
    links = rows.filter(Q(later__in=keys) | Q(later=provision))
    return list(links.order_by("-earlier__document__date", "earlier__position", "pk"))


def descendants_of(provision: Provision, user: Any = None) -> list[Lineage]:
    """Give the links from a provision on through all years, the nearest first; two queries."""
    keys = _walk(_LATER, provision.pk)
    rows = _links(user).filter(later__in=keys)
    links = rows.filter(Q(earlier__in=keys) | Q(earlier=provision))
    return list(links.order_by("later__document__date", "later__position", "pk"))


def _links(user: Any) -> Any:
    seen = Document.objects.visible_to(user).values("pk")
    rows = Lineage.objects.filter(earlier__document__in=seen, later__document__in=seen)
    return rows.select_related("earlier__document", "later__document")


def line_of(document: Document, user: Any = None) -> list[Document]:
    """Give all documents of a document's line, itself too, in order of date; two queries."""
    rows = Document.objects.visible_to(user).filter(pk__in=_walk(_LINE, document.pk))
    return list(rows.prefetch_related("symbols").order_by("date", "symbol", "pk"))


def previous_in_line(document: Document) -> Mapping[int, int | None]:
    """Give the key of the text before each one of a document's line, whoever may see it."""
    rows = Document.objects.filter(pk__in=_walk(_LINE, document.pk))
    return dict(rows.values_list("pk", "previous_id"))


def _walk(sql: str, key: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        return [found for (found,) in cursor.fetchall()]


def dropped_from(document: Document, user: Any = None) -> list[Provision]:
    """Give the provisions of the text before it that a document does not continue.

    Operative and numbered paragraphs count, with the sub-paragraphs of those. Nothing is told
    where the two texts were never aligned (no lineage between them at all): that would call
    everything dropped.
    """
    previous = document.previous
    if previous is None or not Document.objects.visible_to(user).filter(pk=previous.pk).exists():
        return []
    pairs = _pairs(previous, document)
    return _without(previous, {earlier for earlier, _later in pairs}) if pairs else []


def new_in(document: Document, user: Any = None) -> list[Provision]:
    """Give the provisions of a document that continue none of the text before it.

    What counts is as in `dropped_from`.
    """
    previous = document.previous
    if previous is None or not Document.objects.visible_to(user).filter(pk=previous.pk).exists():
        return []
    pairs = _pairs(previous, document)
    return _without(document, {later for _earlier, later in pairs}) if pairs else []


def _pairs(earlier: Document, later: Document) -> list[tuple[int, int]]:
    rows = Lineage.objects.filter(earlier__document=earlier, later__document=later)
    return list(rows.values_list("earlier_id", "later_id"))


def _without(document: Document, linked: Collection[int]) -> list[Provision]:
    rows = Provision.objects.filter(document=document, is_withdrawn=False)
    provisions = list(rows.order_by("position", "pk"))
    gone = {
        provision.pk
        for provision in provisions
        if provision.role in COMPARED and provision.pk not in linked
    }
    below = _below(provisions, gone, linked)
    for provision in provisions:
        provision.document = document
    return [provision for provision in provisions if provision.pk in gone | below]


def _below(provisions: Iterable[Provision], gone: set[int], linked: Collection[int]) -> set[int]:
    """Give what hangs on lost paragraphs and is not compared by itself."""
    parents = {each.pk: each.parent_id for each in provisions if each.role not in COMPARED}
    below = set()
    for key in parents:
        above, seen = parents[key], {key}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above in gone and key not in linked:
            below.add(key)
    return below


def versions_of(document: Document) -> list[LanguageVersion]:
    """Give the official texts that are held of a document, without the files themselves."""
    rows = LanguageVersion.objects.filter(document=document).defer("content")
    return list(rows.order_by("pk"))


def content_of(version: LanguageVersion) -> bytes:
    """Give the file of an official text as it came."""
    return zlib.decompressobj().decompress(bytes(version.content), MAX_FILE)


def labels_of(codes: Collection[str], language: str) -> Mapping[str, str]:
    """Give what documents are called by public identifier: symbol, else title."""
    found = Document.objects.filter(public_id__in=codes).only("public_id", "symbol", "title")
    return {row.public_id: row.symbol or row.title.best(language).text for row in found}
