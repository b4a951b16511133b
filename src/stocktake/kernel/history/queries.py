"""Reading the log: what came after a number, a record's changes, and its state on a date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from stocktake.kernel.history.models import Change, Head
from stocktake.kernel.history.services import HEAD_ROW, NOTE


@dataclass(frozen=True)
class FieldChange:
    """One field of one entry; after an erasure both values are gone and `is_erased` says so."""

    field: str
    before: Any
    after: Any
    is_erased: bool


def head() -> tuple[int, str]:
    """Give the number and hash of the last entry; (0, "") while the log is empty."""
    row = Head.objects.filter(pk=HEAD_ROW).first()
    return (row.number, row.hash) if row else (0, "")


def changes_after(number: int, *, limit: int) -> list[Change]:
    """List the next entries after a number, oldest first, without their values."""
    return list(Change.objects.filter(number__gt=number).order_by("number")[:limit])


def changes_of(kind: str, object_id: str) -> list[Change]:
    """List a record's entries with their values, newest first."""
    found = Change.objects.filter(kind=kind, object_id=object_id)
    return list(found.select_related("payload").order_by("-number"))


def latest_changes(*, kinds: tuple[str, ...], limit: int) -> list[Change]:
    """List the newest entries about some kinds of record."""
    return list(Change.objects.filter(kind__in=kinds).order_by("-number")[:limit])


def diff(change: Change) -> list[FieldChange]:
    """Say field by field what an entry changed, its note left out."""
    return [
        FieldChange(field, None, None, True)
        if told is None
        else FieldChange(field, told[1], told[2], False)
        for field, told in sorted(change.payload.values.items())
        if field != NOTE
    ]


def note_of(change: Change) -> str:
    """Give the note of an entry, or nothing."""
    told = change.payload.values.get(NOTE)
    return str(told[2]) if told else ""


def erasable(
    kind: str, object_id: str, *, numbers: Sequence[int] = (), fields: Sequence[str] = ()
) -> dict[int, list[str]]:
    """List what a record's entries still hold, by number of entry, the oldest first.

    Args:
        numbers: only these entries; all of the record without any.
        fields: only these fields (a note is the field `_note`); all without any.
    """
    found = Change.objects.filter(kind=kind, object_id=object_id).select_related("payload")
    if numbers:
        found = found.filter(number__in=numbers)
    held = {
        change.number: [
            name
            for name, told in sorted(change.payload.values.items())
            if told is not None and (not fields or name in fields)
        ]
        for change in found.order_by("number")
    }
    return {number: names for number, names in held.items() if names}


def as_of(kind: str, object_id: str, when: date | datetime) -> dict[str, Any] | None:
    """Give a record's values as the log knew them at the end of a date or at a moment.

    Returns:
        The fields and their values, or None when the record did not exist then.
    """
    moment = when
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.max)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment, timezone.get_default_timezone())
    state: dict[str, Any] | None = None
    for change in _oldest_first(kind, object_id):
        if datetime.fromisoformat(change.at) > moment:
            break
        state = None if change.verb == "delete" else {**(state or {})}
        if state is not None:
            for told in diff(change):
                state[told.field] = told.after
    return state


def _oldest_first(kind: str, object_id: str) -> Iterator[Change]:
    found = Change.objects.filter(kind=kind, object_id=object_id).select_related("payload")
    yield from found.order_by("number").iterator(chunk_size=500)
