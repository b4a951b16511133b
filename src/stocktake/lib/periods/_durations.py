"""Durations of ISO 8601 in whole years, months, weeks and days, and adding them to dates."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(
    r"P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?", re.ASCII
)


class DurationError(ValueError):
    """What is written is no duration of at least a day."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: `months` (a year is twelve) and `days` (a week is seven)."""

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, written: str) -> "Duration":
        """Read a duration such as `P1Y`, `P6M`, `P2W` or `P1Y6M`.

        Raises:
            DurationError: it is none, has parts of a day, or is no time at all.
        """
        match = _WRITTEN.fullmatch(written)
        years, months, weeks, days = (
            (int(part or 0) for part in match.groups()) if match else [0] * 4
        )
        duration = cls(12 * years + months, 7 * weeks + days)
        if not duration.months and not duration.days:
            raise DurationError(f"{written!r} is no duration such as P1Y, P6M or P2W.")
        return duration

    def after(self, start: date, times: int = 1) -> date:
        """Give `start + times × duration`.

        Months are counted from the start itself, so that a 31st comes back after a short month; a
        day that a month lacks is the last one of it.

        Raises:
            OverflowError: the day is beyond the calendar.
        """
        years, month = divmod(start.month - 1 + self.months * times, 12)
        year = start.year + years
        if not date.min.year <= year <= date.max.year:
            raise OverflowError(f"The year {year} is beyond the calendar.")
        day = min(start.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + timedelta(days=self.days * times)
