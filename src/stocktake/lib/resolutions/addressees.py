"""Who is asked: words for an addressee → a code, what is left of them → a qualifier."""

import re
from dataclasses import dataclass
from functools import cache

from stocktake.lib.resolutions.groups import group_of
from stocktake.lib.resolutions.organs import rows

_LEADS = (
    "all other ",
    "all the ",
    "all those ",
    "those ",
    "these ",
    "their ",
    "each ",
    "the ",
    "all ",
    "its ",
)
_JOINT = re.compile(r",? (?:and|or|as well as)(?:, (?:as|where) \w+,)? |, ")
_CIRCUMSTANCE = re.compile(
    r"(?:the )?(?:in|with|within|as|through|by|at|on|for|under|taking|upon|where|when|if|while|"
    r"acting|including|inter|of|to|subject|pursuant|that|which|who|whose|especially|particularly|having|"
    r"bearing|based|once|from|until|before|after|during|without|using|subsidiary)\b"
)
_GOVERNED = re.compile(r" (?:by|for|to|from|between|among|in|with|that)\b")
_REACH, _WINDOW, _MOST = 200, 400, 60
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
_SHORT = re.compile(
    r"(?:the )?(governing council|commission|council|assembly|committee|forum|group|union|office|"
    r"high commissioner)"
)
_ROLE_OF = re.compile(
    r"(?:executive director|executive secretary|director-general|administrator) of (?:the )?"
)
_HEADS = {
    ("WHA", "director-general"): "WHO-DG",
    ("WHO-EB", "director-general"): "WHO-DG",
    ("WHO-RC", "director-general"): "WHO-DG",
    ("UNEA", "executive director"): "UNEP-ED",
}
"""Who is meant by the bare name of an office, by the organ that speaks."""
_OPENS_QUALIFIER = re.compile(
    r"(?:that|which|who|still|in|of|on|with|within|from|members|parties|party|signatories|concerned|involved|for|as|at|having|"
    r"including|to|not|whose|working|engaged|dealing|participating|responsible|able|wishing)\b"
)
_RESTRICTS = re.compile(
    r",? (?:that|which|who|inter alia|including|in particular|especially|particularly|as well as|"
    r"and|the)\b"
)


_FURTHER = re.compile(r", (?:and|as well as) ")
_FULL = 160


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
    kinds = ("body", "entity", "person")
    names = [alias for alias, (_, kind) in _table().items() if kind in kinds]
    joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)


class Bodies:
    """Resolves names of bodies, short ones (“the Commission”) by what the text calls in full."""

    def __init__(self, source: str, organ: str | None) -> None:
        self.organ = organ
        self._short: dict[str, str] = {}
        flat = " ".join(source[:200_000].lower().split())
        for word in (
            *("commission", "council", "committee", "forum", "group", "union", "office"),
            "high commissioner",
            "governing council",
        ):
            self._short[word] = self._longest_called(flat, word)
        if organ == "UN-HRC":
            self._short["high commissioner"] = "OHCHR"
        self._bare = self._bare_offices(flat)
        self._short["assembly"] = "UN-GA"
        if organ in ("UN-ECOSOC", "UN-SC", "UN-HRC", "ITU-COUNCIL"):
            self._short["council"] = organ

    def _bare_offices(self, flat: str) -> dict[str, str]:
        """What “the Executive Director” means: the only one that the text names in full."""
        told: dict[str, set[str]] = {}
        for m in _ROLE_OF.finditer(flat):
            role = self._role(flat[m.start() : m.start() + _FULL])
            if role is not None:
                told.setdefault(m.group().partition(" of ")[0], set()).add(role[0])
        found = {office: next(iter(codes)) for office, codes in told.items() if len(codes) == 1}
        own = {office: code for (organ, office), code in _HEADS.items() if organ == self.organ}
        return found | own

    @staticmethod
    def _longest_called(flat: str, word: str) -> str:
        """The body of the table with the word in its name that the text names most often."""
        best, most, first = "", 0, 0
        for alias, (code, kind) in _table().items():
            before, has, _ = alias.partition(word)
            if kind in ("body", "entity") and has and " of the " not in before:
                count = flat.count(alias)
                at = flat.find(alias) if count and count >= most else 0
                if count > most or (count and count == most and at < first):
                    best, most, first = code, count, at
        others = sum(flat.count(f"{word} {joint} ") for joint in ("on", "for"))
        return best if 2 * most >= others else ""

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
        """Split the words between verb and task into addressees; unknown ones have no code."""
        text = " ".join(words.split()).strip(" ,")
        made: list[Addressee] = []
        while text and len(made) < _MOST:
            code, width = self._match(text)
            if code is None:
                known = self._next_known(text)
                made.append(Addressee(None, text[: known.start()] if known else text, None))
                text = text[known.end() :] if known else ""
                continue
            raw, rest = text[:width], text[width:]
            joint = _JOINT.match(rest)
            following = rest[joint.end() :] if joint else ""
            if following and (self._match(following)[0] or self._next_known(following)):
                made.append(Addressee(code, raw, None))
                text = following
                continue
            further = self._further(rest)
            if further is not None:
                made.append(Addressee(code, raw, rest[: further.start()].strip(" ,") or None))
                text = rest[further.end() :]
                continue
            # after a comma only a restriction belongs to the addressee, no circumstance of the task
            kept = not rest.startswith(",") or _RESTRICTS.match(rest)
            told = rest.strip(" ,") if kept else ""
            made.append(Addressee(code, raw, told or self._narrowing(code, raw)))
            break
        return made

    @staticmethod
    def _narrowing(code: str, raw: str) -> str | None:
        """What stands before `States` and is no part of a name: `troop-contributing countries`."""
        if code != "ALL_STATES":
            return None
        words = raw.lower().split()
        names = (" ".join(words[at:]) for at in range(len(words)))
        known = next((len(name.split()) for name in names if name in _table()), len(words))
        before = [
            w for w in words[: len(words) - known] if w not in ("all", "the", "other", "those")
        ]
        return " ".join(before) or None

    def _next_known(self, text: str) -> "re.Match[str] | None":
        """The joint in a list behind which a known addressee stands, past one that is not."""
        if _CIRCUMSTANCE.match(text):
            return None
        for m in _JOINT.finditer(text, 0, _REACH):
            if _CIRCUMSTANCE.match(text, m.end()) or _GOVERNED.search(text, 0, m.start()):
                return None
            if self._match(text[m.end() :])[0] is not None:
                return m
        return None

    def _further(self, rest: str) -> "re.Match[str] | None":
        """Where a further addressee begins behind `, including …,`: at `, and` and a known name."""
        if not rest.startswith((", including", ", inter alia", ", in particular")):
            return None
        for m in _FURTHER.finditer(rest):
            if self._match(rest[m.end() :])[0] is not None:
                return m
        return None

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
        bare = text[:_WINDOW].lower().replace("'", "’")
        skip = next((len(lead) for lead in _LEADS if bare.startswith(lead)), 0)
        bare = bare[skip:]
        of_itu = self.organ is not None and self.organ.startswith("ITU")
        if of_itu and bare.startswith("secretary-general"):
            return "ITU-SG", skip + len("secretary-general")
        role = self._role(bare) or self._bare_office(bare)
        code, width = role if role is not None else self._longest(bare)
        if code is None:
            m = _SHORT.match(bare)
            if m and (len(bare) == m.end() or bare[m.end()] in " ,"):
                code, width = self._short.get(m[1]) or None, m.end()
        group = group_of(bare) if role is None else None
        if group is not None and (code is None or group[1] > width):
            code, width = group
        return code, skip + width

    def _bare_office(self, bare: str) -> tuple[str, int] | None:
        """`executive director` alone, where the text or its organ tells whose."""
        for office, code in self._bare.items():
            rest = bare[len(office) : len(office) + 1]
            if bare.startswith(office) and (not rest or rest in " ,;"):
                return code, len(office)
        return None

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
