"""Creating, editing, publishing and withdrawing documents."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.documents.choices import DocumentState
from stocktake.domain.documents.models import Document, DocumentSymbol
from stocktake.domain.documents.queries import previous_in_line, symbol_key
from stocktake.domain.documents.services.values import (
    DEFAULTS,
    Values,
    assign,
    clean_values,
    in_normal_form,
    kept,
    needs_a_name,
    values_of,
)
from stocktake.kernel.common.actors import Actor, System
from stocktake.kernel.common.errors import Conflict
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history

BATCH = 500
"""The most records that one transaction writes."""


def create_document(actor: Actor, values: Values, *, note: str = "") -> Document:
    """Enter one document; `values` are those of `FIELDS`, a symbol or a title is needed.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    return create_documents(actor, [values], note=note)[0]


def create_documents(
    actor: Actor,
    rows: Sequence[Values],
    *,
    public_ids: Sequence[str] = (),
    note: str = "",
) -> list[Document]:
    """Enter at most 500 documents in one transaction, one change each.

    `previous` may name a document of the same rows by its public identifier.

    Args:
        public_ids: identifiers that sample or reference data brings, in the order of the rows.

    Raises:
        Conflict: a symbol is another document's; nothing was written.
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "documents.create")
    limit(rows)
    for values in rows:
        clean_values(values)
        needs_a_name(values)
    rows = [{**DEFAULTS, **in_normal_form(values)} for values in rows]
    made = [Document() for _row in rows]
    for document, public_id in zip(made, public_ids, strict=False):
        document.public_id = public_id
    with transaction.atomic():
        for document, values in zip(made, rows, strict=True):
            document.give_public_id()
            assign(document, values)
        pairs = list(zip(made, rows, strict=True))
        _refuse_taken((document.pk, values.get("symbols", ())) for document, values in pairs)
        Document.objects.bulk_create(made, batch_size=BATCH)
        _write_symbols(pairs)
        _give_previous([pair for pair in pairs if pair[1].get("previous")])
        entries = [
            history.Entry("create", Document.kind, document.public_id, {}, kept(values), note)
            for document, values in pairs
        ]
        history.record_many(actor, entries)
    return made


def update_document(
    actor: Actor,
    document: Document,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    note: str = "",
) -> Document:
    """Edit one document from the version that the editor saw; no difference, no write.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = locked(document)
        require(actor, "documents.edit", current)
        current.expect_version(expected_version)
        clean_values(changes)
        before = values_of(current)
        changed = {
            name: value
            for name, value in in_normal_form(changes).items()
            if before.get(name) != value
        }
        if not changed:
            return current
        needs_a_name({**before, **changed})
        assign(current, changed)
        current.advance()
        if "symbols" in changed:
            _refuse_taken([(current.pk, changed["symbols"])])
            current.symbols.all().delete()
            _write_symbols([(current, changed)])
            getattr(current, "_prefetched_objects_cache", {}).clear()
        if "previous" in changed:
            current.previous = None
        current.save()
        if changed.get("previous"):
            _give_previous([(current, changed)])
        old = {name: before.get(name) for name in changed}
        history.record(actor, "update", current, before=old, after=changed, note=note)
    return current


def publish_document(
    actor: Actor, document: Document, *, expected_version: int | None = None, note: str = ""
) -> Document:
    """Show a document and its provisions to everybody.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied: nothing was written.
    """
    require(actor, "documents.publish", document)
    changes = {"state": DocumentState.PUBLISHED.value}
    return update_document(actor, document, changes, expected_version=expected_version, note=note)


def withdraw_document(
    actor: Actor, document: Document, *, reason: str, expected_version: int | None = None
) -> Document:
    """Take a document and its provisions out of public view; it can be published again.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "documents.withdraw", document)
    if not reason.strip() and not isinstance(actor, System):
        raise ValidationError(_("A reason is needed."))
    changes = {"state": DocumentState.WITHDRAWN.value}
    return update_document(actor, document, changes, expected_version=expected_version, note=reason)


def limit(rows: Sequence[object]) -> None:
    """Refuse more rows than one transaction may write.

    Raises:
        ValueError: there are more than 500.
    """
    if len(rows) > BATCH:
        raise ValueError(f"One transaction writes at most {BATCH} records, not {len(rows)}.")


def locked(document: Document) -> Document:
    """Give a document as it is now, locked to the end of the transaction."""
    rows = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk)
    return rows.select_related("previous").get()


def _refuse_taken(owners: Iterable[tuple[int | None, Sequence[str]]]) -> None:
    """Refuse a symbol that is another document's, among the rows or in the record."""
    asked: dict[str, tuple[int, int | None, str]] = {}
    for place, (document, symbols) in enumerate(owners):
        for symbol in symbols:
            known = asked.setdefault(symbol_key(symbol), (place, document, symbol))
            if known[0] != place:
                raise _taken(symbol)
    if not asked:
        return
    held = DocumentSymbol.objects.filter(key__in=list(asked)).values_list("key", "document_id")
    for key, owner in held:
        if asked[key][1] != owner:
            raise _taken(asked[key][2])


def _taken(symbol: str) -> Conflict:
    message = _("The symbol %(symbol)s belongs to another document.") % {"symbol": symbol}
    return Conflict({"symbols": message})


def _write_symbols(rows: Iterable[tuple[Document, Mapping[str, Any]]]) -> None:
    DocumentSymbol.objects.bulk_create(
        [
            DocumentSymbol(
                document=document, symbol=symbol, key=symbol_key(symbol), position=position
            )
            for document, values in rows
            for position, symbol in enumerate(values.get("symbols", ()))
        ]
    )


def _give_previous(rows: Sequence[tuple[Document, Mapping[str, Any]]]) -> None:
    """Set the texts that came before some documents.

    Raises:
        ValidationError: there is none of that identifier, or a line would run in a circle.
    """
    wanted = {values["previous"] for _document, values in rows}
    found = Document.objects.filter(public_id__in=wanted) if wanted else []
    by_id = {document.public_id: document for document in found}
    for document, values in rows:
        previous = by_id.get(values["previous"])
        if previous is None:
            told = {"code": values["previous"]}
            raise ValidationError({"previous": _("There is no %(code)s here.") % told})
        document.previous = previous
    Document.objects.bulk_update([document for document, _values in rows], ["previous"])
    _refuse_circles([document for document, _values in rows])


def _refuse_circles(changed: Sequence[Document]) -> None:
    """Refuse a line in which a text comes before itself, through rows of one batch or the record.

    A text that is new, alone, cannot be in a circle; else the whole line is looked at.
    """
    above = {each.pk: each.previous_id for each in changed}
    if len(changed) == 1:
        above |= previous_in_line(changed[0])
    for document in changed:
        here, seen = above.get(document.pk), {document.pk}
        while here is not None:
            if here in seen:
                raise ValidationError({"previous": _("A text cannot come before itself.")})
            seen.add(here)
            here = above.get(here)
