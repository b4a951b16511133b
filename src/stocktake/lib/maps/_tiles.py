"""The tile map: places of the squares and what each of them shows."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from stocktake.lib.maps._shades import Shades, Step, thresholds


@dataclass(frozen=True)
class Place:
    """Where the square of an area lies: column and row, both counted from 1 at the north-west."""

    area: str
    column: int
    row: int


@dataclass(frozen=True)
class Tile:
    """One square: `area` its code in the record, `code` the letters on it, `step` its shade."""

    area: str
    column: int
    row: int
    code: str
    label: str
    href: str
    count: int
    step: int


@dataclass(frozen=True)
class TileMap:
    """The squares in reading order, from the north-west row by row, and the legend of shades.

    `by_name` holds the same squares for the table beside the map: by name, never by count.
    """

    tiles: tuple[Tile, ...]
    steps: tuple[Step, ...]
    by_name: tuple[Tile, ...]

    @property
    def total(self) -> int:
        """The sum of all counts; an entry in two countries is in it twice."""
        return sum(tile.count for tile in self.tiles)

    @property
    def without(self) -> int:
        """How many squares hold no entry."""
        return sum(tile.count == 0 for tile in self.tiles)


def read_places(rows: TextIO) -> tuple[Place, ...]:
    """Read squares from CSV with the columns `m49,column,row`, and move them to begin at 1.

    Raises:
        ValueError: two areas share a square, or an area has two; a number is malformed.
    """
    read = [Place(row["m49"], int(row["column"]), int(row["row"])) for row in csv.DictReader(rows)]
    if not read:
        return ()
    squares = {(place.column, place.row) for place in read}
    if len(squares) < len(read) or len({place.area for place in read}) < len(read):
        raise ValueError("Two areas share a square of the tile map, or one area has two.")
    west = min(place.column for place in read)
    north = min(place.row for place in read)
    return tuple(
        Place(place.area, place.column - west + 1, place.row - north + 1) for place in read
    )


def tile_map(
    places: Iterable[Place],
    *,
    counts: Mapping[str, int],
    codes: Mapping[str, str],
    names: Mapping[str, str],
    href: Callable[[str], str],
    shades: Shades | None = None,
    legend: Callable[[Shades], Sequence[Step]] | None = None,
    name_key: Callable[[str], str] = str.casefold,
) -> TileMap:
    """Lay out the squares with their counts; an area without a count has none.

    Args:
        counts: entries by area code.
        codes: the letters on a square by area code, e.g. the two of ISO 3166-1.
        names: names by area code, in the reader's language.
        href: the address of an area's list or page.
        shades: bounds of the classes; chosen from the counts when not given.
        legend: words for the classes in the reader's language.
        name_key: gives the key by which names sort in the reader's language.

    Raises:
        KeyError: a square's area has no letters or no name.
    """
    laid = sorted(places, key=lambda place: (place.row, place.column))
    chosen = shades or thresholds(counts.get(place.area, 0) for place in laid)
    tiles = tuple(
        Tile(
            area=place.area,
            column=place.column,
            row=place.row,
            code=codes[place.area],
            label=names[place.area],
            href=href(place.area),
            count=counts.get(place.area, 0),
            step=chosen.step_of(counts.get(place.area, 0)),
        )
        for place in laid
    )
    steps = tuple(legend(chosen) if legend else chosen.legend())
    by_name = tuple(sorted(tiles, key=lambda tile: (name_key(tile.label), tile.area)))
    return TileMap(tiles, steps, by_name)
