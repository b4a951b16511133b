"""Texts of sources as texts of the register, each in a language."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from stocktake.lib.multilingual import Text

_NOTHING = Text()
_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh", "HEBREW": "he", "GREEK": "el"}


def text_of(texts: Mapping[str, str]) -> Text:
    """Make a text of texts by language; the first one is the original."""
    if not texts:
        return _NOTHING
    values = texts
    if "" in texts:
        values = {}
        for language, text in texts.items():
            values.setdefault(language or assumed_language(text), text)
    return Text(next(iter(values)), values)


@lru_cache(maxsize=1000)
def assumed_language(text: str) -> str:
    """Take the language of a text that names none from its script; English otherwise."""
    for letter in text[:200]:
        if letter.isalpha() and not letter.isascii():
            script = unicodedata.name(letter, "").split(" ")[0]
            if script in _SCRIPTS:
                return _SCRIPTS[script]
    return "en"
