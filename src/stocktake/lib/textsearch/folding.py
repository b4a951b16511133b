"""Unicode folding: one form for all spellings of a word, and a map back to the original text.

Accents go from Latin, Greek, Hebrew and Arabic letters; marks that make another letter
(Cyrillic short i, vowel signs of Indic scripts) stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# Letters without a decomposition that people type with the plain letter.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ð": "d", "þ": "th"}
    | {"æ": "ae", "œ": "oe"}
)

# Arabic: tatweel goes; alef wasla, Persian yeh and kaf, alef maksura and ta marbuta are unified.
_ARABIC = str.maketrans(
    {
        "ـ": None,
        "ٱ": "ا",
        "ی": "ي",
        "ى": "ي",
        "ې": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
    }
    | {"ۃ": "ه", "ھ": "ه", "ہ": "ه", "ء": None}
)

# Invisible joiners and direction marks inside words.
JOINERS = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_JOINER = re.compile(f"[{JOINERS}\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_CHUNK = re.compile(r"\s+|\S+")
_STRESS = frozenset("\u0300\u0301")


class Normalized(NamedTuple):
    """Text in NFKC; `starts` and `ends` give each character's place in the original.

    Both are None when every character is where it was.
    """

    text: str
    starts: Sequence[int] | None
    ends: Sequence[int] | None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Map a non-empty span of the normalised text to the original."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def normalize(text: str) -> Normalized:
    """Bring a text to NFKC and keep where each character came from."""
    if text.isascii() or unicodedata.is_normalized("NFKC", text):
        return Normalized(text, None, None)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for chunk in _CHUNK.finditer(text):
        start, piece = chunk.start(), chunk.group()
        if piece.isspace():
            piece = " " * len(piece)
        if unicodedata.is_normalized("NFKC", piece):
            parts.append(piece)
            starts.extend(range(start, start + len(piece)))
            ends.extend(range(start + 1, start + len(piece) + 1))
            continue
        for first, last in _clusters(piece):
            normal = unicodedata.normalize("NFKC", piece[first:last])
            parts.append(normal)
            starts.extend([start + first] * len(normal))
            ends.extend([start + last] * len(normal))
    return Normalized("".join(parts), starts, ends)


def _clusters(text: str) -> list[tuple[int, int]]:
    """Split into letters with the marks that follow them."""
    clusters: list[tuple[int, int]] = []
    first = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _continues(text[place]):
            clusters.append((first, place))
            first = place
    return clusters


def _continues(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def fold(word: str) -> str:
    """Return the one form of a word that all its spellings share; folding twice changes nothing.

    Case, compatibility forms, accents, Arabic marks and letter forms, and the digits of every
    script are unified. Nothing is stemmed.
    """
    if word.isascii():
        return word.lower()
    for _ in range(4):
        folded = _fold_once(word)
        if folded == word:
            break
        word = folded
    return word


def casefold(word: str) -> str:
    """Return the word in NFKC, without case and invisible characters, with its accents."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return _JOINER.sub("", folded)


def _fold_once(word: str) -> str:
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", casefold(word)):
        if unicodedata.category(character)[0] != "M":
            base = character
        elif _drops(character, base):
            continue
        kept.append(character)
    folded = unicodedata.normalize("NFC", "".join(kept)).translate(_PLAIN).translate(_ARABIC)
    return folded if folded.isascii() else _digits(folded)


def _drops(mark: str, base: str) -> bool:
    """Say whether a mark is an accent of its letter rather than part of another letter."""
    base = base or mark  # a mark on its own belongs to the script it comes from
    if base <= "\u03ff" or "\u0590" <= base <= "\u06ff" or "\u0750" <= base <= "\u08ff":
        return True  # Latin, Greek, Hebrew, Arabic
    if "\u1e00" <= base <= "\u1fff" or "\ufb1d" <= base <= "\ufefc":
        return True
    if "\u0400" <= base <= "\u052f":
        return mark in _STRESS or (base == "е" and mark == "\u0308")
    return False


def _digits(word: str) -> str:
    return "".join(
        str(unicodedata.digit(each)) if unicodedata.category(each) == "Nd" else each
        for each in word
    )
