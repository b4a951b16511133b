"""The only writers of organizations, memberships and roles."""

from stocktake.domain.stakeholders.services.loading import load_stakeholders
from stocktake.domain.stakeholders.services.organizations import (
    OrganizationRef,
    create_organization,
    create_organizations,
    resolve_organizations,
    update_organization,
    values_of,
)

__all__ = [
    "OrganizationRef",
    "create_organization",
    "create_organizations",
    "load_stakeholders",
    "resolve_organizations",
    "update_organization",
    "values_of",
]
