"""Composing titles, summaries and descriptions of one language from its phrases and names."""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from stocktake.lib.sampling._phrases import read_phrases
from stocktake.lib.sampling._tables import Table, falling, spread

NAME_BITS = 15
_ORDERS = 1 << 10
_READY = 1 << 9
_FEWEST_SENTENCES, _MOST_SENTENCES = 5, 10
_FEWEST_SHORT_SENTENCES = 7
_SHORT_SENTENCES = frozenset({"ar", "ru"})
_LARGEST_NUMBER = 60_000
_PROPER = frozenset({"name", "place", "year"})
_SLOT = re.compile(r"\{([a-z]+)\d?\}")


class Pattern(NamedTuple):
    """A sentence with gaps: `text` for the % operator, and a table for each gap.

    A gap without a table takes the year of the activity.
    """

    text: str
    gaps: tuple[Table[str] | None, ...]


class Sentence(NamedTuple):
    """A pattern, and filled copies of it when it has no gap for a name or a year."""

    pattern: Pattern
    ready: tuple[str, ...]


class Subject(NamedTuple):
    """The draws behind a title and a summary, the same for every language they appear in."""

    field: str
    head: int
    clause: int
    title: int
    summary: int
    place: int
    name: int
    group: int
    where: int


class Composer:
    """Writes the texts of one language."""

    def __init__(self, language: str, names: Sequence[str], chance: Random) -> None:
        """Prepare tables and patterns; `names` are spelled in the language."""
        phrases = read_phrases(language)
        self.language = language
        self._phrases = phrases
        self._kinds = phrases.kinds
        self._names = names
        self._glue = "" if language == "zh" else " "
        self._stop = "。" if language == "zh" else "."
        self._tables = self._make_tables(names)
        bits = chance.getrandbits
        self._sentences = [self._sentence(text, bits) for text in phrases.kinds["sentence"]]
        self._results = [self._pattern(text) for text in phrases.kinds["results"]]
        self._obstacles = [self._pattern(text) for text in phrases.kinds["obstacles"]]
        self._orders = self._make_orders(chance)

    def title(self, subject: Subject) -> str:
        """Write the title of a subject."""
        return self._kinds["title"][subject.title].format(
            head=self._phrases.heads[subject.field][subject.head],
            place=self._names[subject.place],
            name=self._names[subject.name],
        )

    def summary(self, subject: Subject) -> str:
        """Write the one sentence of a summary."""
        return self._kinds["summary"][subject.summary].format(
            clause=self._phrases.clauses[subject.field][subject.clause],
            group=self._kinds["group"][subject.group],
            where=self._kinds["where"][subject.where],
        )

    def description(self, subject: Subject, year: str, bits: Callable[[int], int]) -> str:
        """Write a description of 60 to 200 words; in Chinese, as many sentences."""
        clauses = self._phrases.clauses[subject.field]
        written = [clauses[(subject.clause + 1) % len(clauses)] + self._stop]
        for pattern, ready in self._orders[bits(10)]:
            written.append(ready[bits(9)] if ready else fill(pattern, year, bits))
        return self._glue.join(written)

    def results(self, year: str, bits: Callable[[int], int]) -> str:
        """Write one sentence about results."""
        return fill(self._results[bits(8) % len(self._results)], year, bits)

    def obstacles(self, year: str, bits: Callable[[int], int]) -> str:
        """Write one sentence about obstacles."""
        return fill(self._obstacles[bits(8) % len(self._obstacles)], year, bits)

    def _make_tables(self, names: Sequence[str]) -> dict[str, Table[str]]:
        gaps = ("group", "where", "means", "aim", "partner", "obstacle", "thing")
        tables = {
            kind: spread(self._kinds[kind], falling(len(self._kinds[kind]), 5)) for kind in gaps
        }
        tables["name"] = tables["place"] = spread(names, falling(len(names), 2), NAME_BITS)
        tables["n"] = spread(_numbers())
        tables["percent"] = spread([str(number) for number in range(5, 80)])
        return tables

    def _make_orders(self, chance: Random) -> list[tuple[Sentence, ...]]:
        """Draw which sentences follow one another; a description takes one such order."""
        few = self.language in _SHORT_SENTENCES
        fewest = _FEWEST_SHORT_SENTENCES if few else _FEWEST_SENTENCES
        return [
            tuple(chance.sample(self._sentences, chance.randint(fewest, _MOST_SENTENCES)))
            for _ in range(_ORDERS)
        ]

    def _sentence(self, text: str, bits: Callable[[int], int]) -> Sentence:
        """Prepare a sentence; one without names is filled now, in many ways, to save time later."""
        pattern = self._pattern(text)
        if _PROPER.isdisjoint(_SLOT.findall(text)):
            return Sentence(pattern, tuple(fill(pattern, "", bits) for _ in range(_READY)))
        return Sentence(pattern, ())

    def _pattern(self, text: str) -> Pattern:
        gaps = tuple(self._tables.get(kind) for kind in _SLOT.findall(text))
        return Pattern(_SLOT.sub("%s", text), gaps)


def fill(pattern: Pattern, year: str, bits: Callable[[int], int]) -> str:
    """Fill the gaps of a pattern, no phrase twice."""
    chosen: list[str] = []
    for gap in pattern.gaps:
        if gap is None:
            chosen.append(year)
            continue
        entries, size = gap
        phrase = entries[bits(size)]
        while phrase in chosen:
            phrase = entries[bits(size)]
        chosen.append(phrase)
    return pattern.text % tuple(chosen)


def _numbers() -> list[str]:
    """List counts with two significant digits, each magnitude as common as the others."""
    numbers = []
    magnitude = 1
    while 10 * magnitude < _LARGEST_NUMBER:
        numbers += [str(number * magnitude) for number in range(10, 100)]
        magnitude *= 10
    return [number for number in numbers if int(number) <= _LARGEST_NUMBER]
