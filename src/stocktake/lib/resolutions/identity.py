"""Symbol, organ, session, title, date and meeting of adoption, read from head and foot."""

import re
from dataclasses import dataclass, field

from stocktake.lib.resolutions.blocks import TITLE_NUMBER, Block, is_heading_like
from stocktake.lib.resolutions.dates import ORDINAL, find_date, ordinal_number
from stocktake.lib.resolutions.drafting import Draft
from stocktake.lib.resolutions.model import Identity
from stocktake.lib.resolutions.organs import Organ, formula_organ, generic_formula, organs
from stocktake.lib.resolutions.outline import Outline
from stocktake.lib.resolutions.symbols import find_symbols

_SESSION = re.compile(rf"\b({ORDINAL}) (?:\w+ )?session\b", re.IGNORECASE)
_ONLY_NUMBER = re.compile(
    r"(?:[^\W\d]{2,12} |第)?((?:E?S-)?\d{1,4}/\d{1,4}|\d{1,4} \([IVXLC]{1,7}\))"
    r"(?: ?号(?:决议|决定))?"
)
_LOOSE_NUMBER = re.compile(r"\d{1,4}\.\s+(?=[^\W\d_])")
"""`2097. `: volumes before 1976 leave out the session, which their cover has."""
_OLD_NUMBER = re.compile(r"(?:\d{4}/)?(\d{1,4}\([IVXLC]+\))")
"""`1664(LII)` with the year that some pages print before it."""
_SECURITY = re.compile(r"[Rr]esolution (\d{1,4}) \((\d{4})\)")
_ITU_NUMBER = re.compile(
    r"(?:RESOLUTION|Resolution|DECISION|Decision|Résolution|Resolución)\s+\d{1,4}"
    r"(?:\s+\(.{1,60}\))?"
)
_HEAD_WORDS = re.compile(
    r"(?:Resolution|Decision|RESOLUTION|DECISION|Résolution|Resolución|Резолюция|قرار|决议)s?"
    r"(?: adopted by.*| de l.*)?|\[.*\]|\(.*\)"
)
_LETTERED = re.compile(r"(?:[A-Z]|[IVX]{1,5})\.\s+\S")
_DATE_ALONE = re.compile(r"\d{1,2} [^\W\d_]{3,12} \d{4}")
_SYMBOL_YEAR = re.compile(r"[AES]/(?:\w+/)?RES/(\d{1,4})/")
_MASTHEAD = re.compile(
    r"(?:United Nations|Nations Unies|Naciones Unidas)"
    r"(?:$|\s+[A-Z]{1,6}/|(?: General Assembly| Economic and Social Council| Security Council)$)"
    r"|(?:.{0,120} )?(?:Distr\.|Original: )|Agenda item|Item \d|Document:? |Point \d|Tema \d"
)


@dataclass(slots=True)
class Head:
    """What stands before the formula: blocks of the title, the rest of the page."""

    title: list[Block]
    number: str | None = None
    adoption: list[str] = field(default_factory=list)


def find_formula(blocks: list[Block]) -> int | None:
    """Return the first block that is an opening formula."""
    for at, block in enumerate(blocks[:400]):
        if block.label is None and block.length <= 200:
            text = block.text
            if formula_organ(text) or generic_formula(text):
                return at
    return None


def read_head(draft: Draft, blocks: list[Block]) -> Head:
    """Tell title from masthead among the blocks before the formula; the latter is dropped."""
    head = Head([])
    for block in blocks:
        m = TITLE_NUMBER.match(block.text)
        if m:
            head.number = m[1] or m[2]
            head.title.append(block)
            continue
        if _is_adoption(block.text):
            head.adoption.append(block.text)
            draft.drop(block, "masthead")
            continue
        only = _ONLY_NUMBER.fullmatch(block.text.strip("*_# "))
        security = _SECURITY.match(block.text)
        if only or security:
            head.number = only[1] if only else f"{security[1]}({security[2]})" if security else None
            draft.drop(block, "masthead")
        elif block is blocks[-1] and _is_old_title(block):
            for candidate in head.title:
                draft.drop(candidate, "masthead")
            head.title = [block]
        elif _is_masthead(block) or (head.title and head.number and not _follows(head, block)):
            draft.drop(block, "masthead")
        else:
            head.title.append(block)
    _keep_last(draft, head)
    return head


def _is_old_title(block: Block) -> bool:
    """`111. Report of the Council` right above the formula: the number is that of the session."""
    label = block.label
    return label is not None and label.kind == "number" and is_heading_like(block.text)


def _is_masthead(block: Block) -> bool:
    text = block.text.strip("*_# ")
    if _HEAD_WORDS.fullmatch(text) or _ITU_NUMBER.fullmatch(text) or _MASTHEAD.match(text):
        return True
    if _SESSION.match(text) or (find_date(text) and len(text) < 60) or find_symbols(text):
        return True
    return text.startswith(
        ("Resolution adopted", "Resolutions adopted", "The present", "Résolution")
    )


def _follows(head: Head, block: Block) -> bool:
    return len(head.title) < 3 and not block.label


def _keep_last(draft: Draft, head: Head) -> None:
    """The title is what stands nearest to the formula; earlier candidates belong to the page."""
    numbered = [at for at, block in enumerate(head.title) if TITLE_NUMBER.match(block.text)]
    first = numbered[-1] if numbered else max(0, len(head.title) - 2)
    for block in head.title[:first]:
        draft.drop(block, "masthead")
    head.title = head.title[first:]


def read_outcome_head(draft: Draft) -> Head:
    """Tell title and masthead of a text without formula, among its first unlabelled blocks."""
    head = Head([])
    for at, block in enumerate(draft.blocks[:8]):
        text = block.text
        if block.label is not None or _LETTERED.match(text):
            break
        if _is_masthead(block):
            draft.drop(block, "masthead")
        elif not head.title and is_heading_like(text) and at < 4:
            head.title.append(block)
    placed = {id(block) for block in head.title}
    draft.blocks = [b for b in draft.blocks if id(b) not in placed and b.lines[0].kind == ""]
    return head


def title_prefix(text: str) -> int:
    """Return the width of the number printed before a title: `73/6. `."""
    m = TITLE_NUMBER.match(text) or _LOOSE_NUMBER.match(text)
    return m.end() if m else 0


def identify(
    draft: Draft, outline: Outline, head: Head, title: str, *, symbol: str | None
) -> Identity:
    """Put together what head and foot say; a symbol given by the caller wins."""
    top = draft.source[:6000]
    formula = outline.formula.text.strip("*_ ") if outline.formula else ""
    organ = formula_organ(formula) if formula else None
    name = organ.name if organ else (generic_formula(formula) if formula else None)
    found = symbol or _own_symbol(draft, organ, head, formula or None)
    if organ is None and found:
        organ = _organ_of_symbol(found, draft.language)
        name = name or (organ.name if organ else None)
    foot = " ".join([block.text for block in outline.adoption] or _above(head))
    adopted = find_date(foot) or _adopted_in_head(top)
    if adopted is None and not formula:
        dated = (find_date(line.text) for line in draft.lines[:40] if line.kind == "masthead")
        adopted = next((each for each in dated if each), None)
    return Identity(
        symbol=found,
        body=" ".join(name.split()) if name else None,
        body_code=organ.code if organ else None,
        title=title or None,
        session=_session(top, found),
        adopted=adopted,
        meeting=_meeting(foot),
        language=draft.language,
    )


def _is_adoption(text: str) -> bool:
    """A line of the head that has the meeting or the day of adoption and nothing else."""
    bare = text.strip("*_# ()")
    return bool(_MEETING.fullmatch(bare) or _DATE_ALONE.fullmatch(bare)) and len(bare) < 60


def _above(head: Head) -> list[str]:
    """Meeting and day, where a page prints both above the title and no foot."""
    return head.adoption if any(map(_MEETING.search, head.adoption)) else []


def _own_symbol(draft: Draft, organ: Organ | None, head: Head, formula: str | None) -> str | None:
    """The symbol on the page, or the one that organ and number make."""
    if head.number and organ and organ.symbol:
        number = head.number.replace(" ", "").removeprefix(organ.symbol)
        old = _OLD_NUMBER.fullmatch(number)
        return organ.symbol + (old[1] if old else number)
    for line in draft.lines[:40]:
        if line.kind and line.kind not in ("note", "blank") and line.text:
            for found in find_symbols(f" {line.text} "):
                if head.number is None and formula is None and line.kind == "masthead":
                    return found.symbols[0]
                if "/RES/" in found.symbols[0] or "/DEC/" in found.symbols[0]:
                    return found.symbols[0]
    return None


def _organ_of_symbol(symbol: str, language: str) -> Organ | None:
    for organ in organs():
        if organ.symbol and symbol.startswith(organ.symbol) and organ.language == language:
            return organ
    return None


def _adopted_in_head(top: str) -> str | None:
    for words in ("adopted by", "Adopted by", "adoptée par", "aprobada por", "принятая"):
        at = top.find(words)
        if at >= 0:
            return find_date(top[at : at + 160])
    return None


def _session(top: str, symbol: str | None) -> int | None:
    m = _SESSION.search(top[:1500])
    if m and ordinal_number(m[1]):
        return ordinal_number(m[1])
    year = _SYMBOL_YEAR.match(symbol or "")
    return int(year[1]) if year and symbol and symbol.startswith("A/RES") else None


_MEETING = re.compile(
    r"(?<!\d)\d{1,5}(?:st|nd|rd|th|e|ème|ª|-е)? (?:\(?(?:resumed|closing|opening)\)? )?"
    r"(?:plenary )?(?:meeting|séance plénière|séance|sesión plenaria|sesión|"
    r"пленарное заседание|заседание)"
    r"|الجلسة العامة \S+|第\s?\d+\s?次(?:全体)?会议"
)


def _meeting(foot: str) -> str | None:
    m = _MEETING.search(foot)
    return m.group() if m else None
