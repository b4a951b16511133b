"""What a person types to what is looked up: words, "phrases" and -exclusions in any language.

The language of a query is unknown, so each word is looked up as every language would index it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from stocktake.lib.textsearch.analysis import (
    APOSTROPHES,
    HYPHENS,
    UNSPACED,
    WORD,
    Token,
    analyse,
)
from stocktake.lib.textsearch.folding import fold
from stocktake.lib.textsearch.stemming import LATIN_LANGUAGES
from stocktake.lib.textsearch.stopwords import STOP_WORDS

VARIANT = "~"  # marks a variant, which holds no place in the text and so makes no phrase

Sequence = tuple[str, ...]

_CONNECTORS = rf"{HYPHENS}{APOSTROPHES}/.:&+@_"
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂「」『』", '"'))
_ITEM = re.compile(r'(?P<not>(?:(?<=\s)|^)[-−–]\s?)?(?:"(?P<phrase>[^"]*)"?|(?P<chunk>[^\s"]+))')
_UNIT = re.compile(rf"[{UNSPACED}]+|(?:{WORD}|[{_CONNECTORS}])+")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]+")
_WORDY = re.compile(r"\w")

# A run of Chinese up to this length is looked for as written; a longer one is several words whose
# limits are unknown, and half of its pairs must occur.
_LONGEST_UNSPACED_WORD = 4
_MOST_CLAUSES = 32
_MOST_SEQUENCES = 64


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for.

    Args:
        text: as typed.
        sequences: alternatives; each is one term, or terms that must follow one another. A term
            that starts with `VARIANT` is looked up among the variants.
        minimum: how many of the alternatives must occur.
        is_excluded: what must not occur.
        is_exact: came in quotes.
    """

    text: str
    sequences: tuple[Sequence, ...]
    minimum: int = 1
    is_excluded: bool = False
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses that must all hold."""

    clauses: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.clauses)

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """Clauses that a hit must hold."""
        return tuple(each for each in self.clauses if not each.is_excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        """Clauses that a hit must not hold."""
        return tuple(each for each in self.clauses if each.is_excluded)


def parse_query(text: str) -> Query:
    """Read a query: all words, "words in order", -without; it never fails.

    Function words (the, de, في) are left out while other words remain. At most 32 clauses count.
    """
    clauses: list[Clause] = []
    prepared = unicodedata.normalize("NFKC", text.translate(_QUOTES)).translate(_QUOTES)
    for item in _ITEM.finditer(prepared):
        is_excluded = item["not"] is not None
        if item["phrase"] is not None:
            clause = _phrase(item["phrase"], is_excluded)
            clauses.extend([clause] if clause else [])
        else:
            clauses.extend(_chunk(item["chunk"], is_excluded))
    telling = [each for each in clauses if not _is_function_word(each)]
    if any(not each.is_excluded for each in telling):
        clauses = telling
    return Query(tuple(dict.fromkeys(clauses))[:_MOST_CLAUSES])


def query_terms(word: str) -> tuple[Sequence, ...]:
    """Return all that one word, compound or short Chinese run is looked up as."""
    found: dict[Sequence, None] = {}
    for language in LATIN_LANGUAGES:
        tokens = analyse(word, language)
        primary = tuple(token.term for token in tokens if not token.is_variant)
        if not primary:
            continue
        found[primary] = None
        if len(primary) == 1:
            found[(VARIANT + primary[0],)] = None
        for token in tokens:
            if token.is_variant and _spans_all(token, tokens):
                found[(token.term,)] = None
                found[(VARIANT + token.term,)] = None
    return tuple(found)


def _spans_all(token: Token, tokens: list[Token]) -> bool:
    return token.start <= tokens[0].start and token.end >= max(each.end for each in tokens)


def _phrase(text: str, is_excluded: bool) -> Clause | None:
    sequences = _sequences(text)
    if not sequences:
        return None
    return Clause(text.strip(), sequences, is_excluded=is_excluded, is_exact=True)


def _sequences(text: str) -> tuple[Sequence, ...]:
    """Return the primary terms of a phrase as each language has them; one word has variants."""
    whole = query_terms(text)
    if any(len(sequence) == 1 for sequence in whole):
        return whole
    return tuple(sequence[:_MOST_SEQUENCES] for sequence in whole)


def _chunk(chunk: str, is_excluded: bool) -> list[Clause]:
    clauses: list[Clause] = []
    for unit in _UNIT.finditer(chunk):
        text = unit.group().strip(_CONNECTORS)
        if not _WORDY.search(text):
            continue
        if _IS_UNSPACED.fullmatch(text) and len(text) > _LONGEST_UNSPACED_WORD:
            clause = _long_run(text, is_excluded)
        else:
            sequences = query_terms(text)
            clause = Clause(text, sequences, is_excluded=is_excluded) if sequences else None
        if clause:
            clauses.append(clause)
    return clauses


def _long_run(text: str, is_excluded: bool) -> Clause | None:
    pairs = tuple(
        dict.fromkeys((token.term,) for token in analyse(text, "zh") if not token.is_variant)
    )
    if not pairs:
        return None
    pairs = pairs[:_MOST_SEQUENCES]
    minimum = len(pairs) if is_excluded else (len(pairs) + 1) // 2
    return Clause(text, pairs, minimum=minimum, is_excluded=is_excluded)


def _is_function_word(clause: Clause) -> bool:
    return not clause.is_exact and fold(clause.text) in STOP_WORDS
