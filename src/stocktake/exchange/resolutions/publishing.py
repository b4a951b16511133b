"""Writing the paragraphs, asks and official text of a document, in transactions of at most 500."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.asks.models import Ask
from stocktake.domain.asks.services import create_asks
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.queries import documents_by_symbol
from stocktake.domain.documents.services import (
    add_language_version,
    create_document,
    publish_document,
    update_document,
    write_provisions,
)
from stocktake.exchange.models import Draft, DraftState
from stocktake.exchange.resolutions.content import Content
from stocktake.exchange.resolutions.drafts import close, content_bytes, open_draft
from stocktake.exchange.resolutions.lineage import trace
from stocktake.exchange.resolutions.rows import (
    ask_rows,
    document_values,
    provision_rows,
    symbols_of,
)
from stocktake.kernel.common.actors import Actor

BATCH = 500
"""The most records that one transaction writes."""


@dataclass(frozen=True)
class OfficialText:
    """A file and the text that was read of it."""

    text: str
    content: bytes
    file_name: str = ""
    media_type: str = ""


def publish_draft(actor: Actor, draft: Draft, *, expected_version: int | None) -> Document:
    """Make a document of a draft: its paragraphs, asks, official text and ancestry.

    The document is public only when all of it is written; a publication that was interrupted goes
    on where it stopped.

    Raises:
        StaleVersion: somebody else corrected the draft meanwhile.
        PermissionDenied, ValidationError: nothing is public.
    """
    with transaction.atomic():
        current = open_draft(actor, draft, expected_version)
        content = _with_previous(current.structure)
        document = current.document or _start(actor, content)
        if document.is_stub:
            document = _fill(actor, document, content)
        current.document = document
        current.save(update_fields=["document"])
    write_content(actor, document, content)
    with transaction.atomic():
        current = open_draft(actor, current, None)
        source = OfficialText(
            current.source, content_bytes(current), current.file_name, current.media_type
        )
        add_official_text(actor, document, content, source)
        trace(actor, document, content["language"])
        document = publish_document(actor, document, expected_version=None)
        current.document = document
        close(actor, current, DraftState.PUBLISHED)
    return document


def write_content(actor: Actor, document: Document, content: Content) -> None:
    """Write the provisions of a text and what they ask; what stands already is not written again.

    Raises:
        PermissionDenied, ValidationError: the transaction at work wrote nothing.
    """
    provisions: dict[str, Provision] = {}
    for rows in _batches(provision_rows(content)):
        with transaction.atomic():
            provisions |= write_provisions(actor, document, rows)
    asks = ask_rows(content, provisions, key=document.public_id)
    known = set(
        Ask.objects.filter(provision__document=document).values_list("public_id", flat=True)
    )
    fresh = [public_id for public_id in asks if public_id not in known]
    for ids in _batches(fresh):
        with transaction.atomic():
            create_asks(actor, [asks[public_id] for public_id in ids], public_ids=ids)


def add_official_text(
    actor: Actor, document: Document, content: Content, source: OfficialText
) -> None:
    """Keep the text of a document in its language, with the words of each provision."""
    for units in _batches(content["units"]):
        add_language_version(
            actor,
            document,
            language=content["language"],
            text=source.text,
            content=source.content,
            file_name=source.file_name,
            media_type=source.media_type,
            provision_texts={unit["path"]: unit["text"] for unit in units if unit["text"]},
            footnotes={
                unit["path"]: {note["number"]: note["text"] for note in unit["footnotes"]}
                for unit in units
                if unit["footnotes"]
            },
        )


def known_document(written: str) -> Document | None:
    """Find a document by its symbol, however that is written, or by its identifier."""
    if not written.strip():
        return None
    symbols = symbols_of(written)
    found = documents_by_symbol(symbols)
    by_symbol = next((found[each] for each in symbols if each in found), None)
    return by_symbol or Document.objects.filter(public_id=written.strip().upper()).first()


def _start(actor: Actor, content: Content) -> Document:
    """Make the working record, or take the one that is known from citations only."""
    symbol = content["head"]["symbol"]
    if not symbol and not content["head"]["title"]:
        raise ValidationError(_("A document needs a symbol or a title before it is published."))
    known = known_document(symbol)
    if known is None:
        return create_document(actor, {**document_values(content), "state": "working"})
    if not known.is_stub or known.provisions.exists():
        told = {"symbol": symbol}
        raise ValidationError(
            _("%(symbol)s is in the register already: its text is added by an import.") % told
        )
    return known


def _fill(actor: Actor, stub: Document, content: Content) -> Document:
    """Give a document that was known from citations what its text states."""
    values: dict[str, Any] = document_values(content)
    fresh = {**values, "symbols": _all_symbols(stub, values), "is_stub": False}
    return update_document(actor, stub, fresh, expected_version=None)


def _all_symbols(known: Document, values: Mapping[str, Any]) -> list[str]:
    held = [each.symbol for each in known.symbols.all()]
    return list(dict.fromkeys((*held, *values.get("symbols", ()))))


def _with_previous(content: Content) -> Content:
    """Name the text that came before by its identifier.

    Raises:
        ValidationError: the register holds no document of that symbol.
    """
    written = content["head"].get("previous", "")
    if not written:
        return content
    previous = known_document(written)
    if previous is None:
        told = {"symbol": written}
        raise ValidationError(_("The register holds no document %(symbol)s.") % told)
    return {**content, "head": {**content["head"], "previous_id": previous.public_id}}


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
