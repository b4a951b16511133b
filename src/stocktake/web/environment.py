"""The Jinja2 environment of the pages: what every template can call."""

from datetime import date, datetime, time
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment
from markupsafe import Markup, escape

from stocktake.lib.multilingual import Text, direction, join_list

_NUMBERS = {"ar": "ar_EG@numbers=latn"}


def environment(**options: Any) -> Environment:
    """Make the environment: autoescaping, translations with named placeholders, formats."""
    made = Environment(  # noqa: S701  Django passes autoescape=True among the options
        **{**options, "trim_blocks": True, "lstrip_blocks": True},
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
        page_direction_of=direction,
        join=join,
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
    return Locale.parse(page_language())


def number(value: Any) -> str:
    """Write a number as the page's language does."""
    if value is None:
        return "–"
    return format_decimal(value, locale=locale(), numbering_system="latn")


def formatted_date(value: Any, precision: str = "day") -> str:
    """Write a date, or a partial one (`2007`, `2007-10`), as the page's language does."""
    if not value:
        return ""
    if isinstance(value, str):
        precision = {4: "year", 7: "month"}.get(len(value), precision)
        value = date.fromisoformat((value + "-01-01")[:10])
    if precision == "year":
        return str(value.year)
    if precision == "month":
        return str(format_skeleton("yMMMM", _as_datetime(value), locale=locale()))
    style = "medium" if page_language() in ("en", "es", "fr") else "long"
    if page_language() == "en":
        return str(format_date(value, "d MMMM y", locale=locale()))
    return str(format_date(value, style, locale=locale()))


def run(text: Text | None) -> Markup:
    """Write a text in the page's language, or in another with its language marked."""
    if not text:
        return Markup("")
    chosen = text.best(page_language())
    if not chosen.is_fallback:
        return escape(chosen.text)
    return Markup('<span lang="{}" dir="{}">{}</span>').format(
        chosen.language, chosen.direction, chosen.text
    )


def join(items: list[str]) -> str:
    """Join items into a list with the page's word for "and"."""
    return join_list(items, page_language())


def _as_datetime(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())
