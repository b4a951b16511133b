"""The index of countries, and the page of a country, region or group of countries."""

from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.history.queries import changes_of
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.kernel.vocabularies.choices import AreaKind, GroupKind
from stocktake.web import addresses, wording
from stocktake.web.activities import presenting as activities
from stocktake.web.changes import history_of
from stocktake.web.citing import citation
from stocktake.web.countries.presenting import Place, group_views, members_of, place
from stocktake.web.figures import bars, world
from stocktake.web.naming import Naming
from stocktake.web.newest import newest
from stocktake.web.parts import Bars, Counted, Group, Link, Value
from stocktake.web.register import Register
from stocktake.web.structure import shown_elements, structure

_ORGANIZATIONS = 60


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show all countries by region, and the groups of countries."""
    naming = Naming()
    register = Register(naming.language)
    countries = vocabularies.countries(naming.language)
    counts = register.counts_of("country", [each.m49 for each in countries])
    by_region = register.counts("region")
    by_group = register.counts("group")
    invented = register.invented()
    wanted = request.GET.get("group", "")
    regions = [
        Group(
            label=region.names,
            href=addresses.area(region.m49),
            items=[
                Counted(each.names, addresses.area(each.m49), counts[each.m49])
                for each in countries
                if vocabularies.region_of(each.m49) == region
            ],
            count=by_region.get(region.m49, 0),
        )
        for region in vocabularies.regions()
    ]
    return render(
        request,
        "countries/index.html",
        {
            "canonical": addresses.permanent(request, reverse("countries")),
            "notice": register.notice,
            "world": world(naming, counts, addresses.area, only=members_of(wanted)),
            "invented": invented,
            "counted_too": wording.invented_too(invented),
            "world_filters": group_views(naming, reverse("countries"), wanted),
            "regions": [region for region in regions if region.items],
            "groups": [
                Counted(group.names, addresses.area(group.code), by_group.get(group.code, 0))
                for group in vocabularies.groups()
            ],
        },
    )


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show a country, region or group; codes of ISO 3166-1 lead to the page of the country."""
    naming = Naming()
    found = place(code, naming)
    if found is None or found.code != code:
        known = found.code if found else _by_iso(code)
        return redirect(addresses.area(known), permanent=True)
    register = Register(naming.language)
    path = addresses.area(code)
    shown, count = newest(request.user, register, found.filters, areas=found.areas)
    organizations = _organizations(request.user, found, naming)
    invented = register.invented(found.filters)
    return render(
        request,
        "countries/page.html",
        {
            "canonical": addresses.permanent(request, path),
            "breadcrumbs": _breadcrumbs(found, naming),
            "area": SimpleNamespace(code=code, title=found.names, kicker=_kicker(found, naming)),
            "facts": found.facts,
            "figures": _figures(found, count, naming),
            "invented": invented,
            "bars": _bars(found, register, naming, wording.invented_too(invented)),
            "activities": [activities.entry(each, naming) for each in shown],
            "activities_all": Link(
                wording.all_activities(count) if count else _("All activities"),
                addresses.list_of("activity", **found.filters),
            ),
            "organizations": organizations,
            "parts": _parts(found, register, naming),
            "citation": citation(request, found.names, path, code=code),
            "history": history_of(changes_of("area", code)),
            "notice": register.notice,
        },
    )


def _by_iso(code: str) -> str:
    country = vocabularies.area_by_iso(code)
    if country is None:
        raise Http404
    return country.m49


def _breadcrumbs(found: Place, naming: Naming) -> list[Link]:
    above = vocabularies.ancestors_of(found.code)
    larger = [each for each in reversed(above) if each.kind != AreaKind.WORLD]
    links = [naming.area_link(each.m49) for each in larger]
    return [Link(_("Countries"), reverse("countries")), *links]


def _kicker(found: Place, naming: Naming) -> list[Value]:
    if found.kind in GroupKind.values:
        return [str(GroupKind(found.kind).label)]
    region = vocabularies.region_of(found.code)
    kind = str(AreaKind(found.kind).label)
    return [kind, naming.area_link(region.m49)] if region else [kind]


def _figures(found: Place, count: int | None, naming: Naming) -> list[Counted]:
    register = Register(naming.language, kind="organization")
    total = register.total(found.filters)
    figures = []
    if count is not None:
        href = addresses.list_of("activity", **found.filters)
        figures.append(Counted(_("Activities"), href, count))
    if not register.is_missing:
        href = addresses.list_of("organization", **found.filters)
        figures.append(Counted(_("Organizations"), href, total))
    if not found.is_country:
        figures.append(Counted(_("Countries and areas"), "", len(found.members)))
    return figures


def _bars(found: Place, register: Register, naming: Naming, note: str) -> Bars | None:
    """Count activities by the elements of the main framework; what has none is shown too."""
    main = structure().main
    if main is None or register.is_missing:
        return None
    counts = register.counts(f"element/{main.public_id}", found.filters)
    rows = [
        (
            naming.element_line(facts.qualified_code),
            addresses.list_of("activity", element=facts.qualified_code, **found.filters),
            counts.get(facts.qualified_code, 0),
        )
        for facts in shown_elements(main.public_id)
    ]
    name = naming.plain(main.names)
    return bars(name, name, rows, note=note)


def _organizations(user: Any, found: Place, naming: Naming) -> list[Counted]:
    there = Organization.objects.visible_to(user).filter(country__in=found.members)
    rows = there.order_by("name_key", "pk")[:_ORGANIZATIONS]
    return [
        Counted(naming.organization(row), addresses.organization(row.public_id)) for row in rows
    ]


def _parts(found: Place, register: Register, naming: Naming) -> list[Counted]:
    if found.is_country:
        return []
    entries = filter(None, map(vocabularies.area, found.members))
    ordered = vocabularies.in_reading_order(entries, naming.language)
    counts = register.counts_of("country", found.members)
    return [
        Counted(
            each.names,
            addresses.area(each.m49),
            None if register.is_missing else counts[each.m49],
        )
        for each in ordered
    ]
