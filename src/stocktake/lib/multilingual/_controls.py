"""Invisible characters that turn the direction of the text around them, taken out.

A title with U+202E shows what follows it backwards, also outside the title. Marks that a language
needs stay: LRM, RLM, ALM, ZWNJ, ZWJ, and isolates (U+2066 to U+2069) that are closed in their
paragraph. Source: Unicode Standard Annex 9, section 2; Unicode Technical Report 36, section 2.1.
"""

import re

_EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
_OPENING = "\u2066\u2067\u2068"
_CLOSING = "\u2069"
_TURNING = (*_EMBEDDINGS, *_OPENING, _CLOSING)
_IS_EMBEDDING = re.compile(f"[{_EMBEDDINGS}]")
_PARAGRAPH_ENDS = re.compile("(\r\n|[\n\r\x1c-\x1e\x85\u2029])")


def without_turns(text: str) -> str:
    """Give a text without embeddings, overrides, and isolates that are not closed."""
    # these characters are no printable ones, and most texts have printable ones only
    if text.isascii() or text.isprintable() or not any(turn in text for turn in _TURNING):
        return text
    kept = _IS_EMBEDDING.sub("", text)
    return "".join(_balanced(part) for part in _PARAGRAPH_ENDS.split(kept))


def _balanced(paragraph: str) -> str:
    opened: list[int] = []
    odd: set[int] = set()
    for place, character in enumerate(paragraph):
        if character in _OPENING:
            opened.append(place)
        elif character == _CLOSING:
            if opened:
                opened.pop()
            else:
                odd.add(place)
    odd.update(opened)
    return "".join(c for place, c in enumerate(paragraph) if place not in odd) if odd else paragraph
