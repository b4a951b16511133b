"""Reading the register: one record with its links, and counts that pages show."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from stocktake.domain.activities.models import Activity, Participation
from stocktake.domain.stakeholders.models import Organization

_LONG_TEXTS = ("description", "results", "obstacles", "lessons")


def activity_visible_to(user: Any, public_id: str) -> Activity | None:
    """Give one activity with everything that its page shows, if the person may see it."""
    return Activity.objects.visible_to(user).with_links().filter(public_id=public_id).first()


def activities_in_order(user: Any, public_ids: list[str]) -> list[Activity]:
    """Give the rows of a list of identifiers, in its order, as far as they may be seen."""
    rows = Activity.objects.visible_to(user).with_rows().defer(*_LONG_TEXTS)
    found = rows.filter(public_id__in=public_ids)
    by_id = {activity.public_id: activity for activity in found}
    return [by_id[public_id] for public_id in public_ids if public_id in by_id]


def newest(
    user: Any,
    *,
    elements: Collection[str] = (),
    areas: Collection[str] = (),
    organization: str = "",
    limit: int,
) -> list[Activity]:
    """Give the activities that began last, of an organization or under some elements or areas.

    Args:
        elements: qualified codes, any of which an activity may be filed under.
        areas: M49 codes, any of which it may take place in.
        organization: the owner or a partner.
    """
    found = Activity.objects.visible_to(user)
    if elements:
        found = found.filter(activity_elements__element__public_id__in=elements)
    if areas:
        found = found.filter(activity_areas__area__m49__in=areas)
    if organization:
        partner = Q(participations__organization__public_id=organization)
        found = found.filter(Q(owner__public_id=organization) | partner)
    keys = found.order_by("-start_date", "-pk").values_list("public_id", "start_date", "pk")
    return activities_in_order(user, [key for key, _start, _pk in keys.distinct()[:limit]])


def entered_last(user: Any, *, limit: int) -> list[Activity]:
    """Give the published activities that were entered last, whenever they take place."""
    found = Activity.objects.visible_to(user).published().select_related("owner")
    return list(found.defer(*_LONG_TEXTS).order_by("-pk")[:limit])


def activities_by_role(user: Any, organization: str) -> dict[str, int]:
    """Count the activities of an organization by its role in them; an owner's role is `""`."""
    visible = Activity.objects.visible_to(user)
    owned = visible.filter(owner__public_id=organization).count()
    rows = Participation.objects.filter(
        organization__public_id=organization, activity__in=visible
    ).values_list("role")
    counts = dict(rows.annotate(count=Count("activity", distinct=True)).order_by("role"))
    return {"": owned, **counts}


def owners_count(user: Any) -> int:
    """Count the organizations that own an activity; asks per organization, not per activity."""
    owned = Activity.objects.visible_to(user).filter(owner=OuterRef("pk"))
    return Organization.objects.filter(Exists(owned)).count()
