"""Text in, structure out: chooses the family and runs its pass."""

import re

from stocktake.lib.resolutions.akn import from_akn, looks_like_akn
from stocktake.lib.resolutions.blocks import heading_verb
from stocktake.lib.resolutions.drafting import Draft, make_draft
from stocktake.lib.resolutions.identity import find_formula, read_head, read_outcome_head
from stocktake.lib.resolutions.model import Report, Resolution
from stocktake.lib.resolutions.organs import language_of
from stocktake.lib.resolutions.report_building import build_report
from stocktake.lib.resolutions.report_structure import outline_report
from stocktake.lib.resolutions.resolution_building import build_resolution
from stocktake.lib.resolutions.resolution_structure import outline_resolution
from stocktake.lib.resolutions.sources import read_text

_REPORT_WORDS = re.compile(
    r"\b(?:[Tt]he present report|[Rr]eport of the|REPORT\b|[Rr]eport on|Summary|[Nn]ote by)"
)
_OUTCOME_WORDS = re.compile(
    r"\b(?:DECLARATION|Declaration|Plan of Action|PLAN OF ACTION|AGENDA|Agenda|COMMITMENT|"
    r"Commitment|Programme of Action|Consensus|Compact|COMPACT)\b"
)


def parse(
    data: str | bytes, *, symbol: str | None = None, language: str | None = None
) -> Resolution | Report:
    """Parse a text, or the bytes of a text, HTML, DOCX, PDF or Akoma Ntoso file.

    Args:
        symbol: the document's symbol, where the text does not print it or prints it wrongly.
        language: one of ar, zh, en, fr, ru, es; told from the text when None.

    Raises:
        UnreadableTextError: nothing to read.
    """
    if looks_like_akn(data):
        return from_akn(data)
    source = read_text(data)
    told = language or language_of(source)
    draft = make_draft(source, told)
    formula = find_formula(draft.blocks)
    if formula is not None and any(
        heading_verb(b, told) for b in draft.blocks[formula + 1 :][:400]
    ):
        draft = make_draft(source, told, plain_numbers=True)
        formula = find_formula(draft.blocks)
    if formula is None and not (_is_resolution(draft, symbol) or _is_outcome(draft)):
        return build_report(draft, outline_report(draft), symbol=symbol)
    if formula is not None:
        head = read_head(draft, draft.blocks[:formula])
    else:
        head = read_outcome_head(draft)
    outline = outline_resolution(draft, formula)
    return build_resolution(draft, outline, head, symbol=symbol)


def _is_outcome(draft: Draft) -> bool:
    """A declaration, agenda or plan of action: single numbers, no word of a report."""
    labels = [block.label for block in draft.blocks if block.label is not None]
    if any(label.kind == "nested" for label in labels):
        return False
    numbered = [b for b in draft.blocks if b.label is not None and b.label.kind == "number"]
    if not numbered:
        return False
    top = " ".join(line.text for line in draft.lines[:40])[:3000]
    if _REPORT_WORDS.search(top):
        return False
    lettered = any(label.kind == "letter" for label in labels)
    spoken = sum(block.head.startswith(("We ", "Nous ", "Nosotros ")) for block in numbered)
    return lettered or spoken * 4 >= len(numbered) or bool(_OUTCOME_WORDS.search(top))


def _is_resolution(draft: Draft, symbol: str | None) -> bool:
    """A piece without its formula, whose symbol (given or on the page) is of a resolution."""
    told = symbol or ""
    for line in draft.lines:
        if line.kind == "running head":
            told += f" {line.text}"
    return "/RES/" in told or "/DEC/" in told
