"""Two texts side by side: which paragraph became which, and what changed in it.

Paragraphs are aligned in order by a monotone dynamic programme over the likeness of their words;
what the order leaves over but is nearly the same is reported as moved.
"""

import difflib
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from stocktake.lib.resolutions.alignment import Unit, align, likeness_of, similar_pairs
from stocktake.lib.resolutions.model import Operative, Report, Resolution

Change = Literal[
    "unchanged",
    "reworded",
    "strengthened",
    "weakened",
    "verb changed",
    "due moved",
    "moved",
    "new",
    "dropped",
]
_SAME = 0.8
_LONG = 4000


@dataclass(frozen=True, slots=True)
class WordChange:
    """One step of a word diff: `equal`, `insert`, `delete` or `replace`."""

    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Pair:
    """An old and a new paragraph; one is None where it is new or dropped.

    `changes` names all that changed, the gravest first; `similarity` runs from 0 to 1.
    """

    old: str | None
    new: str | None
    changes: tuple[Change, ...]
    similarity: float
    words: tuple[WordChange, ...] = ()
    old_force: int | None = None
    new_force: int | None = None
    old_due: tuple[str, ...] = ()
    new_due: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs in the order of the new text; dropped ones stand where they were."""

    pairs: tuple[Pair, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many pairs show each change."""
        told: dict[str, int] = {}
        for pair in self.pairs:
            for change in pair.changes:
                told[change] = told.get(change, 0) + 1
        return told


def compare(old: Resolution | Report, new: Resolution | Report) -> Comparison:
    """Compare the operative (or numbered) paragraphs of two texts."""
    before, after = _units(old), _units(new)
    links = _aligned(before, after)
    linked_new = {b for _, b in links}
    linked_old = {a for a, _ in links}
    moved = _moved(
        [at for at in range(len(before)) if at not in linked_old],
        [at for at in range(len(after)) if at not in linked_new],
        before,
        after,
    )
    return Comparison(tuple(_ordered(before, after, dict(links), moved)))


def _aligned(before: list[Unit], after: list[Unit]) -> list[tuple[int, int]]:
    """Align what lies between the beginnings and the ends that are the same."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start].text == after[start].text:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end].text == after[-1 - end].text:
        end += 1
    middle = align(before[start : len(before) - end], after[start : len(after) - end])
    return [
        *((at, at) for at in range(start)),
        *((a + start, b + start) for a, b in middle),
        *((len(before) - at, len(after) - at) for at in range(end, 0, -1)),
    ]


def _units(parsed: Resolution | Report) -> list[Unit]:
    if isinstance(parsed, Report):
        return [
            _unit(
                each.number or "",
                each.every,
            )
            for each in parsed.paragraphs
        ]
    return [_operative(each) for each in parsed.operative]


def _operative(each: Operative) -> Unit:
    text = " ".join([each.text, *(f"({sub.label}) {sub.text}" for sub in each.subparagraphs)])
    asks = [ask for clause in each.clauses for ask in clause.asks]
    dues = tuple(ask.due.as_written for ask in asks if ask.due is not None)
    rates = tuple(ask.recurrence.as_written for ask in asks if ask.recurrence is not None)
    verbs = tuple((clause.lemma, clause.force) for clause in each.clauses)
    return _unit(each.path, text, verbs=verbs, dues=dues + rates)


def _unit(
    path: str,
    text: str,
    *,
    verbs: tuple[tuple[str, int], ...] | None = None,
    dues: tuple[str, ...] = (),
) -> Unit:
    words = tuple(text.split())
    folded = [word.strip(".,;:()“”").lower() for word in words]
    grams = frozenset(pairwise(["", *folded]))
    force = None if verbs is None else max((force for _, force in verbs), default=0)
    return Unit(path, text, words, grams, force, dues, verbs or ())


def _moved(
    olds: list[int], news: list[int], before: list[Unit], after: list[Unit]
) -> dict[int, int]:
    """Paragraphs that stand elsewhere: nearly the same words, out of order."""
    scored = sorted(
        (
            (score, a, b)
            for (a, b), score in similar_pairs(
                [before[at] for at in olds], [after[at] for at in news]
            ).items()
            if score >= _SAME
        ),
        reverse=True,
    )
    used_old: set[int] = set()
    links: dict[int, int] = {}
    for _, a, b in scored:
        if a not in used_old and news[b] not in links.values():
            used_old.add(a)
            links[olds[a]] = news[b]
    return links


def _ordered(
    before: list[Unit], after: list[Unit], links: dict[int, int], moved: dict[int, int]
) -> list[Pair]:
    pairs: list[Pair] = []
    from_new = {b: a for a, b in links.items()}
    from_moved = {b: a for a, b in moved.items()}
    a = 0
    for b, unit in enumerate(after):
        linked = from_new.get(b)
        if linked is not None:
            pairs += [_dropped(before[at]) for at in range(a, linked) if at not in moved]
            a = linked + 1
            pairs.append(_pair(before[linked], unit, moved=False))
        elif b in from_moved:
            pairs.append(_pair(before[from_moved[b]], unit, moved=True))
        else:
            pairs.append(Pair(None, unit.path, ("new",), 0.0, (), None, unit.force, (), unit.dues))
    pairs += [_dropped(before[at]) for at in range(a, len(before)) if at not in moved]
    return pairs


def _dropped(unit: Unit) -> Pair:
    return Pair(unit.path, None, ("dropped",), 0.0, (), unit.force, None, unit.dues, ())


def _pair(old: Unit, new: Unit, *, moved: bool) -> Pair:
    changes: list[Change] = []
    force = _force_change(old, new)
    if force:
        changes.append("strengthened" if force > 0 else "weakened")
    elif [lemma for lemma, _ in old.verbs] != [lemma for lemma, _ in new.verbs]:
        changes.append("verb changed")
    if old.dues != new.dues:
        changes.append("due moved")
    if moved:
        changes.append("moved")
    if old.text != new.text and not changes:
        changes.append("reworded")
    similarity = round(likeness_of(old, new), 4)
    words = word_changes(old.words, new.words) if old.text != new.text else ()
    told = tuple(changes) or ("unchanged",)
    return Pair(
        old.path, new.path, told, similarity, words, old.force, new.force, old.dues, new.dues
    )


def _force_change(old: Unit, new: Unit) -> int:
    """Above 0 where a verb became stronger: verb by verb, else by the strongest of each."""
    if len(old.verbs) == len(new.verbs):
        steps = [b - a for (_, a), (_, b) in zip(old.verbs, new.verbs, strict=True) if a != b]
        return steps[0] if steps else 0
    return (new.force or 0) - (old.force or 0)


def word_changes(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[WordChange, ...]:
    """Return a diff by words; of very long texts only the middle that differs, as one step."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    steps = [("equal", old[:start], new[:start])]
    if len(middle_old) + len(middle_new) > _LONG:
        steps.append(("replace", middle_old, middle_new))
    else:
        matcher = difflib.SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for kind, a1, a2, b1, b2 in matcher.get_opcodes():
            steps.append((kind, middle_old[a1:a2], middle_new[b1:b2]))
    steps.append(("equal", old[len(old) - end :], new[len(new) - end :]))
    return tuple(
        WordChange(kind, " ".join(gone), " ".join(come))
        for kind, gone, come in steps
        if gone or come
    )
