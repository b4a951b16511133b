"""Reading organizations: names of many, roles in a scope, members of a group."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import QuerySet

from stocktake.domain.stakeholders.models import Membership, Organization, Role
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.scopes import scope_of


@scope_of(GrantedRole.EDITOR, "organization", example="O-7QK2M9XD")
def is_organization(public_id: str) -> bool:
    """Say whether there is an organization of this identifier."""
    return Organization.objects.filter(public_id=public_id).exists()


def organization_labels(codes: Collection[str], language: str) -> Mapping[str, str]:
    """Give the names of organizations by public identifier, an acronym in brackets behind."""
    found = Organization.objects.filter(public_id__in=codes).only("public_id", "names", "acronym")
    return {row.public_id: _label(row, language) for row in found}


def _label(organization: Organization, language: str) -> str:
    name: str = organization.names.best(language).text
    if organization.acronym and organization.acronym != name:
        return f"{name} ({organization.acronym})"
    return name


def roles_in(scope_kind: str, scope_ids: Collection[str]) -> QuerySet[Role]:
    """List the offices held in some scopes, the newest first."""
    found = Role.objects.filter(scope_kind=scope_kind, scope_id__in=scope_ids)
    return found.select_related("organization").order_by("scope_id", "-starts", "role", "pk")


def members_of(group: Organization, *, on: date | None = None) -> QuerySet[Membership]:
    """List the memberships of a group; with a day, those that held then as far as is known."""
    found = Membership.objects.filter(group=group).select_related("organization")
    if on is not None:
        day = on.isoformat()
        found = found.exclude(joined__gt=day).exclude(left__gt="", left__lt=day)
    return found.order_by("organization__name_key", "joined")
