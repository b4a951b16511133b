"""Joining items into one sentence part as a language does it."""

from collections.abc import Sequence

from babel.lists import format_list


def join_list(items: Sequence[str], language: str) -> str:
    """Join items with the commas and the word for "and" of the language (CLDR, through Babel)."""
    return format_list(list(items), locale=language.replace("-", "_")) if items else ""
