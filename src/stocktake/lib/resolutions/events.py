"""Dated events that a report speaks of: name, days, place, figures. English only."""

import re
from dataclasses import dataclass

from stocktake.lib.resolutions.dates import iso, month
from stocktake.lib.resolutions.model import Event, Paragraph
from stocktake.lib.resolutions.wording import words

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_ACROSS = re.compile(rf"(\d{{1,2}}) ({_MONTH}) (?:to|[-–]) (\d{{1,2}}) ({_MONTH}) (\d{{4}})")
_BODY = re.compile(r"\b(?:[A-Z][\w’-]*+|sub-group|meeting)(?: [A-Z][\w’-]*+)*+")
_MEETS = re.compile(r" (?:met|meets|will meet)\b")
_MEET = re.compile(r"\bmeet\b")
_CHAIN = re.compile(
    r"\b[A-Z][\w’-]{0,40}+(?: (?:(?:of|on|for|and) (?:the )?)?[A-Z][\w’-]{0,40}+)*+"
)
_HELD = re.compile(r",? (?:(?:was|were|to be) )?held\b")
_DAYS = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:(?: ?[-–] ?| and | to | & )(\d{{1,2}}))? ({_MONTH}) (\d{{4}})"
)
_IN_MONTH = re.compile(rf"\bin ({_MONTH}) (\d{{4}})(?!\d)")
_NOUN = re.compile(
    r"\b(?:[Mm]eetings?|[Ss]ymposi(?:um|a)|Summit|Forum|[Cc]onference|[Cc]luster(?: of events)?|"
    r"[Cc]elebration|[Cc]onsultation|[Ww]orkshop|[Ss]ession|Day|[Ss]ub-group|Congress|[Ss]eminar)\b"
)
_HAPPENS = re.compile(
    r"\b(?:took place|take place|held|met|meet|convened|hold|organized|celebrat\w*|place)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at) ([A-Z][a-zé’-]+(?: (?:El-)?[A-Z][a-zé’-]+)*(?:, (?:the )?[A-Z][a-z]+"
    r"(?: [A-Z][a-z]+)*)?)"
)
_BESIDE = re.compile(r"(?:in|and|,) ([A-Z][a-z]+(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)*)?) \($")
_AFTER = re.compile(
    r"^,? (?:both )?(?:in )?([A-Z][a-z]+(?: [A-Z][a-z]+)?(?:, [A-Z][a-z]+)?)(?=[,.;)]|$)"
)
_NAME_WORD = re.compile(r"(?:[A-Z0-9][\w&’'/-]*|of|on|the|for|and|to|ad-hoc)$")
_FIGURE = re.compile(
    r"\b(\d{1,3}(?:,\d{3})+|\d{1,6}|[A-Z]?+[a-z]++(?:-[a-z]++)?+) (?:leading )?(?:ICT )?"
    r"(participants|countries|delegates|companies|Heads of State and Government|speakers|"
    r"representatives|organizations|sessions|Governments|stakeholders|entities|keepers|experts|people|"
    r"members)(?: in ([A-Z][a-z]+(?: [A-Z][a-z]+)?))?"
    r"(?=[\s,.;)]|$)"
)
_LEVEL = re.compile(r"\b(\d{1,4}) at the ([A-Z]?[a-z]+ level)")
_REPORT = re.compile(r"(?:Draft |Meeting ){0,3}+Report (?:of|on) ")
_SENTENCE = re.compile(
    r"\.(?=\s)(?<!\bMr\.)(?<!\bDr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\b[A-Z]\.)\s++(?=[A-Z])"
)
_NOT_PLACES = frozenset(("Action", "Line", "Council", "WSIS", "ITU", "May", "March", "Document"))
_SMALL = frozenset(("the", "on", "of", "for", "and", "to", "in"))
_BOTH = re.compile(r"\bboth in ([A-Z][a-z]+)")
_UNITS = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")


@dataclass(frozen=True, slots=True)
class _Days:
    start: int
    end: int
    first: str
    last: str


def read_events(paragraphs: tuple[Paragraph, ...]) -> tuple[Event, ...]:
    """Return the events in order; the same name, days and place once."""
    found: dict[tuple[str, str, str | None], Event] = {}
    for paragraph in paragraphs:
        texts = [paragraph.text, *(item.text for item in paragraph.items)]
        for text in texts:
            for event in _in_text(text, paragraph.number or ""):
                found.setdefault((event.start, event.end, event.place), event)
    return tuple(found.values())


def _in_text(text: str, number: str) -> list[Event]:
    made: list[Event] = []
    for sentence in _SENTENCE.split(text):
        if not (
            _NOUN.search(sentence)
            or _met(sentence, len(sentence))
            or _held(sentence, len(sentence))
        ):
            if made:
                made[-1] = _with_figures(made[-1], sentence)
            continue
        days = _days_in(sentence)
        names = [_name(sentence, each, days) for each in days]
        for each, name in zip(days, names, strict=True):
            if name is None:
                continue
            event = Event(name, each.first, each.last, _place(sentence, each), (), number)
            made.append(_with_figures(event, sentence))
    return made


def _days_in(sentence: str) -> list[_Days]:
    made = []
    taken: set[int] = set()
    for m in _ACROSS.finditer(sentence):
        first = iso(int(m[5]), month(m[2]), int(m[1]))
        last = iso(int(m[5]), month(m[4]), int(m[3]))
        if first and last and first <= last:
            made.append(_Days(m.start(), m.end(), first, last))
            taken.update(range(m.start(), m.end()))
    for m in _DAYS.finditer(sentence):
        if m.start() in taken:
            continue
        first = iso(int(m[4]), month(m[3]), int(m[1]))
        last = iso(int(m[4]), month(m[3]), int(m[2] or m[1]))
        if first and last and first <= last:
            made.append(_Days(m.start(), m.end(), first, last))
    for m in _IN_MONTH.finditer(sentence):
        if _HAPPENS.search(sentence[max(0, m.start() - 120) : m.end() + 20]):
            told = f"{m[2]}-{month(m[1]):02d}"
            made.append(_Days(m.start(), m.end(), told, told))
    return sorted(made, key=lambda each: each.start)


def _name(sentence: str, days: _Days, every: list[_Days]) -> str | None:
    """The words around the nearest noun of an event before the days."""
    nouns = list(_NOUN.finditer(sentence, 0, days.start))
    if not nouns:
        held = _held(sentence, days.start) or _met(sentence, days.start)
        return " ".join(held.split()) if held else None
    lead = sentence[max(0, days.start - 160) : days.end]
    bracketed = sentence[days.start - 1 : days.start] == "("
    if not bracketed and not _HAPPENS.search(lead) and " on " not in lead and " from " not in lead:
        return None
    noun = nouns[-1]
    start = noun.start()
    while start > max(0, noun.start() - 200):
        word = sentence[max(0, start - 60) : start].rstrip().rpartition(" ")[2]
        if (
            not word
            or not _NAME_WORD.match(word)
            or sentence[max(0, start - 60) : start].rstrip().endswith(",")
        ):
            break
        start = sentence.rfind(word, 0, start)
    end = _name_end(sentence, noun.end(), days.start)
    if bracketed and len(sentence[noun.end() : days.start].split()) <= 12:
        within = sentence.find(" in ", noun.end(), days.start)
        end = days.start - 1 if within < 0 else within
    name = " ".join(sentence[start:end].split())
    name = _REPORT.sub("", name)
    while name.partition(" ")[0].lower() in _SMALL:
        name = name.partition(" ")[2]
    return name or None


def _held(sentence: str, end: int) -> str | None:
    """The words in capitals right before `held` or `was held`."""
    for m in _CHAIN.finditer(sentence, 0, end):
        if _HELD.match(sentence, m.end(), end):
            return m.group()
    return None


def _met(sentence: str, end: int) -> str | None:
    """The body that `met`; “meeting” where only `meet` is said, or said before."""
    meet = _MEET.search(sentence, 0, end)
    for m in _BODY.finditer(sentence, 0, meet.start() if meet else end):
        if _MEETS.match(sentence, m.end(), end):
            return m.group().removeprefix("The ")
    return "meeting" if meet else None


def _name_end(sentence: str, at: int, limit: int) -> int:
    """Go on over `on WSIS Action Lines C2, C4 and C6`."""
    m = re.compile(
        r"(?: (?:on|of|for) (?:the )?[A-Z0-9][\w’-]*(?:(?:,| and)? [A-Z][\w’-]*)*)+"
        r"(?: (?:related )?events)?"
    ).match(sentence, at, limit)
    return m.end() if m else at


def _place(sentence: str, days: _Days) -> str | None:
    before, after = sentence[: days.start], sentence[days.end :]
    beside = _BESIDE.search(before)
    if beside:
        return beside[1]
    near = [m for m in _PLACE.finditer(before[-120:]) if m[1].split()[0] not in _NOT_PLACES]
    if near:
        return near[-1][1]
    m = _PLACE.search(after)
    if m and m.start() < 40 and m[1].split()[0] not in _NOT_PLACES and month(m[1].split()[0]) == 0:
        return m[1]
    both = _BOTH.search(after)
    if both:
        return both[1]
    m = _AFTER.match(after)
    return m[1] if m and sentence[days.start - 1 : days.start] == "(" else None


def _with_figures(event: Event, sentence: str) -> Event:
    told = dict(event.figures)
    for m in _FIGURE.finditer(sentence):
        count = _count(m[1])
        if count is not None:
            told.setdefault(f"{m[2]} in {m[3]}" if m[3] else m[2], count)
    for m in _LEVEL.finditer(sentence):
        told.setdefault(f"at the {m[2]}", int(m[1]))
    figures = tuple(told.items())
    return Event(event.name, event.start, event.end, event.place, figures, event.paragraph)


def _count(word: str) -> int | None:
    plain = word.lower().replace(",", "")
    if plain.isdigit():
        return int(plain)
    ten, _, unit = plain.partition("-")
    if ten in _TENS:
        return (_TENS.index(ten) + 2) * 10 + (_UNITS.index(unit) if unit in _UNITS else 0)
    return _UNITS.index(plain) if plain in _UNITS[1:] else None
