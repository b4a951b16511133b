"""Found words marked in titles and texts of a list."""

from markupsafe import Markup, escape

from stocktake.lib.multilingual import Text
from stocktake.lib.textsearch import Query, highlight
from stocktake.web.environment import in_its_language, page_language

_BEFORE, _LONGEST = 90, 260
_ELLIPSIS = "…"


def marked(text: Text, query: Query) -> Markup | Text:
    """Mark the hits in a short text; the text itself when there are none."""
    chosen = text.best(page_language())
    segments = highlight(chosen.text, chosen.language, query)
    if not any(is_hit for _part, is_hit in segments):
        return text
    return in_its_language(chosen, _joined(segments))


def excerpt(texts: list[Text], query: Query) -> Markup | Text:
    """Give the first of some texts with its hits marked, cut to the place of the first hit.

    Without a hit in any, the first text is given as it is.
    """
    for text in texts:
        if not text:
            continue
        chosen = text.best(page_language())
        segments = highlight(chosen.text, chosen.language, query)
        if any(is_hit for _part, is_hit in segments):
            return in_its_language(chosen, _joined(_around_hit(segments)))
    return next((text for text in texts if text), Text())


def _around_hit(segments: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Cut a long text so that its first hit is in what is left."""
    if sum(len(part) for part, _hit in segments) <= _LONGEST:
        return segments
    first = next(place for place, (_part, is_hit) in enumerate(segments) if is_hit)
    kept: list[tuple[str, bool]] = []
    if first:
        before = segments[first - 1][0]
        cut = before[-_BEFORE:]
        if len(before) > _BEFORE or first > 1:
            cut = _ELLIPSIS + cut.partition(" ")[2] if " " in cut else _ELLIPSIS + cut
        kept.append((cut, False))
    room = _LONGEST - sum(len(part) for part, _hit in kept)
    for part, is_hit in segments[first:]:
        if room <= 0:
            break
        short = part[:room] + _ELLIPSIS if len(part) > room else part
        kept.append((short, is_hit))
        room -= len(short)
    return kept


def _joined(segments: list[tuple[str, bool]]) -> Markup:
    return Markup("").join(
        Markup("<mark>{}</mark>").format(part) if is_hit else escape(part)
        for part, is_hit in segments
    )
