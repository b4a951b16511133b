"""Blocks → the parts of a resolution: preamble, headings, operative paragraphs, annexes."""

import re

from stocktake.lib.resolutions.blocks import (
    COMMAS,
    PARTICIPLE,
    Block,
    heading_verb,
    is_heading_like,
)
from stocktake.lib.resolutions.drafting import Draft
from stocktake.lib.resolutions.heading_verbs import HeadingVerb
from stocktake.lib.resolutions.labels import Label, follows, ordinal, roman
from stocktake.lib.resolutions.organs import formula_organ, generic_formula
from stocktake.lib.resolutions.outline import Heading, Op, Outline, Sub
from stocktake.lib.resolutions.verbs import opening_verb

_ANNEX = re.compile(
    r"(?:Annex|ANNEX|Appendix|APPENDIX|Annexe|ANNEXE|Anexo|ANEXO|Приложение|ПРИЛОЖЕНИЕ|المرفق|"
    r"附件)(?:\s*([IVXLC]{1,6}|\d{1,2}|[A-Z]))?(?![\w-])"
)
_PART = re.compile(r"(?:Part\s+)?([A-Z]|[IVX]{1,5})\.?")
_DEEPEST = 4
_DAY = re.compile(r"\d{1,2} [^\W\d_]{3,12} (?:19|20)\d{2}\.?")
_MEETING = re.compile(
    r"(?<!\d)\d{1,5}(?:st|nd|rd|th|e|ème|ª|a\.|-е)? (?:\(?(?:resumed|closing|opening)\)? )?"
    r"(?:plenary )?(?:meeting|séance|sesión|заседание|пленарное|plénière|reunión)"
    r"|الجلسة|第\s?\d+\s?次"
)


def outline_resolution(draft: Draft, formula: int | None) -> Outline:
    """Sort the blocks after the formula (None: a fragment that begins in the middle)."""
    return _Pass(draft, formula).outline


class _Pass:
    def __init__(self, draft: Draft, formula: int | None) -> None:
        self.draft = draft
        self.outline = Outline()
        self._part: str | None = None
        self._last = 0
        self._in_preamble = formula is not None
        self._head: HeadingVerb | None = None
        self._closed = False
        self._runs = 0
        self._formulas = 1
        blocks = draft.blocks
        at = 0
        if formula is not None:
            self.outline.formula = blocks[formula]
            at = formula + 1
        while at < len(blocks):
            at = self._preamble(at) if self._in_preamble else self._body(at)

    # --- preamble
    def _preamble(self, at: int) -> int:
        block = self.draft.blocks[at]
        if self._is_operative_start(at):
            self._in_preamble = False
            return at
        head = heading_verb(block, self.draft.language)
        if head is not None and not head.operative:
            self.outline.preamble_heads.append((head, block))
            self._head = head
            return at + 1
        previous = self.outline.preamble[-1] if self.outline.preamble else None
        labelled = block.label is not None and block.label.kind != "number"
        if labelled and previous is not None and self._head is None:
            previous[1].append(block)
        else:
            self.outline.preamble.append((self._part, [block]))
        return at + 1

    def _is_operative_start(self, at: int) -> bool:
        """The first numbered paragraph, the heading before it, or an unnumbered finite verb."""
        block = self.draft.blocks[at]
        head = heading_verb(block, self.draft.language)
        if head is not None:
            return head.operative
        if self._head is not None:
            return False
        if self._is_numbered(block):
            return not (block.last in COMMAS and PARTICIPLE.match(block.text.lstrip("*_")))
        if block.label is not None:
            return False
        if self._is_adoption(block):
            return True
        following = self.draft.blocks[at + 1] if at + 1 < len(self.draft.blocks) else None
        heads_list = following is not None and self._is_numbered(following)
        if heads_list and is_heading_like(block.text) and block.last not in COMMAS:
            return True
        return self._is_unnumbered_operative(block)

    @staticmethod
    def _is_numbered(block: Block) -> bool:
        return block.label is not None and block.label.kind == "number"

    def _is_unnumbered_operative(self, block: Block) -> bool:
        if self.draft.language not in ("en", "fr", "es") or block.last in COMMAS:
            return False
        found = opening_verb(block.text, self.draft.language)
        return found is not None and found.style == "third"

    # --- operative part
    def _body(self, at: int) -> int:
        block = self.draft.blocks[at]
        if block.label is None:
            return self._unlabelled(at, block)
        label = block.label
        if label.kind in ("number", "plain") and self._takes_number(at, block, label):
            number = int(label.value) if label.value.isdigit() else None
            if number is not None:
                self._open(block, number)
                return at + 1
        if label.kind in ("number", "nested") and self._is_section_number(at, block, label):
            self._heading([block])
            return at + 1
        if label.kind in ("letter", "bullet", "plain", "nested", "number"):
            self._sub(block, label)
        return at + 1

    def _takes_number(self, at: int, block: Block, label: Label) -> bool:
        """Numbers run on; a gap is allowed where a number is lost, a restart after a heading."""
        if not label.value.isdigit():
            return False
        number = int(label.value)
        if not self.outline.operative or self._last == 0:
            return number > 0
        if number == self._last + 1:
            return True
        if (
            label.kind == "plain"
            and number == 1
            and self._head is not None
            and not self._nested(at)
        ):
            self.draft.warn("numbers-restart", "Numbers begin again without a heading.")
            self._runs += 1
            return True
        if self._last < number <= self._last + 3 and not is_heading_like(block.text):
            missing = f"{self._last + 1} to {number - 1}"
            self.draft.warn("numbers-missing", f"No paragraph is numbered {missing}.")
            return True
        return False

    def _nested(self, at: int) -> bool:
        """True below a paragraph that ends with a colon."""
        return self.draft.blocks[at - 1].last == ":"

    def _is_section_number(self, at: int, block: Block, label: Label) -> bool:
        following = self.draft.blocks[at + 1] if at + 1 < len(self.draft.blocks) else None
        if following is None or following.label is None or not is_heading_like(block.text):
            return False
        return following.label.number == self._last + 1

    def _open(self, block: Block, number: int | None) -> None:
        section = len(self.outline.headings) - 1 if self.outline.headings else None
        if section is not None and self.outline.headings[section].part != self._part:
            section = None
        op = Op(number, self._part, section, [block], heading=self._head, run=self._runs)
        self.outline.operative.append(op)
        if number is not None:
            self._last = number

    def _sub(self, block: Block, label: Label) -> None:
        if not self.outline.operative:
            self._open(block, None)
            self.outline.operative[-1].subs.append(Sub((_letter(label),), [block]))
            self.outline.operative[-1].blocks = []
            return
        op = self.outline.operative[-1]
        op.subs.append(Sub(_sub_path(label, op), [block]))

    def _unlabelled(self, at: int, block: Block) -> int:
        text = block.text
        if self._is_adoption(block):
            self.outline.adoption.append(block)
            self._closed = True
            return at + 1
        annex = _ANNEX.match(text.strip("*_ "))
        if annex and len(text) < 200 and (self._closed or block.lines[0].text[0].isupper()):
            self._begin_part(block, annex)
            return at + 1
        head = heading_verb(block, self.draft.language)
        if head is not None and head.operative:
            self._heading([block], head)
            self._head, self._last, self._runs = head, 0, 0
            return at + 1
        if formula_organ(text) or generic_formula(text):
            return self._second_formula(at, block)
        return self._running(at, block)

    def _second_formula(self, at: int, block: Block) -> int:
        """A further resolution, or part B: numbering and preamble begin anew."""
        self._formulas += 1
        label = _part_label(self.outline.headings)
        self._part = label or f"part {self._formulas}"
        self._heading([block])
        self._in_preamble, self._last, self._head = True, 0, None
        return at + 1

    def _begin_part(self, block: Block, annex: "re.Match[str]") -> None:
        number = annex.group(1)
        self._part = f"annex/{number}" if number else "annex"
        self._last, self._head, self._closed = 0, None, False
        self._heading([block])

    def _running(self, at: int, block: Block) -> int:
        """Text without a label: a heading, or the rest of the paragraph above."""
        operative = self.outline.operative
        last = operative[-1] if operative and operative[-1].part == self._part else None
        headings = self.outline.headings
        if self._last == 0 and headings and headings[-1].first == len(operative):
            last = None
        if last is not None and self._goes_on(last, block):
            self._append(last, block)
            return at + 1
        if self._is_unnumbered_operative(block) or (self._head is not None and last is None):
            self._open(block, None)
            return at + 1
        if self._head is not None and operative and operative[-1].heading is not self._head:
            self._open(block, None)
            return at + 1
        if is_heading_like(block.text) or (last is None and block.text.isupper()):
            self._heading([block])
            return at + 1
        if last is None or self._last == 0:
            self._recite(block)
            return at + 1
        self._append(last, block)
        return at + 1

    def _recite(self, block: Block) -> None:
        """Words before the first number of a part: its preamble, with the headings above it.

        A fragment that begins in the middle has the end of a paragraph there instead.
        """
        outline = self.outline
        if outline.formula is None and not outline.operative and not outline.headings:
            self._open(block, None)
            return
        above: list[Block] = []
        while outline.headings and outline.headings[-1].first == len(outline.operative):
            if outline.headings[-1].verb is not None:
                break
            above = outline.headings.pop().blocks + above
        if above:
            self.outline.preamble_titles[id(block)] = above
        outline.preamble.append((self._part, [block]))

    def _goes_on(self, last: Op, block: Block) -> bool:
        before = last.subs[-1].blocks[-1] if last.subs else (last.blocks or [block])[-1]
        if self._closed or (block.text[:1] in "*" and before.is_finished):
            return False
        if self._head is not None and last.heading is not self._head:
            return False
        if block.text[:1].islower():
            return True
        if before.is_finished or before.last in COMMAS:
            return not is_heading_like(block.text) and not self._is_unnumbered_operative(block)
        return not is_heading_like(block.text)

    def _append(self, last: Op, block: Block) -> None:
        if last.subs and not (last.subs[-1].blocks[-1].last == "." and block.gap):
            last.subs[-1].blocks.append(block)
        elif last.subs:
            last.tail.append((len(last.subs), block))
        else:
            last.blocks.append(block)

    def _heading(self, blocks: list[Block], verb: HeadingVerb | None = None) -> None:
        previous = self.outline.headings[-1] if self.outline.headings else None
        first = len(self.outline.operative)
        fresh = previous is not None and previous.first == first and previous.part == self._part
        if fresh and previous is not None and verb is None and self._wraps(previous, blocks[0]):
            previous.blocks += blocks
            return
        self.outline.headings.append(Heading(blocks, self._part, first, verb))

    @staticmethod
    def _wraps(previous: Heading, block: Block) -> bool:
        """A heading in two blocks that is one sentence; two sentences are two headings."""
        return not block.gap and previous.verb is None

    def _is_adoption(self, block: Block) -> bool:
        text = block.text
        if block.label or len(text) >= 120:
            return False
        return bool(_MEETING.search(text)) or self._is_day_below(text)

    def _is_day_below(self, text: str) -> bool:
        """The day of adoption that stands alone below the last paragraph."""
        return bool(self.outline.operative) and bool(_DAY.fullmatch(text.strip("*_ ()")))


def _letter(label: Label) -> str:
    return label.value if label.kind != "bullet" else "•"


def _part_label(headings: list[Heading]) -> str | None:
    if not headings:
        return None
    m = _PART.fullmatch(headings[-1].blocks[0].text.strip("*_ "))
    return m.group(1) if m else None


def _sub_path(label: Label, op: Op) -> tuple[str, ...]:
    """Where a lettered piece stands: after its sibling, or one level deeper."""
    last = op.subs[-1].path if op.subs else ()
    if label.kind in ("plain", "nested"):
        return (label.value,)
    if label.kind == "bullet":
        last = last[: _DEEPEST - 1]
        level = next((n for n, part in enumerate(last) if part.startswith("•")), len(last))
        count = int(last[level][1:] or 1) + 1 if level < len(last) else 1
        return (*last[:level], f"•{count}")
    for level in range(len(last) - 1, -1, -1):
        if follows(label.value, last[level]):
            return (*last[:level], label.value)
    opens = roman(label.value) == 1 or ordinal(label.value) == 1
    if last and opens and label.value != last[-1] and len(last) < _DEEPEST:
        return (*last, label.value)
    return (*last[:-1], label.value) if last else (label.value,)
