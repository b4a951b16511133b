"""Text to tokens: words of alphabets as stems, Chinese and other unspaced scripts as bigrams.

Words of a compound (A/RES/60/252, e-health, 9.c) stand one after another, so that a compound is
found as a phrase of its parts; hyphenated words and dotted acronyms are also found joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, starmap
from operator import add, itemgetter
from typing import NamedTuple

from stocktake.lib.textsearch.folding import JOINERS, fold, normalize
from stocktake.lib.textsearch.stemming import LONGEST_TERM, latin_stemmer, word_terms

# Han with Japanese kana and bopomofo, then Thai, Lao, Myanmar and Khmer: written without spaces.
UNSPACED = (
    "\u3005-\u3007\u3040-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1780-\u17ff"
)

_BLOCKS_WITH_MARKS = (
    (0x0300, 0x1E00),
    (0x20D0, 0x2100),
    (0x2CEF, 0x3100),
    (0xA66F, 0xABF0),
    (0xFB1E, 0xFE30),
    (0x10A00, 0x12000),
    (0x1E000, 0x1E950),
)


def _marks() -> str:
    """Return the character class of combining marks, which Python's `\\w` leaves out."""
    ranges: list[list[int]] = []
    for code in chain.from_iterable(starmap(range, _BLOCKS_WITH_MARKS)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_INNER = rf"\w{_marks()}{JOINERS}\ufe00-\ufe0f\U000e0100-\U000e01ef"
WORD = rf"[^\W_][{_INNER}]*"
HYPHENS = "-\u2010\u2011"
APOSTROPHES = "'\u2019\u02bc\u2018\u0060"

_WORD = re.compile(WORD)
_PIECE = re.compile(rf"[{UNSPACED}]+|[^{UNSPACED}_\u02bc]+")
_HAS_UNSPACED = re.compile(f"[{UNSPACED}_\u02bc]")
_IS_ALL_UNSPACED = re.compile(f"[{UNSPACED}]+").fullmatch
_HYPHEN = re.compile(rf"(?<=\w)[{HYPHENS}](?=\w)")
_HYPHENATED = re.compile(rf"{WORD}(?:[{HYPHENS}]{WORD})+")
_ACRONYM = re.compile(r"\.[^\W\d_]\.(?:[^\W\d_]\.)*(?:[^\W\d_](?!\w))?")
_INSIDE = re.compile(f"[{_INNER}]")
_DOTTED = re.compile(r"[\w.]")
_SEPARATOR = re.compile(rf"[{HYPHENS}.]")
# French elisions and the English possessive: blanked, so that the word behind or before is found.
_APOSTROPHE = re.compile(rf"(?<=\w)[{APOSTROPHES}](?=\w)")
_ELIDED = re.compile(r"(?<!\w)(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)\Z", re.IGNORECASE)
_LONGEST_ELIDED = 7
_POSSESSIVE = re.compile(r"s(?!\w)", re.IGNORECASE)

_CACHED_WORDS = 40_000
_LONGEST_CACHED = 24


@dataclass(frozen=True, slots=True)
class Token:
    """A term at a place: characters [start, end) of the text, and the ordinal of its word.

    A variant is a further form of the word at its position; only primary terms make phrases.
    """

    term: str
    start: int
    end: int
    position: int
    is_variant: bool = False


class Terms(NamedTuple):
    """Terms of a text without their places: primary ones in order, then variants."""

    primary: list[str]
    variants: list[str]


class _Part(NamedTuple):
    """A term of a run of word characters; `place` counts primary terms within the run."""

    term: str
    start: int
    end: int
    place: int
    is_variant: bool


class _Runs(dict[str, tuple[Sequence[str], Sequence[str]]]):
    """Primary terms and variants of runs of word characters; short runs are remembered."""

    def __init__(self, stemmer: str) -> None:
        super().__init__()
        self._stemmer = stemmer

    def __missing__(self, run: str) -> tuple[Sequence[str], Sequence[str]]:
        terms = _run_terms(run, self._stemmer)
        if len(run) <= _LONGEST_CACHED:
            if len(self) >= _CACHED_WORDS:
                self.clear()
            self[run] = terms
        return terms


_runs: dict[str, _Runs] = {}
_primary: Callable[[tuple[Sequence[str], Sequence[str]]], Sequence[str]] = itemgetter(0)
_variants: Callable[[tuple[Sequence[str], Sequence[str]]], Sequence[str]] = itemgetter(1)


def index_terms(text: str, language: str) -> Terms:
    """Return the terms under which a text in a language is found (the quick form of `analyse`)."""
    stemmer = latin_stemmer(language)
    known = _runs.get(stemmer) or _runs.setdefault(stemmer, _Runs(stemmer))
    prepared = _prepare(text if text.isascii() else unicodedata.normalize("NFKC", text))
    runs = [known[run] for run in _WORD.findall(prepared)]
    variants = list(chain.from_iterable(map(_variants, runs)))
    for first, last in _joined(prepared):
        variants.extend(_joined_terms(prepared[first:last], stemmer))
    return Terms(list(chain.from_iterable(map(_primary, runs))), variants)


def analyse(text: str, language: str) -> list[Token]:
    """Return the tokens of a text in a language ("" when unknown), in order of the text."""
    stemmer = latin_stemmer(language)
    normalized = normalize(text)
    prepared = _prepare(normalized.text)
    tokens: list[Token] = []
    position_at: dict[int, int] = {}
    position = 0
    for match in _WORD.finditer(prepared):
        position_at[match.start()] = here = position
        for term, start, end, place, is_variant in _parts(match.group(), stemmer):
            span = normalized.original_span(match.start() + start, match.start() + end)
            tokens.append(Token(term, *span, here + place, is_variant))
            position += not is_variant
    for first, last in _joined(prepared):
        span = normalized.original_span(first, last)
        at = position_at.get(first, 0)
        for term in _joined_terms(prepared[first:last], stemmer):
            tokens.append(Token(term, *span, at, is_variant=True))
    tokens.sort(key=lambda token: (token.position, token.is_variant, token.start))
    return tokens


def _prepare(text: str) -> str:
    """Blank elided articles and possessive endings, keeping the length."""
    if not any(sign in text for sign in APOSTROPHES):
        return text
    for match in _APOSTROPHE.finditer(text):
        place = match.start()
        elided = _ELIDED.search(text, max(0, place - _LONGEST_ELIDED), place)
        if elided:
            first = elided.start()
            text = text[:first] + " " * (place + 1 - first) + text[place + 1 :]
        elif _POSSESSIVE.match(text, place + 1):
            text = f"{text[:place]}  {text[place + 2 :]}"
    return text


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Find hyphenated words and dotted acronyms from their separators, which are rare."""
    done = 0
    for hyphen in _HYPHEN.finditer(text) if any(sign in text for sign in HYPHENS) else ():
        if hyphen.start() < done:
            continue
        first = hyphen.start()
        while first > done and (_INSIDE.match(text[first - 1])):
            first -= 1
        compound = _HYPHENATED.match(text, first)
        if compound:
            done = compound.end()
            yield compound.span()
    if "." in text:
        for dots in _ACRONYM.finditer(text):
            first = dots.start() - 1
            if (
                first >= 0
                and text[first].isalpha()
                and not (first and _DOTTED.match(text[first - 1]))
            ):
                yield first, dots.end()


def _joined_terms(compound: str, stemmer: str) -> tuple[str, ...]:
    """Return the terms of a hyphenated word or dotted acronym written as one word."""
    if _HAS_UNSPACED.search(compound):
        return ()
    terms = word_terms(_SEPARATOR.sub("", compound), stemmer)
    return (terms.primary, *terms.variants) if terms else ()


def _run_terms(run: str, stemmer: str) -> tuple[Sequence[str], Sequence[str]]:
    """Give the primary terms and the variants of a run, without their places."""
    if _IS_ALL_UNSPACED(run):
        letters = [each for letter in run if (each := _folded_letter(letter))]
        if len(letters) > 1:
            return list(map(add, letters, letters[1:])), letters
        return letters, ()
    parts = list(_parts(run, stemmer))
    primary = tuple(part.term for part in parts if not part.is_variant)
    return primary, tuple(part.term for part in parts if part.is_variant)


@lru_cache(maxsize=32_768)
def _folded_letter(letter: str) -> str:
    return fold(letter)[:LONGEST_TERM]


def _parts(word: str, stemmer: str) -> Iterator[_Part]:
    if not _HAS_UNSPACED.search(word):
        yield from _word_parts(word, 0, 0, stemmer)
        return
    place = 0
    for piece in _PIECE.finditer(word):
        unspaced = _HAS_UNSPACED.match(piece.group())
        make = _bigrams(piece.group(), piece.start(), place) if unspaced else None
        for part in make or _word_parts(piece.group(), piece.start(), place, stemmer):
            yield part
            place = max(place, part.place + 1)


def _word_parts(word: str, start: int, place: int, stemmer: str) -> Iterator[_Part]:
    terms = word_terms(word, stemmer)
    if terms is not None:
        end = start + len(word)
        yield _Part(terms.primary, start, end, place, False)
        for variant in terms.variants:
            yield _Part(variant, start, end, place, True)


def _bigrams(run: str, start: int, place: int) -> Iterator[_Part]:
    """Return overlapping pairs, and each character as a variant; a lone character is primary."""
    letters = [(_folded_letter(each), at) for at, each in enumerate(run)]
    letters = [(each, at) for each, at in letters if each]
    if len(letters) == 1:
        letter, at = letters[0]
        yield _Part(letter, start + at, start + at + 1, place, False)
        return
    for number, (letter, at) in enumerate(letters):
        if number + 1 < len(letters):
            following, after = letters[number + 1]
            yield _Part(letter + following, start + at, start + after + 1, place + number, False)
        here = place + min(number, len(letters) - 2)
        yield _Part(letter, start + at, start + at + 1, here, True)
