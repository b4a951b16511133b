"""An organization as a row of a list and as a page."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from stocktake.domain.stakeholders.choices import OrganizationState, Origin
from stocktake.domain.stakeholders.models import Membership, Organization, Role
from stocktake.web import addresses, wording
from stocktake.web.environment import code, english
from stocktake.web.naming import Naming
from stocktake.web.parts import Counted, Entry, Fact, Label, Link, Period, RoleLine, Value
from stocktake.web.terms import period_of


def entry(
    organization: Organization,
    naming: Naming,
    *,
    count: int | None = None,
    invented: int = 0,
    title: Label = "",
) -> Entry:
    """Show an organization as a row; `count` is the number of its activities."""
    return Entry(
        public_id=organization.public_id,
        href=addresses.organization(organization.public_id),
        title=title or naming.organization(organization),
        byline=kicker(organization, naming),
        state=[] if count is None else [wording.activities(count, invented)],
        is_invented=organization.origin == Origin.GENERATED,
    )


def kicker(organization: Organization, naming: Naming) -> list[Value]:
    """Give kind and country, as far as they are known."""
    kind = naming.code("organization_type", organization.type) if organization.type else ""
    place = naming.area_link(organization.country) if organization.country else None
    return [value for value in (kind, place) if value]


def facts(organization: Organization, naming: Naming) -> list[Fact]:
    """Give the facts at the side."""
    parent = naming.organization_link(organization.parent)
    website: list[Value] = []
    if organization.website:
        host = urlsplit(organization.website).hostname or organization.website
        website = [Link(host.removeprefix("www."), organization.website)]
    source: list[Value] = [str(Origin(organization.origin).label)]
    if organization.source_url:
        host = urlsplit(organization.source_url).hostname or organization.source_url
        source.append(Link(host.removeprefix("www."), organization.source_url))
    identifiers = [
        code(f"{known.value} ({known.scheme})") for known in organization.identifiers.all()
    ]
    return [
        Fact(_("Acronym"), [organization.acronym] if organization.acronym else []),
        Fact(_("Other names"), organization.aliases),
        Fact(_("Part of"), [parent] if parent else []),
        Fact(_("Website"), website),
        Fact(_("Identifiers"), identifiers),
        Fact(_("Where the entry came from"), source),
    ]


def role_lines(roles: Iterable[Role], naming: Naming) -> list[RoleLine]:
    """Give the offices that an organization holds, each leading to what it looks after."""
    return [
        RoleLine(
            role=str(role.get_role_display()),
            organization=_scope(role, naming),
            period=_term(role.starts, role.ends),
            source=english(role.source),
        )
        for role in roles
    ]


def holder_lines(roles: Iterable[Role], naming: Naming) -> list[RoleLine]:
    """Give the organizations that look after something."""
    lines = []
    for role in roles:
        holder = naming.organization_link(role.organization)
        if holder:
            lines.append(
                RoleLine(
                    role=str(role.get_role_display()),
                    organization=holder,
                    period=_term(role.starts, role.ends),
                    source=english(role.source),
                )
            )
    return lines


def membership_lines(
    memberships: Iterable[Membership], naming: Naming, *, of_groups: bool
) -> list[RoleLine]:
    """Give the groups of an organization, or the members of a group."""
    lines = []
    for row in memberships:
        other = naming.organization_link(row.group if of_groups else row.organization)
        if other:
            lines.append(RoleLine("", other, _term(row.joined, row.left), english(row.source)))
    return lines


def child_lines(children: Iterable[Organization], naming: Naming) -> list[Counted]:
    """Give the parts of an organization that are public."""
    return [
        Counted(naming.organization(child), addresses.organization(child.public_id))
        for child in children
        if child.state == OrganizationState.PUBLISHED
    ]


def _scope(role: Role, naming: Naming) -> Link:
    if role.scope_kind == "element":
        return Link(naming.element_line(role.scope_id), addresses.element(role.scope_id))
    if role.scope_kind == "area":
        return naming.area_link(role.scope_id)
    return Link(naming.process(role.scope_id))


def _term(starts: str, ends: str) -> Period:
    return period_of(starts, ends, is_open=bool(starts)) or Period()
