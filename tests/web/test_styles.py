"""The style sheets: complete, small, logical, and of sufficient contrast."""

import gzip
import re
from pathlib import Path

import pytest

from stocktake.web.assets import STYLES, joined_styles

RULES = re.compile(r"\{[^{}]*\}")
PHYSICAL = re.compile(
    r"(?:^|[\s;{])(?:left|right|top|bottom|(?:margin|padding|border)-(?:left|right|top|bottom)"
    r"|(?:min-|max-)?(?:width|height)|text-align:\s*(?:left|right)|float:\s*(?:left|right))\s*:",
)


def scheme(selector: str) -> dict[str, str]:
    """The colours of one fixed theme, by token."""
    text = (STYLES / "tokens.css").read_text(encoding="utf-8")
    block = text[text.index(selector) :]
    block = block[: block.index("}")]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    """Relative luminance. Source: WCAG 2.2, definition of relative luminance."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_order_lists_every_style_sheet_once() -> None:
    listed = (STYLES / "order.txt").read_text(encoding="utf-8").split()

    assert sorted(listed) == sorted(path.name for path in STYLES.glob("*.css"))


def test_joined_styles_are_at_most_12_kilobytes_compressed() -> None:
    assert len(gzip.compress(joined_styles().encode())) <= 12 * 1024


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_style_sheet_uses_logical_properties_only(path: Path) -> None:
    blocks = RULES.findall(path.read_text(encoding="utf-8"))

    assert [block for block in blocks if PHYSICAL.search(block)] == []


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_style_sheet_fetches_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("theme", ['[data-theme="light"]', '[data-theme="dark"]'])
def test_theme_holds_its_contrasts(theme: str) -> None:
    light = scheme('[data-theme="light"]')
    colours = {**light, **scheme(theme)}
    text = [("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("ink-3", "wash")]
    text += [("accent", "paper"), ("accent", "tint"), ("accent", "mark"), ("fault", "paper")]
    text += [("on-accent", "accent"), ("on-focus", "focus"), ("ink", "mark")]
    text += [(f"q{step}-ink", f"q{step}") for step in range(1, 6)]
    marks = [("edge", "paper"), *((f"c{number}", "paper") for number in range(1, 6))]

    weak = [pair for pair in text if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    faint = [pair for pair in marks if contrast(colours[pair[0]], colours[pair[1]]) < 3]

    assert (weak, faint) == ([], [])


def test_dark_theme_is_the_same_fixed_and_by_system() -> None:
    assert scheme(':root:not([data-theme="light"])') == scheme('\n[data-theme="dark"]')
