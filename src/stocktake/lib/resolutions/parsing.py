"""Text in, structure out: chooses the family and runs its pass."""

import re

from stocktake.lib.formats.problems import Problem, shortened
from stocktake.lib.resolutions.akn import every_from_akn, looks_like_akn
from stocktake.lib.resolutions.blocks import heading_verb
from stocktake.lib.resolutions.drafting import Draft, make_draft
from stocktake.lib.resolutions.errors import SEVERAL, UnreadableTextError
from stocktake.lib.resolutions.identity import find_formula, read_head, read_outcome_head
from stocktake.lib.resolutions.languages import NAMES, language_of, other_languages
from stocktake.lib.resolutions.model import Caveat, Collection, Report, Resolution
from stocktake.lib.resolutions.report_building import build_report
from stocktake.lib.resolutions.report_structure import outline_report
from stocktake.lib.resolutions.resolution_building import build_resolution
from stocktake.lib.resolutions.resolution_structure import outline_resolution
from stocktake.lib.resolutions.sources import read_source
from stocktake.lib.resolutions.splitting import split
from stocktake.lib.resolutions.symbols import normalize_symbol

_REPORT_WORDS = re.compile(
    r"\b(?:[Tt]he present report|[Rr]eport of the|REPORT\b|[Rr]eport on|Summary|[Nn]ote by)"
)
_OUTCOME_WORDS = re.compile(
    r"\b(?:DECLARATION|Declaration|Plan of Action|PLAN OF ACTION|AGENDA|Agenda|COMMITMENT|"
    r"Commitment|Programme of Action|Consensus|Compact|COMPACT)\b"
)

_TOLD = 8


def parse(
    data: str | bytes,
    *,
    symbol: str | None = None,
    language: str | None = None,
    encoding: str = "",
) -> Resolution | Report:
    """Parse one text, or the bytes of a text, HTML, DOCX, PDF or Akoma Ntoso file.

    Args:
        symbol: the document's symbol, where the text does not print it or prints it wrongly;
            of a file with several resolutions, the one that is wanted.
        language: one of ar, zh, en, fr, ru, es; told from the text when None.
        encoding: of a text that is not in UTF-8, where somebody knows it.

    Raises:
        UnreadableTextError: nothing to read, or several resolutions and none of the symbol.
    """
    parsed = parse_every(data, symbol=symbol, language=language, encoding=encoding)
    if not isinstance(parsed, Collection):
        return parsed
    symbols = [each.identity.symbol or each.identity.title or "—" for each in parsed.resolutions]
    told = ", ".join(symbols[:_TOLD]) + (", …" if len(symbols) > _TOLD else "")
    values: dict[str, str | int] = {"count": len(symbols), "symbols": shortened(told, limit=200)}
    raise UnreadableTextError(Problem("text-several", SEVERAL, values))


def parse_every(
    data: str | bytes,
    *,
    symbol: str | None = None,
    language: str | None = None,
    encoding: str = "",
) -> Resolution | Report | Collection:
    """Parse a file that may hold several resolutions; arguments as of `parse`.

    A file with one text gives what `parse` gives; so does one with several of which one has the
    symbol that is given.

    Raises:
        UnreadableTextError: nothing to read.
    """
    if looks_like_akn(data):
        return _wanted(every_from_akn(data), symbol)
    read = read_source(data, encoding=encoding)
    stretches = split(read.text)
    if len(stretches) < 2:
        return _parse_one(read.text, read.caveats, symbol=symbol, language=language)
    made = Collection(
        resolutions=tuple(
            _parse_one(read.text[each.start : each.end], (), symbol=None, language=language)
            for each in stretches
        ),
        places=tuple((each.start, each.end) for each in stretches),
        front=read.text[: stretches[0].start],
        warnings=read.caveats,
        source=read.text,
    )
    return _wanted(made, symbol)


def _wanted(
    parsed: Resolution | Report | Collection, symbol: str | None
) -> Resolution | Report | Collection:
    """The one text of a collection that has the symbol, where there is one."""
    if symbol is None or not isinstance(parsed, Collection):
        return parsed
    names = normalize_symbol(symbol) or (symbol.strip(),)
    found = [each for each in parsed.resolutions if each.identity.symbol in names]
    return found[0] if len(found) == 1 else parsed


def _parse_one(
    source: str, caveats: tuple[Caveat, ...], *, symbol: str | None, language: str | None
) -> Resolution | Report:
    told = language or language_of(source)
    caveats += _mixed(source, told)
    draft = _drafted(source, told, caveats)
    formula = find_formula(draft.blocks)
    if formula is not None and any(
        heading_verb(b, told) for b in draft.blocks[formula + 1 :][:400]
    ):
        draft = _drafted(source, told, caveats, plain_numbers=True)
        formula = find_formula(draft.blocks)
    if formula is None and not (_is_resolution(draft, symbol) or _is_outcome(draft)):
        return build_report(draft, outline_report(draft), symbol=symbol)
    if formula is not None:
        head = read_head(draft, draft.blocks[:formula])
    else:
        head = read_outcome_head(draft)
    outline = outline_resolution(draft, formula)
    return build_resolution(draft, outline, head, symbol=symbol)


def _mixed(source: str, language: str) -> tuple[Caveat, ...]:
    """Say that parts of a text are in another language than it was read in."""
    others = [NAMES[code] for code in other_languages(source, language)]
    if not others:
        return ()
    told = f"The text was read as {NAMES[language]}, but parts are in {' and '.join(others)}: "
    return (Caveat("languages-mixed", f"{told}verbs and asks there may be wrong."),)


def _drafted(
    source: str, language: str, caveats: tuple[Caveat, ...], *, plain_numbers: bool = False
) -> Draft:
    draft = make_draft(source, language, plain_numbers=plain_numbers)
    draft.warnings.extend(caveats)
    return draft


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
