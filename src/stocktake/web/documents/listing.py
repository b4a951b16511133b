"""Documents as rows of lists and tables, and the columns of their files."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.domain.documents.choices import DocumentStatus, Origin
from stocktake.domain.documents.models import Document
from stocktake.lib.textsearch import Query
from stocktake.web import addresses
from stocktake.web.documents import presenting
from stocktake.web.environment import code, number
from stocktake.web.explore.highlighting import excerpt, marked
from stocktake.web.naming import Naming
from stocktake.web.parts import Cell, Column, Entry, Link

Getter = Callable[[Any], str | int | float | Decimal | None]


def count(found: int) -> str:
    """Say how many documents there are."""
    told = {"count": number(found)}
    return ngettext("%(count)s document", "%(count)s documents", found) % told


def records(user: Any) -> QuerySet[Document]:
    """Give the documents a person may see, with what a row and a file show."""
    found = Document.objects.visible_to(user).defer("events", "decisions")
    return found.select_related("previous").prefetch_related("symbols")


def entries(found: Sequence[Document], naming: Naming, query: Query | None) -> list[Entry]:
    """Show documents as rows."""
    if query is None:
        return [presenting.entry(record, naming) for record in found]
    return [
        presenting.entry(
            record,
            naming,
            title=marked(record.title, query) if record.title else "",
            text=excerpt([record.summary], query) if record.summary else "",
        )
        for record in found
    ]


def columns() -> list[tuple[Column, str]]:
    """Give the heads of the table with the order of each."""
    return [
        (Column(_("Title")), "title"),
        (Column(_("Symbol"), is_whole=True), ""),
        (Column(_("Kind")), ""),
        (Column(_("Body")), ""),
        (Column(_("Date"), is_whole=True), "newest"),
        (Column(_("How far it has come")), ""),
    ]


def cells(record: Document, naming: Naming) -> list[Cell]:
    """Give the row of a document in the table."""
    shown = presenting.status(record)
    return [
        Link(presenting.name(record), addresses.document(record.address_key)),
        code(record.symbol),
        naming.code("document_type", record.type) if record.type else "",
        naming.code("document_body", record.body) if record.body else "",
        code(record.date),
        _("Only cited") if record.is_stub else shown.label if shown else "",
    ]


def sheet(naming: Naming, permanent: Callable[[str], str]) -> list[tuple[str, Getter]]:
    """Give heads and values of the files; `permanent` makes full addresses."""
    return [
        (_("Identifier"), lambda record: record.public_id),
        (
            _("Address"),
            lambda record: permanent(addresses.document_permalink(record.address_key)),
        ),
        (_("Symbols"), lambda record: "; ".join(each.symbol for each in record.symbols.all())),
        (_("Title"), lambda record: naming.plain(record.title)),
        (_("Language of the title"), lambda record: record.title.best(naming.language).language),
        (_("Summary"), lambda record: naming.plain(record.summary)),
        (_("Kind (code)"), lambda record: record.type),
        (_("Kind"), lambda record: naming.code("document_type", record.type)),
        (_("Body (code)"), lambda record: record.body),
        (_("Body"), lambda record: naming.code("document_body", record.body)),
        (_("Session"), lambda record: record.session),
        (_("Meeting"), lambda record: record.meeting),
        (_("Date"), lambda record: record.date),
        (_("Agenda item"), lambda record: record.agenda_item),
        (_("Presented by"), lambda record: record.presented_by),
        (_("Author"), lambda record: record.author),
        (_("Languages"), lambda record: "; ".join(record.languages)),
        (_("Status (code)"), lambda record: record.status),
        (_("Status"), _status),
        (_("Text before it"), _previous),
        (_("Only cited"), lambda record: _("yes") if record.is_stub else _("no")),
        (_("Origin (code)"), lambda record: record.origin),
        (_("Origin"), lambda record: str(Origin(record.origin).label)),
        (_("Source"), lambda record: record.source_name),
        (_("Address of the source"), lambda record: record.source_url),
        (_("Changed"), lambda record: record.updated_at.isoformat()[:10]),
    ]


def _status(record: Document) -> str:
    return str(DocumentStatus(record.status).label) if record.status else ""


def _previous(record: Document) -> str:
    previous = record.previous
    if previous is None or previous.state != record.state:
        return ""
    return previous.address_key
