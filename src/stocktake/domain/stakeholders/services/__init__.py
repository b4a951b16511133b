"""The only writers of organizations, memberships and roles."""

from stocktake.domain.stakeholders.services.loading import load_stakeholders
from stocktake.domain.stakeholders.services.organizations import (
    create_organization,
    create_organizations,
    delete_organizations,
    update_organization,
    values_of,
)
from stocktake.domain.stakeholders.services.resolving import (
    OrganizationRef,
    find_organizations,
    resolve_organizations,
)

__all__ = [
    "OrganizationRef",
    "create_organization",
    "create_organizations",
    "delete_organizations",
    "find_organizations",
    "load_stakeholders",
    "resolve_organizations",
    "update_organization",
    "values_of",
]
