"""Footnotes: which lines are their text, and which characters of the text are their marks."""

import re
from dataclasses import dataclass, field

from stocktake.lib.resolutions.lines import Line

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN = str.maketrans(SUPERSCRIPT, "0123456789")
_RAISED_START = re.compile(f"([{SUPERSCRIPT}]{{1,3}})[ \t]*")
_NUMBER_START = re.compile(r"(\d{1,3})(?:\s+|/\s+|$)")
_BRACKET_START = re.compile(r"\[\^?(\d{1,3})\]:?\s+")
_CITED_START = re.compile(
    r"(\d{1,2})\s+(?=See (?:also )?(?:[A-Z]|resolution|document)|Ibid\b|[AES]/\w|"
    r"\*?Official Records|(?:General Assembly )?[Rr]esolution \d|United Nations, \*?Treaty)"
)
_STAR_START = re.compile(r"(\*{1,3})\s+(?=\w)")


@dataclass(slots=True)
class Note:
    """A footnote's number and lines; `label_end` is the offset where its words begin."""

    number: str
    label_end: int
    page: int
    lines: list[Line] = field(default_factory=list)


def collect_notes(lines: list[Line]) -> list[Note]:
    """Set kind "note" on the lines of footnotes and return the notes in order."""
    notes: list[Note] = []
    paged = any(line.kind == "page foot" or line.ends_page for line in lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.kind == "rule" and line.cut:
            at = _take_cut(lines, at + 1, notes)
            continue
        if line.kind == "rule" and _opens_notes(lines, at, notes):
            at = _take_zone(lines, at + 1, notes, paged)
            continue
        started = None if line.kind else _raised_start(line) or _cited_start(line, notes)
        if started is not None and (at == 0 or lines[at - 1].kind):
            at = _take_one(lines, at, started, notes)
            continue
        at += 1
    return notes


def _cited_start(line: Line, notes: list[Note]) -> tuple[str, int] | None:
    """A plain number in its turn before words that only a footnote begins with."""
    m = _CITED_START.match(line.text)
    if m is None:
        return None
    last = int(notes[-1].number) if notes and notes[-1].number.isdigit() else 0
    return (m[1], m.end()) if int(m[1]) == last + 1 else None


def _opens_notes(lines: list[Line], rule: int, notes: list[Note]) -> bool:
    for line in lines[rule + 1 : rule + 4]:
        if not line.kind:
            return _zone_start(line, notes) is not None or bool(notes and line.page)
    return False


def _zone_start(line: Line, notes: list[Note]) -> tuple[str, int] | None:
    """The number that opens a note below a rule, and the length of its label."""
    started = _raised_start(line)
    if started is not None:
        return started
    matched = _NUMBER_START.match(line.text)
    if matched:
        number = int(matched.group(1))
        last = int(notes[-1].number) if notes and notes[-1].number.isdigit() else None
        if last is None or last < number <= last + 3 or number == 1:
            return matched.group(1), matched.end()
        return None
    matched = _STAR_START.match(line.text)
    return (matched.group(1), matched.end()) if matched else None


def _raised_start(line: Line) -> tuple[str, int] | None:
    if not line.text or line.text[0] not in SUPERSCRIPT + "[":
        return None
    matched = _RAISED_START.match(line.text) or _BRACKET_START.match(line.text)
    if matched is None:
        return None
    return matched.group(1).translate(PLAIN), matched.end()


def _take_zone(lines: list[Line], at: int, notes: list[Note], paged: bool) -> int:
    """Take all lines below a rule, to the end of the page."""
    page = lines[at - 1].page
    gap = False
    while at < len(lines) and lines[at].page == page:
        line = lines[at]
        if line.kind == "blank":
            gap = True
        elif not line.kind:
            started = _zone_start(line, notes)
            if started is None and (not notes or (gap and not paged)):
                return at
            _add(line, started, notes)
            gap = False
        at += 1
    return at


def _take_cut(lines: list[Line], at: int, notes: list[Note]) -> int:
    """Take the footnotes that stand in one line with the text they belong to."""
    first = True
    while at < len(lines) and lines[at].cut and not lines[at].kind:
        started = _NUMBER_START.match(lines[at].text)
        if not first and (started is None or int(started[1]) != int(notes[-1].number) + 1):
            break
        _add(lines[at], (started[1], started.end()) if started else None, notes)
        at, first = at + 1, False
    return at


def _take_one(lines: list[Line], at: int, started: tuple[str, int], notes: list[Note]) -> int:
    """Take one footnote that begins with a raised number, to the next blank line."""
    _add(lines[at], started, notes)
    at += 1
    while at < len(lines) and not lines[at].kind and _raised_start(lines[at]) is None:
        if lines[at - 1].text.endswith(".") and not lines[at].text[:1].islower():
            break
        _add(lines[at], None, notes)
        at += 1
    return at


def _add(line: Line, started: tuple[str, int] | None, notes: list[Note]) -> None:
    line.kind = "note"
    if started is not None:
        number, width = started
        notes.append(Note(number, line.content_start + width, line.page))
    notes[-1].lines.append(line)
