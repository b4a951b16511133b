"""Plausible dates between 2003 and 2026, of three precisions."""

from calendar import monthrange
from collections.abc import Callable

FIRST_YEAR, LAST_YEAR = 2003, 2026
_MONTHS = (LAST_YEAR - FIRST_YEAR + 1) * 12
_NOW = _MONTHS - 3
"""The month, counted from January 2003, up to which things have already happened."""


def draw_dates(status: str, bits: Callable[[int], int]) -> tuple[str, str, str]:
    """Draw partial start and end dates and the whole date of the last confirmation.

    Planned activities begin and open ones end, if at all, after October 2026; the end of an open
    activity is left empty.
    """
    length = 6 + bits(10) % 54
    if status == "planned":
        return _partial(_NOW + bits(8) % (_MONTHS - _NOW), bits), "", ""
    if status == "ongoing":
        start = _NOW - 1 - bits(10) % 150
        return _partial(start, bits), "", _confirmed(start, _NOW - 1, bits)
    start = bits(12) % (_NOW - 60)
    end = start + length
    day = bits(8)
    return _partial(start, bits, day), _partial(end, bits, day), _confirmed(start, end, bits)


def last_day(partial: str) -> str:
    """Give the last day that a partial date can mean, as a whole date."""
    if len(partial) == 4:
        return f"{partial}-12-31"
    if len(partial) == 7:
        return f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]:02d}"
    return partial


def first_day(partial: str) -> str:
    """Give the first day that a partial date can mean, as a whole date."""
    return partial + {4: "-01-01", 7: "-01"}.get(len(partial), "")


def _partial(month: int, bits: Callable[[int], int], precision: int = -1) -> str:
    """Write a month counted from January 2003 to the day, the month or the year."""
    year, rest = FIRST_YEAR + month // 12, month % 12 + 1
    drawn = bits(8) if precision < 0 else precision
    if drawn < 40:
        return str(year)
    if drawn < 110:
        return f"{year}-{rest:02d}"
    return f"{year}-{rest:02d}-{1 + bits(8) % 28:02d}"


def _confirmed(start: int, end: int, bits: Callable[[int], int]) -> str:
    if bits(1):
        return ""
    month = start + bits(12) % (end - start + 1)
    return f"{FIRST_YEAR + month // 12}-{month % 12 + 1:02d}-{1 + bits(8) % 28:02d}"
