"""Which parts of a text a query hit."""

from __future__ import annotations

from collections import defaultdict

from stocktake.lib.textsearch.analysis import Token, analyse
from stocktake.lib.textsearch.queries import VARIANT, Query, Sequence


def highlight(text: str, language: str, query: Query) -> list[tuple[str, bool]]:
    """Split a text into segments and say which the query hit; joined they are the text."""
    if not text:
        return []
    sequences = {sequence for clause in query.wanted for sequence in clause.sequences}
    spans = _merged(_spans(analyse(text, language), sequences)) if sequences else []
    segments: list[tuple[str, bool]] = []
    place = 0
    for start, end in spans:
        if start > place:
            segments.append((text[place:start], False))
        segments.append((text[start:end], True))
        place = end
    if place < len(text):
        segments.append((text[place:], False))
    return segments


def _spans(tokens: list[Token], sequences: set[Sequence]) -> list[tuple[int, int]]:
    words = [token for token in tokens if not token.is_variant]
    by_first: dict[str, list[Sequence]] = defaultdict(list)
    singles: set[str] = set()
    for sequence in sequences:
        if len(sequence) == 1:
            singles.add(sequence[0].removeprefix(VARIANT))
        else:
            by_first[sequence[0]].append(sequence)
    spans = [(token.start, token.end) for token in tokens if token.term in singles]
    for number, word in enumerate(words):
        for sequence in by_first.get(word.term, ()):
            following = words[number : number + len(sequence)]
            if tuple(token.term for token in following) == sequence:
                spans.extend((token.start, token.end) for token in following)
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
