"""The Jinja2 environment of the pages: what every template can call."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment, FileSystemBytecodeCache
from markupsafe import Markup, escape

from stocktake.lib.multilingual import (
    OWN_NAMES,
    Precision,
    Run,
    Text,
    direction,
    join_list,
    write_date,
    write_partial_date,
)

_LONGEST_WHOLE = 20
_COMMAS = {"ar": "، ", "zh": "、"}


def environment(**options: Any) -> Environment:
    """Make the environment: autoescaping, translations with named placeholders, formats."""
    compiled = settings.STOCKTAKE_CACHE_DIR / "templates"
    compiled.mkdir(parents=True, exist_ok=True)
    made = Environment(  # noqa: S701  Django passes autoescape=True among the options
        **{**options, "trim_blocks": True, "lstrip_blocks": True},
        bytecode_cache=FileSystemBytecodeCache(str(compiled)),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext
    )
    made.globals.update(
        url=url,
        static=static,
        number=number,
        date=formatted_date,
        run=run,
        plain=plain,
        page_direction_of=direction,
        join=join,
        comma=comma,
        code=code,
        english=english,
        fallback_mark=fallback_mark,
    )
    return made


def page_language() -> str:
    """Give the language of the page being made."""
    return (get_language() or "en").split("-")[0]


def url(name: str, **arguments: Any) -> str:
    """Give the address of a named page."""
    return reverse(name, kwargs=arguments)


def locale() -> Locale:
    """Give the locale of the page, with Latin digits in every language."""
    return _locale(page_language())


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language)


def number(value: Any) -> str:
    """Write a number as the page's language does."""
    if value is None:
        return "–"
    return _number(value, page_language())


@lru_cache(maxsize=4096)
def _number(value: Any, language: str) -> str:
    return format_decimal(value, locale=_locale(language), numbering_system="latn")  # type: ignore[call-arg]  # the stubs are older


def formatted_date(value: date | str | None, precision: Precision = "day") -> str:
    """Write a date, or a partial one (`2007`, `2007-10`), as the page's language does."""
    if not value:
        return ""
    if isinstance(value, str):
        return write_partial_date(value, page_language())
    return write_date(value, page_language(), precision)


def plain(label: Text | str) -> str:
    """Give a label without marks of language, as the title of a page needs it."""
    return label if isinstance(label, str) else label.best(page_language()).text


def run(text: Text | None) -> Markup:
    """Write a text in the page's language, or in another with its language marked."""
    if not text:
        return Markup("")
    chosen = text.best(page_language())
    return in_its_language(chosen, escape(chosen.text))


def in_its_language(chosen: Run, body: Markup) -> Markup:
    """Mark what a run shows with its language and direction, where it is not the page's."""
    if not chosen.is_fallback:
        return body
    return Markup('<span lang="{0}" dir="{1}">{2}</span>{3}').format(
        chosen.language, chosen.direction, body, fallback_mark(chosen.language)
    )


def fallback_mark(language: str) -> Markup:
    """Name the language that a text is shown in, when it is not the page's."""
    name = OWN_NAMES.get(language, language)
    return Markup(' <span class="fallback" lang="{0}" dir="{1}">{2}</span>').format(
        language, direction(language), name
    )


def code(text: str, *, breaks: bool = False) -> Markup:
    """Write a code or identifier, which reads from the left in every language.

    One of usual length stays on one line.

    Args:
        breaks: a narrow column may break the line after a dot.
    """
    if not text:
        return Markup("")
    body = Markup(".<wbr>").join(text.split(".")) if breaks else text
    if breaks or len(text) > _LONGEST_WHOLE:
        return Markup('<bdi dir="ltr">{}</bdi>').format(body)
    return Markup('<bdi class="whole" dir="ltr">{}</bdi>').format(body)


def english(text: str) -> Markup | str:
    """Mark a sentence of our data files, which are written in English, with its language."""
    if not text or page_language() == "en":
        return text
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


def comma() -> str:
    """Give the comma between the items of a list, as the page's language writes it."""
    return _COMMAS.get(page_language(), ", ")


def listed(items: Iterable[str]) -> Markup:
    """Set items in one line with the commas of the page's language."""
    return escape(comma()).join(items)


def join(items: list[str]) -> str:
    """Join items into a list with the page's word for "and"."""
    return join_list(items, page_language())
