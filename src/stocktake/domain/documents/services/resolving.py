"""Finding the documents that others name, and making stubs of those that are not held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stocktake.domain.documents.choices import DocumentState, Origin
from stocktake.domain.documents.models import Document
from stocktake.domain.documents.queries import documents_by_symbol
from stocktake.domain.documents.services.symbols import (
    body_of,
    link_to,
    normal_symbols,
    type_of,
)
from stocktake.domain.documents.services.values import Values, name_key, values_of
from stocktake.domain.documents.services.writing import (
    BATCH,
    create_documents,
    update_document,
)
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.errors import Conflict
from stocktake.kernel.common.permissions import require
from stocktake.lib.multilingual import Text


@dataclass(frozen=True)
class DocumentRef:
    """A document as another names it: by symbols (a joint one has two), else by its title."""

    symbols: tuple[str, ...] = ()
    title: Text | None = None
    url: str = ""
    type: str = ""


@dataclass
class _Wanted:
    """References that mean one document."""

    symbols: list[str]
    refs: list[DocumentRef]
    found: Document | None = None

    @property
    def title(self) -> Text:
        return next((ref.title for ref in self.refs if ref.title), Text())

    @property
    def values(self) -> Values:
        url = next((ref.url for ref in self.refs if ref.url), "")
        kind = next((ref.type for ref in self.refs if ref.type), "")
        return {
            "symbols": self.symbols,
            "title": self.title.to_json(),
            "type": kind or type_of(self.symbols),
            "body": body_of(self.symbols),
            "source_url": url or link_to(self.symbols),
            "is_stub": True,
            "origin": Origin.CITED.value,
            "state": DocumentState.PUBLISHED.value,
        }


def resolve_documents(
    actor: Actor, wanted: Sequence[DocumentRef], *, note: str = ""
) -> dict[DocumentRef, Document]:
    """Find documents by any of their symbols, else by title; of those not held, make stubs once.

    References that share a symbol mean one document. A symbol of a joint document that is not
    known yet is added to it; a stub also takes a title, kind and address that it lacked.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "documents.create")
    groups = _grouped(wanted)
    with transaction.atomic():
        _find(groups)
        missing = [group for group in groups if group.found is None]
        lacking = [group for group in groups if group.found and _lacks(group)]
        _lock(lacking)
        try:
            with transaction.atomic():
                _make(actor, missing, note)
        except (IntegrityError, Conflict):  # somebody else has made one since it was looked up
            _find(missing)
            _make(actor, [group for group in missing if group.found is None], note)
        for group in lacking:
            _complete(actor, group, note)
    return {ref: group.found for group in groups for ref in group.refs if group.found}


def _grouped(wanted: Sequence[DocumentRef]) -> list[_Wanted]:
    groups: list[_Wanted] = []
    by_symbol: dict[str, _Wanted] = {}
    by_title: dict[str, _Wanted] = {}
    for ref in dict.fromkeys(wanted):
        symbols = normal_symbols(ref.symbols)
        if not symbols and not ref.title:
            raise ValidationError({"title": _("A symbol or a title is needed.")})
        group = next((by_symbol[each] for each in symbols if each in by_symbol), None)
        if group is None and not symbols:
            group = by_title.get(name_key(ref.title or Text()))
        if group is None:
            group = _Wanted([], [])
            groups.append(group)
        group.refs.append(ref)
        group.symbols += [each for each in symbols if each not in by_symbol]
        by_symbol.update(dict.fromkeys(symbols, group))
        if not symbols:
            by_title[name_key(ref.title or Text())] = group
    return groups


def _find(groups: Sequence[_Wanted]) -> None:
    known = documents_by_symbol([symbol for group in groups for symbol in group.symbols])
    titles = {name_key(group.title) for group in groups if not group.symbols}
    named: dict[str, Document] = {}
    rows = Document.objects.filter(sort_key__in=titles - {""}).select_related("previous")
    for document in rows.prefetch_related("symbols").order_by("-pk"):
        named[name_key(document.title)] = document
    for group in groups:
        hits = (known[symbol] for symbol in group.symbols if symbol in known)
        group.found = next(hits, None)
        if group.found is None and not group.symbols:
            group.found = named.get(name_key(group.title))


def _make(actor: Actor, groups: Sequence[_Wanted], note: str) -> None:
    for first in range(0, len(groups), BATCH):
        batch = groups[first : first + BATCH]
        made = create_documents(actor, [group.values for group in batch], note=note)
        for group, document in zip(batch, made, strict=True):
            group.found = document


def _lacks(group: _Wanted) -> bool:
    """Say whether a reference may tell something that the record lacks."""
    return group.found is not None and (len(group.symbols) > 1 or group.found.is_stub)


def _lock(groups: Sequence[_Wanted]) -> None:
    """Lock what is to be completed before anything is logged, in the order of the keys."""
    keys = [group.found.pk for group in groups if group.found]
    if keys:
        rows = Document.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        list(rows.order_by("pk").values_list("pk", flat=True))


def _complete(actor: Actor, group: _Wanted, note: str) -> None:
    """Add what a reference tells and the record lacks; symbols of other documents stay theirs."""
    document = group.found
    if document is None:
        return
    values = values_of(document)
    changes = _new_symbols(values, group.symbols)
    if document.is_stub:
        told = group.values
        names: Mapping[str, Any] = {name: told[name] for name in ("title", "type", "source_url")}
        changes |= {name: value for name, value in names.items() if value and not values[name]}
    if changes:
        group.found = update_document(actor, document, changes, expected_version=None, note=note)


def _new_symbols(values: Values, symbols: Sequence[str]) -> dict[str, Any]:
    fresh = [symbol for symbol in symbols if symbol not in values["symbols"]]
    taken = documents_by_symbol(fresh) if fresh else {}
    free = [symbol for symbol in fresh if symbol not in taken]
    return {"symbols": [*values["symbols"], *free]} if free else {}
