"""Operative verbs of the six languages: found at a place of a text, with lemma and force."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from stocktake.lib.resolutions.organs import rows

Style = Literal["third", "base"]
ADVERBS: dict[str, tuple[str, ...]] = {
    "en": (
        "also", "further", "furthermore", "once again", "again", "strongly", "especially",
        "particularly", "likewise", "equally", "in particular", "specifically", "solemnly",
        "earnestly", "firmly", "deeply", "gravely", "urgently", "warmly", "highly", "fully",
        "moreover", "additionally", "in addition", "categorically", "unequivocally", "sincerely",
        "actively", "therefore", "accordingly", "consequently", "hereby", "formally", "greatly",
        "respectfully",
    ),
    "fr": ("également", "en outre", "aussi", "de nouveau", "vivement", "instamment", "fermement"),
    "es": ("también", "además", "asimismo", "nuevamente", "encarecidamente", "enérgicamente"),
    "ru": ("также", "далее", "вновь", "решительно", "особо", "с удовлетворением",
           "с признательностью", "с обеспокоенностью", "с интересом"),
    "ar": ("أيضا", "أيضاً", "كذلك", "مرة أخرى", "بقوة", "بقلق", "بارتياح"),
    "zh": ("又", "还", "再次", "进一步", "强烈", "赞赏地", "关切地", "满意地", "特别", "表示"),
}  # fmt: skip
_NOT_MODIFIERS = frozenset(("therefore", "accordingly", "consequently", "hereby"))
_WITH = re.compile(
    r"with (?:(?:deep|deepest|great|grave|serious|profound|particular|utmost|keen|much|strong) )?"
    r"(?:concern|satisfaction|dissatisfaction|appreciation|interest|regret|alarm|gratitude|"
    r"approval|pleasure|disappointment|dismay|respect|indignation)\b"
    r"|in the strongest (?:possible )?terms\b"
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SPACES = r"[ \t\r\n]+"


@dataclass(frozen=True, slots=True)
class Verb:
    """An entry of the table: `certain` is False where the force was not confirmed by a reader."""

    language: str
    lemma: str
    force: int
    certain: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A verb in a text: from `start` to `end`, modifiers before and after it already taken off.

    `opened` is where the modifiers before the verb begin, `closed` where those after it end.
    """

    verb: Verb
    start: int
    end: int
    opened: int
    closed: int
    surface: str
    modifiers: tuple[str, ...]
    style: Style


@cache
def _table(language: str) -> tuple[dict[str, Verb], dict[str, str]]:
    """Forms of a language: form → verb, form → style; base forms yield to third forms."""
    verbs: dict[str, Verb] = {}
    styles: dict[str, str] = {}
    for row in rows("verbs.csv"):
        if row["language"] != language:
            continue
        verb = Verb(language, row["lemma"], int(row["force"]), row["certain"] == "yes")
        for style in ("base", "third"):
            for form in filter(None, row[style].split("|")):
                verbs[form] = verb
                styles[form] = style
    return verbs, styles


@cache
def finder(language: str) -> re.Pattern[str]:
    """One pattern for all forms of a language, longest first; each form a group of its own."""
    forms = sorted(_table(language)[0], key=lambda form: (-len(form.split()), -len(form)))
    joined = "|".join(_pattern(form, language) for form in forms)
    if language == "zh":
        return re.compile("|".join(_by_first(forms)))
    before = r"(?:(?<!\w)|(?<=\bو))" if language == "ar" else r"(?<![\w’'-])"
    return re.compile(rf"{before}(?:{joined})(?![\w’'-])", re.IGNORECASE)


def _by_first(forms: list[str]) -> list[str]:
    """Chinese forms with their first character set apart: it is looked at once for all."""
    grouped: dict[str, list[str]] = {}
    for form in forms:
        grouped.setdefault(form[0], []).append(_pattern(form[1:], "zh"))
    return [
        re.escape(first) + (f"(?:{'|'.join(rests)})" if rests != [""] else "")
        for first, rests in sorted(grouped.items(), key=lambda group: group[1] != [""])
    ]


def _pattern(form: str, language: str) -> str:
    if language == "zh":
        return re.escape(form).replace(r"\~", "~").replace("~", "[^，。；]{0,4}?")
    words = [
        rf"(?:[\w’'-]+{_SPACES}){{0,4}}?"
        if word == "~"
        else re.escape(word).replace("'", "['’]") + "\x00"
        for word in form.split()
    ]
    pattern = "".join(words).rstrip("\x00")
    return pattern.replace("\x00", _SPACES)


@cache
def _first_words(language: str) -> frozenset[str]:
    """The first words of all forms, small, with a capital, and with either apostrophe."""
    found: set[str] = set()
    for form in _table(language)[0]:
        first = form.split()[0]
        for word in (first, first.replace("'", "’")):
            found.update((word, word.capitalize(), word.upper()))
    return frozenset(found)


def capital_words(language: str) -> frozenset[str]:
    """The first words of verbs of the third person, with a capital."""
    table, styles = _table(language)
    return frozenset(form.split()[0].capitalize() for form in table if styles[form] == "third")


def verbs_in(text: str, start: int, language: str) -> Iterator[re.Match[str]]:
    """Yield the forms of verbs from an offset on, as `finder` would; by words, which is faster."""
    pattern = finder(language)
    if language == "zh":
        yield from pattern.finditer(text, start)
        return
    firsts = _first_words(language)
    at = start
    for word in _WORD.finditer(text, start):
        first, begins = word.group(), word.start()
        if language == "ar" and first not in firsts and first[0] == "و":
            first, begins = first[1:], begins + 1  # “and” is written as one word with the verb
        if first in firsts and begins >= at:
            m = pattern.match(text, begins)
            if m is not None:
                yield m
                at = m.end()


@cache
def _entry_cached(form: str, language: str) -> tuple[Verb, str] | None:
    verbs, styles = _table(language)
    if form in verbs:
        return verbs[form], styles[form]
    words = form.split()
    for known, verb in verbs.items():
        if "~" not in known:
            continue
        if language == "zh":
            first, _, last = known.partition("~")
            if form.startswith(first) and form.endswith(last):
                return verb, styles[known]
            continue
        parts = known.split()
        gap = parts.index("~")
        head, tail = parts[:gap], parts[gap + 1 :]
        if words[: len(head)] == head and words[len(words) - len(tail) :] == tail:
            return verb, styles[known]
    return None


def _entry(form: str, language: str) -> tuple[Verb, str]:
    plain = " ".join(form.lower().replace("’", "'").split())
    entry = _entry_cached(plain, language)
    if entry is None:  # pragma: no cover - the pattern finds only forms of the table
        raise KeyError(plain)
    return entry


def verb_at(text: str, at: int, language: str, *, opened: int | None = None) -> Found | None:
    """Return the verb that begins exactly at an offset, with its modifiers."""
    m = finder(language).match(text, at)
    return None if m is None else make_found(text, m, language, at if opened is None else opened)


def make_found(text: str, m: re.Match[str], language: str, opened: int) -> Found:
    """Dress a match of `finder` with its entry and its modifiers."""
    verb, style = _entry(m.group(), language)
    modifiers = _adverbs_in(text[opened : m.start()], language)
    modifiers += _inner_modifiers(m.group(), verb, language)
    after, closed = _following(text, m.end(), language)
    modifiers += after
    return Found(
        verb,
        m.start(),
        m.end(),
        opened,
        closed,
        " ".join(m.group().split()),
        tuple(modifiers),
        "third" if style == "third" else "base",
    )


def opening_verb(text: str, language: str) -> Found | None:
    """Return the verb a paragraph opens with, adverbs (and in English “We”) before it allowed."""
    at = len(text) - len(text.lstrip("*_ "))
    if language == "zh":
        m = finder(language).search(text, at, at + 8)
        return None if m is None else make_found(text, m, language, at)
    for _ in range(5):
        found = verb_at(text, at, language, opened=len(text) - len(text.lstrip("*_ ")))
        if found is not None:
            return found
        step = _adverb_at(text, at, language)
        if step == at:
            return None
        at = step
    return None


@cache
def adverb_pattern(language: str) -> re.Pattern[str]:
    """All adverbs of a language that may stand beside an operative verb."""
    words = sorted(ADVERBS.get(language, ()), key=len, reverse=True)
    joined = "|".join(re.escape(word).replace(r"\ ", _SPACES) for word in words)
    if language == "zh":
        return re.compile(f"(?:{joined})")
    extra = "|we" if language == "en" else ""
    before = "" if language == "ar" else r"(?<!\w)(?=\w)"
    return re.compile(rf"{before}(?:{joined}{extra})(?![\w-])[ \t\r\n,]*+", re.IGNORECASE)


def _adverb_at(text: str, at: int, language: str) -> int:
    m = adverb_pattern(language).match(text, at)
    return m.end() if m else at


def _adverbs_in(text: str, language: str) -> list[str]:
    found = adverb_pattern(language).findall(text)
    words = [" ".join(word.strip(" ,\r\n\t").lower().split()) for word in found]
    return [word for word in words if word not in _NOT_MODIFIERS and word != "we"]


def _inner_modifiers(surface: str, verb: Verb, language: str) -> list[str]:
    """Words between the parts of a verb that say how: `expresses its grave concern` → grave."""
    if language != "en" or " " not in surface:
        return []
    words = surface.lower().split()
    fixed = set(verb.lemma.split())
    return [
        word
        for word in words[1:]
        if word not in fixed
        and word
        not in (
            "nonetheless",
            "nevertheless",
            "however",
            "its",
            "their",
            "our",
            "the",
            "a",
            "upon",
            "to",
        )
    ]


def _following(text: str, at: int, language: str) -> tuple[list[str], int]:
    """Modifiers right after the verb: `takes note also`, `notes with concern`."""
    found: list[str] = []
    while at < len(text):
        start = at
        while start < len(text) and text[start] in " *_\r\n\t":
            start += 1
        m = adverb_pattern(language).match(text, start) if language != "zh" else None
        if m is None and language == "en":
            m = _WITH.match(text, start)
        if m is None or m.group().strip().lower() in ("we", "in particular", "therefore"):
            break
        found.append(" ".join(m.group().strip(" ,\r\n\t").lower().split()))
        at = m.start() + len(m.group().rstrip())
    return found, at
