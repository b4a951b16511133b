"""Writing the provisions of a document, by path: one change for each that differs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Citation, Document, Provision
from stocktake.domain.documents.services.provision_values import (
    DEFAULTS,
    Values,
    assign,
    clean_provision,
    in_normal_form,
    provision_values,
)
from stocktake.domain.documents.services.resolving import DocumentRef, resolve_documents
from stocktake.domain.documents.services.values import kept
from stocktake.domain.documents.services.writing import limit, locked
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import stable_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.multilingual import Text


def write_provisions(
    actor: Actor,
    document: Document,
    rows: Sequence[Mapping[str, Any]],
    *,
    note: str = "",
    remove_missing: bool = False,
) -> dict[str, Provision]:
    """Write at most 500 provisions of a document; what a row leaves out stays as it is.

    A row with the path of a known provision edits that one, which keeps its identifier; nothing
    is written where nothing differs. Citations name a document by `symbol` or `symbols`, by
    `document` (its identifier) or by `title`; those that are not held become stubs.

    Args:
        remove_missing: the rows are all of the document: mark the provisions that none names as
            withdrawn, their permalinks stay; those that one names are back.

    Returns:
        The provisions of the rows by path, as they are now.

    Raises:
        PermissionDenied: nothing was written.
        ValidationError: faults by path and field; nothing was written.
    """
    limit(rows)
    with transaction.atomic():
        document = locked(document)
        require(actor, "documents.edit", document)
        _check(rows)
        known = provisions_held(document)
        _check_parents(rows, known)
        wanted = _with_documents(actor, [in_normal_form(row) for row in rows])
        if remove_missing:
            named = {row["path"] for row in wanted}
            gone = [path for path in known if path not in named]
            wanted = [{"is_withdrawn": False, **row} for row in wanted]
            wanted += [{"path": path, "is_withdrawn": True} for path in gone]
        held = edit_provisions(actor, document, known, wanted, note)
    return {row["path"]: held[row["path"]] for row in rows}


def withdraw_provisions(
    actor: Actor, document: Document, paths: Sequence[str], *, note: str = ""
) -> None:
    """Mark provisions as no longer part of their document; their permalinks stay.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    rows = [{"path": path, "is_withdrawn": True} for path in paths]
    with transaction.atomic():
        known = set(document.provisions.filter(path__in=paths).values_list("path", flat=True))
        unknown = sorted(set(paths) - known)
        if unknown:
            told = {"code": ", ".join(unknown)}
            raise ValidationError({"path": _("There is no %(code)s here.") % told})
        write_provisions(actor, document, rows, note=note)


def _check(rows: Sequence[Mapping[str, Any]]) -> None:
    faults: dict[str, list[str]] = {}
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        name = str(row.get("path") or place)
        try:
            clean_provision(row)
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                faults[f"{name} {field}"] = sentences
        if name in seen:
            faults[f"{name} path"] = [_("This path is told twice.")]
        seen.add(name)
    if faults:
        raise ValidationError(faults)


def _check_parents(rows: Sequence[Mapping[str, Any]], known: Mapping[str, Provision]) -> None:
    """Refuse a new provision without a role, and parents that are not there or run in a circle."""
    faults: dict[str, str] = {}
    above = {path: each.parent.path if each.parent else "" for path, each in known.items()}
    above |= {row["path"]: row["parent"] for row in rows if "parent" in row}
    paths = {*known, *(row["path"] for row in rows)}
    for row in rows:
        path, parent = row["path"], row.get("parent", "")
        if path not in known and not row.get("role"):
            faults[f"{path} role"] = _("A role is needed.")
        if parent and parent not in paths:
            faults[f"{path} parent"] = _("There is no %(code)s here.") % {"code": parent}
        here, seen = above.get(path, ""), {path}
        while here and here not in seen:
            seen.add(here)
            here = above.get(here, "")
        if here:
            faults[f"{path} parent"] = _("A paragraph cannot stand under itself.")
    if faults:
        raise ValidationError(faults)


def _with_documents(actor: Actor, rows: Sequence[Values]) -> list[Values]:
    """Name cited documents by their identifiers; each is cited once a provision."""
    told = [each for row in rows for each in row.get("citations", ())]
    ids = {each["document"] for each in told if each.get("document")}
    by_id = {each.public_id: each for each in Document.objects.filter(public_id__in=ids)}
    if unknown := sorted(ids - set(by_id)):
        sentence = _("There is no %(code)s here.") % {"code": ", ".join(unknown)}
        raise ValidationError({"citations": sentence})
    refs = [_ref(each) for each in told if not each.get("document")]
    found = resolve_documents(actor, refs) if refs else {}

    def cited(each: Mapping[str, Any]) -> str:
        return each.get("document") or found[_ref(each)].public_id

    named = []
    for row in rows:
        if "citations" in row:
            merged: dict[str, dict[str, None]] = {}
            for each in row["citations"]:
                merged.setdefault(cited(each), {}).update(dict.fromkeys(each.get("paragraphs", ())))
            row = {
                **row,
                "citations": [
                    {"document": public_id, "paragraphs": list(paragraphs)}
                    for public_id, paragraphs in merged.items()
                ],
            }
        named.append(row)
    return named


def _ref(told: Mapping[str, Any]) -> DocumentRef:
    symbols = (*filter(None, [told.get("symbol")]), *told.get("symbols", ()))
    title = Text.from_json(told["title"]) if told.get("title") else None
    return DocumentRef(symbols, title, told.get("url", ""), told.get("type", ""))


def provisions_held(document: Document) -> dict[str, Provision]:
    """Give the provisions of a document by path, with all that their values need."""
    citations = Citation.objects.select_related("cited").order_by("position", "pk")
    rows = Provision.objects.filter(document=document).order_by("position", "pk")
    provisions = list(rows.prefetch_related(Prefetch("citations", citations)))
    by_key = {provision.pk: provision for provision in provisions}
    for provision in provisions:
        provision.document = document
        provision.parent = by_key[provision.parent_id] if provision.parent_id else None
    return {provision.path: provision for provision in provisions}


def edit_provisions(
    actor: Actor,
    document: Document,
    known: Mapping[str, Provision],
    wanted: Sequence[Values],
    note: str,
) -> dict[str, Provision]:
    """Write checked rows to provisions that were read and locked with their document."""
    held, told = dict(known), []
    for row in wanted:
        provision = held.get(row["path"])
        before = provision_values(provision) if provision else {}
        if provision is None:
            public_id = stable_public_id("P", f"{document.public_id} {row['path']}")
            provision = held[row["path"]] = Provision(document=document, public_id=public_id)
            row = {"document": document.public_id, **DEFAULTS, **kept(row)}
        changes = {name: value for name, value in row.items() if before.get(name) != value}
        if changes:
            assign(provision, changes)
            told.append((provision, before, changes))
    limit(told)
    Provision.objects.bulk_create([each for each, before, _changes in told if not before])
    for provision, before, changes in told:
        if "parent" in changes:
            provision.parent = held[changes["parent"]] if changes["parent"] else None
        if before:
            provision.advance()
            provision.save()
    Provision.objects.bulk_update(
        [each for each, before, changes in told if not before and changes.get("parent")],
        ["parent"],
    )
    _write_citations(document, [(each, row) for each, _b, row in told if "citations" in row])
    history.record_many(actor, [_entry(*each, note) for each in told])
    return held


def _entry(provision: Provision, before: Values, changes: Values, note: str) -> history.Entry:
    verb = "update" if before else "create"
    old = {name: before.get(name) for name in changes} if before else {}
    return history.Entry(verb, Provision.kind, provision.public_id, old, changes, note)


def _write_citations(document: Document, rows: Sequence[tuple[Provision, Values]]) -> None:
    wanted = {each["document"] for _provision, row in rows for each in row["citations"]}
    found = Document.objects.filter(public_id__in=wanted) if wanted else []
    by_id = {each.public_id: each for each in found}
    keys = [provision.pk for provision, _row in rows]
    Citation.objects.filter(document=document, provision__in=keys).delete()
    fresh = []
    for provision, row in rows:
        getattr(provision, "_prefetched_objects_cache", {}).pop("citations", None)
        fresh += [
            Citation(
                document=document,
                provision=provision,
                cited=by_id[each["document"]],
                paragraphs=each["paragraphs"],
                position=position,
            )
            for position, each in enumerate(row["citations"])
        ]
    Citation.objects.bulk_create(fresh)
