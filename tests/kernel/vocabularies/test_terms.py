"""Terms between partial dates."""

from datetime import date

import pytest

from stocktake.kernel.vocabularies.terms import first_day, is_in_term, last_day


@pytest.mark.parametrize(
    ("partial", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12-13", date(2024, 12, 13), date(2024, 12, 13)),
    ],
)
def test_partial_date_gives_first_and_last_day(partial: str, first: date, last: date) -> None:
    assert (first_day(partial), last_day(partial)) == (first, last)


@pytest.mark.parametrize(
    ("on", "starts", "ends", "expected"),
    [
        (date(1970, 12, 31), "1971", "", False),
        (date(1971, 1, 1), "1971", "", True),
        (date(1994, 12, 31), "1971", "1994-12", True),
        (date(1995, 1, 1), "1971", "1994-12", False),
        (date(2024, 12, 12), "1982", "2024-12-13", True),
        (date(2024, 12, 13), "1982", "2024-12-13", False),
        (date(1800, 1, 1), "", "", True),
    ],
)
def test_is_in_term_counts_days_by_what_is_known(
    on: date, starts: str, ends: str, expected: bool
) -> None:
    assert is_in_term(on, starts=starts, ends=ends) is expected
