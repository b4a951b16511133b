"""The only writers of the register; each checks, validates, saves and logs in one transaction."""

from stocktake.domain.activities.services.drafts import (
    ActivityDraft,
    DraftArea,
    DraftElement,
    DraftLink,
)
from stocktake.domain.activities.services.values import (
    FIELDS,
    Values,
    clean_values,
    draft_values,
    is_web_address,
    values_of,
)
from stocktake.domain.activities.services.writing import (
    Edit,
    confirm_activity,
    create_activities,
    create_activity,
    delete_activities,
    enter_activities,
    update_activities,
    update_activity,
    withdraw_activity,
)

__all__ = [
    "FIELDS",
    "ActivityDraft",
    "DraftArea",
    "DraftElement",
    "DraftLink",
    "Edit",
    "Values",
    "clean_values",
    "confirm_activity",
    "create_activities",
    "create_activity",
    "delete_activities",
    "draft_values",
    "enter_activities",
    "is_web_address",
    "update_activities",
    "update_activity",
    "values_of",
    "withdraw_activity",
]
