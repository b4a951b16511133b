"""Checking the log: any changed, removed, reordered or cut entry is found and named."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from stocktake.kernel.history import chain
from stocktake.kernel.history.models import Change, Head, Payload
from stocktake.kernel.history.services import HEAD_ROW, hash_of


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the log: the entry's number and a full sentence."""

    number: int
    message: str


@dataclass
class Verification:
    """What a check found."""

    entries: int = 0
    head: str = "0:"
    faults: list[Fault] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the log is whole."""
        return not self.faults


def verify(*, published_head: str = "") -> Verification:
    """Walk the whole log and check it.

    Args:
        published_head: an earlier `number:hash` kept elsewhere; only against such a head can the
            loss of the last entries be seen.
    """
    found = Verification()
    number, previous = 0, chain.GENESIS
    published_number, _, published_hash = published_head.partition(":")
    seen_published = not published_head
    for change in Change.objects.order_by("number").iterator(chunk_size=2000):
        for message in _faults_of_link(change, number, previous):
            found.faults.append(Fault(change.number, message))
        if str(change.number) == published_number:
            seen_published = True
            if change.hash != published_hash:
                found.faults.append(
                    Fault(change.number, "Its hash is not the one that was published.")
                )
        number, previous = change.number, change.hash
        found.entries += 1
    if not seen_published:
        told = f"The published entry {published_number or '?'} is not in the log."
        found.faults.append(Fault(number, told))
    found.faults.extend(_faults_of_head(number, previous))
    found.faults.extend(_faults_of_payloads())
    found.faults.sort(key=lambda fault: fault.number)
    found.head = f"{number}:{previous}"
    return found


def _faults_of_link(change: Change, number: int, previous: str) -> Iterator[str]:
    if change.number != number + 1:
        yield f"Entry {number + 1} is missing: after {number} comes {change.number}."
    if change.previous_hash != previous:
        yield "It does not follow the entry before it."
    if change.hash != hash_of(change):
        yield "Its content does not give its hash: it was changed."


def _faults_of_head(number: int, previous: str) -> Iterator[Fault]:
    head = Head.objects.filter(pk=HEAD_ROW).first()
    if head is None:
        yield Fault(number, "The head row is missing.")
    elif (head.number, head.hash) != (number, previous):
        yield Fault(number, f"The head row says {head.number}, the last entry is {number}.")


def _faults_of_payloads() -> Iterator[Fault]:
    erased = _announced_erasures()
    count = 0
    for payload in (
        Payload.objects.select_related("change").order_by("pk").iterator(chunk_size=2000)
    ):
        count += 1
        change = payload.change
        if set(payload.values) != set(change.digests):
            yield Fault(change.number, "Its values are not those of its fields.")
        for name, told in payload.values.items():
            if told is None:
                if (change.number, name) not in erased:
                    yield Fault(change.number, f"The field {name} was blanked without an entry.")
            elif chain.field_digest(told[0], name, told[1], told[2]) != change.digests.get(name):
                yield Fault(change.number, f"The value of {name} does not give its digest.")
    if count != Change.objects.count():
        for number in Change.objects.filter(payload=None).values_list("number", flat=True):
            yield Fault(number, "Its values are missing.")


def _announced_erasures() -> set[tuple[int, str]]:
    """Collect (entry, field) of every logged erasure."""
    told = Change.objects.filter(verb="erase", kind="change").select_related("payload")
    return {
        (int(change.object_id), name)
        for change in told
        if (fields := change.payload.values.get("fields"))
        for name in fields[2]
    }
