"""Tables that turn one draw of random bits into a weighted choice, without searching."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
BITS = 10


class Table(NamedTuple, Generic[T]):
    """Entries, 2 to the power of `bits` of them; each value stands in as many as it weighs."""

    entries: tuple[T, ...]
    bits: int


def spread(
    items: Sequence[T], weights: Sequence[float] | None = None, bits: int = BITS
) -> Table[T]:
    """Share 2**bits entries among items by weight, every item with a weight at least once.

    Raises:
        ValueError: no item, or more items than entries.
    """
    size = 1 << bits
    given = [1.0] * len(items) if weights is None else list(weights)
    pairs = [(item, weight) for item, weight in zip(items, given, strict=True) if weight > 0]
    if not pairs or len(pairs) > size:
        raise ValueError(f"A table of {size} entries cannot hold {len(pairs)} items.")
    free, total = size - len(pairs), sum(weight for _item, weight in pairs)
    entries: list[T] = []
    owed = 0.0
    for item, weight in pairs:
        owed += weight / total * free
        whole = int(owed + 1e-9)
        owed -= whole
        entries += [item] * (1 + whole)
    entries += [pairs[0][0]] * (size - len(entries))
    return Table(tuple(entries), bits)


def falling(count: int, offset: float = 0.0) -> list[float]:
    """Weigh ranks as words weigh in a language: 1 / (rank + offset), ranks from 1.

    Source: Zipf's law, with the shift of Mandelbrot.
    """
    return [1.0 / (rank + offset) for rank in range(1, count + 1)]
