"""Intervals, the periods they make, and the days of sessions."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.periods import (
    MOST_PERIODS,
    Duration,
    DurationError,
    Period,
    periods,
    session_days,
)


@pytest.mark.parametrize(
    ("written", "months", "days"),
    [("P1Y", 12, 0), ("P6M", 6, 0), ("P2W", 0, 14), ("P1Y2M3D", 14, 3), ("P10D", 0, 10)],
)
def test_parse_whole_durations_are_read(written: str, months: int, days: int) -> None:
    assert Duration.parse(written) == Duration(months, days)


@pytest.mark.parametrize(
    "written", ["", "P", "1Y", "P0Y", "PT5H", "P1.5Y", "P-1Y", "yearly", "P1Y "]
)
def test_parse_what_is_no_duration_is_refused(written: str) -> None:
    with pytest.raises(DurationError):
        Duration.parse(written)


def test_after_counts_months_from_the_start_itself() -> None:
    month = Duration.parse("P1M")

    days = [month.after(date(2011, 1, 31), times) for times in (1, 2, 3)]

    assert days == [date(2011, 2, 28), date(2011, 3, 31), date(2011, 4, 30)]
    assert Duration.parse("P1Y").after(date(2012, 2, 29), 4) == date(2016, 2, 29)
    assert Duration.parse("P1Y").after(date(2011, 5, 1), -1) == date(2010, 5, 1)
    with pytest.raises(OverflowError):
        Duration.parse("P9999Y").after(date(2011, 5, 1))


def test_periods_end_with_the_current_one() -> None:
    found = periods(date(2011, 5, 27), Duration.parse("P1Y"), until=date(2013, 5, 27))

    assert found == [
        Period("2011", date(2010, 5, 27), date(2011, 5, 27)),
        Period("2012", date(2011, 5, 27), date(2012, 5, 27)),
        Period("2013", date(2012, 5, 27), date(2013, 5, 27)),
    ]


def test_periods_are_called_by_what_tells_them_apart() -> None:
    half = periods(date(2011, 5, 1), Duration.parse("P6M"), until=date(2011, 6, 1))
    weeks = periods(date(2011, 5, 1), Duration.parse("P2W"), until=date(2011, 5, 10))

    assert [each.name for each in half] == ["2011-05", "2011-11"]
    assert [each.name for each in weeks] == ["2011-05-01", "2011-05-15"]


@given(
    first=st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    interval=st.one_of(
        st.integers(1, 60).map(lambda months: Duration(months=months)),
        st.integers(1, 400).map(lambda days: Duration(days=days)),
    ),
    until=st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)
def test_periods_follow_each_other_without_gap_or_second_name(
    first: date, interval: Duration, until: date
) -> None:
    found = periods(first, interval, until=until)

    assert len({each.name for each in found}) == len(found) <= MOST_PERIODS
    assert all(later.starts_on == earlier.due_on for earlier, later in pairwise(found))
    assert all(each.due_on < until for each in found[:-1])
    assert found[-1].due_on >= until or len(found) == MOST_PERIODS


def test_session_days_only_what_a_source_gives() -> None:
    assert session_days("A/66") == session_days("GA/66") == (date(2011, 9, 1), date(2011, 9, 30))
    assert session_days("CSTD/14") == (date(2011, 5, 22), date(2011, 5, 27))
    assert [session_days(code) for code in ("CSTD/15", "E/2011", "A/0", "A/RES/66", "")] == [
        None
    ] * 5
