"""What a paragraph cites: symbols, resolutions in prose, outcome documents, their paragraphs."""

import bisect
import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from stocktake.lib.resolutions.model import Reference
from stocktake.lib.resolutions.organs import rows
from stocktake.lib.resolutions.symbols import find_symbols

_ORGANS = {
    "General Assembly": "UN-GA",
    "Assembly": "UN-GA",
    "Economic and Social Council": "UN-ECOSOC",
    "Security Council": "UN-SC",
    "Human Rights Council": "UN-HRC",
    "World Health Assembly": "WHA",
}
_PREFIX = {"UN-GA": "A", "UN-ECOSOC": "E", "UN-SC": "S", "UN-HRC": "A/HRC"}
_KEYWORD = re.compile(
    r"\b(?:(its|Its|His|the same|ITU Council|2\d{3} Council|Council|World Health Assembly|"
    r"General Assembly|Economic and Social Council|Security Council|Human Rights Council|Assembly|"
    r"Plenipotentiary Conference) )?([Rr]esolutions?|[Dd]ecisions?|Res\.) "
    r"(?=\(?(?:e\.g\. )?(?:\d|E?S-\d))"
)
_NUMBER = re.compile(
    r"(?P<a>\d{1,4})(?P<sep>[/.])(?P<b>\d{1,4})(?:/?(?P<cp>(?:CP|CMP|CMA|COP)\.\d+))?"
    r"(?: ?(?P<letter>[A-Z](?:(?:[-–]| and )(?=[A-Z]\b))?[A-Z]?)\b(?![\w(]))?"
    r"|(?P<old>\d{1,4})(?: (?P<oldletter>[A-Z]))? ?\((?P<session>[IVXLC]{1,7}|S-[IVX]{1,3}|\d{4})\)"
    r"|(?P<special>E?S-\d{1,2}/\d{1,3})"
    r"|(?P<cop>\d{1,3}/(?:CP|CMP|CMA)\.\d{1,3})"
    r"|(?P<plain>\d{1,4})(?P<place> \((?:Rev\. )?[A-Z][\w .’'-]{2,40},? \d{4}\))?"
)
_SPEAKER = re.compile(
    r"(?: of| adopted by) the (General Assembly|Economic and Social Council|Security Council|"
    r"Human Rights Council)\b"
)
_FOREIGN = re.compile(r"[a-z] (?:[A-Z][\w’-]+|on Narcotic Drugs|on Human Rights) $")
"""`in Statistical Commission decision 47/101`: of another organ than those with symbols."""
_DATE = re.compile(r" of \d{1,2}[\s]\w{3,12} \d{4}")
_LINK = re.compile(r"(?:, annex(?: [IVX]+)?)?,? (?:and|and in|to|as well as|et|y|or) |, ")
_LATER = re.compile(
    r",? and (?=\d{1,4}/\d{1,4}(?: of \d{1,2} [A-Z]|, (?:on|entitled) ))"
    r"|, (?:and )?(?=\d{1,4} \((?:[IVXLC]{1,7}|S-[IVX]{1,3})\) of \d{1,2} [A-Z])"
)
_PARAGRAPHS = re.compile(
    r"\b(?:[Pp]aragraphs?|[Pp]aras?\.?|§§?) (?P<list>\d{1,3}(?: \([a-z]{1,4}\))*"
    r"(?:(?:, | and | to | or |[-–]|, and )\d{1,3}(?: \([a-z]{1,4}\))*)*)"
)
_OF = re.compile(
    r",? (?:of|in|from) (?:the |its |that )?(?:annex (?:[IVX]+ )?(?:to|of) )?(?:the )?"
)
_ONE = re.compile(r"(\d{1,3})((?: \([a-z]{1,4}\))*)")


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    symbols: tuple[str, ...]
    document: str | None
    paragraphs: tuple[str, ...] = ()


class _Covered:
    """The characters that some mentions take, asked one by one."""

    def __init__(self, hits: list[_Hit]) -> None:
        spans = sorted((hit.start, hit.end) for hit in hits)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def holds(self, at: int) -> bool:
        """True when some mention has the character at an offset."""
        before = bisect.bisect_right(self._starts, at)
        return before > 0 and self._ends[before - 1] > at


@dataclass(slots=True)
class ReferenceReader:
    """Reads references; `organ` is the code of the organ that speaks (“its resolution”)."""

    organ: str | None

    def read(self, text: str) -> tuple[Reference, ...]:
        """Return the references of a text in order, each mention once."""
        hits = [_Hit(f.start, f.end, f.symbols, None) for f in find_symbols(text)]
        hits += self._prose(text, hits)
        hits += _named(text, hits)
        hits = _with_paragraphs(text, sorted(hits, key=lambda hit: hit.start))
        return tuple(
            Reference(text[hit.start : hit.end], hit.symbols, hit.document, hit.paragraphs)
            for hit in hits
        )

    def _prose(self, text: str, taken: list[_Hit]) -> list[_Hit]:
        if "esolution" not in text and "ecision" not in text and "Res. " not in text:
            return []
        found: list[_Hit] = []
        covered = _Covered(taken)
        for m in _KEYWORD.finditer(text):
            if covered.holds(m.start()):
                continue
            found += self._list(text, m)
        return found

    def _list(self, text: str, m: "re.Match[str]") -> list[_Hit]:
        """Read `resolutions 56/183 of …, 57/238 of … and 59/220 of …`."""
        organ, nature = m.group(1), "DEC" if m.group(2)[0] in "Dd" else "RES"
        at, found = m.end(), []
        if text.startswith("(", at):
            at += 1
        if text.startswith("e.g. ", at):
            at += 5
        start = m.start()
        if organ is None and _FOREIGN.search(text[max(0, start - 40) : start]):
            return []
        while number := _NUMBER.match(text, at):
            hit = self._hit(text, number, organ, nature, start)
            if hit is None:
                break
            date = _DATE.match(text, hit.end)
            end = date.end() if date else hit.end
            # numbers of ITU mean nothing alone: what is written runs from the word on
            begin = m.start() if number["plain"] else start
            found.append(_Hit(begin, end, hit.symbols, hit.document))
            link = _LINK.match(text, end)
            if link is None or not text[link.end() : link.end() + 1].isdigit():
                link = _LATER.search(text, end, end + 160)
                if link and "esolution" in text[end : link.start()]:
                    break
            if not link or not m.group(2).lower().endswith("s"):
                break
            at = start = link.end()
        return found

    def _hit(
        self, text: str, number: "re.Match[str]", organ: str | None, nature: str, start: int
    ) -> _Hit | None:
        shown = text[start : number.end()]
        if number["cop"] or number["cp"]:
            return _Hit(start, number.end(), (), f"decision {number.group()}")
        speaker = _SPEAKER.match(text, number.end())
        code = self._organ_of(speaker[1] if speaker and organ is None else organ, number)
        if number["special"]:
            return _Hit(start, number.end(), (f"A/{nature}/{number['special']}",), None)
        if number["plain"]:
            return self._plain(text, number, organ, code, nature, start)
        if code == "WHA":
            symbol = f"WHA{number.group().strip()}" if number["sep"] == "." else None
            return _Hit(start, number.end(), (symbol,) if symbol else (), None if symbol else shown)
        if code is None or number["sep"] == ".":
            return _Hit(start, number.end(), (), " ".join(shown.split()))
        prefix = f"{_PREFIX[code]}/{nature}/"
        if number["old"] and nature == "DEC" and organ not in _ORGANS:
            return _Hit(start, number.end(), (), " ".join(shown.split()))
        if number["old"]:
            letter = number["oldletter"] or ""
            return _Hit(
                start,
                number.end(),
                (f"{prefix}{number['old']}({number['session']}){letter}",),
                None,
            )
        base = f"{prefix}{number['a']}/{number['b']}"
        letters = (number["letter"] or "").replace("–", "-").replace(" and ", "-")
        first, _, last = letters.partition("-")
        if last:
            span = [chr(code) for code in range(ord(first), ord(last) + 1)]
            return _Hit(start, number.end(), tuple(base + each for each in span), None)
        return _Hit(start, number.end(), (base + letters,), None)

    def _organ_of(self, organ: str | None, number: "re.Match[str]") -> str | None:
        if organ in _ORGANS:
            return _ORGANS[organ]
        if organ == "Council":
            year = number["a"] and len(number["a"]) == 4
            return "UN-ECOSOC" if year else self.organ if self.organ in _PREFIX else None
        if number["old"] and number["session"].isdigit():
            return "UN-SC"
        if number["a"] and len(number["a"]) == 4:
            return "UN-ECOSOC"
        if organ in ("its", "Its"):
            return self.organ if self.organ in _PREFIX else None
        if organ is None:
            if self.organ == "UN-ECOSOC" and number["a"]:
                return "UN-GA"
            return self.organ if self.organ in _PREFIX else "UN-GA" if number["a"] else None
        return None

    def _plain(
        self,
        text: str,
        number: "re.Match[str]",
        organ: str | None,
        code: str | None,
        nature: str,
        start: int,
    ) -> _Hit | None:
        """A bare number names a resolution of ITU, or one inside a report; never a symbol."""
        value, place = number["plain"], number["place"] or ""
        if text.startswith(" Council", number.end()):
            return None
        word = "Decision" if nature == "DEC" else "Resolution"
        if organ and organ.endswith("Council") and organ[:1].isdigit():
            return _Hit(start, number.end(), (), f"{organ} {word} {value}")
        if organ in ("General Assembly", "Security Council", "Economic and Social Council"):
            return None
        name = f"{word} {value}{place}".replace(" (Antalya 2", " (Antalya, 2")
        return _Hit(start, number.end(), (), name)


@cache
def _aliases() -> tuple["re.Pattern[str]", dict[str, tuple[str, str]]]:
    table = {row["alias"]: (row["name"], row["needs"] or "") for row in rows("names.csv")}
    longest = sorted(table, key=len, reverse=True)
    joined = "|".join(re.escape(alias).replace(r"\ ", r"\s") for alias in longest)
    return re.compile(rf"\b(?:{joined})\b"), table


def _named(text: str, taken: list[_Hit]) -> list[_Hit]:
    pattern, table = _aliases()
    found = []
    covered = _Covered(taken)
    for m in pattern.finditer(text):
        name, needs = table[" ".join(m.group().split())]
        if not covered.holds(m.start()) and (not needs or needs in text):
            found.append(_Hit(m.start(), m.end(), (), name))
    return found


def _with_paragraphs(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Join `paragraphs 68 to 71 of` with the document it belongs to; keep lone ones out."""
    order = [hit.start for hit in hits]
    starts = {start: at for at, start in enumerate(order)}
    for m in _PARAGRAPHS.finditer(text):
        link = _OF.match(text, m.end())
        at = starts.get(link.end()) if link else None
        if at is None and link:
            # “paragraph 5 of its resolution 60/1”, “paragraph 2 of General Assembly resolution …”
            after = bisect.bisect_right(order, m.end())
            near = after < len(order) and order[after] <= max(link.end(), m.end() + 8)
            at = after if near else None
        if at is not None:
            hit = hits[at]
            hits[at] = _Hit(m.start(), hit.end, hit.symbols, hit.document, expand(m["list"]))
    return sorted(hits, key=lambda hit: hit.start)


def expand(text: str) -> tuple[str, ...]:
    """Expand `68 to 71`, `4, 7 and 9`, `20 (a)`: every paragraph by its own number.

    A range of more than 500 paragraphs keeps its two ends only.
    """
    found: list[str] = []
    ranged = False
    at = 0
    while m := _ONE.search(text, at):
        between = text[at : m.start()].strip()
        ranged = between in ("to", "-", "–")
        number = int(m[1])
        last = int(found[-1].split(" ")[0]) if found else 0
        if ranged and not m[2] and last < number <= last + 500:
            found += [str(n) for n in range(last + 1, number + 1)]
        else:
            found.append(m[1] + m[2])
        at = m.end()
    return tuple(found)
