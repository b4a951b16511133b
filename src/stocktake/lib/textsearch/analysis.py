"""Text to tokens: words of alphabets as stems, Chinese and other unspaced scripts as bigrams.

Words of a compound (A/RES/60/252, e-health, 9.c) stand one after another, so that a compound is
found as a phrase of its parts; hyphenated words and dotted acronyms are also found joined.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, starmap
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

_CACHED_WORDS = 50_000
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


class _Run(NamedTuple):
    primary: tuple[str, ...]
    variants: tuple[str, ...]
    parts: tuple[_Part, ...]


_runs: dict[str, dict[str, _Run]] = {}


def index_terms(text: str, language: str) -> Terms:
    """Return the terms under which a text in a language is found (the quick form of `analyse`)."""
    stemmer = latin_stemmer(language)
    known = _runs.setdefault(stemmer, {})
    prepared = _prepare(text if text.isascii() else unicodedata.normalize("NFKC", text))
    primary: list[str] = []
    variants: list[str] = []
    for word in _WORD.findall(prepared):
        run = known.get(word) or _expand(word, stemmer)
        primary.extend(run.primary)
        if run.variants:
            variants.extend(run.variants)
    for first, last in _joined(prepared):
        variants.extend(_joined_terms(prepared[first:last], stemmer))
    return Terms(primary, variants)


def analyse(text: str, language: str) -> list[Token]:
    """Return the tokens of a text in a language ("" when unknown), in order of the text."""
    stemmer = latin_stemmer(language)
    normalized = normalize(text)
    prepared = _prepare(normalized.text)
    tokens: list[Token] = []
    position_at: dict[int, int] = {}
    position = 0
    for match in _WORD.finditer(prepared):
        run = _expand(match.group(), stemmer)
        position_at[match.start()] = position
        for term, start, end, place, is_variant in run.parts:
            span = normalized.original_span(match.start() + start, match.start() + end)
            tokens.append(Token(term, *span, position + place, is_variant))
        position += len(run.primary)
    for first, last in _joined(prepared):
        span = normalized.original_span(first, last)
        at = position_at.get(first, 0)
        for term in _joined_terms(prepared[first:last], stemmer):
            tokens.append(Token(term, *span, at, is_variant=True))
    tokens.sort(key=lambda token: (token.position, token.is_variant, token.start))
    return tokens


def _prepare(text: str) -> str:
    """Blank elided articles and possessive endings, keeping the length."""
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
    for hyphen in _HYPHEN.finditer(text):
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


def _expand(word: str, stemmer: str) -> _Run:
    """Return the terms of a run of word characters, remembering short ones."""
    known = _runs.setdefault(stemmer, {})
    run = known.get(word)
    if run is None:
        parts = tuple(_parts(word, stemmer))
        run = _Run(
            tuple(part.term for part in parts if not part.is_variant),
            tuple(part.term for part in parts if part.is_variant),
            parts,
        )
        if len(word) <= _LONGEST_CACHED:
            if len(known) >= _CACHED_WORDS:
                known.clear()
            known[word] = run
    return run


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
    letters = [(fold(each)[:LONGEST_TERM], at) for at, each in enumerate(run)]
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
