"""Writing which provision continues which of an earlier text."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.documents.choices import LineageRelation
from stocktake.domain.documents.models import Document, Lineage, Provision
from stocktake.domain.documents.services.writing import limit, locked
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history

Values = dict[str, Any]

_STEP = Decimal("0.001")


def write_lineage(
    actor: Actor,
    later: Document,
    rows: Sequence[Mapping[str, Any]],
    *,
    is_stated: bool = False,
    note: str = "",
) -> list[Lineage]:
    """Write which provisions of a document continue which of the text before it.

    Rows read `{earlier: path, later: path, relation, is_due_moved, similarity}`; they replace
    what an alignment found before. What a person states (`is_stated`) is added, and stands against
    any alignment: found rows for the same later paragraph are left out then.

    Returns:
        All lineage between the two texts, as it is now.

    Raises:
        PermissionDenied: nothing was written.
        ValidationError: the document follows none, a path is unknown, or a value is wrong.
    """
    limit(rows)
    with transaction.atomic():
        later = locked(later)
        require(actor, "documents.edit", later)
        if later.previous is None:
            raise ValidationError({"previous": _("This document follows no other.")})
        wanted = _checked(rows, later, is_stated)
        known = _known(later)
        stated = {key: row for key, row in known.items() if row.is_stated}
        if is_stated:
            touched = {later_key for _earlier, later_key in wanted}
            fresh = {
                **{key: _values(row) for key, row in known.items() if key[1] not in touched},
                **{key: _values(row) for key, row in stated.items()},
                **wanted,
            }
        else:
            held = {later_key for _earlier, later_key in stated}
            fresh = {key: row for key, row in wanted.items() if key[1] not in held}
            fresh |= {key: _values(row) for key, row in stated.items()}
        before = {key: _values(row) for key, row in known.items()}
        if fresh != before:
            _replace(actor, later, before, fresh, note)
    return list(_known(later).values())


def _checked(
    rows: Sequence[Mapping[str, Any]], later: Document, is_stated: bool
) -> dict[tuple[str, str], Values]:
    """Give rows by the paths of the two provisions."""
    faults: dict[str, list[str]] = {}
    news = _paths(later)
    olds = _paths(later.previous) if later.previous else set()
    wanted: dict[tuple[str, str], Values] = {}
    for row in rows:
        name = f"{row.get('earlier')} {row.get('later')}"
        told = [
            _("There is no %(code)s here.") % {"code": path}
            for path, known in ((str(row.get("earlier")), olds), (str(row.get("later")), news))
            if path not in known
        ]
        if row.get("relation") not in LineageRelation.values:
            listed = {"code": row.get("relation"), "list": "relation"}
            told.append(_("%(code)s is not on the list %(list)s.") % listed)
        similarity = row.get("similarity")
        if not _is_share(similarity):
            told.append(_("A number from 0 to %(limit)s is expected.") % {"limit": 1})
        if told:
            faults[name] = told
            continue
        wanted[row["earlier"], row["later"]] = {
            "relation": str(row["relation"]),
            "is_due_moved": bool(row.get("is_due_moved", False)),
            "similarity": _share(similarity),
            "is_stated": is_stated,
        }
    if faults:
        raise ValidationError(faults)
    return wanted


def _is_share(value: Any) -> bool:
    if value is None:
        return True
    try:
        return 0 <= Decimal(str(value)) <= 1
    except InvalidOperation:
        return False


def _share(value: Any) -> str | None:
    if value is None:
        return None
    return str(Decimal(str(value)).quantize(_STEP, rounding=ROUND_HALF_UP))


def _paths(document: Document) -> set[str]:
    return set(Provision.objects.filter(document=document).values_list("path", flat=True))


def _known(later: Document) -> dict[tuple[str, str], Lineage]:
    rows = Lineage.objects.filter(later__document=later, earlier__document=later.previous)
    found = rows.select_related("earlier", "later").order_by("later__position", "pk")
    return {(row.earlier.path, row.later.path): row for row in found}


def _values(row: Lineage) -> Values:
    return {
        "relation": row.relation,
        "is_due_moved": row.is_due_moved,
        "similarity": _share(row.similarity),
        "is_stated": row.is_stated,
    }


def _replace(
    actor: Actor,
    later: Document,
    before: Mapping[tuple[str, str], Values],
    fresh: Mapping[tuple[str, str], Values],
    note: str,
) -> None:
    olds = dict(Provision.objects.filter(document=later.previous).values_list("path", "pk"))
    news = dict(Provision.objects.filter(document=later).values_list("path", "pk"))
    rows = Lineage.objects.filter(later__document=later, earlier__document=later.previous)
    rows.delete()
    Lineage.objects.bulk_create(
        Lineage(earlier_id=olds[earlier], later_id=news[path], **values)
        for (earlier, path), values in fresh.items()
    )
    later.advance()
    later.save(update_fields=["version", "updated_at"])
    history.record(
        actor,
        "trace",
        later,
        before={"lineage": _told(before)} if before else {},
        after={"lineage": _told(fresh)},
        note=note,
    )


def _told(rows: Mapping[tuple[str, str], Values]) -> list[Values]:
    return [
        {"earlier": earlier, "later": later, **values}
        for (earlier, later), values in sorted(rows.items())
    ]
