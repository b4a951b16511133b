"""The official text of a document into the register: new, or joined to a record of our own."""

import mimetypes
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from stocktake.domain.documents.models import Document
from stocktake.domain.documents.services import normal_symbols, write_provisions
from stocktake.exchange.models import Draft, DraftState
from stocktake.exchange.resolutions.checking import Contradiction, contradictions
from stocktake.exchange.resolutions.content import Content, content_of
from stocktake.exchange.resolutions.drafts import start_draft
from stocktake.exchange.resolutions.lineage import trace
from stocktake.exchange.resolutions.publishing import (
    OfficialText,
    add_official_text,
    known_document,
    publish_draft,
)
from stocktake.exchange.resolutions.reading import read
from stocktake.exchange.resolutions.rows import provision_rows, symbols_of
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import queries as history

CREATED, TEXT_ADDED, UNCHANGED, CONTRADICTED = "created", "text_added", "unchanged", "contradicted"
"""What an import can come to."""


@dataclass(frozen=True)
class ImportReport:
    """What an import of a text did, or would do: `outcome` is one of the four above."""

    symbol: str
    outcome: str
    paragraphs: int
    asks: int
    document: Document | None = None
    contradictions: list[Contradiction] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Give plain values; the shape is stable."""
        return {
            "symbol": self.symbol,
            "outcome": self.outcome,
            "document": self.document.public_id if self.document else None,
            "paragraphs": self.paragraphs,
            "asks": self.asks,
            "contradictions": [
                {
                    "paragraph": each.paragraph,
                    "field": each.field,
                    "recorded": each.recorded,
                    "read": each.read,
                    "message": each.message,
                }
                for each in self.contradictions
            ],
            "warnings": self.warnings,
        }


def import_text(
    actor: Actor,
    data: bytes,
    *,
    symbol: str,
    file_name: str = "",
    language: str = "",
    is_dry: bool = False,
) -> ImportReport:
    """Add the official text of a document to its record, or make the record.

    A text that contradicts the record changes nothing; the report says in sentences where. The
    same text again changes nothing either.

    Args:
        symbol: of the document, however it is written, or the identifier of its record.
        is_dry: tell what would happen, only.

    Raises:
        PermissionDenied: nothing was written.
        ValidationError: the file cannot be read as one document, or the symbol is none; nothing
            was written.
    """
    require(actor, "exchange.import")
    document = known_document(symbol)
    named = "–".join(normal_symbols(symbols_of(symbol))) if document is None else document.symbol
    parsed = read(data, symbol=named, language=language)
    content = content_of(parsed)
    told = _Told(symbol, content)
    if document is None or _is_unwritten(document):
        if not is_dry:
            document = _create(actor, document, data, content, file_name=file_name)
        return told.report(CREATED, document)
    found = contradictions(document, content, file=file_name or symbol)
    if found:
        return told.report(CONTRADICTED, document, found)
    source = OfficialText(parsed.source, data, file_name, _media_type(file_name))
    with transaction.atomic():
        before = history.head()
        _join(actor, document, content, source)
        is_same = history.head() == before
        transaction.set_rollback(is_dry)
    return told.report(UNCHANGED if is_same else TEXT_ADDED, document)


@dataclass(frozen=True)
class _Told:
    symbol: str
    content: Content

    def report(
        self, outcome: str, document: Document | None, found: list[Contradiction] | None = None
    ) -> ImportReport:
        units = self.content["units"]
        return ImportReport(
            symbol=self.symbol,
            outcome=outcome,
            paragraphs=len(units),
            asks=sum(ask["force"] > 0 for unit in units for ask in unit["asks"]),
            document=document,
            contradictions=found or [],
            warnings=list(self.content["warnings"]),
        )


def _is_unwritten(document: Document) -> bool:
    """Tell a document that is known from citations only, or whose publication was interrupted."""
    if not document.provisions.exists():
        return True
    return document.drafts.filter(state=DraftState.OPEN).exists()


def _create(
    actor: Actor, document: Document | None, data: bytes, content: Content, *, file_name: str
) -> Document:
    """Make the record by way of a draft, so that an interrupted import goes on."""
    waiting = Draft.objects.filter(state=DraftState.OPEN, document=document)
    draft = waiting.first() if document is not None else None
    if draft is None:
        draft = start_draft(
            actor,
            content=data,
            file_name=file_name,
            media_type=_media_type(file_name),
            language=content["language"],
            symbol=content["head"]["symbol"],
            document=document,
        )
    return publish_draft(actor, draft, expected_version=None)


def _join(actor: Actor, document: Document, content: Content, source: OfficialText) -> None:
    """Add the text to a record that it does not contradict, with what the record leaves out."""
    known = dict(document.provisions.values_list("path", "position"))
    fresh = []
    place = 0
    for row in provision_rows(content):
        if row["path"] in known:
            place = known[row["path"]]
        else:
            fresh.append({**row, "position": place})
    if fresh:
        write_provisions(actor, document, fresh)
    add_official_text(actor, document, content, source)
    for each in (document, *document.following.all()):
        trace(actor, each, content["language"])


def _media_type(file_name: str) -> str:
    return mimetypes.guess_type(file_name)[0] or ""
