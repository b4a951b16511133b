"""Counts in whole sentences that several pages share."""

from django.utils.translation import ngettext

from stocktake.web.environment import number


def activities(count: int) -> str:
    """Say how many activities there are."""
    told = {"count": number(count)}
    return ngettext("%(count)s activity", "%(count)s activities", count) % told


def organizations(count: int) -> str:
    """Say how many organizations there are."""
    told = {"count": number(count)}
    return ngettext("%(count)s organization", "%(count)s organizations", count) % told


def all_activities(count: int) -> str:
    """Name the link to a list of activities."""
    told = {"count": number(count)}
    return ngettext("Show it in the list", "All %(count)s activities", count) % told
