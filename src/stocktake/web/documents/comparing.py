"""Two documents paragraph by paragraph: by the lineage on record, else aligned here and now."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from stocktake.domain.documents.choices import LineageRelation
from stocktake.domain.documents.models import Document, Lineage, Provision
from stocktake.domain.documents.queries import COMPARED, provisions_of
from stocktake.lib.multilingual import LANGUAGES, direction
from stocktake.lib.resolutions import compare
from stocktake.lib.resolutions.comparison import word_changes
from stocktake.web.documents import aligning
from stocktake.web.documents import provisions as showing
from stocktake.web.documents.parts import Compared, Side, Step, Tally
from stocktake.web.parts import Link

CHANGES: Mapping[str, Promise] = {
    "new": pgettext_lazy("paragraph", "New"),
    "dropped": pgettext_lazy("paragraph", "Dropped"),
    "strengthened": pgettext_lazy("paragraph", "Stronger verb"),
    "weakened": pgettext_lazy("paragraph", "Weaker verb"),
    "verb changed": pgettext_lazy("paragraph", "Another verb"),
    "due moved": pgettext_lazy("paragraph", "Due date moved"),
    "moved": pgettext_lazy("paragraph", "Stands elsewhere"),
    "reworded": pgettext_lazy("paragraph", "Reworded"),
    "unchanged": pgettext_lazy("paragraph", "Unchanged"),
}
"""The words for each change, the gravest first."""

_SAME = ("unchanged",)

BASES: Mapping[str, Promise] = {
    "text": _lazy("The official texts are compared."),
    "summary": _lazy(
        "Our summaries are compared, since the official text is not held here for both documents: "
        "a difference of words may be ours."
    ),
    "record": _lazy(
        "What continues what was found when the texts were entered; our summaries are shown, since "
        "the official text is not held here for both documents."
    ),
}


@dataclass(frozen=True)
class Pair:
    """An earlier and a later provision with what changed; one is None where there is none."""

    earlier: Provision | None
    later: Provision | None
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """All pairs in the order of the later text; `basis` says what was compared."""

    earlier: Document
    later: Document
    pairs: Sequence[Pair] = ()
    basis: str = "text"
    language: str = "en"
    below: Mapping[int, Sequence[Provision]] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        """How many pairs show each change."""
        return Counter(change for pair in self.pairs for change in pair.changes)


def compared(earlier: Document, later: Document, user: Any, language: str) -> Comparison:
    """Compare two documents; the number of queries does not depend on their length."""
    sides = [provisions_of(document, user) for document in (earlier, later)]
    below = _below([*sides[0], *sides[1]])
    before, after = ([each for each in side if each.role in COMPARED] for side in sides)
    basis, common = _common(before, after, language)
    rows = Lineage.objects.filter(earlier__document=earlier, later__document=later)
    links = {(row.earlier_id, row.later_id): row for row in rows}
    if links:
        pairs = _recorded(before, after, links)
        shown = basis if basis == "text" else "record"
        return Comparison(earlier, later, pairs, shown, common, below)
    if not before or not after:
        return Comparison(earlier, later, (), basis, common, below)
    dues = aligning.dues_of([*before, *after])
    old, new = (aligning.as_text(side, basis, common, below, dues) for side in (before, after))
    by_path = [{each.path: each for each in side} for side in (before, after)]
    pairs = [
        Pair(by_path[0].get(pair.old or ""), by_path[1].get(pair.new or ""), pair.changes)
        for pair in compare(old, new).pairs
    ]
    return Comparison(earlier, later, pairs, basis, common, below)


def tallies(comparison: Comparison, href: str = "") -> list[Tally]:
    """Count the changes, the gravest first, each leading to where the first of them stands."""
    counts = comparison.counts
    return [
        Tally(change, str(words), counts[change], f"{href}?only={change.replace(' ', '-')}")
        for change, words in CHANGES.items()
        if counts[change]
    ]


def rows(comparison: Comparison, *, only: str = "") -> list[Compared]:
    """Set the pairs side by side with the difference of their words."""
    wanted = [
        (pair, f"pair-{place}")
        for place, pair in enumerate(comparison.pairs, start=1)
        if not only or only in pair.changes
    ]
    found: list[Compared] = []
    for is_same, group in groupby(wanted, key=lambda each: each[0].changes == _SAME):
        if is_same:
            found.append(_unchanged([pair for pair, _anchor in group]))
        else:
            found += [_row(pair, comparison, anchor) for pair, anchor in group]
    return found


def _unchanged(pairs: Sequence[Pair]) -> Compared:
    later = [pair.later for pair in pairs if pair.later is not None]
    return Compared(
        id=showing.anchor(f"same-{later[0].path}"),
        code="unchanged",
        words=[str(CHANGES["unchanged"])],
        earlier=None,
        later=None,
        same=[Link(showing.own_number(each), showing.href(each)) for each in later],
    )


def difference(earlier: Provision, later: Provision, language: str) -> tuple[list[Step], str]:
    """Give the difference of words of two provisions and its language; nothing if none fits."""
    for name in ("text", "summary"):
        one, other = (getattr(each, name).values for each in (earlier, later))
        for tag in (language, "en", *LANGUAGES):
            if tag in one and tag in other:
                return steps(one[tag], other[tag]), tag
    return [], ""


def steps(earlier: str, later: str) -> list[Step]:
    """Give the difference of two texts word by word."""
    found = []
    for change in word_changes(tuple(earlier.split()), tuple(later.split())):
        if change.kind == "equal":
            found.append(Step("equal", change.new))
            continue
        if change.old:
            found.append(Step("delete", change.old))
        if change.new:
            found.append(Step("insert", change.new))
    return found


def _row(pair: Pair, comparison: Comparison, anchor: str) -> Compared:
    found: list[Step] = []
    if pair.earlier and pair.later:
        old, new = (_words(each, comparison) for each in (pair.earlier, pair.later))
        found = steps(old, new) if old and new and old != new else []
    return Compared(
        id=anchor,
        code=pair.changes[0].replace(" ", "-"),
        words=[str(CHANGES[change]) for change in pair.changes],
        earlier=_side(pair.earlier, comparison),
        later=_side(pair.later, comparison),
        steps=found,
        language=comparison.language,
        direction=direction(comparison.language),
    )


def _side(provision: Provision | None, comparison: Comparison) -> Side | None:
    if provision is None:
        return None
    text, _is_ours = showing.shown_text(provision, comparison.language)
    return Side(
        number=showing.own_number(provision),
        href=showing.href(provision),
        text=text,
        forces=showing.forces(provision),
    )


def _words(provision: Provision, comparison: Comparison) -> str:
    name = "text" if comparison.basis == "text" else "summary"
    every = [provision, *comparison.below.get(provision.pk, ())]
    return " ".join(
        filter(None, (getattr(each, name).values.get(comparison.language, "") for each in every))
    )


def _recorded(
    before: Sequence[Provision],
    after: Sequence[Provision],
    links: Mapping[tuple[int, int], Lineage],
) -> list[Pair]:
    """Give the pairs on record, what is new, and what was dropped where it stood."""
    earlier = {each.pk: each for each in before}
    by_later: dict[int, list[Lineage]] = {}
    for link in links.values():
        by_later.setdefault(link.later_id, []).append(link)
    continued = {link.earlier_id for link in links.values()}
    gone = [each for each in before if each.pk not in continued]
    found: list[Pair] = []
    for each in after:
        told = [link for link in by_later.get(each.pk, ()) if link.earlier_id in earlier]
        for link in told:
            place = earlier[link.earlier_id].position
            found += [Pair(lost, None, ("dropped",)) for lost in gone if lost.position < place]
            gone = [lost for lost in gone if lost.position >= place]
            found.append(Pair(earlier[link.earlier_id], each, changes(link)))
        if not told:
            found.append(Pair(None, each, ("new",)))
    return [*found, *(Pair(lost, None, ("dropped",)) for lost in gone)]


def changes(link: Lineage) -> tuple[str, ...]:
    """Name what changed between two paragraphs by their lineage."""
    moved = ("due moved",) if link.is_due_moved else ()
    if moved and link.relation in (LineageRelation.UNCHANGED, LineageRelation.REWORDED):
        return moved
    return (str(link.relation), *moved)


def _common(
    before: Iterable[Provision], after: Iterable[Provision], language: str
) -> tuple[str, str]:
    """Say what can be compared and in which language: the official text if both have it."""
    every = [*before, *after]
    for name in ("text", "summary"):
        for tag in dict.fromkeys([language, "en", *LANGUAGES]):
            if every and all(tag in getattr(each, name).values for each in every):
                return name, tag
    return "summary", "en"


def _below(provisions: Iterable[Provision]) -> dict[int, list[Provision]]:
    """Give all sub-paragraphs of each paragraph, of every depth, in their order."""
    every = {each.pk: each for each in provisions}
    found: dict[int, list[Provision]] = {}
    for each in every.values():
        above = each.parent_id
        while above in every and each.role not in COMPARED:
            found.setdefault(above, []).append(each)
            above = every[above].parent_id
    return found
