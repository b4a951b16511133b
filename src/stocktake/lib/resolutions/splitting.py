"""A file that holds several resolutions → the stretch of each: cut where a head begins."""

import re
from typing import NamedTuple

from stocktake.lib.resolutions.blocks import TITLE_NUMBER
from stocktake.lib.resolutions.dates import find_date
from stocktake.lib.resolutions.labels import label_of
from stocktake.lib.resolutions.lines import Line, split_lines
from stocktake.lib.resolutions.organs import formula_organ, generic_formula
from stocktake.lib.resolutions.symbols import find_symbols

_REACH, _LONGEST = 30, 300
_WORD = (
    r"(?:[Rr]esolution|RESOLUTION|[Dd]ecision|DECISION|[Rr]ésolution|RÉSOLUTION|[Rr]esolución|"
    r"RESOLUCIÓN|[Рр]езолюция|РЕЗОЛЮЦИЯ|القرار|قرار)"
)
_NAMED = re.compile(rf"{_WORD} (\d{{1,4}}(?:/\d{{1,4}})?)(?:\s?\([^()]{{1,60}}\))?")
_ALONE = re.compile(r"(?:第\s?)?((?:E?S-)?\d{1,4}/\d{1,4})(?:\s?号(?:决议|决定))?")
_HEALTH = re.compile(r"((?:WHA|EB)\d{1,3}\.R?\d{1,3})(?:\s|$)")
_DRAFT = re.compile(r"[Dd](?:raft|RAFT) (?:resolution|RESOLUTION|decision) ([IVXL]{1,6}|\d{1,2})")
_HEAD = re.compile(
    r"United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|الأمم المتحدة|"
    r"联合国|General Assembly|Economic and Social Council|Security Council|Human Rights Council|"
    r"Assemblée générale|Asamblea General|Генеральная Ассамблея|الجمعية العامة|大会|Distr\.|"
    r"Original: |Agenda item|Item \d|Point \d|Tema \d|Resolution adopted|Resolutions adopted|"
    r"Résolution adoptée|Resolución aprobada|Adopted (?:by|at|on)|\[.{1,200}\]$|"
    rf"{_WORD}$|.{{3,40}} session$"
)


class Stretch(NamedTuple):
    """Where one resolution stands in a file, and the number its head prints."""

    start: int
    end: int
    number: str


def split(text: str) -> tuple[Stretch, ...]:
    """Return the stretches of the resolutions of a file, in order; one or none: no collection.

    What stands before the first one (a cover, contents) is in no stretch; from there on every
    character is in exactly one. Time grows with the length of the text.
    """
    lines = split_lines(text)
    formulas = [at for at, line in enumerate(lines) if _is_formula(line.text)]
    starts: list[tuple[int, str]] = []
    before = 0
    for formula in formulas:
        found = _head_of(lines, formula, before)
        if found is not None and (not starts or found[1] != starts[-1][1]):
            starts.append((lines[found[0]].start, found[1]))
        before = formula + 1
    ends = [*(start for start, _ in starts[1:]), len(text)][: len(starts)]
    return tuple(Stretch(at, end, told) for (at, told), end in zip(starts, ends, strict=True))


def _is_formula(text: str) -> bool:
    if not text or len(text) > 200:
        return False
    return formula_organ(text) is not None or generic_formula(text) is not None


def _head_of(lines: list[Line], formula: int, before: int) -> tuple[int, str] | None:
    """The line where the head above a formula begins, and the number it prints."""
    number, at, seen = "", formula, 0
    while at > before and seen < _REACH:
        at -= 1
        text = lines[at].text.strip("*_# ")
        seen += bool(text)
        told = _number_of(text)
        if told:
            number = told
            break
        if text and not _is_title(text):
            return None
    if not number:
        return None
    return _first_of_head(lines, at, before), number


def _number_of(text: str) -> str:
    """The number of a resolution that a line prints as the number of its own."""
    if not text or len(text) > _LONGEST:
        return ""
    m = TITLE_NUMBER.match(text) or _HEALTH.match(text)
    if m:
        return m[m.lastindex or 1]
    m = _NAMED.fullmatch(text) or _ALONE.fullmatch(text) or _DRAFT.fullmatch(text)
    return m[1] if m else ""


def _is_title(text: str) -> bool:
    """A line that may stand between the number of a resolution and its formula."""
    label = label_of(text)
    if label is not None and label.kind in ("number", "nested", "letter"):
        return bool(find_date(text)) and len(text) < 40
    return len(text) <= _LONGEST and text[-1] not in ";；؛"


def _first_of_head(lines: list[Line], number: int, before: int) -> int:
    """Go up from the number over what a page prints above it, at most to the top of the page."""
    first = at = number
    while at > before:
        at -= 1
        if lines[at].ends_page:
            return at + 1
        text = lines[at].text.strip("*_# ")
        if not text:
            continue
        if _HEAD.match(text) or _number_of(text) or _is_symbol(text):
            first = at
        elif len(text) > 40 or find_date(text) is None:
            return first  # a date belongs to the head only where more of the head is above it
    return first


def _is_symbol(text: str) -> bool:
    found = find_symbols(f" {text} ")
    return len(found) == 1 and found[0].end - found[0].start > len(text) - 12
