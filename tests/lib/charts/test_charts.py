"""Charts: small drawings without script or style, with a text alternative."""

import gzip
import re

import pytest
from lxml import etree

from stocktake.lib.charts import (
    PAPER_PALETTE,
    Chart,
    Series,
    Style,
    bar_chart,
    column_chart,
    stacked_bar_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
YEARS = [str(year) for year in range(1990, 2011)]


def parsed(chart: Chart) -> etree._Element:
    return etree.fromstring(chart.svg)


def words(chart: Chart) -> list[str]:
    return [element.text or "" for element in parsed(chart).iter(f"{SVG}text")]


def bars_of(chart: Chart, fill: str) -> list[tuple[float, float]]:
    """Start and width of each bar, in the order drawn."""
    found = []
    for path in parsed(chart).iter(f"{SVG}path"):
        match = re.match(r"M(-?[\d.]+),-?[\d.]+h(-?[\d.]+)", path.get("d", ""))
        if path.get("fill") == fill and match:
            found.append((float(match[1]), float(match[2])))
    return found


def test_bar_chart_draws_each_bar_in_proportion_with_its_figure() -> None:
    chart = bar_chart(["Ay", "Be", "Ce"], [50, 100, 0], title="T", description="D")

    widths = [width for _start, width in bars_of(chart, "var(--q4)")]

    assert words(chart) == ["Ay", "Be", "Ce", "50", "100", "0"]
    assert widths[0] == pytest.approx(widths[1] / 2, abs=0.2)
    assert widths[2] == 0


def test_bar_chart_carries_title_and_description_escaped() -> None:
    chart = bar_chart(["<b>"], [1], title="A & B", description='less < "more"')

    root = parsed(chart)

    assert root.get("role") == "img"
    assert [(child.tag, child.text) for child in root][:2] == [
        (f"{SVG}title", "A & B"),
        (f"{SVG}desc", 'less < "more"'),
    ]
    assert "<b>" in words(chart)


def test_bar_chart_of_equal_labels_keeps_both() -> None:
    chart = bar_chart(["Other", "Other"], [3, 4], title="T", description="D")

    assert len(bars_of(chart, "var(--q4)")) == 2


def test_bar_chart_right_to_left_ends_all_bars_at_the_same_edge() -> None:
    chart = bar_chart(
        ["ألف", "باء"], [50, 100], title="T", description="D", style=Style(is_rtl=True)
    )

    (start, width), (start_2, width_2) = bars_of(chart, "var(--q4)")

    assert start + width == pytest.approx(start_2 + width_2, abs=0.2)
    assert start > start_2


def test_bar_chart_writes_numbers_as_the_style_says() -> None:
    chart = bar_chart(
        ["Ay"], [1234567], title="T", description="D", style=Style(thousands="\u202f", decimal=",")
    )

    assert words(chart) == ["Ay", "1\u202f234\u202f567"]


def test_bar_chart_with_fixed_colours_names_no_variable() -> None:
    chart = bar_chart(["Ay"], [1], title="T", description="D", style=Style(palette=PAPER_PALETTE))

    assert "var(" not in chart.svg


def test_bar_chart_with_too_few_values_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        bar_chart(["Ay", "Be"], [1], title="T", description="D")


def test_column_chart_right_to_left_puts_the_first_year_last() -> None:
    left = column_chart(YEARS, list(range(21)), title="T", description="D")
    right = column_chart(
        YEARS, list(range(21)), title="T", description="D", style=Style(is_rtl=True)
    )

    starts = [start for start, _width in bars_of(left, "var(--q4)")]
    mirrored = [start for start, _width in bars_of(right, "var(--q4)")]

    assert len(starts) == len(mirrored) == 21
    assert starts == sorted(starts)
    assert mirrored == sorted(mirrored, reverse=True)


def test_column_chart_on_a_narrow_screen_leaves_years_out() -> None:
    chart = column_chart(YEARS, [5] * 21, title="T", description="D", width=340)

    years = [word for word in words(chart) if word in YEARS]

    assert years[0] == "1990"
    assert 4 <= len(years) <= 8
    assert chart.width <= 350


def test_stacked_bar_chart_names_its_parts_in_the_legend() -> None:
    series = [Series("Planned", [1, 2]), Series("Ongoing", [3, 0])]

    chart = stacked_bar_chart(["Ay", "Be"], series, title="T", description="D")

    assert chart.legend == (("Planned", "var(--c1)"), ("Ongoing", "var(--c2)"))
    first, second = bars_of(chart, "var(--c1)"), bars_of(chart, "var(--c2)")
    assert second[0][0] == pytest.approx(first[0][0] + first[0][1], abs=0.2)


def test_stacked_bar_chart_of_six_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="one to 5 parts"):
        stacked_bar_chart(["Ay"], [Series("x", [1])] * 6, title="T", description="D")


@pytest.mark.parametrize(
    "chart",
    [
        bar_chart(
            [f"Element {place} of a list of some length" for place in range(40)],
            list(range(40)),
            title="T",
            description="D",
        ),
        column_chart(YEARS, list(range(21)), title="T", description="D"),
        stacked_bar_chart(
            [f"Region {place}" for place in range(12)],
            [Series(f"Part {part}", list(range(12))) for part in range(5)],
            title="T",
            description="D",
        ),
    ],
    ids=["bars", "columns", "stacked"],
)
def test_chart_is_small_and_fits_a_strict_policy(chart: Chart) -> None:
    names = {etree.QName(element).localname for element in parsed(chart).iter()}
    attributes = {name for element in parsed(chart).iter() for name in element.attrib}

    assert names <= {"svg", "title", "desc", "g", "path", "line", "text"}
    assert not {name for name in attributes if name == "style" or name.startswith("on")}
    assert len(gzip.compress(chart.svg.encode())) <= 6 * 1024
