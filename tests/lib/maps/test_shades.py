"""Shades: classes for counts and their legend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.maps import Shades, Step, thresholds


def test_step_of_count_at_bounds_starts_new_class() -> None:
    shades = Shades((1, 5, 15, 40, 80))

    steps = [shades.step_of(count) for count in (0, 1, 4, 5, 14, 15, 39, 40, 79, 80, 900)]

    assert steps == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_step_of_with_fewer_classes_spreads_to_the_darkest() -> None:
    assert [Shades((1, 10)).step_of(count) for count in (0, 1, 10)] == [0, 1, 5]
    assert [Shades((1, 2, 3)).step_of(count) for count in (0, 1, 2, 3)] == [0, 1, 3, 5]
    assert [Shades((1,)).step_of(count) for count in (0, 7)] == [0, 3]


def test_legend_names_bounds_in_given_words() -> None:
    legend = Shades((1, 2, 5)).legend(
        none="None", or_more="%(count)s or more", number=lambda value: f"<{value}>"
    )

    assert legend == (Step(0, "None"), Step(1, "<1>"), Step(3, "<2>–<4>"), Step(5, "<5> or more"))


@pytest.mark.parametrize("starts", [(), (2, 5), (1, 1), (1, 9, 4), (1, 2, 3, 4, 5, 6)])
def test_shades_with_wrong_bounds_are_refused(starts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        Shades(starts)


def test_thresholds_of_spread_counts_are_fifths_rounded_down() -> None:
    assert thresholds(range(1, 101)) == Shades((1, 20, 40, 60, 80))
    assert thresholds([3, 9, 27, 81, 243, 729]) == Shades((1, 5, 20, 200, 600))


def test_thresholds_of_no_counts_keep_one_class() -> None:
    assert thresholds([]) == Shades((1,))
    assert thresholds([0, 0]) == Shades((1,))


@given(st.lists(st.integers(min_value=0, max_value=10**7), max_size=300))
def test_thresholds_of_any_counts_shade_more_no_lighter(counts: list[int]) -> None:
    shades = thresholds(counts)

    steps = [shades.step_of(count) for count in sorted(counts)]

    assert steps == sorted(steps)
    assert all(
        (step == 0) == (count == 0) for step, count in zip(steps, sorted(counts), strict=True)
    )
