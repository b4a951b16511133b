"""The ledger along the years: when asks are due, with the day of reading between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.kernel.search.searcher import search
from stocktake.web import figures
from stocktake.web.asks.listing import LedgerRow, ledger_row
from stocktake.web.environment import formatted_date
from stocktake.web.explore.own import Asked
from stocktake.web.explore.state import ListState
from stocktake.web.parts import Cell, Column, Drawing, Link, Table

_WIDE, _NARROW = 860, 340
_MOST_YEARS = 60


@dataclass
class YearGroup:
    """The asks due in one year; in the group of today its line stands after `before` of them.

    `year` is empty for asks without a day. `today` is the date in words, set where the line of
    today falls into the group.
    """

    year: str
    rows: list[LedgerRow] = field(default_factory=list)
    today: str = ""
    before: int = 0


def timeline(asked: Asked) -> Mapping[str, Any]:
    """Give the variables of the view."""
    today = timezone.localdate()
    dues = [row.instance.due_on for row in asked.records]
    groups: list[YearGroup] = []
    for row, due in zip(asked.records, dues, strict=True):
        year = str(due.year) if due else ""
        if not groups or groups[-1].year != year:
            groups.append(YearGroup(year))
        groups[-1].rows.append(ledger_row(row, asked.naming, asked.query))
    _mark_today(groups, dues, today)
    return {
        "partial": "explore/_timeline.html",
        "groups": groups,
        "by_due_year": _drawn(asked, today),
    }


def _mark_today(groups: Sequence[YearGroup], dues: Sequence[date | None], today: date) -> None:
    """Put the line of today between what is past and what is to come, where both are shown."""
    dated = [due for due in dues if due]
    turns = [
        place
        for place in range(1, len(dated))
        if (dated[place - 1] >= today) != (dated[place] >= today)
    ]
    if not turns:
        return
    place = turns[0]
    for group in groups:
        if place < len(group.rows):
            group.today, group.before = formatted_date(today), place
            return
        place -= len(group.rows)


def _drawn(asked: Asked, today: date) -> Drawing | None:
    """Draw how many asks are due in each year; nothing for a single year."""
    found = search(replace(asked.request, facets=("due_year",), page_size=0))
    counts = {
        int(year): count
        for year, count in found.facets.get("due_year", [])
        if year.isdecimal() and count
    }
    if len(counts) < 2:
        return None
    first = max(min(counts), max(counts) - _MOST_YEARS + 1)
    years = [(str(year), counts.get(year, 0)) for year in range(first, max(counts) + 1)]
    title = _("Asks by the year in which they are due")
    told = {"first": years[0][0], "last": years[-1][0], "year": today.year}
    description = _("One column for each year from %(first)s to %(last)s; this is %(year)s.") % told
    wide, narrow = figures.columns(years, title, description)
    rows: list[list[Cell]] = [
        [Link(year, _of_year(asked.state, year)), count] for year, count in years if count
    ]
    table = Table(
        title,
        [Column(_("Year")), Column(_("Asks"), is_number=True)],
        rows,
        note=asked.note,
        is_caption_unseen=True,
    )
    return Drawing(title, wide, narrow, table, asked.note)


def _of_year(state: ListState, year: str) -> str:
    return state.href(chosen={**state.chosen, "due_year": (year,)})
