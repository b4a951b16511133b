"""Longer texts of entries as paragraphs: Markdown without HTML, then sanitised."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from stocktake.lib.multilingual import Text

_TAGS = frozenset({"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a"})
_reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "heading", "lheading"]
)


def prose(text: Text, language: str) -> Markup:
    """Show a longer text as paragraphs, its language marked where it is not the page's."""
    if not text:
        return Markup("")
    chosen = text.best(language)
    body = _rendered(chosen.text)
    if not chosen.is_fallback:
        return body
    return Markup('<div lang="{}" dir="{}">{}</div>').format(
        chosen.language, chosen.direction, body
    )


@lru_cache(maxsize=256)
def _rendered(source: str) -> Markup:
    clean = nh3.clean(
        _reader.render(source),
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener nofollow",
    )
    return Markup(clean)  # noqa: S704  # nosec B704 - nh3 has just cleaned it
