"""Longer texts as paragraphs."""

import pytest
from lxml import html

from stocktake.lib.multilingual import Text
from stocktake.web.prose import prose


def test_text_becomes_paragraphs_and_lists() -> None:
    shown = prose(Text.of("en", "One\ntwo.\n\n- a\n- b"), "en")

    assert shown == "<p>One<br>\ntwo.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](data:image/png,x)",
        '<a href="https://example.org" onclick="x()">y</a>',
    ],
)
def test_text_holds_no_markup_of_its_author(source: str) -> None:
    tree = html.fragment_fromstring(str(prose(Text.of("en", source), "en")), create_parent="div")

    assert [(each.tag, dict(each.attrib)) for each in tree.iterdescendants()] == [("p", {})]


def test_link_leaves_without_passing_anything_on() -> None:
    shown = prose(Text.of("en", "[x](https://example.org/)"), "en")

    assert shown == '<p><a href="https://example.org/" rel="noopener nofollow">x</a></p>\n'


def test_text_in_another_language_is_marked() -> None:
    shown = prose(Text.of("ar", "نص"), "en")

    assert shown == '<div lang="ar" dir="rtl"><p>نص</p>\n</div>'


def test_empty_text_is_nothing() -> None:
    assert prose(Text(), "en") == ""
