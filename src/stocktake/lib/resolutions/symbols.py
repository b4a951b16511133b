"""Document symbols: found in running text, told from other things with a stroke, normalised.

Source: United Nations, Dag Hammarskjöld Library, research guide on document symbols.
"""

import re
from dataclasses import dataclass

from stocktake.lib.resolutions.wording import words

_HEADS = frozenset(
    words(
        "A S E T ST AT TD DP ID IDB GC UNEP UNICEF UNHCR HSP HRI CRC CEDAW CCPR CERD CAT CMW "
        "CED CRPD FCCC KP CBD ISBA SPLOS ICCD LC LOS UNW DC IAEA GOV UNCTAD ITC ECE ECA ESCAP "
        "ESCWA TRADE TRANS ENERGY CEP ENV HBP CES MP IFAD UNFCCC APLC CCW NPT BWC PC SC WSIS "
        "UNODC CTOC CAC DPCSD INF OSPAR NGO WTO WP WT TN UPU WMO ICAO IMO FAO WIPO UNIDO UNU "
        "UNFPA UNDP UNOPS WPR EB"
    )
)
_HYPHENED = ("WSIS-03", "WSIS-05", "WG-WSIS-")
_BODY_PART = re.compile(
    r"RC\d{1,3}(?:\.R\d{1,3})?|(?:AC|C|CN|CONF|GC|PC|SC|Sub|WG|ECWG|COP|CMP|CMA|SBI|SBSTA|MOP|BP|OC|EX)\."
                        r"\d{1,4}(?:[A-Z]|(?:\([A-Za-z.0-9]+\)))?")  # fmt: skip
_MODIFIER = re.compile(r"(?:Add|Amend|Corr|Rev|Summary|Excerpt|Suppl)\.?\d{0,3}", re.IGNORECASE)
_NATURE = re.compile(r"[A-Z]{1,8}")
_NUMBERED = re.compile(
    r"(?:L|CRP|PV|SR|WP|R|INF|NGO|NONE|MISC|TC|BP|Inf|Res|Dec|CO|Q|D|UNGA|LIM|TM)\.?"
    r"(?:\d{1,4})(?:\([A-Za-z.0-9 ]+\))?"
)
_NUMBER = re.compile(
    r"\d{1,4}(?:-\d{1,4})?[A-Z]?(?:\((?:[IVXLC]{1,7}|\d{4}|Rev\.\d+|SUPP)\))?(?:\[?[A-Z]\]?)?"
    r"(?:-[A-Z])?"
)
_SPECIAL = re.compile(r"(?:ES-\d{1,2}|S-\d{1,2}|\d{1,2}\(S-[IVX]+\)|WSIS-0[35]|[IVXLC]{1,7}|SG)")
_ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.()/-–—[]")
_DASHES = "–—-"
_GROUP = re.compile(r"WG[-–] ?WSIS[-–](\d{1,2})[-–/](\d{1,3})(?!\d)")
_ASSEMBLY = re.compile(r"WHA\d{1,2}(?:\.\d{1,3}|/\d{4}/REC/\d)(?!\d)")
_LANGUAGE = re.compile(r"(?<=\d)-[EFSRAC]$|(?<=\))-[EFSRAC]$")
_AND_MODIFIER = re.compile(
    r"(?:,| and| et| y)\s+((?:Add|Corr|Rev|Amend)\.\d{1,3}(?:/(?:Add|Corr|Rev|Amend)\.\d{1,3})*)"
)
_YEAR = re.compile(r" ?\((\d{4}|[IVXLC]{1,7})\)")
_REACH = 80


@dataclass(frozen=True, slots=True)
class FoundSymbol:
    """Symbols in a text: a joint one gives two, `A/1 and Add.1` gives two as well."""

    start: int
    end: int
    symbols: tuple[str, ...]


def normalize_symbol(text: str) -> tuple[str, ...]:
    """Return the symbol or symbols a string writes, empty when it is none."""
    found = find_symbols(f" {text.strip()} ")
    return found[0].symbols if len(found) == 1 else ()


def find_symbols(text: str) -> list[FoundSymbol]:
    """Return all symbols in running text, in order; time linear in its length."""
    found: list[FoundSymbol] = []
    for pattern in (_GROUP, _ASSEMBLY):
        if ("WSIS" if pattern is _GROUP else "WHA") in text:
            for m in pattern.finditer(text):
                name = f"WG-WSIS-{m[1]}/{m[2]}" if pattern is _GROUP else m.group()
                found.append(FoundSymbol(m.start(), m.end(), (name,)))
    taken = {at for each in found for at in range(each.start, each.end)}
    at = 0
    while (stroke := text.find("/", at)) >= 0:
        at = stroke + 1
        before, after = text[stroke - 1 : stroke], text[stroke + 1 : stroke + 2]
        if (
            stroke in taken
            or (not before.isalnum() and before != " ")
            or not (after.isalnum() or after == " ")
        ):
            continue
        each = _around(text, stroke)
        if each is not None:
            found.append(each)
            at = max(at, each.end)
    return sorted(found, key=lambda each: each.start)


def _around(text: str, stroke: int) -> FoundSymbol | None:
    """Read the symbol whose first stroke is at an offset."""
    start = stroke
    while start > 0 and stroke - start < 12 and text[start - 1] in _ALLOWED:
        start -= 1
    while start < stroke and text[start] in "([.-–—":
        start += 1
    head = text[start:stroke]
    if "(" in head:
        start += head.rindex("(") + 1
        head = text[start:stroke]
    if head not in _HEADS and not head.startswith(_HYPHENED):
        return None
    raw, end = _collect(text, start, stroke)
    symbols, used = _split_joint(raw)
    if not symbols:
        return None
    if used < len(raw.rstrip(".,;:")):
        end = start + _source_length(text, start, used)
    else:
        end -= len(raw) - len(raw.rstrip(".,;:"))
    year = _YEAR.match(text, end)
    if year and ("/RES/" in symbols[-1] or "/DEC/" in symbols[-1]) and "(" not in symbols[-1]:
        symbols, end = (*symbols[:-1], f"{symbols[-1]}({year[1]})"), year.end()
    more = _AND_MODIFIER.match(text, end)
    while more:
        symbols = (*symbols, f"{symbols[0]}/{more[1]}")
        end = more.end()
        more = _AND_MODIFIER.match(text, end)
    return FoundSymbol(start, end, symbols)


def _collect(text: str, start: int, stroke: int) -> tuple[str, int]:
    """Read on over allowed characters, and over one space beside a stroke or before a year."""
    at, limit = stroke, min(len(text), start + _REACH)
    taken = [text[start:stroke]]
    while at < limit:
        char = text[at]
        if char in _ALLOWED:
            if char == "(" and not _closes(text, at):
                break
            if char == ")" and taken.count(")") >= taken.count("("):
                break
            taken.append(char)
        elif char == " " and _may_skip(text, at, taken[-1]):
            pass
        else:
            break
        at += 1
    raw = "".join(taken)
    while raw.endswith(")") and raw.count(")") > raw.count("("):
        raw, at = raw[:-1], at - 1
    return raw, at


def _closes(text: str, at: int) -> bool:
    return ")" in text[at : at + 14]


def _may_skip(text: str, at: int, last: str) -> bool:
    """A symbol broken by a space or at the end of a line: `A/RES/ 64/187`, `A/C.2 /59/3`."""
    following = text[at + 1 : at + 2]
    if last == "/" and (following.isdigit() or text[at + 1 : at + 5] in ("RES/", "Add.", "CN.1")):
        return True
    return following == "/" and text[at + 2 : at + 3].isdigit() and last.isalnum()


def _source_length(text: str, start: int, used: int) -> int:
    """How many characters of the text hold the first `used` characters that are no spaces."""
    at, seen = start, 0
    while seen < used:
        seen += text[at] != " "
        at += 1
    return at - start


def _split_joint(raw: str) -> tuple[tuple[str, ...], int]:
    """Split `A/65/64-E/2010/12` in two; return the symbols and the characters they use."""
    cuts = [
        at
        for at, char in enumerate(raw)
        if char in _DASHES and raw[at + 1 :].partition("/")[0] in _HEADS and "/" in raw[at:]
    ]
    symbols: list[str] = []
    used = start = 0
    for cut in [*cuts, len(raw)]:
        symbol = _valid(raw[start:cut])
        if symbol is None:
            break
        symbols.append(symbol[0])
        used = start + symbol[1]
        start = cut + 1
    return tuple(symbols), used


def _valid(raw: str) -> tuple[str, int] | None:
    """Return the longest valid symbol that begins the string, and its length."""
    plain = raw.rstrip(".,;:-–—[(")
    while plain:
        cut = _LANGUAGE.sub("", plain)
        parts = cut.split("/")
        if len(parts) > 1 and all(_is_part(part) for part in parts[1:]):
            digits = sum(c.isdigit() for part in parts[1:] for c in part)
            short = len(parts) == 2 and parts[0] in ("A", "S", "E", "T") and digits < 3
            return (cut, len(plain)) if digits and not short else None
        shorter, _, _ = plain.rpartition("/")
        if not shorter or "/" not in shorter:
            return None
        plain = shorter
    return None


def _is_part(part: str) -> bool:
    return any(
        pattern.fullmatch(part) for pattern in (_NUMBER, _BODY_PART, _MODIFIER, _NUMBERED, _NATURE,
                                                _SPECIAL)
    )  # fmt: skip
