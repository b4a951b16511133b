"""Counts as charts: which years are drawn."""

from stocktake.web.figures import years_between


def test_years_without_a_count_between_others_are_drawn_as_empty() -> None:
    assert years_between({"2007": 3, "2005": 1, "": 4}) == [("2005", 1), ("2006", 0), ("2007", 3)]


def test_years_that_no_activity_can_name_do_not_stretch_the_drawing() -> None:
    assert years_between({"0001": 1, "2007": 3, "9999": 1}) == [("2007", 3)]
