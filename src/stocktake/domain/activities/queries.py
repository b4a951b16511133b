"""Reading the register: one record with its links, and counts that pages show."""

from typing import Any

from stocktake.domain.activities.models import Activity


def activity_visible_to(user: Any, public_id: str) -> Activity | None:
    """Give one activity with everything that its page shows, if the person may see it."""
    return Activity.objects.visible_to(user).with_links().filter(public_id=public_id).first()


def activities_in_order(user: Any, public_ids: list[str]) -> list[Activity]:
    """Give the activities of a list of identifiers, in its order, as far as they may be seen."""
    found = Activity.objects.visible_to(user).with_links().filter(public_id__in=public_ids)
    by_id = {activity.public_id: activity for activity in found}
    return [by_id[public_id] for public_id in public_ids if public_id in by_id]
