"""Text → lines with their offsets, indents and pages; the smallest unit that is placed."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

_RULE = "_" * 10
_NEXT_NOTE = re.compile(
    r"(?<=[.)]) (?=\d{1,3} (?:See |Ibid|Official Records|[AES]/|Resolution|General Assembly|"
    r"United Nations))"
)


@dataclass(slots=True, eq=False)
class Line:
    """One line: `text` without outer space, `indent` in columns, `kind` what the page makes of it.

    `kind` is empty for a line of the text itself, "blank", "note", or a kind of
    furniture. `marked` is the width of a footnote mark at its end;
    `cut` tells a piece of a longer line.
    """

    start: int
    end: int
    text: str
    indent: int
    page: int = 0
    kind: str = ""
    ends_page: bool = False
    marked: int = 0
    cut: bool = False

    @property
    def content_start(self) -> int:
        """Offset of the first character that is no space."""
        return self.start + self.indent


def split_lines(source: str) -> list[Line]:
    """Return all lines; together they cover the source without gap or overlap."""
    lines: list[Line] = []
    at = 0
    for raw in source.splitlines(keepends=True):
        end = at + len(raw)
        text = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if text else 0
        kind = "" if text else "blank"
        lines.append(Line(at, end, text, indent, kind=kind, ends_page="\f" in raw))
        at = end
    return lines


def cut_inline_notes(lines: list[Line]) -> list[Line]:
    """Cut lines that hold text, the rule of the page foot and a footnote in one."""
    made: list[Line] = []
    for line in lines:
        at = line.text.find(_RULE) if _RULE in line.text else -1
        if at < 0 or line.text.strip("_ ") == "" or not line.text[at:].strip("_ ")[:1].isdigit():
            made.append(line)
            continue
        rule = line.content_start + at
        after = rule
        while line.text[after - line.content_start] in "_ ":
            after += 1
        head, tail = line.text[:at].rstrip(), line.text[after - line.content_start :]
        if head:
            made.append(Line(line.start, rule, head, line.indent, cut=line.cut))
        made.append(Line(rule if head else line.start, after, "_" * 10, 0, cut=True))
        cuts = [0, *(m.end() for m in _NEXT_NOTE.finditer(tail)), len(tail)]
        for first, last in pairwise(cuts):
            end = line.end if last == len(tail) else after + last
            words = tail[first:last].strip()
            made.append(Line(after + first, end, words, 0, ends_page=end == line.end, cut=True))
            made[-1].ends_page = line.ends_page and end == line.end
    return made


def page_bases(lines: list[Line]) -> dict[int, int]:
    """Return the usual indent of the text of each page, told from its longer lines."""
    seen: dict[int, Counter[int]] = {}
    for line in lines:
        if not line.kind and len(line.text) > 40:
            seen.setdefault(line.page, Counter())[line.indent] += 1
    return {page: _base(counts) for page, counts in seen.items()}


def _base(counts: Counter[int]) -> int:
    """The leftmost indent that a fifth of the lines share."""
    total = sum(counts.values())
    return min(indent for indent, count in counts.items() if count * 5 >= total or count == total)
