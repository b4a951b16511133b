"""Writing the log: one entry or many, and erasing values on request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.common.records import Record
from stocktake.kernel.history import chain
from stocktake.kernel.history.models import Change, Head, Payload

NOTE = "_note"
"""The name under which an entry's note is kept among its values."""

HEAD_ROW = 1


class HistoryError(RuntimeError):
    """The log was written outside a transaction or is not set up."""


@dataclass(frozen=True)
class Entry:
    """What one write did to one record; only fields that differ are kept."""

    verb: str
    kind: str
    object_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    note: str = ""


def record(
    actor: Actor,
    verb: str,
    obj: Record,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    note: str = "",
    on_behalf_of: Actor | None = None,
) -> int:
    """Log one write and return its number; call it last in the transaction of the write."""
    entry = Entry(verb, obj.kind, obj.public_id, before, after, note)
    return record_many(actor, [entry], on_behalf_of=on_behalf_of)[0]


def record_many(
    actor: Actor, entries: Sequence[Entry], *, on_behalf_of: Actor | None = None
) -> list[int]:
    """Log many writes in order and return their numbers.

    The head row is locked from here to the end of the transaction, so this comes last: numbers
    have no gaps and the order of numbers is the order of commits.

    Raises:
        HistoryError: not inside a transaction, or the head row is missing.
    """
    if not entries:
        return []
    if not connection.in_atomic_block:
        raise HistoryError("A change is logged in the transaction of its write.")
    head = Head.objects.select_for_update().filter(pk=HEAD_ROW).first()
    if head is None:
        raise HistoryError("The log has no head row; run the migrations.")
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    author = on_behalf_of.actor_key if on_behalf_of else ""
    changes, payloads = [], []
    for entry in entries:
        change, payload = _link(head, entry, at, actor.actor_key, author)
        changes.append(change)
        payloads.append(payload)
    Change.objects.bulk_create(changes, batch_size=500)
    Payload.objects.bulk_create(payloads, batch_size=500)
    head.save(update_fields=["number", "hash"])
    return [change.number for change in changes]


def _link(head: Head, entry: Entry, at: str, actor: str, author: str) -> tuple[Change, Payload]:
    """Make the next entry and move the head to it."""
    fields = _differing(entry)
    salts = chain.new_salts(len(fields))
    values = {
        field: [salt, before, after]
        for salt, (field, before, after) in zip(salts, fields, strict=True)
    }
    digests = {
        field: chain.field_digest(salt, field, before, after)
        for field, (salt, before, after) in values.items()
    }
    change = Change(
        number=head.number + 1,
        at=at,
        actor_key=actor,
        on_behalf_of=author,
        verb=entry.verb,
        kind=entry.kind,
        object_id=entry.object_id,
        digests=digests,
        previous_hash=head.hash,
    )
    change.hash = hash_of(change)
    head.number, head.hash = change.number, change.hash
    return change, Payload(change=change, values=values)


def hash_of(change: Change) -> str:
    """Compute the hash that an entry must have."""
    return chain.entry_hash(
        number=change.number,
        at=change.at,
        actor_key=change.actor_key,
        on_behalf_of=change.on_behalf_of,
        verb=change.verb,
        kind=change.kind,
        object_id=change.object_id,
        digests=change.digests,
        previous_hash=change.previous_hash,
    )


def _differing(entry: Entry) -> list[tuple[str, Any, Any]]:
    names = sorted({*entry.before, *entry.after})
    told = [(name, entry.before.get(name), entry.after.get(name)) for name in names]
    fields = [(name, before, after) for name, before, after in told if before != after]
    if entry.note:
        fields.append((NOTE, None, entry.note))
    return fields


def erase(actor: Actor, number: int, fields: Sequence[str], *, reason: str) -> int:
    """Blank the values and salts of some fields of one entry and log that this was done.

    What is left is a tombstone: the field's name and digest stay, so the chain still holds.

    Args:
        reason: why, in words that may be public; it becomes the note of the new entry.

    Returns:
        The number of the entry that tells of the erasure.

    Raises:
        ValidationError: the entry or one of the fields does not exist.
    """
    require(actor, "history.erase")
    with transaction.atomic():
        payload = Payload.objects.select_for_update().filter(pk=number).first()
        if payload is None:
            raise ValidationError(f"The log has no entry {number}.")
        missing = sorted(set(fields) - set(payload.values))
        if missing:
            raise ValidationError(f"Entry {number} has no field {', '.join(missing)}.")
        entry = Entry(
            verb="erase",
            kind="change",
            object_id=str(number),
            before={},
            after={"fields": sorted(fields)},
            note=reason,
        )
        told = record_many(actor, [entry])[0]
        payload.values = {**payload.values, **dict.fromkeys(fields)}
        payload.erased_by = told
        payload.save(update_fields=["values", "erased_by"])
    return told
