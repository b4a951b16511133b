"""Facets, pills and charts of a list: what a record type declares, as the index counts it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stocktake.kernel.search import declarations as declared
from stocktake.lib.multilingual import sort_key
from stocktake.web.explore.state import YEARS, ListState, group_of
from stocktake.web.figures import bars, years_between
from stocktake.web.parts import Bars, Facet, FacetValue, Link, Pill

_KEPT = 6
_OPEN = 5
_SMALL_TREE = 30
_MOST_BARS = 60
_DIGITS = re.compile(r"(\d+)")

Counts = Mapping[str, Sequence[tuple[str, int]]]
More = Mapping[str, Callable[[ListState], Link]]


@dataclass(frozen=True)
class Branch:
    """One facet, or one group of a facet with groups, with its counts and names."""

    facet: declared.Facet
    label: str
    counts: Mapping[str, int]
    names: Mapping[str, str]
    parents: Mapping[str, str]
    chosen: tuple[str, ...]
    language: str

    def ordered(self) -> list[tuple[str, int]]:
        """List codes with their depth as the page shows them, parts below their whole."""
        below: dict[str, list[str]] = {}
        for code in self._sorted():
            parent = self.parents.get(code, "")
            below.setdefault(parent if parent in self.counts else "", []).append(code)
        return list(_walk(below, "", 0))

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
    declaration: declared.Declaration, counts: Counts, state: ListState, language: str
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
            found.append(Branch(facet, label, values, names, parents, mine, language))
    return found


def facet_parts(found: Sequence[Branch], state: ListState, more: More) -> list[Facet]:
    """Give the facets that have values, and the pair of fields for the years."""
    shown = []
    first = list(dict.fromkeys(branch.facet.name for branch in found))[:_OPEN]
    for branch in found:
        values = _values(branch)
        if values:
            link = more.get(branch.facet.name)
            is_long = branch.facet.limit and len(values) >= branch.facet.limit
            shown.append(
                Facet(
                    name=branch.facet.name,
                    label=branch.label,
                    values=values,
                    kept=_KEPT,
                    more=link(state) if link and is_long else None,
                    is_further=branch.facet.name not in first,
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
        Pill(branch.label, branch.names.get(code, code), state.without(branch.facet.name, code))
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


def chart_parts(found: Sequence[Branch], state: ListState, names: Collection[str]) -> list[Bars]:
    """Draw the result as bars by some facets; each bar leads to the list it counts."""
    shown = []
    for branch in found:
        codes = [code for code in branch.of_result() if branch.counts.get(code)]
        if branch.facet.name == YEARS and not branch.chosen:
            codes = [year for year, _count in years_between(branch.counts)]
        if branch.facet.name in names and codes:
            rows = [
                (
                    branch.names.get(code, code),
                    state.only(branch.facet, code, view="list"),
                    branch.counts.get(code, 0),
                )
                for code in codes[:_MOST_BARS]
            ]
            shown.append(bars(branch.label, branch.label, rows))
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
        FacetValue(code, branch.names[code], branch.counts[code], code in branch.chosen, depth)
        for code, depth in shown
    ]


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
