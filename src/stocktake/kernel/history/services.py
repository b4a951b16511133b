"""Writing the log: one entry or many, and erasing values on request."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from stocktake.kernel.common import bulk
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.common.records import Record
from stocktake.kernel.history import chain
from stocktake.kernel.history.models import Change, Head, Payload

NOTE = "_note"
"""The name under which an entry's note is kept among its values."""

HEAD_ROW = 1

ERASE = "erase"
"""The verb of entries that tell of an erasure."""


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
    first = head.number + 1
    links = [_link(head, entry, at, actor.actor_key, author) for entry in entries]
    bulk.insert(Change, _CHANGE, (change for change, _payload in links))
    bulk.insert(Payload, _PAYLOAD, (payload for _change, payload in links))
    head.save(update_fields=["number", "hash"])
    return list(range(first, head.number + 1))


_CHANGE = (
    *("number", "at", "actor_key", "on_behalf_of", "verb", "kind", "object_id"),
    *("digests", "previous_hash", "hash"),
)
_PAYLOAD = ("change", "values")


def _link(
    head: Head, entry: Entry, at: str, actor: str, author: str
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Move the head to the next entry, and give its two rows."""
    fields = _differing(entry)
    written = [
        (salt, chain.written_name(field), chain.canonical(before), chain.canonical(after))
        for salt, (field, before, after) in zip(chain.new_salts(len(fields)), fields, strict=True)
    ]
    names = (field for field, _before, _after in fields)
    digests = dict(zip(names, chain.written_digests(written), strict=True))
    number, previous = head.number + 1, head.hash
    value = chain.entry_hash(
        number=number,
        at=at,
        actor_key=actor,
        on_behalf_of=author,
        verb=entry.verb,
        kind=entry.kind,
        object_id=entry.object_id,
        digests=digests,
        previous_hash=previous,
    )
    head.number, head.hash = number, value
    told = chain.canonical(digests).decode()
    change = (
        *(number, at, actor, author, entry.verb, entry.kind, entry.object_id),
        *(told, previous, value),
    )
    values = [
        b'%b:["%b",%b,%b]' % (name, salt.encode(), old, new) for salt, name, old, new in written
    ]
    return change, (number, f"{{{b','.join(values).decode()}}}")


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
        ValidationError: the entry or one of the fields does not exist, holds nothing any more,
            or says what was erased.
    """
    require(actor, "history.erase")
    with transaction.atomic():
        payload = Payload.objects.select_for_update().filter(pk=number).first()
        if payload is None:
            raise ValidationError(_("The log has no entry %(number)s.") % {"number": number})
        _refuse_fields(payload, fields)
        entry = Entry(
            verb=ERASE,
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


def erase_many(
    actor: Actor, found: Mapping[int, Sequence[str]], *, reason: str
) -> Mapping[int, int]:
    """Erase fields of several entries, all or none.

    Args:
        found: the fields to be blanked by number of entry.

    Returns:
        For each entry the number of the one that tells of its erasure.

    Raises:
        ValidationError: as `erase`, or no reason is given; nothing was erased.
    """
    require(actor, "history.erase")
    if not reason.strip():
        raise ValidationError(_("An erasure needs a reason."))
    with transaction.atomic():
        return {
            number: erase(actor, number, fields, reason=reason)
            for number, fields in sorted(found.items())
        }


def _refuse_fields(payload: Payload, fields: Sequence[str]) -> None:
    told: dict[str, Any] = {"number": payload.pk}
    missing = sorted(set(fields) - set(payload.values))
    if not fields:
        raise ValidationError(_("Name the fields that are to be erased."))
    if missing:
        told["fields"] = ", ".join(missing)
        raise ValidationError(_("Entry %(number)s has no field %(fields)s.") % told)
    gone = sorted(name for name in fields if payload.values[name] is None)
    if gone:
        told["fields"] = ", ".join(gone)
        raise ValidationError(_("%(fields)s of entry %(number)s is erased already.") % told)
    if payload.change.verb == ERASE and set(fields) - {NOTE}:
        raise ValidationError(
            _("Entry %(number)s says what was erased; only its note can be erased.") % told
        )
