"""Folded words for suggestions while somebody types: not stemmed, so that any beginning fits."""

from __future__ import annotations

import re
from functools import lru_cache

from stocktake.lib.textsearch.analysis import HYPHENS, UNSPACED, WORD
from stocktake.lib.textsearch.folding import fold, normalize

_UNIT = re.compile(rf"{WORD}(?:[{HYPHENS}]{WORD})*")
_HYPHEN = re.compile(f"[{HYPHENS}]")
_WORD = re.compile(WORD)
_PIECE = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
_LONGEST = 24
_LONGEST_UNSPACED = 8
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")


def words_for_prefix(text: str) -> list[str]:
    """Return the folded words of a title, each once, of which a person may type the beginning.

    Hyphenated words also come joined, Arabic words also without article, and a run of Chinese
    from each of its characters on.
    """
    words: dict[str, None] = {}
    for unit in _UNIT.finditer(normalize(text).text):
        if _HYPHEN.search(unit.group()):
            words[_HYPHEN.sub("", fold(unit.group()))[:_LONGEST]] = None
        for word in _WORD.findall(unit.group()):
            for piece in _PIECE.findall(word):
                words.update(dict.fromkeys(_beginnings(piece)))
    words.pop("", None)
    return list(words)


def prefixes_of_query(text: str) -> list[str]:
    """Return the folded beginnings that a title must all hold, in the order they were typed."""
    prefixes: dict[str, None] = {}
    for word in _WORD.findall(normalize(text).text):
        for piece in _PIECE.findall(word):
            longest = _LONGEST_UNSPACED if _IS_UNSPACED.match(piece) else _LONGEST
            prefixes[fold(piece)[:longest]] = None
    prefixes.pop("", None)
    return list(prefixes)


@lru_cache(maxsize=32_768)
def _beginnings(piece: str) -> tuple[str, ...]:
    folded = fold(piece)
    if _IS_UNSPACED.match(piece):
        return tuple(folded[at : at + _LONGEST_UNSPACED] for at in range(len(folded)))
    bare = [folded.removeprefix(each) for each in _ARTICLES if folded.startswith(each)]
    return tuple(each[:_LONGEST] for each in (folded, *bare[:1]))
