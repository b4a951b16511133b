"""Texts of an IATI activity as texts of the register, each in a language."""

from collections.abc import Iterable, Mapping

from stocktake.exchange.texts import text_of
from stocktake.lib.formats.iati.model import Activity, Result
from stocktake.lib.multilingual import Text


def description_of(activity: Activity) -> Text:
    """Join the descriptions (general, objectives, target groups, other) language by language."""
    return _joined([described.texts for described in activity.descriptions])


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
                language: f"{title}: {actual}{when}" for language, title in indicator.titles.items()
            }


def _joined(parts: Iterable[Mapping[str, str]]) -> Text:
    paragraphs: dict[str, list[str]] = {}
    for part in parts:
        for language, text in part.items():
            known = paragraphs.setdefault(language, [])
            if text not in known:
                known.append(text)
    return text_of({language: "\n\n".join(known) for language, known in paragraphs.items()})
