"""The first page: what was asked, what is being done, where is silence."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.queries import entered_last, owners_count
from stocktake.domain.stakeholders.models import Organization
from stocktake.kernel.history.queries import latest_changes
from stocktake.kernel.vocabularies import queries as vocabularies
from stocktake.web import addresses, wording
from stocktake.web.activities import presenting
from stocktake.web.changes import latest
from stocktake.web.countries.presenting import group_views, members_of
from stocktake.web.coverage import matrix as coverage
from stocktake.web.figures import by_year, places_of_states, world
from stocktake.web.home import ledger
from stocktake.web.naming import Naming
from stocktake.web.parts import Change, Counted, Doing, Link, Search, Silence
from stocktake.web.register import Register
from stocktake.web.structure import Structure, structure, top_elements

_NEWEST = 5
_CHANGES = 8
_LOOKED_THROUGH = 60
_KINDS = (Activity.kind, Organization.kind)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the first page."""
    naming, known = Naming(), structure()
    register = Register(naming.language)
    countries = [each.m49 for each in vocabularies.countries()]
    counts = register.counts_of("country", countries)
    invented = register.invented()
    note = wording.invented_too(invented)
    path = reverse("home")
    wanted = request.GET.get("group", "")
    values: dict[str, Any] = {
        "canonical": addresses.permanent(request, path),
        "process": known.process.names if known.process else "",
        "search": _search(),
        "asked": _asked(known),
        "world": world(naming, counts, addresses.area, only=members_of(wanted)),
        "world_filters": group_views(naming, path, wanted),
        "by_year": by_year(register.counts("year"), note=note),
        "invented": invented,
        "counted_too": note,
        "newest": [
            presenting.entered(each, naming) for each in entered_last(request.user, limit=_NEWEST)
        ],
        "changes": _changes(request.user, naming),
        "ledger": ledger.figures(naming),
        "due": ledger.nearest(request.user, naming),
        "done": Doing(
            activities=register.total(),
            organizations=owners_count(request.user),
            countries=sum(count > 0 for count in counts.values()),
            href=reverse("explore"),
        ),
        **_matrix(known, register, naming, counts, note),
    }
    values["notice"] = register.notice
    return render(request, "home.html", values)


def _search() -> Search:
    return Search(
        action=reverse("explore"),
        label=_("Search the register"),
        placeholder=_("Activities, organizations, countries, in any of the six languages"),
        suggest=addresses.suggestions(Activity.kind),
    )


def _asked(known: Structure) -> list[Counted]:
    return [
        Counted(
            framework.names,
            addresses.framework(framework.public_id),
            len(top_elements(framework.public_id)),
        )
        for framework in known.of_process()
    ]


def _matrix(
    known: Structure,
    register: Register,
    naming: Naming,
    by_country: Mapping[str, int],
    note: str,
) -> dict[str, Any]:
    """Give the matrix of the main framework by region, and where it is silent."""
    states = [place.area for place in places_of_states()]
    empty = sum(not by_country.get(code) for code in states)
    if known.main is None:
        return {"silence": Silence(0, 0, empty, len(states), reverse("coverage"))}
    title = coverage.matrix_title(known.main, coverage.REGIONS, naming)
    counts = coverage.count(register, known.main, coverage.REGIONS)
    head = coverage.row_head(known.main, naming)
    return {
        "matrix_title": title,
        "matrix": coverage.matrix(counts, naming, row_head=head, title=title, note=note),
        "silence": Silence(counts.silent, counts.fields, empty, len(states), reverse("coverage")),
    }


def _changes(user: Any, naming: Naming) -> list[Change]:
    """Put the latest changes of what the person may see into words."""
    logged = latest_changes(kinds=_KINDS, limit=_LOOKED_THROUGH)
    links = {**_activity_links(user, logged), **_organization_links(user, logged, naming)}
    told = [
        latest(change, links[change.object_id]) for change in logged if change.object_id in links
    ]
    return told[:_CHANGES]


def _activity_links(user: Any, logged: list[Any]) -> dict[str, Link]:
    ids = {change.object_id for change in logged if change.kind == Activity.kind}
    found = Activity.objects.visible_to(user).published().filter(public_id__in=ids)
    rows = found.only("public_id", "title")
    return {row.public_id: Link(row.title, addresses.activity(row.public_id)) for row in rows}


def _organization_links(user: Any, logged: list[Any], naming: Naming) -> dict[str, Link]:
    ids = {change.object_id for change in logged if change.kind == Organization.kind}
    found = Organization.objects.visible_to(user).published().filter(public_id__in=ids)
    links = ((row.public_id, naming.organization_link(row)) for row in found)
    return {public_id: link for public_id, link in links if link}
