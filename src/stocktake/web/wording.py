"""Counts in whole sentences that several pages share."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.web.environment import number


def activities(count: int, invented: int = 0) -> str:
    """Say how many activities there are, and how many of them are invented."""
    told = {"count": number(count), "invented": number(invented)}
    if invented:
        text = ngettext(
            "%(count)s activity (%(invented)s invented)",
            "%(count)s activities (%(invented)s invented)",
            count,
        )
        return text % told
    return ngettext("%(count)s activity", "%(count)s activities", count) % told


def organizations(count: int) -> str:
    """Say how many organizations there are."""
    told = {"count": number(count)}
    return ngettext("%(count)s organization", "%(count)s organizations", count) % told


def all_activities(count: int) -> str:
    """Name the link to a list of activities."""
    told = {"count": number(count)}
    return ngettext("Show it in the list", "All %(count)s activities", count) % told


def invented_too(count: int) -> str:
    """Say below a figure that it counts invented entries as well; nothing when it counts none."""
    return _("Invented sample data is counted here too.") if count else ""
