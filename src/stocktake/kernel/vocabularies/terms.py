"""Terms between partial dates such as 1994, 1994-12 or 1994-12-19."""

import calendar
from datetime import date
from functools import lru_cache

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"

partial_date = RegexValidator(
    PARTIAL_DATE,
    _("A date is written as 2007, 2007-10 or 2007-10-29."),
)


@lru_cache(maxsize=4096)
def first_day(partial: str) -> date:
    """Give the first day that a partial date may mean."""
    year, month, day = _parts(partial)
    return date(year, month or 1, day or 1)


@lru_cache(maxsize=4096)
def last_day(partial: str) -> date:
    """Give the last day that a partial date may mean."""
    year, month, day = _parts(partial)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def is_in_term(on: date, *, starts: str, ends: str) -> bool:
    """Say whether a day lies in a term; an unknown end is open.

    The day of the end is no longer in the term; of a year or month that ends it, all days are.
    """
    if starts and on < first_day(starts):
        return False
    if not ends:
        return True
    return on < last_day(ends) if len(ends) == len("2007-10-29") else on <= last_day(ends)


def _parts(partial: str) -> tuple[int, int, int]:
    numbers = [int(part) for part in partial.split("-")]
    year, month, day = numbers + [0] * (3 - len(numbers))
    return year, month, day
