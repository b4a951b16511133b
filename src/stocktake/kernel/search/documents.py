"""From a record to what the index stores of it: plain values first, so that they can travel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import tantivy

from stocktake.kernel.search.declarations import Declaration, Document, TextRun, Weight
from stocktake.kernel.search.schema import TEXT_FIELDS, WORDS, facet_field, title_field
from stocktake.lib.compactjson import to_json
from stocktake.lib.multilingual import LANGUAGES, sort_key
from stocktake.lib.textsearch import index_terms, words_for_prefix
from stocktake.lib.textsearch.queries import VARIANT

GAP = "|"  # stands between two texts of a field, so that no phrase reaches from one to the other
LAST_DAY = 99_999_999
_LONGEST_SORTED_TITLE = 60
_LONGEST_CODE = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """One record as fields of the index, free of the engine and the database."""

    key: str
    kind: str
    texts: Mapping[str, tuple[str, ...]]
    integers: Mapping[str, int]
    stored: bytes


def key_of(kind: str, public_id: str) -> str:
    """Return the key by which a record is replaced and removed."""
    return f"{kind}:{public_id}"


def prepare(declaration: Declaration, document: Document) -> Prepared:
    """Analyse one record.

    Raises:
        ValueError: the document has a facet that is not declared.
    """
    texts = _texts(document)
    texts[WORDS] = (" ".join(_suggested_words(document.titles.values())),)
    _expect_declared(declaration, document.facets)
    for name, codes in document.facets.items():
        texts[facet_field(name)] = facet_codes(codes)
    for language in LANGUAGES:
        texts[title_field(language)] = (title_sort_key(document, language),)
    stored = {"kind": declaration.kind, "id": document.id, "original": document.original}
    stored["titles"] = dict(document.titles)  # type: ignore[assignment]
    return Prepared(
        key_of(declaration.kind, document.id),
        declaration.kind,
        texts,
        integers_of(document),
        to_json(stored).encode(),
    )


def _expect_declared(declaration: Declaration, names: Iterable[str]) -> None:
    """Refuse facets that are not declared.

    Raises:
        ValueError: names one.
    """
    known = {facet.name for facet in declaration.facets}
    for name in names:
        if name not in known:
            raise ValueError(f"The facet {name!r} of {declaration.kind!r} is not declared.")


def engine_document(prepared: Prepared) -> tantivy.Document:
    """Make the engine's document."""
    document = tantivy.Document()
    document.add_text("key", prepared.key)
    document.add_text("kind", prepared.kind)
    for name, values in prepared.texts.items():
        for value in values:
            if value:
                document.add_text(name, value)
    for name, number in prepared.integers.items():
        document.add_integer(name, number)
    document.add_bytes("stored", prepared.stored)
    return document


def all_runs(document: Document) -> list[TextRun]:
    """Return the titles and the other texts of a document."""
    titles = [TextRun(Weight.TITLE, *item) for item in document.titles.items()]
    return [run for run in (*titles, *document.texts) if run.text]


def facet_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes as they are counted: each once, none empty."""
    return tuple(dict.fromkeys(str(code)[:_LONGEST_CODE] for code in codes if code))


def title_in(titles: Mapping[str, str], original: str, language: str) -> tuple[str, str]:
    """Choose the title a reader of a language sees; (text, its language)."""
    for tag in (language, original, "en"):
        if titles.get(tag):
            return titles[tag], tag
    return next(((text, tag) for tag, text in titles.items() if text), ("", language))


def title_sort_key(document: Document, language: str) -> str:
    """Return what the order by title compares."""
    title, _ = title_in(document.titles, document.original, language)
    return sort_key(title[:_LONGEST_SORTED_TITLE], language)


def integers_of(document: Document) -> dict[str, int]:
    """Return dates as numbers; a record without a date comes last in both orders."""
    found = {
        "newest": _day(document.sort_date) if document.sort_date else 0,
        "oldest": _day(document.sort_date) if document.sort_date else LAST_DAY,
        "updated": _microseconds(document.updated_at) if document.updated_at else 0,
    }
    if document.period:
        found["starts"], found["ends"] = map(_day, document.period)
    return found


def day_number(day: date) -> int:
    """Return a day as the number YYYYMMDD."""
    return _day(day)


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


def _texts(document: Document) -> dict[str, tuple[str, ...]]:
    fields: dict[str, list[str]] = {}
    for run in all_runs(document):
        analysed = _analysed_name if run.weight is Weight.NAMES else _analysed
        terms = analysed(run.text, run.language)
        if terms:
            fields.setdefault(TEXT_FIELDS[run.weight], []).append(terms)
    return {name: (" ".join(parts),) for name, parts in fields.items()}


def _analysed(text: str, language: str) -> str:
    """Return the terms of a text as the field holds them."""
    terms = index_terms(text, language)
    if not terms.primary:
        return ""
    marked = [VARIANT + each for each in terms.variants]
    return " ".join((*terms.primary, GAP, *marked, GAP) if marked else (*terms.primary, GAP))


# Names of organizations, countries and elements come again and again.
_analysed_name = lru_cache(maxsize=16_384)(_analysed)


def _suggested_words(titles: Iterable[str]) -> list[str]:
    words: dict[str, None] = {}
    for title in titles:
        words.update(dict.fromkeys(words_for_prefix(title)))
    return list(words)
