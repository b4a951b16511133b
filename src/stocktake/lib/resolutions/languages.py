"""The language of a text among the six, told by its script and its small words."""

import re
from collections import Counter

from stocktake.lib.resolutions.wording import words

NAMES = {
    "ar": "Arabic",
    "zh": "Chinese",
    "en": "English",
    "fr": "French",
    "ru": "Russian",
    "es": "Spanish",
}
_SMALL_WORDS = {
    "en": frozenset(words("the and of to in for that on with its")),
    "fr": frozenset(words("le la les des et du que pour dans aux une")),
    "es": frozenset(words("el la los las y del que para en por una")),
}
_ARABIC, _CHINESE = re.compile("[\u0600-\u06ff]"), re.compile("[\u4e00-\u9fff]")
_RUSSIAN, _LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE, _LINES, _LONG = 20_000, 100, 30


def language_of(text: str) -> str:
    """Tell which of the six languages a text is in; English where nothing tells."""
    sample = text[:_SAMPLE]
    script = _by_script(sample)
    if script is not None:
        return script
    best = max(_small_words(sample).items(), key=lambda item: item[1])
    return best[0] if best[1] else "en"


def other_languages(text: str, language: str) -> list[str]:
    """Return the other languages that a good part of the lines is in, the most frequent first."""
    lines = [line for line in text.splitlines() if len(line) > _LONG]
    votes = Counter(map(_line_language, lines[:: len(lines) // _LINES + 1]))
    votes.pop(None, None)
    return [
        code
        for code, count in votes.most_common()
        if code is not None and code != language and count > 1 and count * 6 >= votes.total()
    ]


def _line_language(line: str) -> str | None:
    """The language of one line, None where it has too few words to tell."""
    script = _by_script(line)
    if script is not None:
        return script
    (best, most), (_, second), *_ = sorted(
        _small_words(line).items(), key=lambda item: item[1], reverse=True
    )
    return best if most > 1 and most > 1.5 * second else None


def _by_script(sample: str) -> str | None:
    """The language of a script that is not Latin, where most letters are of it."""
    if sample.isascii():
        return None
    # A Chinese character says as much as a short word of letters.
    counts = {
        "ar": len(_ARABIC.findall(sample)),
        "zh": len(_CHINESE.findall(sample)) * 3,
        "ru": len(_RUSSIAN.findall(sample)),
    }
    language, count = max(counts.items(), key=lambda item: item[1])
    return language if count and count > len(_LATIN.findall(sample)) else None


def _small_words(sample: str) -> dict[str, int]:
    found = Counter(_WORDS.findall(sample.lower()))
    return {code: sum(found[w] for w in small) for code, small in _SMALL_WORDS.items()}
