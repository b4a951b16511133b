"""Footnote marks: which characters of the text point to a note, as raised or plain digits."""

import bisect
import re
from dataclasses import dataclass

from stocktake.lib.resolutions.footnotes import PLAIN, SUPERSCRIPT, Note
from stocktake.lib.resolutions.lines import Line
from stocktake.lib.resolutions.wording import words

_RAISED = re.compile(f"[{SUPERSCRIPT}]{{1,3}}")
_BRACKET = re.compile(r"\[\^(\d{1,3})\]")
_LISTED = re.compile(r",\d{1,2}(?=\s)")
_CANDIDATE = re.compile(r"(?<![\d/\-–—+])(\d{1,3})(?=[\s,.;:)”]|$)")
_NUMBERING = frozenset(
    words(
        "article articles paragraph paragraphs para chapter chapters chap annex annexes section "
        "sections item items no nos goal target resolution resolutions decision part question "
        "line lines phase phases of on from to and by in at than least under the all some with "
        "every between until over up about per only another or age number table figure vol page "
        "pages supplement january february march april may june july august september october "
        "november december day days meeting session step level nearly approximately until for "
        "rule principle committee type category grade class schedule appendix year years"
    )
)
_UNITS = frozenset(
    words(
        "million billion per years year days months percent january february march april may "
        "june july august september october november december children people countries states "
        "km weeks hours members"
    )
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark inside the text."""

    start: int
    end: int
    number: str


def find_marks(source: str, lines: list[Line], notes: list[Note]) -> list[Mark]:
    """Return the marks in the text in order, each at most once a place."""
    body = _Body([line for line in lines if not line.kind])
    marks = [
        Mark(m.start(), m.end(), m.group().translate(PLAIN))
        for m in _RAISED.finditer(source)
        if body.line_at(m.start())
    ]
    marks += [
        Mark(m.start(), m.end(), m.group(1))
        for m in _BRACKET.finditer(source)
        if body.line_at(m.start())
    ]
    if not marks:
        marks = _plain_marks(source, body, notes)
    return sorted(marks, key=lambda mark: mark.start)


class _Body:
    """Which line of the text a character stands on."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._starts = [line.start for line in lines]

    def line_at(self, offset: int) -> Line | None:
        at = bisect.bisect_right(self._starts, offset) - 1
        found = self._lines[at] if at >= 0 else None
        return found if found and offset < found.end else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    number: int
    strength: int
    page: int


def _plain_marks(source: str, body: _Body, notes: list[Note]) -> list[Mark]:
    """Marks printed as ordinary digits: the first of each note in order, then repeats."""
    candidates: dict[int, list[_Candidate]] = {}
    for m in _CANDIDATE.finditer(source):
        line = body.line_at(m.start())
        if line is None:
            continue
        strength = _strength(source, m.start(), m.end(), line)
        if strength:
            each = _Candidate(m.start(), m.end(), int(m.group(1)), strength, line.page)
            candidates.setdefault(each.number, []).append(each)
    numbers = [note for note in notes if note.number.isdigit()]
    found: list[_Candidate] = []
    if numbers:
        found += _in_order(numbers, candidates)
        firsts: dict[int, int] = {}
        for each in found:
            firsts.setdefault(each.number, each.start)
        taken = {each.start for each in found}
        for number, start in firsts.items():
            repeats = (c for c in candidates[number] if c.strength >= 2 and c.start > start)
            found += [each for each in repeats if each.start not in taken]
    else:
        found = _without_notes(candidates)
    starts = {each.start for each in found}
    # a comma between two marks belongs to them: “Council,1,2 takes”
    return [
        Mark(
            c.start,
            c.end + (source[c.end : c.end + 1] == "," and c.end + 1 in starts),
            str(c.number),
        )
        for c in found
    ]


def _in_order(notes: list[Note], candidates: dict[int, list[_Candidate]]) -> list[_Candidate]:
    """The first mark of each note, on its page or one before, after the mark before it."""
    found: list[_Candidate] = []
    starts = {number: [each.start for each in many] for number, many in candidates.items()}
    after = -1
    for note in notes:
        number = int(note.number)
        many = candidates.get(number, [])
        at = bisect.bisect_right(starts.get(number, []), after)
        usable = None
        while at < len(many) and many[at].page <= note.page:
            usable = usable or many[at]
            if many[at].page == note.page:
                usable = many[at]
                break
            at += 1
        if usable is not None:
            found.append(usable)
            after = usable.start
    return found


def _without_notes(candidates: dict[int, list[_Candidate]]) -> list[_Candidate]:
    """Text cut off from its footnotes: glued numbers that count 1, 2, 3, or one after a stop."""
    found: list[_Candidate] = []
    number, after = 1, -1
    while True:
        glued = [c for c in candidates.get(number, ()) if c.strength == 3 and c.start > after]
        if not glued:
            break
        found.append(glued[0])
        after, number = glued[0].start, number + 1
    if found:
        return found
    stopped = [c for many in candidates.values() for c in many if c.strength == 4]
    return stopped[:1] if len(stopped) == 1 else []


def _strength(source: str, start: int, end: int, line: Line) -> int:
    """0 no mark; 1 one if it is the next expected; 2 a likely repeat; 3 glued; 4 after a stop."""
    if start == line.content_start:
        if source[end : end + 1] in (".", ")"):
            return 0
        before_line = source[max(0, start - 200) : line.start].rstrip()
        if not before_line or before_line[-1] not in ",;”)":
            return 0
    following = _next_word(source, end)
    if following.lower() in _UNITS:
        return 0
    glued = start > 0 and not source[start - 1].isspace()
    before = source[max(0, start - 60) : start].rstrip()
    if not before:
        return 0
    last = before[-1]
    if glued:
        return _glued_strength(source, start, end, before)
    if last == "." and before[-4:-1].isalpha() and source[end + 1 : end + 2].isupper():
        return 4 if before.rsplit(None, 1)[-1].strip(".").lower() not in _NUMBERING else 0
    if last in ",;”)":
        listed = last == "," and len(before) > 1 and before[-2].isdigit() and not _year(before[:-1])
        return 1 if listed else 2
    word = _last_word(before)
    if word.lower() in _NUMBERING:
        return 0
    if word[:1].isupper() and (following[:1].islower() or not following):
        return 2
    return 1 if following[:1].islower() or not following else 0


def _glued_strength(source: str, start: int, end: int, before: str) -> int:
    last = before[-1]
    after = source[end : end + 2]
    if after and after[0] in ".,":
        if after[0] == "," and _LISTED.match(source, end):
            return 3
        return 0 if after[1:].isdigit() else int(last.isalpha() and before[-2:].islower()) * 3
    if last in ",;":
        return 3
    if last in ".”":
        ends = not after.strip() or after[0].isspace()
        return 3 if ends and len(before) > 1 and not before[-2].isdigit() else 0
    return 3 if last == ")" or (before[-2:].isalpha() and before[-2:].islower()) else 0


def _year(text: str) -> bool:
    word = text.rsplit(None, 1)[-1] if text.split() else ""
    return len(word) == 4 and word.isdigit()


def _next_word(source: str, at: int) -> str:
    words = source[at : at + 60].split(None, 1)
    if source[at : at + 1] in ".,;:)”":
        return ""
    return words[0].strip(".,;:()") if words else ""


def _last_word(before: str) -> str:
    words = before.rsplit(None, 1)
    return words[-1].strip(".,;:()“”") if words else ""
