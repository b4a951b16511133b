"""Facets, pills and charts of a list: what a record type declares, as the index counts it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stocktake.kernel.search import declarations as declared
from stocktake.lib.multilingual import sort_key
from stocktake.web.explore.finding import FINDERS
from stocktake.web.explore.state import YEARS, ListState, group_of
from stocktake.web.figures import bars, years_between
from stocktake.web.parts import Bars, Facet, FacetValue, Label, Link, Pill

_KEPT = 6
_OPEN = 5
_SMALL_TREE = 30
_MOST_BARS = 60
_DIGITS = re.compile(r"(\d+)")

Counts = Mapping[str, Sequence[tuple[str, int]]]
More = Mapping[str, Callable[[ListState], Link]]
Offered = Mapping[str, Sequence[FacetValue]]


@dataclass(frozen=True)
class Branch:
    """One facet, or one group of a facet with groups, with its counts and names.

    `show` gives the label of a code where it is more than its name.
    """

    facet: declared.Facet
    label: str
    counts: Mapping[str, int]
    names: Mapping[str, str]
    parents: Mapping[str, str]
    chosen: tuple[str, ...]
    language: str
    show: Callable[[str], Label] | None = None

    def ordered(self) -> list[tuple[str, int]]:
        """List codes with their depth as the page shows them, parts below their whole."""
        below: dict[str, list[str]] = {}
        for code in self._sorted():
            parent = self.parents.get(code, "")
            below.setdefault(parent if parent in self.counts else "", []).append(code)
        return list(_walk(below, "", 0))

    def shown(self, code: str) -> Label:
        """Name a value as the page shows it."""
        return self.show(code) if self.show and code in self.names else self.names.get(code, code)

    def of_result(self) -> list[str]:
        """List the codes whose counts tell of the result: all, or what is chosen and its parts."""
        codes = [code for code, _depth in self.ordered()]
        if not self.chosen:
            return [code for code in codes if self.parents.get(code, "") not in self.counts]
        return [code for code in codes if self._is_chosen_or_part(code)]

    def _is_chosen_or_part(self, code: str) -> bool:
        while code and code not in self.chosen:
            code = self.parents.get(code, "")
        return bool(code)

    def _sorted(self) -> list[str]:
        if self.facet.order == "label":
            return sorted(self.counts, key=lambda code: sort_key(self.names[code], self.language))
        if self.facet.order == "code":
            return [code for code in self.names if code in self.counts]
        return list(self.counts)


def branches(
    declaration: declared.Declaration,
    counts: Counts,
    state: ListState,
    language: str,
    show: Mapping[str, Callable[[str], Label]],
) -> list[Branch]:
    """Bring the counted facets into the order of the page, with the names of their values."""
    found = []
    for facet in declaration.facets:
        keys = [key for key in counts if key.partition("/")[0] == facet.name]
        codes = sorted({code for key in keys for code, _n in counts[key]}, key=natural)
        codes = list(dict.fromkeys([*codes, *state.chosen.get(facet.name, ())]))
        names = dict(facet.labels(codes, language))
        names.update({code: code for code in codes if code not in names})
        parents = facet.parents(codes) if facet.parents else {}
        chosen = state.chosen.get(facet.name, ())
        for key, label in _labels(facet, language).items():
            mine = tuple(each for each in chosen if group_of(facet, each) == key.partition("/")[2])
            values = dict(counts.get(key, ()))
            found.append(
                Branch(facet, label, values, names, parents, mine, language, show.get(facet.name))
            )
    return found


def facet_parts(
    found: Sequence[Branch], state: ListState, more: More, offered: Offered, suggest: str
) -> list[Facet]:
    """Give the facets that have values.

    Args:
        offered: values of long facets that a typed name may have meant, by facet.
        suggest: address that names the values of a facet while somebody types.
    """
    shown = []
    first = list(dict.fromkeys(branch.facet.name for branch in found))[:_OPEN]
    for branch in found:
        name = branch.facet.name
        values = [*offered.get(name, ()), *_values(branch)]
        if values:
            link = more.get(name)
            is_long = bool(branch.facet.limit and len(values) >= branch.facet.limit)
            values, kept = _chosen_first(values, len(offered.get(name, ())))
            shown.append(
                Facet(
                    name=name,
                    label=branch.label,
                    values=values,
                    kept=kept,
                    more=link(state) if link and is_long else None,
                    is_further=name not in first,
                    suggest=f"{suggest}&facet={name}" if is_long and name in FINDERS else "",
                    typed=state.named.get(name, ""),
                )
            )
    return shown


def years_part(state: ListState) -> Facet:
    """Give the pair of fields for the years."""
    return Facet(
        YEARS,
        _("Under way in the years"),
        kind="years",
        from_year=state.year_from,
        to_year=state.year_to,
    )


def pills(found: Sequence[Branch], state: ListState) -> list[Pill]:
    """Give a pill for each chosen filter; its address is the list without it."""
    shown = [
        Pill(branch.label, branch.shown(code), state.without(branch.facet.name, code))
        for branch in found
        for code in branch.chosen
    ]
    known = {code for branch in found for code in branch.chosen}
    shown += [
        Pill(name, code, state.without(name, code))
        for name, codes in state.chosen.items()
        for code in codes
        if code not in known
    ]
    if state.year_from or state.year_to:
        told = {"start": state.year_from or "…", "end": state.year_to or "…"}
        label = _("%(start)s to %(end)s") % told
        shown.append(Pill(_("Years"), label, state.href(year_from=None, year_to=None)))
    return shown


def chart_parts(
    found: Sequence[Branch], state: ListState, names: Collection[str], note: str
) -> list[Bars]:
    """Draw the result as bars by some facets; each bar leads to the list it counts."""
    shown = []
    for branch in found:
        codes = [code for code in branch.of_result() if branch.counts.get(code)]
        if branch.facet.name == YEARS and not branch.chosen:
            codes = [year for year, _count in years_between(branch.counts)]
        if branch.facet.name in names and codes:
            rows = [
                (
                    branch.shown(code),
                    state.only(branch.facet, code, view="list"),
                    branch.counts.get(code, 0),
                )
                for code in codes[:_MOST_BARS]
            ]
            shown.append(bars(branch.label, branch.label, rows, note=note))
    return shown


def natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """Sort codes as people read them: C2 before C10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(code)
        if part
    )


def _labels(facet: declared.Facet, language: str) -> dict[str, str]:
    if facet.groups is None:
        return {facet.name: str(facet.label)}
    return {f"{facet.name}/{key}": label for key, label in facet.groups(language).items()}


def _values(branch: Branch) -> list[FacetValue]:
    shown = branch.ordered()
    if len(shown) > _SMALL_TREE:
        open_parents = _with_ancestors(branch)
        shown = [
            (code, depth)
            for code, depth in shown
            if not depth or branch.parents.get(code, "") in open_parents
        ]
    return [
        FacetValue(code, branch.shown(code), branch.counts[code], code in branch.chosen, depth)
        for code, depth in shown
    ]


def _chosen_first(values: list[FacetValue], offered: int) -> tuple[list[FacetValue], int]:
    """Put what is chosen, with the branch it stands in, before the rest where it would be hidden.

    Returns:
        The values, and how many of them are seen at once.
    """
    kept = max(_KEPT, offered)
    if not any(value.is_chosen for value in values[kept:]):
        return values, kept
    trees: list[list[FacetValue]] = []
    for value in values:
        if value.depth and trees:
            trees[-1].append(value)
        else:
            trees.append([value])
    trees.sort(key=lambda branch: not any(value.is_chosen for value in branch))
    ordered = [value for branch in trees for value in branch]
    last = max(place for place, value in enumerate(ordered) if value.is_chosen)
    return ordered, max(_KEPT, last + 1)


def _with_ancestors(branch: Branch) -> set[str]:
    """Give what is chosen and everything above it: the places where a long tree is open."""
    found = set()
    for code in branch.chosen:
        while code and code not in found:
            found.add(code)
            code = branch.parents.get(code, "")
    return found


def _walk(below: Mapping[str, list[str]], parent: str, depth: int) -> Sequence[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for code in below.get(parent, ()):
        found.append((code, depth))
        found.extend(_walk(below, code, depth + 1))
    return found
