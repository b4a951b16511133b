"""Which paragraph became which: a monotone alignment by the likeness of words."""

import bisect
from dataclasses import dataclass

_ENOUGH = 0.35
_BAND = 60
_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph made ready to be compared: its words and the pairs of neighbouring words."""

    path: str
    text: str
    words: tuple[str, ...]
    grams: frozenset[tuple[str, str]]
    force: int | None
    dues: tuple[str, ...]
    verbs: tuple[tuple[str, int], ...] = ()


def likeness_of(a: Unit, b: Unit) -> float:
    """Dice coefficient of pairs of words; 1 for the same text."""
    if a.text == b.text:
        return 1.0
    total = len(a.grams) + len(b.grams)
    return min(0.999, 2 * len(a.grams & b.grams) / total) if total else 0.0


def align(before: list[Unit], after: list[Unit]) -> list[tuple[int, int]]:
    """Monotone alignment of greatest total likeness; long texts within a band of the diagonal."""
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return []
    likeness = similar_pairs(before, after)
    if rows * columns > _CELLS:
        return _align_long(likeness)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        row, below = best[a], best[a + 1]
        for b in range(columns - 1, -1, -1):
            score = likeness.get((a, b), 0.0)
            joined = below[b + 1] + score if score else 0.0
            row[b] = max(joined, below[b], row[b + 1])
    links, a, b = [], 0, 0
    while a < rows and b < columns:
        score = likeness.get((a, b), 0.0)
        if score and best[a][b] == best[a + 1][b + 1] + score:
            links.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return links


def _align_long(likeness: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """For very long texts: the longest rising run among the best partner of each paragraph."""
    best: dict[int, tuple[float, int]] = {}
    for (a, b), score in likeness.items():
        if a not in best or (score, -abs(a - b)) > (best[a][0], -abs(a - best[a][1])):
            best[a] = (score, b)
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for a in sorted(best):
        at = bisect.bisect_left(tails, best[a][1])
        before[a] = ends[at - 1] if at else None
        tails[at : at + 1] = [best[a][1]]
        ends[at : at + 1] = [a]
    links: list[tuple[int, int]] = []
    step = ends[-1] if ends else None
    while step is not None:
        links.append((step, best[step][1]))
        step = before[step]
    return links[::-1]


def similar_pairs(before: list[Unit], after: list[Unit]) -> dict[tuple[int, int], float]:
    """The likeness of all pairs that share enough; looked for where a rare word pair is shared."""
    index: dict[tuple[str, str], list[int]] = {}
    for at, unit in enumerate(after):
        for gram in unit.grams:
            index.setdefault(gram, []).append(at)
    found: dict[tuple[int, int], float] = {}
    for a, unit in enumerate(before):
        near: set[int] = set()
        for gram in unit.grams:
            places = index.get(gram, ())
            if len(places) <= _BAND:
                near.update(places)
        for b in near:
            score = likeness_of(unit, after[b])
            if score >= _ENOUGH:
                found[a, b] = score
    return found
