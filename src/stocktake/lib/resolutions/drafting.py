"""The text made ready for a structure pass: lines, notes, marks, blocks; and the placing of all."""

import bisect
import re
from dataclasses import dataclass, field

from stocktake.lib.resolutions.blocks import Block, make_blocks
from stocktake.lib.resolutions.cleaning import Cleaner, Segment
from stocktake.lib.resolutions.dates import find_date
from stocktake.lib.resolutions.footnotes import Note, collect_notes
from stocktake.lib.resolutions.furniture import mark_furniture
from stocktake.lib.resolutions.lines import Line, cut_inline_notes, split_lines
from stocktake.lib.resolutions.marks import Mark, find_marks
from stocktake.lib.resolutions.model import Caveat, Furniture, Piece
from stocktake.lib.resolutions.symbols import find_symbols
from stocktake.lib.resolutions.unfolding import cut_swallowed_verbs, unfold

_HEAD = frozenset(("masthead", "signature"))
_GAP = re.compile(r" {3,}|\t+")
_DISTRIBUTION = re.compile(r"United Nations|Nations Unies|Naciones Unidas|Distr\..*|Original: .*")


def _columns(line: Line) -> str:
    """Tell a distribution line (names of the house, symbol, date) from the head itself."""
    columns = [words.strip() for words in _GAP.split(line.text)]
    plain = any(
        _DISTRIBUTION.fullmatch(words)
        or (len(columns) > 1 and " " not in words and len(find_symbols(f" {words} ")) == 1)
        for words in columns
    )
    return "distribution" if plain else "masthead"


@dataclass(slots=True)
class Draft:
    """A text on its way to a structure; blocks given to `drop` become furniture."""

    source: str
    language: str
    lines: list[Line]
    notes: list[Note]
    marks: list[Mark]
    blocks: list[Block]
    cleaner: Cleaner
    warnings: list[Caveat] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)

    def warn(self, code: str, message: str, place: str = "") -> None:
        """Say that something is uncertain."""
        self.warnings.append(Caveat(code, message, place))

    def drop(self, block: Block, kind: str) -> None:
        """Make a block furniture of the kind."""
        for line in block.lines:
            line.kind = kind

    def take(self, blocks: list[Block], place: str) -> tuple[str, tuple[str, ...]]:
        """Place the words of blocks; the first block's label is set aside as such."""
        texts: list[str] = []
        marks: list[str] = []
        for at, block in enumerate(blocks):
            text, found = self.cleaner.take(self.segments(block, place, whole=at > 0), place)
            if text:
                texts.append(text)
            marks += found
        for number in marks:
            self.anchors.setdefault(number, place)
        return _joined(texts, blocks), tuple(dict.fromkeys(marks))

    def segments(self, block: Block, place: str, *, whole: bool = False) -> list[Segment]:
        """The stretches of a block; without its label unless `whole`."""
        result: list[Segment] = []
        for at, line in enumerate(block.lines):
            start = line.start
            if at == 0 and block.label is not None and not whole:
                start = line.content_start + block.label.width
                self.cleaner.label(line.start, start, place)
            result.append((start, line.end))
        return result

    def label_only(self, block: Block, place: str) -> None:
        """Place the label of a block whose lines are placed elsewhere."""
        if block.label is not None:
            line = block.lines[0]
            self.cleaner.label(line.start, line.content_start + block.label.width, place)

    def page(self) -> tuple[tuple[Furniture, ...], tuple[Furniture, ...]]:
        """Place what is left on the page: the head (and signature), and the furniture."""
        heads: list[Furniture] = []
        furniture: list[Furniture] = []
        for start, end, kind in self._stretches():
            made = heads if kind in _HEAD else furniture
            place = f"{'head' if kind in _HEAD else 'furniture'} {len(made) + 1}"
            self.cleaner.furniture(start, end, place)
            words = " ".join(self.source[start:end].split())
            made.append(Furniture(start, end, kind, words))
        return tuple(heads), tuple(furniture)

    def _stretches(self) -> list[tuple[int, int, str]]:
        """Neighbouring lines of one kind as one."""
        found: list[tuple[int, int, str]] = []
        for line in self.lines:
            if line.kind == "blank":
                self.cleaner.pieces.append(Piece(line.start, line.end, "", "space"))
            elif line.kind == "masthead":
                kind = _columns(line)
                after = bool(found) and found[-1][2] == "distribution"
                if after and line.indent > 30 and find_date(line.text):
                    kind = "distribution"  # the date of distribution, right below
                found.append((line.start, line.end, kind))
            elif line.kind and line.kind != "note":
                found.append((line.start, line.end, line.kind))
        merged: list[tuple[int, int, str]] = []
        for start, end, kind in found:
            if merged and merged[-1][1] == start and merged[-1][2] == kind:
                merged[-1] = (merged[-1][0], end, kind)
            else:
                merged.append((start, end, kind))
        return merged

    def pieces(self) -> tuple[Piece, ...]:
        """All pieces in order; lines that no pass has placed are a fault of the parser."""
        return tuple(sorted(self.cleaner.pieces))


def _joined(texts: list[str], blocks: list[Block]) -> str:
    """Blocks that are paragraphs of their own stay apart, a sentence cut in two becomes one."""
    result = ""
    for text, block in zip(texts, blocks, strict=False):
        if not result:
            result = text
        elif block.gap and result[-1] in ".;:!?…":
            result += "\n\n" + text
        else:
            result += " " + text
    return result


def make_draft(source: str, language: str, *, plain_numbers: bool = False) -> Draft:
    """Split, mark furniture and notes, and group into blocks."""
    lines = split_lines(source)
    if language == "en":
        lines = cut_swallowed_verbs(unfold(lines)) if plain_numbers else unfold(lines)
    lines = cut_inline_notes(lines)
    mark_furniture(lines)
    notes = collect_notes(lines)
    marks = find_marks(source, lines, notes)
    _note_marked_ends(lines, marks)
    blocks = make_blocks(lines, language, plain_numbers=plain_numbers)
    return Draft(source, language, lines, notes, marks, blocks, Cleaner(source, marks))


def _note_marked_ends(lines: list[Line], marks: list[Mark]) -> None:
    """Tell the lines that end with a mark, so that what ends a paragraph can be seen."""
    starts = [line.start for line in lines]
    for mark in marks:
        line = lines[bisect.bisect_right(starts, mark.start) - 1]
        if mark.end == line.content_start + len(line.text):
            line.marked = mark.end - mark.start
