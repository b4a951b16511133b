"""What the page carries: numbers of pages, running heads, job numbers, rules above footnotes."""

import re
from collections import Counter

from stocktake.lib.resolutions.lines import Line

_JOB = re.compile(r"\*?\d{2}-\d{5,6}\*?(?: +\([A-Z]\))?(?: +\d{4,8})?")
_BARCODE = re.compile(r"\*?\d{6,8}[A-Z]?\*?")
_STARRED = re.compile(r"\*\d{6,8}[A-Z]?\*")
_PAGE = re.compile(r"\d{1,4}/\d{1,4}|[-–—] ?\d{1,4} ?[-–—]|[Pp]age \d{1,4}(?: of \d{1,4})?")
_JOB_AND_PAGE = re.compile(
    r"\d{1,4}/\d{1,4} {2,}\d{2}-\d{5,6}|\d{2}-\d{5,6}(?: \([A-Z]\))? {2,}\d{1,4}/\d{1,4}"
)
_SYMBOL_LINE = re.compile(r"(?:[A-Z]{1,6}|CRC|CEDAW)/[A-Za-z0-9./()–-]{3,40}(?: \([A-Z]+\))?")
_RULE = re.compile(r"[_‗⎯─—]{5,}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_WIDE = re.compile(r" {3,}")


def mark_furniture(lines: list[Line]) -> None:
    """Set `page` and, for furniture, `kind` on every line."""
    page, turned = 0, False
    for line in lines:
        line.page = page
        if line.kind != "blank":
            line.kind = _kind(line.text)
            turned = line.kind in ("page number", "page foot")
            page += turned
        if line.ends_page:
            page += not turned
            turned = True
    _mark_heads(lines)
    _mark_orphan_links(lines)


def is_rule(line: Line) -> bool:
    """True for the short rule that a page prints above its footnotes."""
    return line.kind == "rule"


def _kind(text: str) -> str:
    """Tell furniture by the line alone; short tests first, as most lines are text."""
    if len(text) > 160:
        return ""
    first = text[0]
    if first in "_‗⎯─—":
        return "rule" if _RULE.fullmatch(text) else ""
    if first.isdigit() and text[-1].isalnum() | (text[-1] in ")*"):
        if _JOB_AND_PAGE.fullmatch(text):
            return "page foot"
        if _PAGE.fullmatch(text) and _is_page_of(text):
            return "page number"
        if _JOB.fullmatch(text):
            return "job number"
    if first == "*" and (_STARRED.fullmatch(text) or _JOB.fullmatch(text)):
        return "job number"
    if first in "-–—pP" and _PAGE.fullmatch(text):
        return "page number"
    return ""


def _is_page_of(text: str) -> bool:
    """`3/10` is a page, `64/187` and `2010/2` are numbers of resolutions."""
    number, _, total = text.partition("/")
    return bool(total) and int(number) <= int(total) < 1000


def _mark_heads(lines: list[Line]) -> None:
    """Mark the lines at the top of each page that name the document."""
    tops = [group for group in _tops(lines) if _may_be_head(lines, group)]
    repeated = Counter(lines[at].text for group in tops for at in group)
    for group in tops:
        named = [at for at in group if _names_document(lines[at].text)]
        if named and len(group) <= 4:
            last = max(named)
            for at in group:
                if at <= last or repeated[lines[at].text] > 1:
                    lines[at].kind = "running head"
        elif group and all(repeated[lines[at].text] > 2 for at in group):
            for at in group:
                lines[at].kind = "running head"


def _tops(lines: list[Line]) -> list[list[int]]:
    """The first lines of each page, up to the first blank one or four lines."""
    groups: list[list[int]] = []
    opened, taken = True, 0
    current: list[int] = []
    page = 0
    for at, line in enumerate(lines):
        if line.page != page:
            page, opened, taken, current = line.page, True, 0, []
        if not opened:
            continue
        if line.kind == "blank":
            opened = not taken
        elif not line.kind:
            if not taken:
                groups.append(current)
            current.append(at)
            taken += 1
            opened = taken < 4
    return groups


def _may_be_head(lines: list[Line], group: list[int]) -> bool:
    """On the first page only where a cut sentence follows: else it is the masthead or title."""
    if lines[group[0]].page:
        return True
    named = [at for at in group if _names_document(lines[at].text)]
    following = lines[named[-1] + 1].text if named and named[-1] + 1 < len(lines) else ""
    return following[:1].islower()


def _names_document(text: str) -> bool:
    """The symbol alone, or the symbol and a title in two columns."""
    columns = _WIDE.split(text)
    return any(_SYMBOL_LINE.fullmatch(column) for column in (columns[0], columns[-1]))


def _mark_orphan_links(lines: list[Line]) -> None:
    """A link alone between blank lines is a note of the page (PDF prints annotations so)."""
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        if before.kind == after.kind == "blank" and not line.kind and _LINK.fullmatch(line.text):
            line.kind = "link"
