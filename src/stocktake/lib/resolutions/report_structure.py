"""Blocks → the numbered units of a report or outcome document, their items and headings."""

import re
from dataclasses import dataclass, field

from stocktake.lib.resolutions.blocks import Block, is_heading_like
from stocktake.lib.resolutions.dates import find_date
from stocktake.lib.resolutions.drafting import Draft
from stocktake.lib.resolutions.labels import Label
from stocktake.lib.resolutions.symbols import find_symbols

_MASTHEAD = re.compile(
    r"Document:? |Original: |Distr\.|United Nations$|Agenda item|Item \d|Source: |Contact:"
)
_CHAIR = re.compile(
    r"(?:Chair|Chairman|Chairperson|Secretary-General|Director|President),? (?:of )?"
)
_FRONT = re.compile(
    r"(?:Executive )?[Ss]ummary|Abstract|Action required|References?|Contents|Foreword|Preface|"
    r"Note by .*|Résumé|Resumen|Резюме"
)
_LETTERED = re.compile(r"(?:[A-Z]|[IVX]{1,5})\.\s+\S")


@dataclass(slots=True)
class Unit:
    """A paragraph or heading in the making."""

    number: str | None
    depth: int
    heading: list[Block]
    blocks: list[Block]
    items: list[list[Block]] = field(default_factory=list)
    tail: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class ReportOutline:
    """What the pass found; every block is in a unit, the title, or dropped."""

    title: list[Block] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    author: str | None = None


def outline_report(draft: Draft) -> ReportOutline:
    """Sort all blocks of a numbered report."""
    return _Pass(draft).outline


class _Pass:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.outline = ReportOutline()
        self._path: tuple[int, ...] = ()
        self._list = 0
        self._blocks = _split_leads(draft)
        self._nested = any(b.label is not None and b.label.kind == "nested" for b in self._blocks)
        self._first = next(
            (at for at, b in enumerate(self._blocks) if b.label is not None and b.label.path),
            len(self._blocks),
        )
        self._title_at = self._find_title()
        self._labelled = max(
            (at for at, b in enumerate(self._blocks) if b.label is not None), default=-1
        )
        self._at = 0
        for at, block in enumerate(self._blocks):
            self._at = at
            self._take(at, block)
        self._drop_signature()

    def _find_title(self) -> int | None:
        """A line in capitals, or the first line of the file where it is no masthead."""
        for at, block in enumerate(self._blocks[:60]):
            words = block.text.split()
            capitals = block.label is None and block.text.isupper() and len(words) >= 4
            if capitals and block.length < 300:
                return at
        for at, block in enumerate(self._blocks[: self._first]):
            if is_heading_like(block.text) and not self._is_masthead(block):
                known = _FRONT.fullmatch(block.text) or _LETTERED.match(block.text)
                return None if known else at
        return None

    def _take(self, at: int, block: Block) -> None:
        if at == self._title_at:
            self.outline.title.append(block)
            return
        if self._is_masthead(block) or self._is_beside_title(at, block):
            told = _CHAIR.match(block.text)
            if told and self.outline.author is None:
                self.outline.author = block.text[told.end() :]
            self.draft.drop(block, "masthead")
            return
        label = block.label
        if label is None:
            self._unlabelled(block)
        elif self._is_unit(block, label):
            self._open(block, label)
        else:
            self._item(block, label)

    def _is_masthead(self, block: Block) -> bool:
        if block.label is not None or block.length > 200:
            return False
        text = block.text
        if _MASTHEAD.match(text):
            return True
        only_symbol = [f for f in find_symbols(text) if f.end - f.start > len(text) - 4]
        return bool(only_symbol) or bool(find_date(text) and len(text) < 30)

    def _is_beside_title(self, at: int, block: Block) -> bool:
        """The author's line that a page prints above a title which stands inside the text."""
        beside = self._title_at is not None and abs(at - self._title_at) == 1
        return beside and block.label is None and at > self._first and is_heading_like(block.text)

    def _is_unit(self, block: Block, label: Label) -> bool:
        """Tell the number of a unit from that of a list that imitates one."""
        path = label.path
        if not path or not self._path:
            return bool(path)
        if label.kind == "number":
            return self._is_section(block, path[0])
        if path <= self._path or path[0] > self._path[0] + 1:
            return False
        prefix = path[:-1]
        known = prefix == self._path[: len(prefix)] or path[-1] == 1 or len(path) == 2
        return known and path[-1] < 200

    def _is_section(self, block: Block, number: int) -> bool:
        if self._list and number == self._list + 1:
            return False
        expected = number == self._path[0] + 1
        if expected:
            return not self._nested or is_heading_like(block.text) or block.text[:1].isupper()
        return not self._nested and self._path[0] < number <= self._path[0] + 3

    def _open(self, block: Block, label: Label) -> None:
        self._path, self._list = label.path, 0
        text = block.text
        is_heading = is_heading_like(text) or (
            text.endswith(":") and len(text) < 120 and self._has_children(block, label)
        )
        heading, blocks = ([block], []) if is_heading else ([], [block])
        self.outline.units.append(Unit(label.value, len(label.path), heading, blocks))

    def _has_children(self, block: Block, label: Label) -> bool:
        """True when the next unit is the first one below this."""
        at = self._at + 1
        following = self._blocks[at].label if at < len(self._blocks) else None
        return (
            following is not None
            and following.path == (*label.path, 1)
            and is_heading_like(block.text.rstrip(": "))
            and not any(word in block.text.lower().split() for word in ("were", "was", "are", "is"))
        )

    def _item(self, block: Block, label: Label) -> None:
        if not self.outline.units:
            self.outline.units.append(Unit(None, 0, [], []))
        if label.kind == "number":
            self._list = label.number
        self.outline.units[-1].items.append([block])

    def _unlabelled(self, block: Block) -> None:
        units = self.outline.units
        last = units[-1] if units else None
        text = block.text
        if last is not None and self._continues(last, block):
            (last.tail or (last.items[-1] if last.items else last.blocks)).append(block)
            return
        is_heading = is_heading_like(text) and (block.length < 160 or text.isupper())
        if is_heading and self._at < self._labelled:
            units.append(Unit(None, 0, [block], []))
        elif last is None:
            units.append(Unit(None, 0, [], [block]))
        elif last.number is None and not last.blocks:
            last.blocks.append(block)
        else:
            (last.tail if last.items else last.blocks).append(block)

    @staticmethod
    def _continues(last: Unit, block: Block) -> bool:
        """True for the rest of a sentence that a page break cut."""
        above = last.tail or (last.items[-1] if last.items else last.blocks)
        if not above:
            return False
        before = above[-1]
        return block.text[:1].islower() or (
            not before.is_finished and not is_heading_like(block.text)
        )

    def _drop_signature(self) -> None:
        """The names below the last sentence are no text of the last paragraph."""
        if not self.outline.units:
            return
        last = self.outline.units[-1]
        for group in (last.tail, last.blocks):
            while group and group[-1].label is None and self._is_signature(group[-1]):
                self.draft.drop(group.pop(), "signature")
        if last.number is None and last.heading and not last.blocks and not last.items:
            closing = last.heading[0]
            if self._is_signature(closing) and len(self.outline.units) > 1:
                self.draft.drop(closing, "signature")
                self.outline.units.pop()

    @staticmethod
    def _is_signature(block: Block) -> bool:
        return block.length < 120 and block.last not in ".;:" and is_heading_like(block.text)


def _split_leads(draft: Draft) -> list[Block]:
    """Part a heading from the text below it, and a signature from the text above it."""
    made: list[Block] = []
    for block in draft.blocks:
        lines = block.lines
        if block.label is None and len(lines) > 1 and _FRONT.fullmatch(lines[0].text):
            made.append(Block(lines[:1], None, block.gap, block.turned))
            block = Block(lines[1:], None, False, False)
        made.append(block)
    if made:
        made += _split_signature(made[-1]) or _split_signature_before_last(made)
    return made


def _split_signature_before_last(made: list[Block]) -> list[Block]:
    if len(made) < 2:
        return []
    last = made.pop()
    return [*_split_signature(made[-1]), last]


def _split_signature(block: Block) -> list[Block]:
    """Short lines after a full stop at the very end: names."""
    lines = block.lines
    cut = len(lines)
    while cut > 1 and len(lines[cut - 1].text) < 60 and lines[cut - 1].text[-1] not in ".;:,":
        if lines[cut - 1].text[0].islower():
            return []
        cut -= 1
    if cut in (len(lines), 0) or not lines[cut - 1].text.endswith("."):
        return []
    rest = lines[cut:]
    del lines[cut:]
    return [Block(rest, None, True, False)]
