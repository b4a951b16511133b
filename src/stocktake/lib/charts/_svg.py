"""From a Vega-Lite specification to an SVG that a strict content policy and a slow link allow.

Vega draws; this module then drops what a page does not need (roles of every mark, empty frames,
repeated attributes) and adds title and description. Nothing of the result is script or style.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import vl_convert
from lxml import etree

_NAMESPACE = "{http://www.w3.org/2000/svg}"
_DROPPED = frozenset(
    {
        "aria-hidden",
        "aria-label",
        "aria-roledescription",
        "class",
        "font-family",
        "pointer-events",
        "role",
        "stroke-miterlimit",
        "version",
    }
)
_DEFAULTS = {
    "opacity": "1",
    "stroke-width": "1",
    "transform": "translate(0,0)",
    "text-anchor": "start",
}
_SIZE = 13
_DECIMALS = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Palette:
    """Colours of a chart, as any text that CSS reads as a colour."""

    ink: str
    ink_2: str
    rule: str
    paper: str
    fill: str
    series: tuple[str, ...]


PAGE_PALETTE = Palette(
    ink="var(--ink)",
    ink_2="var(--ink-2)",
    rule="var(--rule)",
    paper="var(--paper)",
    fill="var(--q4)",
    series=tuple(f"var(--c{number})" for number in range(1, 6)),
)
"""Colours by the names of the site's tokens, so that a chart follows light and dark."""

PAPER_PALETTE = Palette(
    ink="#13201b",
    ink_2="#43504a",
    rule="#d5d9d1",
    paper="#fcfbf7",
    fill="#25766b",
    series=("#25766b", "#b27c12", "#3a3673", "#8d7dd6", "#5a2010"),
)
"""Fixed colours, for a chart that leaves the site."""


@dataclass(frozen=True)
class Style:
    """How a chart is set: its colours, the direction of the page, how numbers are written."""

    palette: Palette = PAGE_PALETTE
    is_rtl: bool = False
    decimal: str = "."
    thousands: str = ","


@dataclass(frozen=True)
class Chart:
    """A drawing: SVG text, its size in CSS pixels, and the names of its series with colours."""

    svg: str
    width: int
    height: int
    legend: tuple[tuple[str, str], ...] = ()


def draw(
    spec: Mapping[str, Any],
    *,
    title: str,
    description: str,
    style: Style,
    legend: tuple[tuple[str, str], ...] = (),
) -> Chart:
    """Draw a specification and reduce the drawing.

    Args:
        title: name of the chart, read out first.
        description: what it shows, in one sentence, read out after the title.
    """
    raw = vl_convert.vegalite_to_svg({**spec, "config": _config(style)})
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    root = etree.fromstring(raw.encode(), parser)
    for element in list(root.iter()):
        _reduce(element)
    _drop_empty(root)
    width, height = (round(float(root.get(name, "0"))) for name in ("width", "height"))
    return Chart(_text(root, width, height, title, description), width, height, legend)


def _config(style: Style) -> dict[str, Any]:
    """Set the look of axes and marks: hairlines, no frame, no ticks."""
    palette = style.palette
    axis = {
        "domain": False,
        "ticks": False,
        "gridColor": palette.rule,
        "labelColor": palette.ink_2,
        "labelFontSize": _SIZE,
        "labelPadding": 6,
        "title": None,
        "labelLimit": 400,
    }
    return {
        "background": None,
        "view": {"stroke": None},
        "axis": axis,
        "text": {"fontSize": _SIZE, "color": palette.ink},
        "padding": 2,
        "locale": {
            "number": {
                "decimal": style.decimal,
                "thousands": style.thousands,
                "grouping": [3],
                "currency": ["", ""],
            }
        },
    }


def _reduce(element: Any) -> None:
    """Drop attributes that say nothing on a page and shorten numbers."""
    for name in list(element.attrib):
        value = element.get(name)
        if name in _DROPPED or _DEFAULTS.get(name) == value:
            del element.attrib[name]
        elif name in {"font-size", "fill", "stroke"}:
            if name == "font-size" and value == f"{_SIZE}px":
                del element.attrib[name]
        else:
            element.set(name, _DECIMALS.sub(_rounded, value))


def _rounded(match: re.Match[str]) -> str:
    """Write a coordinate with one decimal at most."""
    return f"{float(match.group()):.1f}".removesuffix(".0")


def _drop_empty(root: Any) -> None:
    """Take out frames without ink and groups without content, and unwrap bare groups."""
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is None:
            continue
        tag = element.tag.removeprefix(_NAMESPACE)
        is_frame = tag == "path" and not {"fill", "stroke"} & set(element.attrib)
        is_hidden = element.get("display") == "none"
        if is_frame or is_hidden or (tag == "g" and len(element) == 0):
            parent.remove(element)
        elif tag == "g" and not element.attrib:
            place = parent.index(element)
            for child in list(element):
                parent.insert(place, child)
                place += 1
            parent.remove(element)


def _text(root: Any, width: int, height: int, title: str, description: str) -> str:
    """Write the drawing with its head: size, direction, title and description."""
    body = "".join(etree.tostring(child, encoding="unicode") for child in root)
    body = re.sub(r' xmlns(:\w+)?="[^"]+"', "", body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'direction="ltr" font-size="{_SIZE}" font-family="sans-serif">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{body}</svg>"
    )
