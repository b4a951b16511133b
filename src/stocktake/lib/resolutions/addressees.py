"""Who is asked: words for an addressee → a code, what is left of them → a qualifier."""

import re
from dataclasses import dataclass
from functools import cache

from stocktake.lib.resolutions.organs import rows

_LEADS = ("all other ", "all the ", "their ", "each ", "the ", "all ", "its ")
_JOINT = re.compile(r",? (?:and|or|as well as) |, ")
_ROLES = (
    ("chair", "CHAIR"),
    ("chairman", "CHAIR"),
    ("chairperson", "CHAIR"),
    ("president", "PRESIDENT"),
    ("bureau", "BUREAU"),
    ("secretariat", "SECRETARIAT"),
    ("director-general", "DG"),
    ("director general", "DG"),
    ("executive director", "ED"),
    ("executive secretary", "ES"),
    ("executive secretaries", "ES"),
    ("administrator", "ADMINISTRATOR"),
    ("secretary-general", "SG"),
    ("members", "MEMBERS"),
)
_SHORT = re.compile(r"(?:the )?(commission|council|assembly|committee|forum|group|union|office)")
_OPENS_QUALIFIER = re.compile(
    r"(?:that|which|who|still|in|of|on|with|within|from|concerned|involved|for|as|at|having|"
    r"including|to|not|whose|working|engaged|dealing|participating|responsible|able|wishing)\b"
)
_RESTRICTS = re.compile(
    r",? (?:that|which|who|including|in particular|especially|particularly|as well as|and|the)\b"
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """An addressee: `code` None where the words name nobody of the table."""

    code: str | None
    raw: str
    qualifier: str | None


@dataclass(frozen=True, slots=True)
class Body:
    """A body named at a place of a text."""

    code: str
    start: int
    end: int


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {row["alias"]: (row["code"], row["kind"]) for row in rows("addressees.csv")}


@cache
def _body_pattern() -> re.Pattern[str]:
    names = [alias for alias, (_, kind) in _table().items() if kind in ("body", "entity")]
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)


class Bodies:
    """Resolves names of bodies, short ones (“the Commission”) by what the text calls in full."""

    def __init__(self, source: str, organ: str | None) -> None:
        self.organ = organ
        self._short: dict[str, str] = {}
        flat = " ".join(source[:200_000].lower().split())
        for word in ("commission", "council", "committee", "forum", "group", "union", "office"):
            self._short[word] = self._longest_called(flat, word)
        self._short["assembly"] = "UN-GA"
        if organ in ("UN-ECOSOC", "UN-SC", "UN-HRC", "ITU-COUNCIL"):
            self._short["council"] = organ

    @staticmethod
    def _longest_called(flat: str, word: str) -> str:
        """The body of the table with the word in its name that the text names most often."""
        best, most = "", 0
        for alias, (code, kind) in _table().items():
            if kind in ("body", "entity") and word in alias:
                count = flat.count(alias)
                if count > most:
                    best, most = code, count
        return best

    def code_of(self, words: str) -> str | None:
        """Return the code of a body by its full or short name."""
        plain = " ".join(words.lower().split()).removeprefix("the ").removeprefix("its ")
        found = _table().get(plain)
        if found:
            return found[0]
        m = _SHORT.fullmatch(plain)
        return self._short.get(m[1]) or None if m else None

    def first(self, text: str) -> Body | None:
        """Return the body a text begins with, articles aside."""
        skip = len(text) - len(text.lstrip())
        for article in ("the ", "its ", "The "):
            if text.startswith(article, skip):
                skip += len(article)
        m = _body_pattern().match(text, skip)
        if m:
            return Body(_table()[m.group().lower()][0], m.start(), m.end())
        m = _SHORT.match(text[skip:].lower())
        if m and text[skip + m.end() :][:4] != " on " and text[skip : skip + 1].isupper():
            code = self._short.get(m[1])
            return Body(code, skip, skip + m.end()) if code else None
        return None

    def opening(self, text: str) -> tuple[str, str] | None:
        """Return code and words of the addressee of the table that a text begins with."""
        lowered = text.lower().replace("'", "’")
        for skip in range(min(12, len(lowered))):
            if skip and lowered[skip - 1] not in " ’إىل":
                continue
            for end in range(min(len(lowered), skip + 60), skip, -1):
                whole = end == len(lowered) or not lowered[end].isalpha() or lowered[end] > "\u3000"
                if whole and lowered[skip:end] in _table():
                    return _table()[lowered[skip:end]][0], text[:end].strip()
        return None

    def addressees(self, words: str) -> list[Addressee]:
        """Split the words between verb and task into addressees."""
        text = " ".join(words.split()).strip(" ,")
        made: list[Addressee] = []
        while text:
            code, width = self._match(text)
            if code is None:
                made.append(Addressee(None, text, None))
                break
            raw, rest = text[:width], text[width:]
            joint = _JOINT.match(rest)
            if joint and self._match(rest[joint.end() :])[0] is not None:
                made.append(Addressee(code, raw, None))
                text = rest[joint.end() :]
                continue
            # after a comma only a restriction belongs to the addressee, no circumstance of the task
            kept = not rest.startswith(",") or _RESTRICTS.match(rest)
            made.append(Addressee(code, raw, (rest.strip(" ,") or None) if kept else None))
            break
        return made

    def subject(self, text: str) -> tuple[Addressee, str] | None:
        """Return the addressee that a clause begins with and the words after it."""
        plain = text.lower().replace("'", "’")
        skip = next((len(lead) for lead in _LEADS if plain.startswith(lead)), 0)
        table = _table()
        for end in range(min(len(plain), skip + 120), skip, -1):
            if plain[skip:end] in table and plain[end : end + 1] == " ":
                found = Addressee(table[plain[skip:end]][0], text[:end], None)
                return found, text[end:].strip()
        return None

    def _match(self, text: str) -> tuple[str | None, int]:
        """Return code and width of the addressee that the words begin with."""
        bare = text.lower().replace("'", "’")
        skip = next((len(lead) for lead in _LEADS if bare.startswith(lead)), 0)
        bare = bare[skip:]
        of_itu = self.organ is not None and self.organ.startswith("ITU")
        if of_itu and bare.startswith("secretary-general"):
            return "ITU-SG", skip + len("secretary-general")
        role = self._role(bare)
        code, width = role if role is not None else self._longest(bare)
        if code is None:
            m = _SHORT.match(bare)
            if m and (len(bare) == m.end() or bare[m.end()] in " ,"):
                code, width = self._short.get(m[1]) or None, m.end()
        return code, skip + width

    @staticmethod
    def _longest(bare: str) -> tuple[str | None, int]:
        """The longest name of the table that the words begin with."""
        table = _table()
        end = len(bare)
        for cut in range(min(end, 120), 0, -1):
            if (cut == end or bare[cut] in " ,;") and bare[:cut] in table:
                rest = bare[cut:].strip(" ,")
                if (
                    not rest
                    or bare[cut] in ",;"
                    or _OPENS_QUALIFIER.match(rest)
                    or rest.startswith(("and ", "as well"))
                ):
                    return table[bare[:cut]][0], cut
        return None, 0

    def _role(self, bare: str) -> tuple[str, int] | None:
        """`chair of the Commission on …` → the body's code and the role."""
        for role, suffix in _ROLES:
            if not bare.startswith(f"{role} of "):
                continue
            at = len(role) + 4
            rest = bare[at:]
            article = 4 if rest.startswith("the ") else 0
            code, width = self._longest(rest[article:])
            if code is None:
                m = _SHORT.match(rest[article:])
                code, width = (self._short.get(m[1]) or None, m.end()) if m else (None, 0)
            if code is None:
                continue
            if code in ("UN_ENTITIES", "UN-SECRETARIAT") or (role, code) == (
                "secretary-general",
                "UN",
            ):
                continue
            return f"{code}-{suffix}", at + article + width
        return None
