"""The kinds of chart: bars, columns over time, stacked bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from stocktake.lib.charts._svg import Chart, Style, draw

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_BAND = 30
_LETTER = 7.2
_MOST_SERIES = 5
_PLAIN = Style()


@dataclass(frozen=True)
class Series:
    """One part of each stacked bar: its name and a figure for each bar, in their order."""

    name: str
    values: Sequence[float]


def bar_chart(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    title: str,
    description: str,
    width: int = 720,
    style: Style = _PLAIN,
    number_format: str = ",.0f",
) -> Chart:
    """Draw horizontal bars in the order given, each with its figure at the end.

    Args:
        width: of the bars with their labels, in CSS pixels.
        number_format: of the figures, in the notation of d3-format.
        style: set right to left, names stand at the right and bars grow to the left.

    Raises:
        ValueError: there are not as many values as labels.
    """
    named = _isolated(labels, style.is_rtl)
    rows = [{"label": name, "value": value} for name, value in zip(named, values, strict=True)]
    x_axis = {
        "field": "value",
        "type": "quantitative",
        "axis": None,
        "scale": {"reverse": style.is_rtl, "nice": False, "zero": True},
    }
    figures = {
        "mark": {
            "type": "text",
            "align": "right" if style.is_rtl else "left",
            "dx": -5 if style.is_rtl else 5,
        },
        "encoding": {"text": {"field": "value", "type": "quantitative", "format": number_format}},
    }
    spec = {
        "$schema": _SCHEMA,
        "width": max(80, width - _label_width(labels) - 56),
        "height": {"step": _BAND},
        "data": {"values": rows},
        "encoding": {"y": _names_axis(named, style.is_rtl), "x": x_axis},
        "layer": [{"mark": {"type": "bar", "color": style.palette.fill, "height": 18}}, figures],
    }
    return draw(spec, title=title, description=description, style=style)


def column_chart(
    labels: Sequence[str],
    values: Sequence[float],
    *,
    title: str,
    description: str,
    width: int = 720,
    height: int = 220,
    style: Style = _PLAIN,
) -> Chart:
    """Draw columns over time, oldest first, one for each label (years, months).

    Raises:
        ValueError: there are not as many values as labels.
    """
    rows = [{"label": label, "value": value} for label, value in zip(labels, values, strict=True)]
    every = max(1, -(-len(labels) * 44 // width))
    shown = [label for place, label in enumerate(labels) if place % every == 0]
    spec = {
        "$schema": _SCHEMA,
        "width": width - 48,
        "height": height,
        "data": {"values": rows},
        "mark": {"type": "bar", "color": style.palette.fill},
        "encoding": {
            "x": {
                "field": "label",
                "type": "ordinal",
                "sort": list(reversed(labels)) if style.is_rtl else list(labels),
                "scale": {"paddingInner": 0.25, "paddingOuter": 0.1},
                "axis": {"values": shown, "labelAngle": 0, "labelOverlap": True},
            },
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": {
                    "orient": "right" if style.is_rtl else "left",
                    "tickCount": 4,
                    "format": ",.0f",
                    "tickMinStep": 1,
                },
            },
        },
    }
    return draw(spec, title=title, description=description, style=style)


def stacked_bar_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    title: str,
    description: str,
    width: int = 720,
    style: Style = _PLAIN,
) -> Chart:
    """Draw horizontal bars of up to five parts; the chart's legend names them with their colours.

    Raises:
        ValueError: more than five parts, or a part without a value for each label.
    """
    if not 1 <= len(series) <= _MOST_SERIES:
        raise ValueError(f"A stacked bar has one to {_MOST_SERIES} parts, not {len(series)}.")
    named = _isolated(labels, style.is_rtl)
    rows = [
        {"label": name, "part": place, "value": value}
        for place, part in enumerate(series)
        for name, value in zip(named, part.values, strict=True)
    ]
    colours = list(style.palette.series[: len(series)])
    spec = {
        "$schema": _SCHEMA,
        "width": max(80, width - _label_width(labels) - 16),
        "height": {"step": _BAND},
        "data": {"values": rows},
        "mark": {"type": "bar", "height": 20, "stroke": style.palette.paper, "strokeWidth": 1},
        "encoding": {
            "y": _names_axis(named, style.is_rtl),
            "x": {
                "field": "value",
                "type": "quantitative",
                "scale": {"reverse": style.is_rtl, "nice": False},
                "axis": {"tickCount": 4, "format": ",.0f", "tickMinStep": 1},
            },
            "color": {
                "field": "part",
                "type": "ordinal",
                "scale": {"domain": list(range(len(series))), "range": colours},
                "legend": None,
            },
            "order": {"field": "part", "type": "ordinal"},
        },
    }
    legend = tuple((part.name, colour) for part, colour in zip(series, colours, strict=True))
    return draw(spec, title=title, description=description, style=style, legend=legend)


def _names_axis(labels: Sequence[str], is_rtl: bool) -> dict[str, Any]:
    """Set the names of bars at their start, in the order given."""
    return {
        "field": "label",
        "type": "nominal",
        "sort": list(labels),
        "axis": {"orient": "right" if is_rtl else "left"},
    }


def _isolated(labels: Sequence[str], is_rtl: bool) -> list[str]:
    """Keep the order of words in labels of mixed direction, and equal labels apart."""
    seen: dict[str, int] = {}
    kept = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        apart = "\u200b" * (seen[label] - 1)
        kept.append(f"\u2067{label}{apart}\u2069" if is_rtl else label + apart)
    return kept


def _label_width(labels: Sequence[str]) -> int:
    """Estimate the width of the longest label in CSS pixels; wide scripts count double."""
    widths = [sum(2 if ord(letter) > 0x2E80 else 1 for letter in label) for label in labels]
    return round(max(widths, default=0) * _LETTER)
