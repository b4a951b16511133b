"""Problems as values."""

from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.formats.problems import Problem, shortened


def test_problem_message_is_filled_and_json_plain() -> None:
    problem = Problem("date", "“%(value)s” is no date.", {"value": "soon"}, 7, "XM-1", "start")

    assert problem.to_json() == {
        "code": "date",
        "line": 7,
        "identifier": "XM-1",
        "field": "start",
        "message": "“soon” is no date.",
    }


def test_problem_without_values_may_hold_a_percent_sign() -> None:
    assert Problem("x", "Shares do not add up to 100%.").message == "Shares do not add up to 100%."


@given(st.text())
def test_shortened_any_text_fits_one_line(text: str) -> None:
    short = shortened(text)

    assert len(short) <= 80
    assert short.isprintable()
