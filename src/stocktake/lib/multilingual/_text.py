"""A text with its translations: which language is the original, and what to show a reader."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from stocktake.lib.multilingual._controls import without_turns

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
"""The six official languages of the United Nations, in their official order."""

OWN_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "ar": "العربية",
        "zh": "中文",
        "en": "English",
        "fr": "Français",
        "ru": "Русский",
        "es": "Español",
    }
)

Direction = Literal["ltr", "rtl"]

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=1024)
def _is_tag(tag: str) -> bool:
    return _TAG.fullmatch(tag) is not None


class TextError(ValueError):
    """A stored or given value is no text in several languages."""


def direction(language: str) -> Direction:
    """Say in which direction a language is written."""
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class Run:
    """What a reader is shown: the text, its language, and whether another was asked for."""

    text: str
    language: str
    is_fallback: bool

    @property
    def direction(self) -> Direction:
        """The direction the run is written in."""
        return direction(self.language)

    def __str__(self) -> str:
        return self.text


_NO_VALUES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, init=False)
class Text:
    """One text in any number of languages; `original` names the one it was written in.

    Characters that turn the direction of what stands around them are taken out.

    Raises:
        TextError: a language tag is malformed, a value is no string, or the original is missing
            although there are values.
    """

    original: str
    values: Mapping[str, str]

    def __init__(self, original: str = "en", values: Mapping[str, str] = _NO_VALUES) -> None:
        kept = {}
        for tag, value in values.items():
            if not isinstance(tag, str) or not _is_tag(tag):
                raise TextError(f"{tag!r} is no language tag such as 'en' or 'pt-BR'.")
            if not isinstance(value, str):
                raise TextError(f"The text in {tag!r} is not a string.")
            plain = without_turns(value)
            if plain.strip():
                kept[tag] = plain
        if kept and original not in kept:
            raise TextError(f"The original language {original!r} has no text.")
        in_order = dict(sorted(kept.items())) if len(kept) > 1 else kept
        object.__setattr__(self, "original", original)
        object.__setattr__(self, "values", MappingProxyType(in_order))

    def __bool__(self) -> bool:
        return bool(self.values)

    def __hash__(self) -> int:
        return hash((self.original, tuple(self.values.items())))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Text):
            return NotImplemented
        if not self.values and not other.values:
            return True
        return self.original == other.original and dict(self.values) == dict(other.values)

    def __str__(self) -> str:
        return self.values.get(self.original, "")

    def __reduce__(self) -> tuple[Any, ...]:
        return (Text, (self.original, dict(self.values)))

    @classmethod
    def of(cls, language: str, text: str) -> "Text":
        """Make a text that exists in one language."""
        return cls(language, {language: text})

    @classmethod
    def from_json(cls, value: Any) -> "Text":
        """Read the stored form; empty values give an empty text."""
        if not value:
            return cls()
        if not isinstance(value, dict) or not isinstance(value.get("values", {}), dict):
            raise TextError("A text in several languages has the keys 'original' and 'values'.")
        return cls(value.get("original", "en"), value.get("values", {}))

    @classmethod
    def from_record(cls, value: Any) -> "Text":
        """Read what `to_json` gave and the record kept, without checking it again."""
        text = object.__new__(cls)
        values = value["values"] if value else {}
        in_order = dict(sorted(values.items())) if len(values) > 1 else values
        object.__setattr__(text, "original", value["original"] if value else "en")
        object.__setattr__(text, "values", MappingProxyType(in_order))
        return text

    def to_json(self) -> dict[str, Any]:
        """Give the stored form: `{}` when empty, else the original's tag and all values."""
        if not self.values:
            return {}
        return {"original": self.original, "values": dict(self.values)}

    def best(self, language: str) -> Run:
        """Choose what a reader of `language` sees: that language, the original, English, any."""
        for tag in (language, language.split("-")[0], self.original, "en"):
            if tag in self.values:
                return Run(self.values[tag], tag, tag.split("-")[0] != language.split("-")[0])
        for tag, value in self.values.items():
            return Run(value, tag, True)
        return Run("", language, False)

    def with_translation(self, language: str, text: str) -> "Text":
        """Add or replace one language; the first one given to an empty text is its original."""
        if not self.values:
            return Text.of(language, text)
        return Text(self.original, {**self.values, language: text})
