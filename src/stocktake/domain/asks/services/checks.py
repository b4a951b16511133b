"""Checks of one value each, shared by asks, periods, evidence and answers."""

import re
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.kernel.vocabularies.queries import known_codes
from stocktake.lib.multilingual import Text, TextError

MOST_TEXT = 50_000
_EARLIEST_ZONE = timedelta(hours=14)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def day_text(day: date | None) -> str | None:
    """Write a day as it is kept among the values."""
    return day.isoformat() if day else None


def as_day(value: Any) -> date | None:
    """Read a day from its value."""
    return date.fromisoformat(value) if isinstance(value, str) and value else value or None


def check_text(name: str, value: Any, *, is_needed: bool = False) -> list[str]:
    """Check a text in several languages."""
    try:
        text = Text.from_json(value)
    except (TextError, AttributeError) as error:
        return [str(error)]
    if is_needed and not text:
        return [_("A text is needed.")]
    if any(len(part) > MOST_TEXT for part in text.values.values()):
        return [_("The text is longer than %(limit)s characters.") % {"limit": MOST_TEXT}]
    if any(_CONTROL.search(part) for part in text.values.values()):
        return [_("The text holds control characters that cannot be shown.")]
    return []


def check_plain(value: Any, limit: int) -> list[str]:
    """Check a plain text of limited length."""
    if not isinstance(value, str) or len(value) > limit or _CONTROL.search(value):
        return [_("A text of at most %(limit)s characters is expected.") % {"limit": limit}]
    return []


def check_day(_name: str, value: Any) -> list[str]:
    """Check a whole day, as text or date; none is fine."""
    try:
        day = as_day(value)
        if day is None or (isinstance(day, date) and 1850 <= day.year <= 2200):
            return []
    except ValueError:
        pass
    return [_("%(date)s is no day such as 2007-10-29.") % {"date": str(value)[:40]}]


def latest_day() -> date:
    """Give the day that it is already somewhere on earth: no later one has come."""
    return (timezone.now() + _EARLIEST_ZONE).date()


def check_code(codelist: str, value: Any) -> list[str]:
    """Check one code of a list."""
    if isinstance(value, str) and value in known_codes(codelist):
        return []
    told = {"code": str(value)[:80], "list": codelist}
    return [_("%(code)s is not on the list %(list)s.") % told]
