"""The page of an organization."""

from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.activities.queries import activities_by_role
from stocktake.domain.stakeholders.choices import Origin
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.queries import members_of
from stocktake.kernel.history.queries import changes_of
from stocktake.web import addresses, wording
from stocktake.web.activities import presenting as activities
from stocktake.web.changes import history_of
from stocktake.web.citing import citation
from stocktake.web.figures import bars
from stocktake.web.naming import Naming
from stocktake.web.newest import newest
from stocktake.web.organizations import presenting
from stocktake.web.parts import Bars, Counted, Link
from stocktake.web.register import Register
from stocktake.web.structure import shown_elements, structure

_CHANGES = 10


@require_safe
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one organization with its activities and public offices."""
    organization = _visible(request, public_id)
    naming = Naming()
    register = Register(naming.language)
    path = addresses.organization(public_id)
    filters = {"organization": (public_id,)}
    shown, count = newest(request.user, register, filters, organization=public_id)
    invented = register.invented(filters)
    changes = changes_of(Organization.kind, public_id)
    kept = changes if "history" in request.GET else changes[:_CHANGES]
    more = len(changes) > len(kept)
    memberships = organization.memberships.select_related("group").order_by("joined", "pk")
    return render(
        request,
        "organizations/page.html",
        {
            "canonical": addresses.permanent(request, path),
            "notice": register.notice,
            "breadcrumbs": [Link(_("Organizations"), reverse("organizations"))],
            "organization": SimpleNamespace(
                public_id=public_id,
                title=organization.names,
                acronym=organization.acronym,
                kicker=presenting.kicker(organization, naming),
                is_invented=organization.origin == Origin.GENERATED,
                state=organization.state,
            ),
            "facts": presenting.facts(organization, naming),
            "figures": _figures(request.user, public_id, naming),
            "invented": invented,
            "roles": presenting.role_lines(
                organization.roles.order_by("scope_kind", "scope_id", "-starts", "pk"), naming
            ),
            "memberships": presenting.membership_lines(memberships, naming, of_groups=True),
            "members": presenting.membership_lines(
                members_of(organization), naming, of_groups=False
            ),
            "children": presenting.child_lines(
                organization.children.visible_to(request.user).order_by("name_key"), naming
            ),
            "activities": [activities.entry(each, naming) for each in shown],
            "activities_all": Link(
                wording.all_activities(count) if count is not None else _("All activities"),
                addresses.list_of("activity", organization=public_id),
            ),
            "bars": _bars(public_id, register, naming, wording.invented_too(invented)),
            "citation": citation(request, organization.names, path, code=public_id),
            "history": history_of(kept),
            "history_more": Link(_("All changes"), f"{path}?history=all#history") if more else None,
        },
    )


def _visible(request: HttpRequest, public_id: str) -> Organization:
    found = Organization.objects.visible_to(request.user).filter(public_id=public_id)
    organization = found.select_related("parent").prefetch_related("identifiers").first()
    if organization is None:
        raise Http404
    return organization


def _figures(user: Any, public_id: str, naming: Naming) -> list[Counted]:
    counts = activities_by_role(user, public_id)
    labels = {"": _("Activities as owner")}
    figures = [
        Counted(labels.get(role) or _as(naming.code("participation_role", role)), "", count)
        for role, count in counts.items()
        if count
    ]
    ledger = Register(naming.language, kind="ask_instance")
    asked = ledger.counts_of("addressee", [public_id])[public_id]
    if asked:
        href = addresses.list_of("ask_instance", addressee=public_id)
        figures.append(Counted(_("Asked of this organization"), href, asked))
    return figures


def _as(role: str) -> str:
    return _("Activities (%(role)s)") % {"role": role}


def _bars(public_id: str, register: Register, naming: Naming, note: str) -> Bars | None:
    """Count its activities by the elements of the main framework."""
    main = structure().main
    if main is None or register.is_missing:
        return None
    code = main.public_id
    counts = register.counts(f"element/{code}", {"organization": (public_id,)})
    rows = [
        (
            naming.element_line(facts.qualified_code),
            addresses.list_of("activity", element=facts.qualified_code, organization=public_id),
            counts[facts.qualified_code],
        )
        for facts in shown_elements(code)
        if counts.get(facts.qualified_code)
    ]
    name = naming.plain(main.names)
    return bars(name, name, rows, note=note) if rows else None
