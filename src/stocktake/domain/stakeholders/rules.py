"""Who may see and edit organizations: the rules for one record."""

from typing import Any

import rules

from stocktake.domain.stakeholders.choices import OrganizationState
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.queries import sees_everything
from stocktake.kernel.accounts.rules import holds_for, is_administrator, is_secretariat


def _own_id(organization: Any) -> list[str]:
    return [organization.public_id]


is_its_editor = holds_for(GrantedRole.EDITOR, "organization", _own_id)


@rules.predicate
def is_visible(user: Any, organization: Any) -> bool:
    """Whether a person may see it; the same rule as `visible_to` of the queryset."""
    if organization.state == OrganizationState.PUBLISHED or sees_everything(user):
        return True
    return bool(is_its_editor(user, organization))


rules.add_perm("stakeholders.see", is_visible)
rules.add_perm("stakeholders.create", is_secretariat)
rules.add_perm("stakeholders.edit", is_secretariat | is_its_editor)
rules.add_perm("stakeholders.delete", is_secretariat)
rules.add_perm("stakeholders.load", is_administrator)
