"""Lines → the words of a paragraph: one space between words, no marks, no emphasis signs."""

import bisect
import re
from collections.abc import Sequence

from stocktake.lib.resolutions.marks import Mark
from stocktake.lib.resolutions.model import Piece, Role

_STARS = re.compile(r"\*{1,3}|(?<![A-Za-z0-9_])_{1,2}(?=\w)|(?<=[\w.,;])_{1,2}(?![A-Za-z0-9_])")
_SOFT = "\u00ad"
Segment = tuple[int, int]


class Cleaner:
    """Takes stretches of the source as the text of one place and keeps account of them."""

    def __init__(self, source: str, marks: Sequence[Mark]) -> None:
        self.source = source
        self.pieces: list[Piece] = []
        self._marks = list(marks)
        self._starts = [mark.start for mark in marks]

    def label(self, start: int, end: int, place: str) -> None:
        """Place the printed number or letter of a paragraph."""
        if end > start:
            self.pieces.append(Piece(start, end, place, "label"))

    def furniture(self, start: int, end: int, place: str) -> None:
        """Place a stretch of the page that is no text."""
        self.pieces.append(Piece(start, end, place, "text"))

    def take(self, segments: Sequence[Segment], place: str) -> tuple[str, tuple[str, ...]]:
        """Place lines (each with its end of line) as text; return the words and the marks."""
        parts: list[str] = []
        found: list[str] = []
        starred = self._paired(segments)
        for start, end in segments:
            raw = self._line(start, end, place, found, starred)
            words = " ".join(raw.split())
            if parts and words and _joins(parts[-1], words):
                parts[-1] = _bound(parts[-1]) + words
            elif words:
                parts.append(words)
        return _without_spare_spaces(" ".join(_dehyphenated(parts))), tuple(dict.fromkeys(found))

    def _paired(self, segments: Sequence[Segment]) -> bool:
        """True when emphasis signs occur in pairs."""
        count = 0
        for start, end in segments:
            count += self.source.count("*", start, end)
        return count % 2 == 0

    def _line(self, start: int, end: int, place: str, found: list[str], starred: bool) -> str:
        source, pieces = self.source, self.pieces
        low = bisect.bisect_left(self._starts, start)
        high = bisect.bisect_left(self._starts, end, low)
        special: list[tuple[int, int, Role]] = []
        for mark in self._marks[low:high]:
            special.append((mark.start, mark.end, "mark"))
            found.append(mark.number)
        if "*" in source[start:end] or "_" in source[start:end]:
            special += [
                (m.start(), m.end(), "emphasis")
                for m in _STARS.finditer(source, start, end)
                if starred or m.group()[0] == "_"
            ]
        if not special:
            pieces.append(Piece(start, end, place, "text"))
            return source[start:end]
        kept, at = [], start
        for first, last, role in sorted(special):
            if first < at:
                continue
            if first > at:
                pieces.append(Piece(at, first, place, "text"))
                kept.append(source[at:first])
            pieces.append(Piece(first, last, place, role))
            at = last
        if at < end:
            pieces.append(Piece(at, end, place, "text"))
            kept.append(source[at:end])
        return "".join(kept)


def _bound(before: str) -> str:
    """Take off the space that a page sets before a hyphen at the end of a line."""
    return before[:-2].rstrip() + "-" if before.endswith(" -") else before


def _joins(before: str, after: str) -> bool:
    """True when a word was broken at its hyphen: `people-` `centred`, `drug -` `resistant`."""
    last = before[-1]
    if last == _SOFT or last == "‐":
        return True
    if last != "-" or len(before) < 2:
        return False
    if before[-2] == " ":
        return len(before) > 2 and before[-3].isalpha() and after[0].islower()
    if before[-2].isalnum() and after[0].isalnum():
        return not after.startswith(("and ", "or ", "to "))
    return False


def _dehyphenated(parts: list[str]) -> list[str]:
    return [part.replace(_SOFT, "") if _SOFT in part else part for part in parts]


def _without_spare_spaces(text: str) -> str:
    """A removed mark may leave a space before a stop: `Goals 2 ;` was `Goals;`."""
    for sign in (" ,", " ;", " ."):
        if sign in text:
            text = text.replace(sign, sign[1])
    return text
