"""The periods of what recurs: due_k = first due + k × interval."""

from dataclasses import dataclass
from datetime import date

from stocktake.lib.periods._durations import Duration

MOST_PERIODS = 200
"""No more periods are listed at once; a daily duty over decades is a mistake."""


@dataclass(frozen=True, slots=True)
class Period:
    """One period: what it is called, the first day it covers, the last day by which it is due."""

    name: str
    starts_on: date
    due_on: date


def periods(first_due: date, interval: Duration, *, until: date) -> list[Period]:
    """List the periods whose due dates follow each other, up to the one that is current on a day.

    The last one is the first that is due on `until` or later; each starts where the one before is
    due. A period is called by the year it is due in, by its month where the interval is shorter
    than a year, by its day where it counts days. At most `MOST_PERIODS` are given, the first ones.
    """
    found: list[Period] = []
    start = interval.after(first_due, -1)
    for count in range(MOST_PERIODS):
        due = interval.after(first_due, count)
        found.append(Period(_name(due, interval), start, due))
        if due >= until:
            break
        start = due
    return found


def _name(due: date, interval: Duration) -> str:
    if interval.days:
        return due.isoformat()
    return f"{due.year:04}" if interval.months % 12 == 0 else f"{due.year:04}-{due.month:02}"
