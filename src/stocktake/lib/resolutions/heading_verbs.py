"""Verbs that stand alone on their line above what they govern, as ITU prints them."""

import re
from dataclasses import dataclass

from stocktake.lib.resolutions.verbs import Found, opening_verb

_PARTICIPLES = re.compile(
    r"(?:(?:also|further|in addition|fully|strongly) )?(?:considering|recalling|recognizing|"
    r"noting|bearing in mind|emphasizing|stressing|taking into account|taking note|conscious|"
    r"aware|mindful|convinced|concerned|having considered|having examined|reaffirming|welcoming|"
    r"acknowledging|underlining|realizing|appreciating|believing|observing|affirming|desiring|"
    r"having regard|in view|referring to|guided|alarmed|highlighting|endorsing|confirming)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HeadingVerb:
    """A heading such as `instructs the Secretary-General`; `rest` is what follows the verb."""

    text: str
    operative: bool
    found: Found | None
    rest: str


def verb_heading(words: str, language: str) -> HeadingVerb | None:
    """Return the verb of a heading's words, None when they are no verb and its object."""
    text = words.strip("*_ ").rstrip(":, ")
    if not text or not text[0].islower() or text[-1] in ".;":
        return None
    if _PARTICIPLES.match(text):
        return HeadingVerb(text, False, None, "") if len(text) < 100 else None
    found = opening_verb(text, language)
    if found is None or found.style != "third":
        return None
    if language != "en" and len(text) > 120:
        return None
    return HeadingVerb(text, True, found, text[found.closed :].strip())
