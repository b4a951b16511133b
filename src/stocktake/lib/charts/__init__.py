"""Charts: figures in, a small static SVG with a text alternative out; the table is the caller's."""

from stocktake.lib.charts._kinds import Series, bar_chart, column_chart, stacked_bar_chart
from stocktake.lib.charts._svg import PAGE_PALETTE, PAPER_PALETTE, Chart, Palette, Style

__all__ = [
    "PAGE_PALETTE",
    "PAPER_PALETTE",
    "Chart",
    "Palette",
    "Series",
    "Style",
    "bar_chart",
    "column_chart",
    "stacked_bar_chart",
]
