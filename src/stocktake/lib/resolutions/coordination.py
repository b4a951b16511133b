"""Which verbs of a paragraph are operative: the opening one and those joined to it."""

import bisect
import re

from stocktake.lib.resolutions.verbs import (
    Found,
    Style,
    adverb_pattern,
    finder,
    make_found,
    verbs_in,
)
from stocktake.lib.resolutions.wording import words

_SENTENCE_END = re.compile(r"[.;!?][”\"’')]*\s+(?:and\s+)?$")
_ADVERBIALS = (
    "in this regard", "in that regard", "in this context", "in that context", "in this respect",
    "in that respect", "to this end", "to that end", "in this connection", "in that connection",
    "at the same time", "for this purpose", "in doing so", "inter alia",
)  # fmt: skip
_CONNECTORS = {
    "en": (("and", "or", "but"), (",", ";")),
    "fr": (("et", "ou", "mais"), (",", ";")),
    "es": (("y", "e", "o"), (",", ";")),
    "ru": (("и", "а", "но"), (",", ";")),
    "ar": ((), ("،", "؛")),
    "zh": ((), ("，", "；")),
}
_RELATIVE = re.compile(
    r"\b(?:which|who|that|where)\s+(?:also |further |strongly )?(\w+)", re.IGNORECASE
)
_AMBIGUOUS = frozenset(
    words(
        "request call for note stress support appeal demand regret thank mandate consider "
        "approve establish direct"
    )
) | {"call for"}
_OBJECT = re.compile(
    r"\s*+(?:[*_]\s*+)?(?:the|that|with|all|its|also|further|to|upon|on|any|each|this|these|those|in|"
    r"their|once|again|an?|him|her|them|other|of|Member|States|Governments|for|[A-Z][\w’-]+|efforts)\b"
)
_COMMAND = re.compile(
    r"\s++(?:the|all|each|its|any|him|her|them|those|Member|States|Governments|[A-Z][\w’-]++)\b"
    r"[^,;.:]{0,90}? to [a-z]"
)
"""What follows `requests` where it is a verb: somebody who is to do something."""
_ASIDE = re.compile(r", in (?:this|that) (?:regard|context|respect|connection), ")
"""`and stresses, in this regard, the need`: no noun goes on like this."""
_NEAR = 40
_BASE_FREE = frozenset(
    words(
        "recognize acknowledge reaffirm reiterate recall welcome note urge invite request "
        "commit stress underline underscore"
    )
)


def operative_verbs(text: str, opening: Found, language: str) -> list[Found]:
    """Return the opening verb and all finite verbs coordinated with it, in order."""
    found = [opening]
    quotes, relatives = _quotes(text), _relatives(text, language)
    for m in verbs_in(text, opening.closed, language):
        start = _opened(text, m.start(), language)
        if start is None or _is_quoted(quotes, m.start()):
            continue
        each = make_found(text, m, language, start)
        if each.style != opening.style and language == "en":
            continue
        if language != "en" or _joined(text, each, found[-1], opening.style, relatives):
            found.append(each)
    return found


def _opened(text: str, at: int, language: str) -> int | None:
    """Walk back over adverbs to the connector; None when there is none."""
    if language == "ar" and text[at - 1 : at] == "و":
        return at
    start = at
    adverbs = adverb_pattern(language)
    for _ in range(5):
        before = text[max(0, start - 40) : start].rstrip(" *_,")
        lowered = before.lower()
        phrase = next((p for p in _ADVERBIALS if lowered.endswith(p)), None)
        if phrase is None:
            word = lowered.rpartition(" ")[2]
            m = adverbs.fullmatch(word) if word else None
            phrase = word if m else None
        if phrase is None:
            break
        start = text.rfind(before[-len(phrase) :], 0, start)
    before = text[max(0, start - 12) : start]
    words, signs = _CONNECTORS.get(language, _CONNECTORS["en"])
    bare = before.rstrip(" *_\n")
    if bare.endswith(signs) or _SENTENCE_END.search(before):
        return start
    if language == "zh":
        return start if bare.endswith(("，并", "；并", "，又", "，还", "，并且")) else None
    last = bare.rpartition(" ")[2].lower()
    return start if last in words else None


def _quotes(text: str) -> list[tuple[int, int]]:
    """Where quotations begin and end; one that never ends is none."""
    spans: list[tuple[int, int]] = []
    for opened, closed in (("“", "”"), ("«", "»")):
        at = text.find(opened)
        while at >= 0:
            end = text.find(closed, at)
            if end < 0:
                break
            spans.append((at, end))
            at = text.find(opened, end)
    return sorted(spans)


def _is_quoted(quotes: list[tuple[int, int]], at: int) -> bool:
    before = bisect.bisect_left(quotes, (at,))
    return before > 0 and at < quotes[before - 1][1]


def _joined(text: str, each: Found, last: Found, style: Style, relatives: list[int]) -> bool:
    before = text[max(last.closed, each.opened - _NEAR) : each.opened].rstrip(" *_")
    comma = before.endswith((",", ";", ", and", "; and", ", but"))
    own = bool(text[each.opened : each.start].strip(" *_,"))
    after = text[each.end : each.end + _NEAR]
    if style == "base":
        return _joined_base(text, each, comma, own)
    commands = bool(_COMMAND.match(text, each.end) or _ASIDE.match(text, each.end))
    if each.verb.lemma in _AMBIGUOUS and not own and not commands and not _OBJECT.match(after):
        return False
    if not own and not (comma and commands) and _in_relative(relatives, last, each):
        return False
    listed = last.opened > 0 and bool(_OBJECT.match(after))
    return comma or own or listed or commands or each.verb.lemma not in _AMBIGUOUS


def _joined_base(text: str, each: Found, comma: bool, own: bool) -> bool:
    """Base forms look like infinitives: they need “we”, an adverb, or a verb of no other use."""
    lead = text[each.opened : each.start].lower()
    sentence = bool(_SENTENCE_END.search(text[max(0, each.opened - 8) : each.opened]))
    if "we " in f"{lead} " or sentence:
        return True
    if own:
        return comma or "therefore" in lead or "furthermore" in lead or "further" in lead
    plain = each.verb.lemma in _BASE_FREE or " " in each.verb.lemma
    return comma and plain and bool(_OBJECT.match(text[each.end : each.end + _NEAR]))


def _relatives(text: str, language: str) -> list[int]:
    """Where `which recognizes …` begins: a verb joined there belongs to the relative clause."""
    pattern = finder(language)
    return [m.start() for m in _RELATIVE.finditer(text) if pattern.match(text, m.start(1))]


def _in_relative(relatives: list[int], last: Found, each: Found) -> bool:
    """True where a relative clause begins between the two verbs."""
    at = bisect.bisect_left(relatives, last.closed)
    return at < len(relatives) and relatives[at] < each.opened
