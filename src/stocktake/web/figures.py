"""Counts as charts and maps of a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from stocktake.domain.activities.choices import EARLIEST_YEAR, LATEST_YEAR
from stocktake.lib import charts, maps
from stocktake.lib.multilingual import direction, sort_key
from stocktake.web import drawings
from stocktake.web.environment import number, page_language
from stocktake.web.naming import Naming
from stocktake.web.parts import Bar, Bars, Column, Drawing, Label, Table

_WIDE, _NARROW = 860, 340


def bars(title: str, head: str, rows: Iterable[tuple[Label, str, int]], *, note: str = "") -> Bars:
    """Make bars of activities from labels, addresses and counts."""
    return Bars(title, head, _("Activities"), [Bar(*row) for row in rows], note)


def years_between(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """List every year from the first to the last that has a count, empty ones too.

    A year that no activity can plausibly name would stretch the drawing over centuries; it is
    left out.
    """
    plausible = range(EARLIEST_YEAR, LATEST_YEAR + 1)
    years = [int(year) for year in counts if year.isdigit() and int(year) in plausible]
    if not years:
        return []
    return [(str(year), counts.get(str(year), 0)) for year in range(min(years), max(years) + 1)]


def by_year(counts: Mapping[str, int], *, note: str = "") -> Drawing | None:
    """Draw columns of counts by year; nothing when no record has a year."""
    rows = years_between(counts)
    if not rows:
        return None
    title = _("Activities by year of start")
    told = {"first": rows[0][0], "last": rows[-1][0]}
    description = _("One column for each year from %(first)s to %(last)s.") % told
    wide, narrow = columns(rows, title, description)
    table = Table(
        title,
        [Column(_("Year")), Column(_("Activities"), is_number=True)],
        rows,
        note=note,
        is_caption_unseen=True,
    )
    return Drawing(title, wide, narrow, table, note)


def columns(rows: Sequence[tuple[str, int]], title: str, description: str) -> tuple[str, str]:
    """Draw columns of counts in the direction of the page, for a wide and for a narrow screen."""
    is_rtl = direction(page_language()) == "rtl"
    return (
        _columns(rows, title, description, _WIDE, is_rtl),
        _columns(rows, title, description, _NARROW, is_rtl),
    )


def _columns(
    rows: Sequence[tuple[str, int]], title: str, description: str, width: int, is_rtl: bool
) -> str:
    def draw() -> str:
        return charts.column_chart(
            [year for year, _count in rows],
            [count for _year, count in rows],
            title=title,
            description=description,
            width=width,
            style=charts.Style(is_rtl=is_rtl),
        ).svg

    what = {
        "kind": "columns",
        "rows": rows,
        "title": title,
        "description": description,
        "width": width,
        "is_rtl": is_rtl,
    }
    # Our own library of charts escapes every word that it is given.
    return mark_safe(drawings.kept(what, draw))  # noqa: S308


def world(
    naming: Naming,
    counts: Mapping[str, int],
    href: Callable[[str], str],
    *,
    only: Iterable[str] | None = None,
) -> maps.TileMap:
    """Lay out the world in equal squares; `only` keeps the countries of a group."""
    kept = set(only) if only is not None else None
    places = [place for place in places_of_states() if kept is None or place.area in kept]
    codes = [place.area for place in places]
    return maps.tile_map(
        places,
        counts=counts,
        codes={code: naming.letters(code) for code in codes},
        names={code: naming.area(code) for code in codes},
        href=href,
        legend=legend,
        name_key=lambda name: sort_key(name, naming.language),
    )


def legend(shades: maps.Shades) -> Sequence[maps.Step]:
    """Put the classes of shade into words."""
    return shades.legend(none=_("None"), or_more=_("%(count)s or more"), number=number)


def places_of_states() -> tuple[maps.Place, ...]:
    """Give the squares of the tile map."""
    return _places(Path(settings.STOCKTAKE_DATA_DIR))


@lru_cache(maxsize=4)
def _places(folder: Path) -> tuple[maps.Place, ...]:
    with (folder / "geo" / "tiles.csv").open(encoding="utf-8-sig", newline="") as rows:
        return maps.read_places(rows)
