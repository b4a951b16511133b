"""Frameworks, elements and mappings as parts of pages."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import escape

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.choices import INVERSE, Relation
from stocktake.domain.frameworks.models import Element, Framework
from stocktake.domain.frameworks.queries import ElementFacts
from stocktake.domain.stakeholders.models import Role
from stocktake.lib.multilingual import Text
from stocktake.web import addresses
from stocktake.web.environment import code as code_of
from stocktake.web.environment import english, formatted_date, listed, number
from stocktake.web.naming import Naming
from stocktake.web.parts import (
    Column,
    Counted,
    ElementLine,
    Fact,
    FrameworkLine,
    Link,
    MappedLine,
    ProcessGroup,
    Table,
    Tag,
)
from stocktake.web.register import Register
from stocktake.web.structure import Structure, sourced, top_elements


def processes(structure: Structure, register: Register) -> list[ProcessGroup]:
    """List every process with its frameworks; those of no process stand at the end."""
    by_process: dict[str, list[FrameworkLine]] = {}
    for framework in structure.frameworks:
        lines = by_process.setdefault(framework.process_id or "", [])
        lines.append(_line(framework, register))
    groups = [
        ProcessGroup(process.names, process.description, by_process.get(process.public_id, []))
        for process in queries.processes()
    ]
    if by_process.get(""):
        groups.append(ProcessGroup(_("Other frameworks"), "", by_process[""]))
    return groups


def _line(framework: Framework, register: Register) -> FrameworkLine:
    code = framework.public_id
    top = tuple(facts.qualified_code for facts in top_elements(code))
    source = sourced(framework.source)
    return FrameworkLine(
        title=framework.names,
        href=addresses.framework(code),
        text=framework.description,
        elements=len(queries.elements_of(code)),
        activities=register.total({"element": top}) if top else 0,
        source=source if isinstance(source, Link) else Link(source) if source else None,
    )


def mapping_tables(naming: Naming) -> list[Counted]:
    """List the tables that link the elements of two frameworks."""
    names = queries.framework_labels(naming.language)
    return [
        Counted(
            _("%(from)s – %(to)s") % {"from": names.get(start, start), "to": names.get(end, end)},
            f"{addresses.framework(start)}#crosswalks",
            count,
        )
        for (start, end), count in sorted(queries.mapping_counts().items())
    ]


def element_lines(
    elements: Sequence[ElementFacts],
    counts: Mapping[str, int],
    roles: Sequence[Role],
    naming: Naming,
) -> list[ElementLine]:
    """List the elements of a framework with who looks after them now."""
    holders: dict[str, dict[str, Link]] = {}
    for role in roles:
        link = naming.organization_link(role.organization)
        if link and not role.ends:
            short = Link(role.organization.acronym or link.label, link.href)
            holders.setdefault(role.scope_id, {}).setdefault(link.href, short)
    return [
        ElementLine(
            code=facts.code,
            label=facts.names,
            href=addresses.element(facts.qualified_code),
            count=counts.get(facts.qualified_code, 0),
            is_part=bool(facts.parent),
            roles=list(holders.get(facts.qualified_code, {}).values()),
        )
        for facts in elements
    ]


def framework_facts(framework: Framework, count: int) -> list[Fact]:
    """Give the facts at the side of a framework."""
    return [
        Fact(_("Elements"), [number(count)]),
        Fact(_("Process"), [framework.process.names] if framework.process else []),
        Fact(_("Date"), _filled(formatted_date(framework.date))),
        Fact(_("Source"), [sourced(framework.source)] if framework.source else []),
        Fact(_("Licence"), _filled(english(framework.licence))),
        Fact(_("Code"), [code_of(framework.public_id)]),
    ]


def crosswalks(framework: Framework, naming: Naming) -> list[Table]:
    """Give a table for each framework that this one is linked to: one row an element."""
    rows: dict[str, dict[tuple[str, str], list[str]]] = {}
    sources: dict[str, dict[str, None]] = {}
    for own, relation, other, source in _links(framework.public_id):
        scheme, _colon, code = other.partition(":")
        rows.setdefault(scheme, {}).setdefault((own, relation), []).append(code)
        sources.setdefault(scheme, {})[source] = None
    names = queries.framework_labels(naming.language)
    tables = []
    for other, found in rows.items():
        told = {"from": names[framework.public_id], "to": names.get(other, other)}
        tables.append(
            Table(
                _("%(from)s – %(to)s") % told,
                [
                    Column(_("Element")),
                    Column(_("Relation")),
                    Column(_("Elements of %(framework)s") % {"framework": told["to"]}),
                ],
                [
                    [
                        Link(naming.element_line(code), addresses.element(code)),
                        str(Relation(relation).label),
                        listed(code_of(code) for code in dict.fromkeys(codes)),
                    ]
                    for (code, relation), codes in sorted(
                        found.items(), key=lambda row: naming.element_order(row[0][0])
                    )
                ],
                note=escape(_("Source: %(source)s"))
                % {"source": english("; ".join(filter(None, sources[other])))},
            )
        )
    return tables


def _links(framework: str) -> Iterable[tuple[str, str, str, str]]:
    """Give own element, relation, other element and source, whichever end was written."""
    for start, relation, end, source in queries.mappings_between(framework):
        if start.partition(":")[0] == framework:
            yield start, relation, end, source
        else:
            yield end, INVERSE[Relation(relation)], start, source


def breadcrumbs(element: Element, naming: Naming) -> list[Link]:
    """Lead from the frameworks down to an element."""
    above = [
        Link(code_of(facts.code), addresses.element(facts.qualified_code))
        for facts in queries.ancestors_of(element.public_id)
    ]
    framework = element.framework
    return [
        Link(_("Frameworks"), reverse("frameworks")),
        Link(framework.names, addresses.framework(framework.public_id)),
        *above,
    ]


def element_facts(element: Element) -> list[Fact]:
    """Give the facts at the side of an element."""
    level = _level(element)
    return [
        Fact(_("Level"), [level] if level else []),
        Fact(_("In force from"), _filled(formatted_date(element.valid_from))),
        Fact(_("In force until"), _filled(formatted_date(element.valid_to))),
        Fact(_("Withdrawn"), _filled(formatted_date(element.withdrawn_on))),
        Fact(_("Code"), [code_of(element.public_id)]),
    ]


def _level(element: Element) -> Text | None:
    levels = element.framework.levels
    depth = len(element.ancestors)
    return Text.from_json(levels[depth]) if depth < len(levels) else None


def mapped_lines(links: Sequence[queries.Link]) -> list[MappedLine]:
    """Give the elements of other frameworks that an element is related to."""
    return [
        MappedLine(
            relation=str(link.relation.label),
            element=Tag(
                link.element.code, link.element.names, addresses.element(link.element.public_id)
            ),
            source=sourced(link.source),
            note=english(link.note),
        )
        for link in links
    ]


def _filled(text: str) -> list[str]:
    return [text] if text else []
