"""Word to terms: Snowball stems for en fr es ru ar, and a light stemmer for Arabic.

A word has one primary term, which holds its place in the text, and variants, which only make
more spellings and forms find it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from stocktake.lib.textsearch.folding import casefold, fold

LATIN_LANGUAGES = ("en", "fr", "es")
LONGEST_TERM = 64

_STEMMERS = {
    language: Stemmer.Stemmer(name, 0)
    for language, name in (
        ("en", "english"),
        ("fr", "french"),
        ("es", "spanish"),
        ("ru", "russian"),
        ("ar", "arabic"),
    )
}

_DIGIT = re.compile(r"\d")
_LATIN = re.compile("[a-z\u00c0-\u024f\u1e00-\u1eff]+")
_CYRILLIC = re.compile("[\u0400-\u052f]+")
_ARABIC = re.compile("[\u0620-\u06ff\u0750-\u077f]+")

# Source for the affixes: Larkey, Ballesteros, Connell, "Light stemming for Arabic information
# retrieval" (2007), stemmer light10, with the article joined to "li" (lil-) added.
_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_CLITICS = ("و", "ف", "ب", "ل", "ك")
_SHORTEST_AFTER_CLITIC = 5  # in a shorter word the letter is more often of its root
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


class WordTerms(NamedTuple):
    """The primary term of a word and its variants (none equal to the primary)."""

    primary: str
    variants: tuple[str, ...]


def latin_stemmer(language: str) -> str:
    """Return the language whose stemmer takes Latin words of a text in `language`."""
    short = language[:2].lower()
    return short if short in LATIN_LANGUAGES else "en"


@lru_cache(maxsize=16_384)
def word_terms(word: str, language: str) -> WordTerms | None:
    """Return the terms of a word in a text of a language, None when nothing is left of it.

    The primary is the stem of the folded word, so that a spelling without accents meets the one
    with them; the folded stem of the word as written, which knows the endings that depend on
    accents, is a variant.
    """
    folded = fold(word)[:LONGEST_TERM]
    if not folded:
        return None
    if _DIGIT.search(folded):
        return WordTerms(folded, ())
    if _LATIN.fullmatch(folded):
        return _latin(word, folded, latin_stemmer(language))
    if _CYRILLIC.fullmatch(folded):
        return WordTerms(_stem(folded, "ru"), ())
    if _ARABIC.fullmatch(folded):
        return _arabic(word, folded)
    return WordTerms(folded, ())


def _stem(word: str, language: str) -> str:
    return _STEMMERS[language].stemWord(word) or word


def _latin(word: str, folded: str, language: str) -> WordTerms:
    primary = fold(_stem(folded, language))
    if word.isascii():
        return WordTerms(primary, ())
    written = fold(_stem(casefold(word)[:LONGEST_TERM], language))
    return WordTerms(primary, (written,) if written and written != primary else ())


def _arabic(word: str, folded: str) -> WordTerms:
    light = _without_ending(_without_article(folded))
    found = [light]
    if folded.startswith(_CLITICS) and len(folded) > _SHORTEST_AFTER_CLITIC:
        found.append(_without_ending(_without_article(folded[1:])))
    snowball = fold(_stem(casefold(word)[:LONGEST_TERM], "ar"))
    if len(snowball) >= 3 and snowball[:2] == light[:2]:  # else it cut a root letter as a prefix
        found.append(snowball)
    return WordTerms(light, tuple(dict.fromkeys(each for each in found if each != light)))


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            return word[len(article) :]
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return word
