"""Who may see, enter and edit activities: the rules for one record."""

from typing import Any

import rules

from stocktake.domain.activities.choices import ActivityState
from stocktake.kernel.accounts.choices import GrantedRole
from stocktake.kernel.accounts.queries import sees_everything
from stocktake.kernel.accounts.rules import holds_for, is_secretariat
from stocktake.kernel.accounts.scopes import scope_of
from stocktake.kernel.vocabularies.queries import area


def _owner_ids(activity: Any) -> list[str]:
    return [activity.owner.public_id] if activity.owner_id else []


def _area_ids(activity: Any) -> list[str]:
    return list(activity.activity_areas.values_list("area_id", flat=True))


@scope_of(GrantedRole.FOCAL_POINT, "area", example="710")
def is_area(m49: str) -> bool:
    """Whether a focal point can be one of this country or area."""
    return area(m49) is not None


is_owners_editor = holds_for(GrantedRole.EDITOR, "organization", _owner_ids)
is_focal_point_there = holds_for(GrantedRole.FOCAL_POINT, "area", _area_ids)


@rules.predicate
def is_visible(user: Any, activity: Any) -> bool:
    """Whether a person may see an activity; the same rule as `visible_to` of the queryset."""
    if activity.state == ActivityState.PUBLISHED or sees_everything(user):
        return True
    return bool(is_owners_editor(user, activity))


rules.add_perm("activities.see", is_visible)
rules.add_perm("activities.create", is_secretariat)
rules.add_perm("activities.edit", is_secretariat | is_owners_editor | is_focal_point_there)
rules.add_perm("activities.withdraw", is_secretariat | is_owners_editor)
rules.add_perm("activities.delete", is_secretariat)
