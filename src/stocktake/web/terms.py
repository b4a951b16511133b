"""Partial dates (`2007`, `2007-10`, `2007-10-29`) as periods of a page."""

from datetime import date

from stocktake.web.parts import Period

_PRECISIONS = {4: "year", 7: "month", 10: "day"}


def period_of(start: str, end: str, *, is_open: bool = False) -> Period | None:
    """Give the period between two partial dates; nothing when both are unknown."""
    if not start and not end:
        return None
    return Period(
        start=_first_day(start),
        end=_first_day(end),
        start_precision=_PRECISIONS.get(len(start), "day"),
        end_precision=_PRECISIONS.get(len(end), "day"),
        is_open=is_open and not end,
    )


def _first_day(partial: str) -> date | None:
    return date.fromisoformat((partial + "-01-01")[:10]) if partial else None
