"""The tile map: places read from a file, squares with counts and shades."""

import io
from importlib.resources import files

import pytest

from stocktake.lib.maps import Place, Shades, Step, Tile, read_places, tile_map


def test_read_places_moves_squares_to_begin_at_one() -> None:
    rows = io.StringIO("m49,column,row\n010,0,4\n020,3,6\n")

    assert read_places(rows) == (Place("010", 1, 1), Place("020", 4, 3))


def test_read_places_of_an_empty_file_is_empty() -> None:
    assert read_places(io.StringIO("m49,column,row\n")) == ()


@pytest.mark.parametrize("second", ["020,1,1", "010,2,2"])
def test_read_places_with_a_shared_square_or_area_is_refused(second: str) -> None:
    rows = io.StringIO(f"m49,column,row\n010,1,1\n{second}\n")

    with pytest.raises(ValueError, match="share a square"):
        read_places(rows)


def test_read_places_of_the_shipped_map_fits_the_style_sheet() -> None:
    text = (files("stocktake") / "data" / "geo" / "tiles.csv").read_text(encoding="utf-8")
    styles = (files("stocktake") / "web" / "static" / "css" / "tilemap.css").read_text()

    places = read_places(io.StringIO(text))

    assert len(places) >= 193
    for place in places:
        assert f".x{place.column} {{" in styles
        assert f".y{place.row} {{" in styles


def test_tile_map_lays_squares_out_in_reading_order() -> None:
    world = tile_map(
        [Place("020", 2, 1), Place("030", 1, 2), Place("010", 1, 1)],
        counts={"010": 12, "030": 1},
        codes={"010": "AA", "020": "BB", "030": "CC"},
        names={"010": "Celand", "020": "beland", "030": "Aland"},
        href=lambda area: f"/countries/{area}",
        shades=Shades((1, 5)),
    )

    assert world.tiles == (
        Tile("010", 1, 1, "AA", "Celand", "/countries/010", 12, 5),
        Tile("020", 2, 1, "BB", "beland", "/countries/020", 0, 0),
        Tile("030", 1, 2, "CC", "Aland", "/countries/030", 1, 1),
    )
    assert world.steps == (Step(0, "0"), Step(1, "1–4"), Step(5, "5+"))
    assert [tile.code for tile in world.by_name] == ["CC", "BB", "AA"]
    assert (world.total, world.without) == (13, 1)


def test_tile_map_without_shades_chooses_them_and_asks_for_their_words() -> None:
    world = tile_map(
        [Place("010", 1, 1)],
        counts={"010": 7},
        codes={"010": "AA"},
        names={"010": "Aland"},
        href=lambda area: area,
        legend=lambda shades: shades.legend(none="none", or_more="from %(count)s"),
    )

    assert world.steps == (Step(0, "none"), Step(1, "1–4"), Step(5, "from 5"))


def test_tile_map_with_an_unnamed_area_fails() -> None:
    with pytest.raises(KeyError, match="010"):
        tile_map([Place("010", 1, 1)], counts={}, codes={"010": "AA"}, names={}, href=str)


def test_tile_map_lists_squares_by_the_key_of_the_readers_language() -> None:
    world = tile_map(
        [Place("010", 1, 1), Place("020", 2, 1)],
        counts={"020": 9},
        codes={"010": "AA", "020": "BB"},
        names={"010": "Ålund", "020": "Zelund"},
        href=str,
        name_key=lambda name: name.replace("Å", "Zz"),
    )

    assert [tile.label for tile in world.by_name] == ["Zelund", "Ålund"]
