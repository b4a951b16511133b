"""The only writers of the register; each checks, validates, saves and logs in one transaction."""

from stocktake.domain.activities.services.drafts import ActivityDraft
from stocktake.domain.activities.services.values import (
    FIELDS,
    Values,
    clean_values,
    draft_values,
    values_of,
)
from stocktake.domain.activities.services.writing import (
    Edit,
    confirm_activity,
    create_activities,
    create_activity,
    delete_activities,
    update_activities,
    update_activity,
    withdraw_activity,
)

__all__ = [
    "FIELDS",
    "ActivityDraft",
    "Edit",
    "Values",
    "clean_values",
    "confirm_activity",
    "create_activities",
    "create_activity",
    "delete_activities",
    "draft_values",
    "update_activities",
    "update_activity",
    "values_of",
    "withdraw_activity",
]
