"""Texts of an IATI activity as texts of the register, each in a language."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from stocktake.lib.formats.iati.model import Activity, Result
from stocktake.lib.multilingual import Text

_SCRIPTS = {"ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh", "HEBREW": "he", "GREEK": "el"}


def text_of(narratives: Mapping[str, str]) -> Text:
    """Make a text of narratives; the first one is the original."""
    values: dict[str, str] = {}
    for language, text in narratives.items():
        values.setdefault(language or _assumed_language(text), text)
    return Text(next(iter(values)), values) if values else Text()


@lru_cache(maxsize=1000)
def _assumed_language(text: str) -> str:
    """Take the language of a text that names none from its script; English otherwise."""
    for letter in text[:200]:
        if letter.isalpha() and not letter.isascii():
            script = unicodedata.name(letter, "").split(" ")[0]
            if script in _SCRIPTS:
                return _SCRIPTS[script]
    return "en"


def description_of(activity: Activity) -> Text:
    """Join the descriptions (general, objectives, target groups, other) language by language."""
    return _joined(text for described in activity.descriptions for text in [described.texts])


def results_of(activity: Activity) -> Text:
    """Write the results as paragraphs: title, description, and what indicators have reached."""
    return _joined(
        part for result in activity.results for part in (result.titles, *_details(result))
    )


def _details(result: Result) -> Iterable[Mapping[str, str]]:
    yield result.descriptions
    for indicator in result.indicators:
        reached = [period for period in indicator.periods if period[3]]
        if reached:
            start, end, _target, actual = reached[-1]
            day = end or start
            when = f" ({day.isoformat()})" if day else ""
            yield {
                language: f"{title}: {actual}{when}"
                for language, title in indicator.titles.items()
            }


def _joined(parts: Iterable[Mapping[str, str]]) -> Text:
    paragraphs: dict[str, list[str]] = {}
    for part in parts:
        for language, text in part.items():
            known = paragraphs.setdefault(language, [])
            if text not in known:
                known.append(text)
    return text_of({language: "\n\n".join(known) for language, known in paragraphs.items()})
