"""The register in figures: one question a section, counted by the index."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.activities.choices import Origin
from stocktake.domain.frameworks.models import Framework
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.web import addresses, wording
from stocktake.web.figures import bars, by_year
from stocktake.web.naming import Naming
from stocktake.web.parts import StatSection
from stocktake.web.register import Register
from stocktake.web.structure import structure, top_elements

_FACETS = ("element", "region", "group", "organization_type", "status", "type", "year", "origin")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show all questions with their answers."""
    naming = Naming()
    register = Register(naming.language)
    found = register.search({}, facets=_FACETS)
    counts = {name: dict(values) for name, values in found.facets.items()}
    invented = counts.get("origin", {}).get(Origin.GENERATED, 0)
    sections = [
        *_by_framework(counts, structure().frameworks, naming),
        *_by_place(counts, naming),
        *_by_code(counts, naming),
        *_by_year(counts.get("year", {}), wording.invented_too(invented)),
    ]
    return render(
        request,
        "statistics/page.html",
        {
            "canonical": addresses.permanent(request, reverse("statistics")),
            "total": found.total,
            "as_of": timezone.localdate(),
            "charts": [_noted(section, wording.invented_too(invented)) for section in sections],
            "invented": invented,
            "notice": register.notice,
        },
    )


def _by_framework(
    counts: Mapping[str, Mapping[str, int]], frameworks: Iterable[Framework], naming: Naming
) -> list[StatSection]:
    sections = []
    for framework in frameworks:
        code = framework.public_id
        found = counts.get(f"element/{code}", {})
        rows = [
            (
                naming.element_line(facts.qualified_code),
                addresses.list_of("activity", element=facts.qualified_code),
                found.get(facts.qualified_code, 0),
            )
            for facts in top_elements(code)
        ]
        if rows:
            name = naming.plain(framework.names)
            text = _("An activity counts under every element that it is filed under.")
            sections.append(StatSection(f"by-{code}", name, text, bars(name, name, rows)))
    return sections


def _by_place(counts: Mapping[str, Mapping[str, int]], naming: Naming) -> list[StatSection]:
    regions = [
        (region.names, addresses.list_of("activity", region=region.m49), region.m49)
        for region in vocabularies.regions()
    ]
    groups = [
        (group.names, addresses.list_of("activity", group=group.code), group.code)
        for group in vocabularies.groups()
    ]
    by_region, by_group = counts.get("region", {}), counts.get("group", {})
    return [
        StatSection(
            "by-region",
            _("Regions"),
            _("Regions of the standard M49 in which activities take place."),
            bars(
                _("Activities by region"),
                _("Region"),
                [(label, href, by_region.get(code, 0)) for label, href, code in regions],
            ),
        ),
        StatSection(
            "by-group",
            _("Groups of countries"),
            _("A country counts in the groups it belonged to when the activity began."),
            bars(
                _("Activities by group of countries"),
                _("Group"),
                [(label, href, by_group.get(code, 0)) for label, href, code in groups],
            ),
        ),
    ]


def _by_code(counts: Mapping[str, Mapping[str, int]], naming: Naming) -> list[StatSection]:
    def listed(facet: str, codelist: str) -> list[tuple[str, str, int]]:
        found = counts.get(facet, {})
        codes = [entry.code for entry in vocabularies.codes_of(codelist)]
        known = [*codes, *(code for code in found if code not in codes)]
        return [
            (
                naming.code(codelist, code),
                addresses.list_of("activity", **{facet: code}),
                found.get(code, 0),
            )
            for code in known
        ]

    return [
        StatSection(
            "by-organization-type",
            _("Kinds of organization"),
            _("By the organization that owns the activity."),
            bars(
                _("Activities by kind of owner"),
                _("Kind of organization"),
                listed("organization_type", "organization_type"),
            ),
        ),
        StatSection(
            "by-status",
            _("Status"),
            _("As last told by the owner."),
            bars(_("Activities by status"), _("Status"), listed("status", "activity_status")),
        ),
        StatSection(
            "by-type",
            _("Kinds of activity"),
            "",
            bars(_("Activities by kind"), _("Kind"), listed("type", "activity_type")),
        ),
    ]


def _by_year(counts: Mapping[str, int], note: str) -> list[StatSection]:
    years = by_year(counts, note=note)
    text = _("By the year in which an activity began, as far as it is known.")
    return [StatSection("by-year", _("Years"), text, years)] if years else []


def _noted(section: StatSection, note: str) -> StatSection:
    """Say below the figure of a section what it counts too."""
    return replace(section, chart=replace(section.chart, note=note))
