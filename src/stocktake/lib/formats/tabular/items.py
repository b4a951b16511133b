"""Several values in one cell: written so that they read well and come back whole.

Items are divided by semicolons; one that holds a semicolon itself stands in quotation marks. A
name bears its code and marks behind in brackets: `Kenya [404, 40%]`. A link is its address, its
kind in brackets, its title: `https://example.org/ [report] Final report`.
"""

import re
from collections.abc import Iterable

LONGEST = 32_767
"""The characters that a cell of a workbook can hold."""

_ITEM = re.compile(
    r'\s*(?:"((?:[^"]|"")*)"[^\S\r\n]*(?=[;؛；\r\n]|\Z)|([^;؛；\r\n]*))(?:[;؛；\r\n]+|\Z)'
)
_SIGNS = re.compile(r"[;؛；\r\n]")
_LINK = re.compile(r"(\S+)(?:\s+\[([^\[\]]*)\])?(?:\s+(.*))?", re.DOTALL)


def join_items(items: Iterable[str]) -> str:
    """Write items so that `split_list` gives them back, blanks aside; empty ones are left out."""
    return "; ".join(
        '"' + item.replace('"', '""') + '"' if item.startswith('"') or _SIGNS.search(item) else item
        for item in (" ".join(each.split()) for each in items)
        if item
    )


def split_list(written: str) -> list[str]:
    """Split a list at semicolons (also Arabic and wide ones) and line ends; each item once."""
    found: dict[str, None] = {}
    for part in _ITEM.finditer(written):
        quoted, plain = part.groups()
        item = " ".join((plain if quoted is None else quoted.replace('""', '"')).split())
        if item:
            found[item] = None
    return list(found)


def labelled(name: str, *marks: str) -> str:
    """Put marks, of which the first is the code, in brackets behind a name."""
    told = f"[{', '.join(mark for mark in marks if mark)}]"
    return f"{name} {told}" if name else told


def split_label(item: str) -> tuple[str, tuple[str, ...]]:
    """Tell a name from the marks in brackets behind it; without brackets there are none."""
    if not item.endswith("]") or "[" not in item:
        return item, ()
    name, _bracket, marks = item[:-1].rpartition("[")
    return name.strip(), tuple(mark.strip() for mark in marks.split(",") if mark.strip())


def link_item(url: str, kind: str = "", title: str = "") -> str:
    """Write a link; the brackets also stand where a title could be taken for a kind."""
    title = " ".join(title.split())
    bracket = f"[{kind}]" if kind or title.startswith("[") else ""
    return " ".join(part for part in (url, bracket, title) if part)


def split_link(item: str) -> tuple[str, str, str]:
    """Read a link as address, kind and title; what is missing is ""."""
    found = _LINK.fullmatch(item.strip())
    return (found[1], found[2] or "", found[3] or "") if found else (item, "", "")


def cut_text(text: str) -> str:
    """Return a text as a cell of a workbook can hold it: line feeds only, cut with "…"."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"


def is_cut(text: str) -> bool:
    """Say whether a cell holds a text that `cut_text` has cut."""
    return len(text) == LONGEST and text.endswith("…")
