"""Pages of frameworks and their elements."""

from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.models import Element, Framework
from stocktake.domain.stakeholders.queries import roles_in
from stocktake.kernel.history.queries import changes_of
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.web import addresses, wording
from stocktake.web.activities import presenting as activities
from stocktake.web.changes import history_of
from stocktake.web.citing import citation
from stocktake.web.figures import bars
from stocktake.web.frameworks import presenting
from stocktake.web.naming import Naming
from stocktake.web.newest import newest
from stocktake.web.organizations.presenting import holder_lines
from stocktake.web.parts import Bars, Counted, Link
from stocktake.web.register import Register
from stocktake.web.structure import structure


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show all processes with their frameworks, and the tables between frameworks."""
    naming = Naming()
    register = Register(naming.language)
    return render(
        request,
        "frameworks/index.html",
        {
            "canonical": addresses.permanent(request, reverse("frameworks")),
            "processes": presenting.processes(structure(), register),
            "mappings": presenting.mapping_tables(naming),
            "invented": register.invented(),
            "notice": register.notice,
        },
    )


@require_safe
def page(request: HttpRequest, framework: str) -> HttpResponse:
    """Show a framework with its elements."""
    found = _framework(framework)
    naming = Naming()
    register = Register(naming.language)
    path = addresses.framework(framework)
    elements = queries.elements_of(framework)
    counts = register.counts(f"element/{framework}")
    top = tuple(facts.qualified_code for facts in elements if not facts.parent)
    roles = roles_in("element", [facts.qualified_code for facts in elements])
    return render(
        request,
        "frameworks/page.html",
        {
            "canonical": addresses.permanent(request, path),
            "breadcrumbs": [Link(_("Frameworks"), reverse("frameworks"))],
            "framework": SimpleNamespace(
                code=framework,
                title=found.names,
                text=found.description,
                kicker=[found.process.names] if found.process else [],
            ),
            "elements": presenting.element_lines(elements, counts, list(roles), naming),
            "facts": presenting.framework_facts(found, len(elements)),
            "invented": register.invented({"element": top}) if top else 0,
            "crosswalks": presenting.crosswalks(found, naming),
            "downloads": [
                Link(
                    _("Coverage matrix as CSV"),
                    addresses.with_query(reverse("coverage_download"), {"rows": framework}),
                )
            ],
            "citation": citation(request, found.names, path, code=framework),
            "notice": register.notice,
        },
    )


@require_safe
def element(request: HttpRequest, framework: str, code: str) -> HttpResponse:
    """Show one element: what it asks for, who looks after it, what is done."""
    qualified = f"{framework}:{code}"
    found = queries.element(qualified)
    if found is None:
        raise Http404
    naming = Naming()
    register = Register(naming.language)
    path = addresses.element(qualified)
    below = [facts.qualified_code for facts in queries.descendants_of(qualified)]
    filters = {"element": (qualified,)}
    shown, count = newest(request.user, register, filters, elements=[qualified, *below])
    invented = register.invented(filters)
    return render(
        request,
        "frameworks/element.html",
        {
            "canonical": addresses.permanent(request, path),
            "breadcrumbs": presenting.breadcrumbs(found, naming),
            "element": SimpleNamespace(
                code=qualified,
                short_code=found.code,
                title=found.names,
                text=found.description,
                kicker=[Link(found.framework.names, addresses.framework(framework))],
            ),
            "facts": presenting.element_facts(found),
            "figures": _figures(found, count),
            "invented": invented,
            "roles": holder_lines(roles_in("element", [qualified]), naming),
            "parts": _parts(below, found, register, naming),
            "mapped": presenting.mapped_lines(queries.mappings_of(qualified)),
            "regions": _regions(qualified, register, naming, wording.invented_too(invented)),
            "activities": [activities.entry(each, naming) for each in shown],
            "activities_all": Link(
                wording.all_activities(count) if count else _("All activities"),
                addresses.list_of("activity", element=qualified),
            ),
            "citation": citation(request, naming.element_line(qualified), path, code=qualified),
            "history": history_of(changes_of("element", qualified)),
            "notice": register.notice,
        },
    )


def _framework(code: str) -> Framework:
    found: Any = Framework.objects.select_related("process").filter(public_id=code).first()
    if found is None:
        raise Http404
    framework: Framework = found
    return framework


def _figures(found: Element, count: int | None) -> list[Counted]:
    if count is None:
        return []
    href = addresses.list_of("activity", element=found.public_id)
    return [Counted(_("Activities"), href, count)]


def _parts(below: list[str], found: Element, register: Register, naming: Naming) -> list[Counted]:
    """List the elements directly below with the number of their activities."""
    counts = register.counts(f"element/{found.framework_id}") if below else {}
    known = queries.elements()
    return [
        Counted(
            naming.element(code),
            addresses.element(code),
            None if register.is_missing else counts.get(code, 0),
            code=known[code].code,
        )
        for code in below
        if known[code].parent == found.public_id
    ]


def _regions(qualified: str, register: Register, naming: Naming, note: str) -> Bars | None:
    if register.is_missing:
        return None
    counts = register.counts("region", {"element": (qualified,)})
    rows = [
        (
            region.names,
            addresses.list_of("activity", element=qualified, region=region.m49),
            counts.get(region.m49, 0),
        )
        for region in vocabularies.regions()
    ]
    return bars(_("Activities by region"), _("Region"), rows, note=note)
