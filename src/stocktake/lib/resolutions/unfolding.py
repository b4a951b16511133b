"""A text that lost its ends of line: long lines are cut where a paragraph begins. English only."""

import re
from functools import cache

from stocktake.lib.resolutions.blocks import OPENERS
from stocktake.lib.resolutions.lines import Line
from stocktake.lib.resolutions.organs import formula_organ, organs
from stocktake.lib.resolutions.verbs import capital_words

_LONG, _SHORT = 600, 200
_NUMBER = re.compile(r"(?<=[;:.,a-z”)\d⁰¹²³⁴⁵⁶⁷⁸⁹*_]) (?=(\d{1,3})\. *[*_]{0,2}[A-Z“])")
_LETTER = re.compile(r"(?<=[;:]) (?:and |or )?(?=\([a-z]{1,4}\) )|(?<=; and) (?=\([a-z]{1,4}\) )")
_FOOT = re.compile(r"(?<=[.;]) (?=\d{1,5}(?:st|nd|rd|th) (?:plenary )?meeting\b)")
_DATED = re.compile(r"(?<=meeting) \d{1,2} [A-Z][a-z]+ \d{4}[*_]{0,2} ")
_LONGEST = 240
_COMMAND = (
    r"((?:resolves|instructs|invites|requests|urges|encourages|decides|calls upon|recommends|"
    r"authorizes|appeals to)\b"
)
_VERB_AND_LIST = re.compile(rf"(?<=[,;]) {_COMMAND}[^;.\d]{{3,200}}+)(?<= )(?=1 (?:to|that) )")
_VERB_AT_END = re.compile(rf"(?<=[,;]) {_COMMAND}[^;.\d]{{3,200}})$")
_NEXT_POINT = re.compile(r"(?<=;) (?=\d{1,2} (?:to|that) )")
_BEGINS_LIST = re.compile(r"1 (?:to|that) |to [a-z]")
ANNEX = re.compile(
    r"(?<= )ANNEX (?:\d{1,2} )?TO (?:DECISION|RESOLUTION) \d{1,4}(?: \([^()]{1,40}\))?(?= |$)"
)
"""The title of an annex that ran into the paragraph above."""
_TITLE = re.compile(r" (?=\d{1,4}/\d{1,4}\. [A-Z])")


def unfold(lines: list[Line]) -> list[Line]:
    """Cut long lines that hold an opening formula or, very long, numbers in order."""
    made: list[Line] = []
    opened = False
    for line in lines:
        made += _pieces(line, _cuts(line.text, opened=opened) if len(line.text) > _SHORT else [])
        if line.text:
            opened = len(line.text) <= _SHORT and formula_organ(line.text) is not None
    return made


def cut_swallowed_verbs(lines: list[Line]) -> list[Line]:
    """Cut lines into which a verb ran that should stand alone on its own, as ITU prints them.

    `…, instructs the Secretary-General` before a line `1 to …`, or with `1 to …` after it; and the
    title of an annex in the middle of a line.
    """
    made: list[Line] = []
    following = ""
    for line in reversed(lines):
        if line.kind == "blank":
            made.append(line)
            continue
        made += reversed(_pieces(line, _swallowed(line.text, following)))
        following = line.text
    return made[::-1]


def _swallowed(text: str, following: str) -> list[int]:
    """Offsets at which a swallowed verb, the numbers below it, and an annex begin."""
    cuts: list[int] = []
    for m in _VERB_AND_LIST.finditer(text):
        cuts += [m.start(1), m.end(1)]
        cuts += [each.end() for each in _NEXT_POINT.finditer(text, m.end())]
    if _BEGINS_LIST.match(following):
        tail = swallowed_verb(text)
        if tail is not None:
            cuts.append(tail)
    for m in ANNEX.finditer(text):
        cuts += [m.start(), m.end()]
    return sorted(each for each in set(cuts) if each < len(text))


def swallowed_verb(text: str) -> int | None:
    """Where a verb begins that ends a text and governs what follows, `, instructs the Council`."""
    tail = _VERB_AT_END.search(text, max(0, len(text) - _LONGEST))
    return tail.start(1) if tail else None


def _pieces(line: Line, cuts: list[int]) -> list[Line]:
    """The line itself, or its pieces from cut to cut; together they cover it."""
    if not cuts:
        return [line]
    made: list[Line] = []
    at = 0
    for cut in [*cuts, len(line.text)]:
        start = line.start if at == 0 else line.content_start + at
        last = cut == len(line.text)
        end = line.end if last else line.content_start + cut
        text = line.text[at:cut]
        indent = line.indent if at == 0 else len(text) - len(text.lstrip())
        ends = line.ends_page and last
        made.append(Line(start, end, text.strip(), indent, ends_page=ends, cut=True))
        at = cut
    return made


def _cuts(text: str, *, opened: bool) -> list[int]:
    """Offsets at which paragraphs begin, the space before them left behind.

    `opened`: the line before is the opening formula.
    """
    formula = _formula().search(text)
    numbers = _in_order(text)
    if formula is None and not opened and (len(numbers) < 2 or len(text) <= _LONG):
        return []
    found = set(numbers)
    found.update(m.end() for m in _LETTER.finditer(text))
    found.update(m.end() for m in _FOOT.finditer(text))
    found.update(m.end() for m in _DATED.finditer(text))
    if formula is not None:
        found.update(m.end() for m in _TITLE.finditer(text, 0, formula.start() + 1))
        found.update((formula.start(1), formula.end()))
        found.update(m.end() for m in _recitals().finditer(text, formula.end() - 1))
    elif opened:
        found.update(m.end() for m in _recitals().finditer(text))
    return sorted(each for each in found if 0 < each < len(text) and text[:each].strip())


def _in_order(text: str) -> list[int]:
    """Where 1., 2., 3. … begin; a number out of turn is none."""
    expected = 0
    found: list[int] = []
    for m in _NUMBER.finditer(text):
        number = int(m[1])
        if number == expected + 1 or (not expected and number < 200):
            found.append(m.end())
            expected = number
    return found


@cache
def _formula() -> re.Pattern[str]:
    names = [re.escape(organ.formula) for organ in organs() if organ.language == "en"]
    return re.compile(rf"(?:^|(?<=\s))((?:{'|'.join(names)}),) ?")


@cache
def _recitals() -> re.Pattern[str]:
    """After a comma (and marks of footnotes): a participle or an operative verb with a capital."""
    verbs = "|".join(sorted(capital_words("en")))
    figure = "[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]"
    return re.compile(
        rf"(?:(?<=,)|(?<=,{figure})|(?<=,{figure}{figure})|(?<=,{figure},{figure})|(?<=,{figure}[/)])"
        rf"|(?<=,{figure}{figure}[/)])) +"
        rf"(?=(?:{OPENERS}|(?:{verbs}))(?: [A-Za-z]|,))"
    )
