"""Days of partial dates: `2005`, `2005-11` and `2005-11-16` all name a first and a last day."""

import re
from calendar import monthrange
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def days_of(partial: str) -> tuple[date, date] | None:
    """Return the first and last day of a partial date, None when it is none."""
    match = _PARTIAL.fullmatch(partial.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if day is not None:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
