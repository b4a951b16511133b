"""Reading frameworks: elements by qualified code, their names, parents and mappings.

Elements change with a load only, so each process keeps their names in memory for a minute;
`forget` drops what is kept.
"""

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from stocktake.domain.frameworks.models import Element, Framework, Mapping as ElementMapping
from stocktake.lib.multilingual import Text

_KEPT_SECONDS = 60.0
_kept: list[tuple[float, Mapping[str, "ElementFacts"]]] = []


@dataclass(frozen=True)
class ElementFacts:
    """What facets and tables ask of an element, by qualified code."""

    qualified_code: str
    framework: str
    code: str
    names: Text
    parent: str
    ancestors: tuple[str, ...]
    position: int


def forget() -> None:
    """Drop what is kept in memory; loading calls this."""
    _kept.clear()


def elements() -> Mapping[str, ElementFacts]:
    """Give every element by qualified code, in the order of frameworks and positions."""
    if not _kept or time.monotonic() - _kept[0][0] > _KEPT_SECONDS:
        rows = Element.objects.select_related("framework")
        told = {
            row.public_id: ElementFacts(
                row.public_id,
                row.framework.public_id,
                row.code,
                row.names,
                row.ancestors[-1] if row.ancestors else "",
                tuple(row.ancestors),
                row.position,
            )
            for row in rows.order_by("framework__position", "position")
        }
        _kept[:] = [(time.monotonic(), told)]
    return _kept[0][1]


def elements_of(framework: str) -> list[ElementFacts]:
    """List the elements of a framework in its order."""
    return [facts for facts in elements().values() if facts.framework == framework]


def descendants_of(qualified_code: str) -> list[ElementFacts]:
    """List the elements below one, at any depth."""
    return [facts for facts in elements().values() if qualified_code in facts.ancestors]


def element_labels(codes: Collection[str], language: str) -> Mapping[str, str]:
    """Give code and name of elements in a language; an unknown code is its own name."""
    found = elements()
    return {
        code: f"{found[code].code} {found[code].names.best(language).text}"
        if code in found
        else code
        for code in codes
    }


def element_parents(codes: Collection[str]) -> Mapping[str, str]:
    """Give the parent of each element that has one."""
    found = elements()
    return {code: found[code].parent for code in codes if code in found and found[code].parent}


def framework_labels(language: str) -> Mapping[str, str]:
    """Give the names of frameworks in their order."""
    rows = Framework.objects.order_by("position", "public_id")
    return {row.public_id: row.names.best(language).text for row in rows}


def mappings_of(element: Element) -> QuerySet[ElementMapping]:
    """List the mappings that lead to an element."""
    return ElementMapping.objects.filter(to_element=element).order_by("from_scheme", "from_code")


def mappings_from(scheme: str, codes: Collection[str]) -> QuerySet[ElementMapping]:
    """List the mappings from codes of a framework or an outside scheme."""
    found = ElementMapping.objects.filter(from_scheme=scheme, from_code__in=codes)
    return found.select_related("to_element").order_by("from_code", "to_element__position")
