"""Reading the banks of phrases: sections of lines, alike in every language."""

from collections.abc import Mapping
from dataclasses import dataclass

from stocktake.lib.sampling import (
    _phrases_ar,
    _phrases_en,
    _phrases_es,
    _phrases_fr,
    _phrases_ru,
    _phrases_zh,
)

_BANKS = {
    "ar": _phrases_ar.PHRASES,
    "zh": _phrases_zh.PHRASES,
    "en": _phrases_en.PHRASES,
    "fr": _phrases_fr.PHRASES,
    "ru": _phrases_ru.PHRASES,
    "es": _phrases_es.PHRASES,
}
_BY_FIELD = ("heads", "clauses")


@dataclass(frozen=True)
class Phrases:
    """The phrases of one language: by field of work, and by kind."""

    heads: Mapping[str, tuple[str, ...]]
    clauses: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]


def read_phrases(language: str) -> Phrases:
    """Read the bank of one of the six languages."""
    sections = _sections(_BANKS[language])
    fields = {name: _by_field(sections.pop(name)) for name in _BY_FIELD}
    kinds = {name: tuple(lines) for name, lines in sections.items()}
    return Phrases(fields["heads"], fields["clauses"], kinds)


def _sections(bank: str) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in filter(None, (line.strip() for line in bank.splitlines())):
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        else:
            current.append(line)
    return sections


def _by_field(lines: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        field, _, phrase = line.partition(": ")
        found.setdefault(field, []).append(phrase)
    return {field: tuple(phrases) for field, phrases in found.items()}
