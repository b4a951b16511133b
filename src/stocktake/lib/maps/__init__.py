"""Maps: the world as equal squares, one a country, with shades that repeat a count."""

from stocktake.lib.maps._shades import Shades, Step, thresholds
from stocktake.lib.maps._tiles import Place, Tile, TileMap, read_places, tile_map

__all__ = [
    "Place",
    "Shades",
    "Step",
    "Tile",
    "TileMap",
    "read_places",
    "thresholds",
    "tile_map",
]
