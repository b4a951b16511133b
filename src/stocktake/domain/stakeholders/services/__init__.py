"""The only writers of organizations, memberships and roles."""

from stocktake.domain.stakeholders.services.loading import load_stakeholders, process_folders
from stocktake.domain.stakeholders.services.organizations import (
    create_organization,
    create_organizations,
    delete_organizations,
    update_organization,
    values_of,
)
from stocktake.domain.stakeholders.services.resolving import (
    OUR_SCHEME,
    OrganizationRef,
    find_organizations,
    resolve_organizations,
)

__all__ = [
    "OUR_SCHEME",
    "OrganizationRef",
    "create_organization",
    "create_organizations",
    "delete_organizations",
    "find_organizations",
    "load_stakeholders",
    "process_folders",
    "resolve_organizations",
    "update_organization",
    "values_of",
]
