"""Lines → blocks: a heading, a paragraph or a labelled piece each, page breaks healed."""

import re
from dataclasses import dataclass, field

from stocktake.lib.resolutions.cleaning import Segment
from stocktake.lib.resolutions.heading_verbs import HeadingVerb, verb_heading
from stocktake.lib.resolutions.labels import Label, label_of, plain_number
from stocktake.lib.resolutions.lines import Line, page_bases
from stocktake.lib.resolutions.organs import formula_organ, generic_formula
from stocktake.lib.resolutions.wording import words

ENDS = ".;:!?。；：？！؛؟…"
COMMAS = ",，、،"
_CLOSERS = "”\"’')*_»）"
OPENERS = (
    r"(?:[A-Z][a-z]+ing|Convinced|Mindful|Aware|Conscious|Concerned|Alarmed|Determined|Encouraged|"
    r"Guided|Deeply|Gravely|Seriously|Fully|Strongly|Also|Further|Having|Desirous|Disturbed|"
    r"Profoundly|Appreciative|Cognizant|Dismayed|Inspired)"
)
_OPENERS = PARTICIPLE = re.compile(rf"{OPENERS}\b")
TITLE_NUMBER = re.compile(
    r"((?:ES-|S-)?\d{1,4}/\d{1,4}(?: ?[A-Z]| ?\([IVXLC]{1,7}\))?|\d{1,4} ?\([IVXLC]{1,7}\))[.．]\s*"
    r"|(WHA\d{1,3}\.\d{1,3})\s+(?=[^\W\d])"
)
"""The number of a resolution before its title: `73/6. `, `ES-11/1. `, `2097 (XX). `."""
_HEADING_LABEL = re.compile(
    r"(?:Annex|ANNEX|Appendix|APPENDIX|Annexe|Anexo|Приложение|المرفق|附件)\b|附件"
    r"|(?:[A-Z]|[IVX]{1,5})\.\s+\S"
)
_SENTENCES = re.compile(r"[a-z]{3}[.;] [A-Z]")
_OPEN_WORDS = frozenset(words("in of the and to for by with on at a an or from as that its"))
LOWER_OPENERS = re.compile(
    r"(?:[а-яё]+(?:я|ясь|в|вшись|ив|ав)\b|будучи\b|с (?:удовлетворением|признательностью|"
    r"обеспокоенностью|глубокой)|وإذ|إذ)"
)


@dataclass(slots=True, eq=False)
class Block:
    """One piece of text: its lines, its label, and what stood before it.

    `gap` is True after a blank line, `turned` where only a page break or footnotes intervene.
    """

    lines: list[Line]
    label: Label | None = None
    gap: bool = False
    turned: bool = False
    segments: list[Segment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words after the label, roughly: enough to tell what the block is."""
        first = self.lines[0].text[self.label.width :] if self.label else self.lines[0].text
        return " ".join([first, *(line.text for line in self.lines[1:])]).strip()

    @property
    def head(self) -> str:
        """The words of the first line (of the second after a bare label)."""
        first = self.lines[0].text[self.label.width :] if self.label else self.lines[0].text
        return first or (self.lines[1].text if len(self.lines) > 1 else "")

    @property
    def last(self) -> str:
        """The last character that ends a sentence or does not, without quotes and brackets."""
        line = self.lines[-1]
        text = line.text[: len(line.text) - line.marked].rstrip(_CLOSERS + " ")
        return text[-1:] or line.text[-1:]

    @property
    def is_finished(self) -> bool:
        """True when the last character ends a sentence or an item."""
        return self.last in ENDS

    @property
    def length(self) -> int:
        """Characters of all lines."""
        return sum(len(line.text) for line in self.lines)


def make_blocks(lines: list[Line], language: str, *, plain_numbers: bool = False) -> list[Block]:
    """Group the lines of the text (not furniture, not notes) into blocks.

    `plain_numbers` is for texts of ITU: numbers without a stop, verbs alone on their line.
    """
    return _Grouping(lines, language, plain_numbers).blocks


def heading_verb(block: Block, language: str) -> HeadingVerb | None:
    """Return the verb when the block is a short line with nothing but a verb and its object."""
    if block.label is not None or len(block.lines) > 3 or block.length > 240:
        return None
    return verb_heading(block.text, language)


def is_heading_like(text: str) -> bool:
    """True for a short text that ends as no sentence does and starts as a title does."""
    bare = text.strip("*_ ")
    if not bare or len(bare) > 240 or bare[0].islower():
        return False
    if bare[-1].isalnum() and _SENTENCES.search(bare, 5):
        return False
    return bare[-1] not in ENDS + COMMAS and bare.rpartition(" ")[2] not in _OPEN_WORDS


class _Grouping:
    def __init__(self, lines: list[Line], language: str, plain_numbers: bool) -> None:
        self.blocks: list[Block] = []
        self._language = language
        self._plain = plain_numbers
        self._body = [line for line in lines if not line.kind]
        self._bases = page_bases(self._body)
        self._indented = self._has_indents()
        self._number = self._highest = 0
        gap = turned = False
        at = 0
        for line in lines:
            if line.kind == "blank":
                gap = True
                turned = turned or line.ends_page
                continue
            if line.kind:
                turned = True
                continue
            following = self._body[at + 1] if at + 1 < len(self._body) else None
            self._take(line, following, gap, turned)
            gap = turned = False
            at += 1

    def _has_indents(self) -> bool:
        """True for laid-out pages, where the first line of a paragraph stands further in."""
        if not self._bases or min(self._bases.values()) < 4:
            return False
        inner = sum(3 <= line.indent - self._bases.get(line.page, 0) <= 9 for line in self._body)
        return inner * 25 > len(self._body)

    def _take(self, line: Line, following: Line | None, gap: bool, turned: bool) -> None:
        label = label_of(line.text)
        if label is None and self._plain:
            label = plain_number(line.text)
        current = self.blocks[-1] if self.blocks else None
        if current is None or self._starts(current, line, label, following, gap, turned):
            if label is not None and current and not self._label_fits(current, line, label, gap):
                label = None
            self.blocks.append(Block([line], label, gap and not turned, turned))
            if label is not None and label.kind == "number":
                self._number = label.number
                self._highest = max(self._highest, label.number)
        else:
            current.lines.append(line)

    def _starts(
        self,
        current: Block,
        line: Line,
        label: Label | None,
        following: Line | None,
        gap: bool,
        turned: bool,
    ) -> bool:
        """Decide whether the line begins a block."""
        text = line.text
        if self._is_bare(current):
            return label is not None and label.kind in ("number", "nested")
        if label is not None and self._label_fits(current, line, label, gap or turned):
            return True
        if text[0] in "TLإEСГЭ大经安人" and (formula_organ(text) or generic_formula(text)):
            return current.is_finished or not current.lines[-1].text.endswith(("by", "of", "to"))
        if len(current.lines) == 1 and self._is_formula(current):
            return True
        if line.cut or TITLE_NUMBER.match(text) or (gap and _HEADING_LABEL.match(text)):
            return True
        if gap or turned:
            if current.last in COMMAS and self._heads_numbers(text, following):
                return True
            return self._starts_after_gap(current, line, gap and not turned)
        return self._starts_without_gap(current, line, following)

    @staticmethod
    def _is_bare(block: Block) -> bool:
        """True for a label alone on its line."""
        label = block.label
        return (
            label is not None
            and len(block.lines) == 1
            and (label.width >= len(block.lines[0].text))
        )

    @staticmethod
    def _is_formula(block: Block) -> bool:
        text = block.lines[0].text
        return bool(formula_organ(text) or generic_formula(text))

    def _label_fits(self, current: Block, line: Line, label: Label, gap: bool) -> bool:
        """A number in running text that happens to begin a line is no label."""
        ended = current.is_finished or current.last in COMMAS
        if gap or line.cut:
            return True
        if current.lines[-1].text.endswith((" and", " or", " et", " y", " و")):
            return label.kind == "letter" or label.number in self._expected()
        if self._indented and line.indent - self._bases.get(line.page, line.indent) >= 3:
            return True
        if label.kind == "number" and label.number in self._expected():
            rest = line.text[label.width :]
            return ended or not rest or (is_heading_like(current.text) and not rest[0].islower())
        return ended or (label.kind == "nested" and is_heading_like(current.text))

    def _expected(self) -> tuple[int, int]:
        """The number after the last one, and the one after the highest."""
        return self._number + 1, self._highest + 1

    def _starts_after_gap(self, current: Block, line: Line, real: bool) -> bool:
        text = line.text
        if self._plain and text[0].islower() and self._is_beside_verb(current, text):
            return True
        if text[0].islower():
            if current.is_finished:
                return True
            return current.last in COMMAS and bool(LOWER_OPENERS.match(text))
        if current.lines[-1].text.rpartition(" ")[2] in _OPEN_WORDS:
            return False
        if self._indented:
            base = self._bases.get(line.page, line.indent)
            if not real and line.indent - base < 3 and not current.is_finished:
                return False
            if current.last in COMMAS and line.indent - base < 3:
                return False
        if real or current.is_finished:
            return True
        return current.last in COMMAS and bool(_OPENERS.match(text.lstrip("*_")))

    def _is_beside_verb(self, current: Block, text: str) -> bool:
        """A verb alone on its line, or what stands right below one."""
        ended = current.is_finished or current.last in COMMAS
        if ended and len(text) < 160 and verb_heading(text, self._language) is not None:
            return True
        return heading_verb(current, self._language) is not None

    def _starts_without_gap(self, current: Block, line: Line, following: Line | None) -> bool:
        text, before = line.text, current.lines[-1]
        if self._indented:
            base = self._bases.get(line.page, line.indent)
            if line.indent - base >= 3 and before.page == line.page:
                return (
                    before.indent - base < 3
                    or current.is_finished
                    or (current.last in COMMAS and bool(_OPENERS.match(text)))
                )
        if len(text) > 6 and (text.isupper() or before.text.isupper()) and len(before.text) > 6:
            return self._starts_beside_capitals(current, before.text, text)
        if current.last in COMMAS and not self._indented and _OPENERS.match(text):
            return True
        if self._ends_list(current) and text[0].isupper():
            return True
        return current.last == "." and len(text) < 80 and self._heads_numbers(text, following)

    @staticmethod
    def _heads_numbers(text: str, following: Line | None) -> bool:
        """True for a heading right above a numbered paragraph."""
        label = label_of(following.text) if following is not None else None
        return label is not None and label.kind == "number" and is_heading_like(text)

    @staticmethod
    def _starts_beside_capitals(current: Block, before: str, text: str) -> bool:
        """Lines in capitals are headings; a second one goes on only where the first was full."""
        if text.isupper() and before.isupper():
            return len(before) < 50 and before.rpartition(" ")[2].lower() not in _OPEN_WORDS
        return current.is_finished or before.isupper() or len(before) < 60

    def _ends_list(self, current: Block) -> bool:
        """True after the last item of a list, which ends with a full stop."""
        if current.label is None or current.last != "." or len(self.blocks) < 2:
            return False
        sibling = self.blocks[-2]
        return (
            sibling.label is not None
            and sibling.label.kind == current.label.kind
            and (sibling.last == ";" or sibling.lines[-1].text.endswith((" and", " or")))
        )
