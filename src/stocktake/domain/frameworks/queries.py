"""Reading frameworks: elements by qualified code, their names, parents and mappings.

Elements change with a load only, so each process keeps their names in memory for a minute;
`forget` drops what is kept.
"""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from stocktake.domain.frameworks.choices import INVERSE, Relation
from stocktake.domain.frameworks.models import Element, Framework, Process
from stocktake.domain.frameworks.models import Mapping as ElementMapping
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.scopes import scope_of
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
    is_leaf: bool
    is_withdrawn: bool


@dataclass(frozen=True)
class Link:
    """One element's relation to another, read from its own end; `source` tells who says so."""

    relation: Relation
    element: Element
    source: str
    note: str
    table: str


def forget() -> None:
    """Drop what is kept in memory; loading calls this."""
    _kept.clear()


def elements() -> Mapping[str, ElementFacts]:
    """Give every element by qualified code, in the order of frameworks and positions."""
    kept = _kept[:1]
    if not kept or time.monotonic() - kept[0][0] > _KEPT_SECONDS:
        rows = Element.objects.order_by("framework__position", "framework_id", "position")
        kept = _kept[:] = [(time.monotonic(), _facts(list(rows)))]
    return kept[0][1]


def _facts(rows: Sequence[Element]) -> Mapping[str, ElementFacts]:
    parents = {row.broader_id for row in rows if not row.withdrawn_on}
    return {
        row.public_id: ElementFacts(
            qualified_code=row.public_id,
            framework=row.framework_id,
            code=row.code,
            names=row.names,
            parent=row.broader_id or "",
            ancestors=tuple(row.ancestors),
            position=row.position,
            is_leaf=row.public_id not in parents,
            is_withdrawn=bool(row.withdrawn_on),
        )
        for row in rows
    }


def processes() -> QuerySet[Process]:
    """List the processes in force, in their order."""
    return Process.objects.in_force()


def frameworks(process: str | None = None) -> QuerySet[Framework]:
    """List the frameworks in force in their order, all or those of a process."""
    found = Framework.objects.in_force().select_related("process")
    return found if process is None else found.filter(process_id=process)


def element(qualified_code: str) -> Element | None:
    """Give one element, withdrawn or not."""
    found = Element.objects.filter(public_id=qualified_code).select_related("framework")
    return found.first()


@scope_of(GrantedRole.FACILITATOR, "element", example="sdg:4")
def is_element(qualified_code: str) -> bool:
    """Say whether there is an element of this qualified code, withdrawn or not."""
    return Element.objects.filter(public_id=qualified_code).exists()


def elements_of(framework: str, *, with_withdrawn: bool = False) -> list[ElementFacts]:
    """List the elements of a framework in its order; withdrawn ones only on request."""
    found = (facts for facts in elements().values() if facts.framework == framework)
    return [facts for facts in found if with_withdrawn or not facts.is_withdrawn]


def leaves_of(framework: str) -> list[ElementFacts]:
    """List the elements with nothing below them: the 18 categories of the action lines."""
    return [facts for facts in elements_of(framework) if facts.is_leaf]


def descendants_of(qualified_code: str) -> list[ElementFacts]:
    """List the elements below one, at any depth."""
    found = (facts for facts in elements().values() if qualified_code in facts.ancestors)
    return [facts for facts in found if not facts.is_withdrawn]


def ancestors_of(qualified_code: str) -> list[ElementFacts]:
    """List the elements above one, from the top down."""
    known = elements()
    facts = known.get(qualified_code)
    return [known[code] for code in facts.ancestors if code in known] if facts else []


def element_labels(codes: Collection[str], language: str) -> Mapping[str, str]:
    """Give code and name of elements in a language and in the order of the frameworks.

    An unknown code is its own name and stands at the end.
    """
    found = elements()
    places = {code: place for place, code in enumerate(found)}
    return {
        code: f"{found[code].code} {found[code].names.best(language).text}"
        if code in found
        else code
        for code in sorted(codes, key=lambda code: places.get(code, len(places)))
    }


def element_parents(codes: Collection[str]) -> Mapping[str, str]:
    """Give the parent of each element that has one."""
    found = elements()
    return {code: found[code].parent for code in codes if code in found and found[code].parent}


def framework_labels(language: str) -> Mapping[str, str]:
    """Give the names of frameworks in their order."""
    return {row.public_id: row.names.best(language).text for row in frameworks()}


def mappings_of(qualified_code: str) -> list[Link]:
    """List an element's relations to elements of other frameworks, whichever end was written."""
    found = ElementMapping.objects.in_force().select_related(
        "from_element__framework", "to_element__framework"
    )
    links = [
        Link(Relation(row.relation), row.to_element, row.source, row.note, row.table)
        for row in found.filter(from_element__public_id=qualified_code)
    ]
    links += [
        Link(INVERSE[Relation(row.relation)], row.from_element, row.source, row.note, row.table)
        for row in found.filter(to_element__public_id=qualified_code, from_element__isnull=False)
        if row.from_element is not None
    ]
    return sorted(
        links,
        key=lambda link: (
            link.element.framework.position,
            link.element.framework_id,
            link.element.position,
        ),
    )


def mappings_from(scheme: str, codes: Collection[str]) -> QuerySet[ElementMapping]:
    """List the mappings from codes of a framework or an outside scheme such as `dac-5`."""
    found = ElementMapping.objects.in_force().filter(from_scheme=scheme, from_code__in=codes)
    return found.select_related("to_element").order_by("from_code", "table", "position")


def mapping_tables() -> QuerySet[ElementMapping, Any]:
    """List the tables of mappings between frameworks with the schemes they join."""
    found = ElementMapping.objects.in_force().filter(from_element__isnull=False)
    return (
        found.order_by("table").values("table", "from_scheme", "to_element__framework").distinct()
    )


def mappings_between(framework: str) -> list[tuple[str, str, str, str]]:
    """List the mappings from and to elements of a framework: from, relation, to, source."""
    found = ElementMapping.objects.in_force().filter(from_element__isnull=False)
    here = Q(from_element__framework_id=framework) | Q(to_element__framework_id=framework)
    rows = found.filter(here).order_by("table", "position")
    return [
        (str(start), relation, str(end), source)
        for start, relation, end, source in rows.values_list(
            "from_element_id", "relation", "to_element_id", "source"
        )
    ]


def mapping_counts() -> dict[tuple[str, str], int]:
    """Count the mappings from the elements of one framework to those of another."""
    found = ElementMapping.objects.in_force().filter(from_element__isnull=False)
    rows = found.values_list("from_scheme", "to_element__framework_id").order_by()
    counted = rows.annotate(count=Count("pk"))
    return {(start, str(end)): count for start, end, count in counted}
