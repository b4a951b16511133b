"""Organs by their opening formula in six languages, and the language and script of a text."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from stocktake.lib.resolutions.wording import words

_ENGLISH = re.compile(
    r"The [A-Z][\w\s’'–,()-]{0,110}?(?:Assembly|Council|Conference|Commission|Committee|Board|"
    r"Congress|Parties|Union|Forum|Authority|Group)\b[^.;:]{0,90},?"
)
_MAX = 200


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ: its code, name in a language, and how its resolutions are numbered."""

    code: str
    language: str
    formula: str
    name: str
    symbol: str


def rows(name: str) -> list[dict[str, str]]:
    """Read one of the package's own tables."""
    text = resources.files(__package__).joinpath("words", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def organs() -> tuple[Organ, ...]:
    """All organs of the table, longest formula first."""
    made = [Organ(**row) for row in rows("organs.csv")]
    return tuple(sorted(made, key=lambda organ: -len(organ.formula)))


@cache
def _by_first() -> dict[str, tuple[Organ, ...]]:
    grouped: dict[str, list[Organ]] = {}
    for organ in organs():
        grouped.setdefault(organ.formula[:2].lower(), []).append(organ)
    return {first: tuple(many) for first, many in grouped.items()}


def formula_organ(text: str) -> Organ | None:
    """Return the organ when the line is an opening formula such as “The General Assembly,”."""
    if len(text) > _MAX:
        return None
    plain = text.strip("*_ ").replace("’", "'")
    lowered = plain.lower()
    for organ in _by_first().get(lowered[:2], ()):
        if lowered.startswith(organ.formula.lower()):
            rest = plain[len(organ.formula) :].strip("*_ ")
            if rest in ("", ",", "،", "，", ":") or (rest[:1] in ",(" and rest[-1:] in ",،，"):
                return organ
    return None


def generic_formula(text: str) -> str | None:
    """Return the name in a formula of an organ that is not in the table, English only."""
    plain = text.strip("*_ ")
    if len(plain) > _MAX or not plain.startswith("The ") or not plain.endswith(","):
        return None
    if not _ENGLISH.fullmatch(plain) or plain.count(",") > 3:
        return None
    return plain[4:].rstrip(",")


_SMALL_WORDS = {
    "en": frozenset(words("the and of to in for that on with its")),
    "fr": frozenset(words("le la les des et du que pour dans aux une")),
    "es": frozenset(words("el la los las y del que para en por una")),
}


def language_of(text: str) -> str:
    """Tell which of the six languages a text is in, by its script and its small words."""
    sample = text[:20000]
    arabic = sum("\u0600" <= c <= "\u06ff" for c in sample)
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in sample)
    russian = sum("\u0400" <= c <= "\u04ff" for c in sample)
    latin = sum(c.isascii() and c.isalpha() for c in sample)
    # A Chinese character says as much as a short word of letters.
    scripts = {"ar": arabic, "zh": chinese * 3, "ru": russian}
    language, count = max(scripts.items(), key=lambda item: item[1])
    if count > latin:
        return language
    words = [word.strip(".,;:()").lower() for word in sample.split()]
    counts = {code: sum(w in small for w in words) for code, small in _SMALL_WORDS.items()}
    best = max(counts.items(), key=lambda item: item[1])
    return best[0] if best[1] else "en"
