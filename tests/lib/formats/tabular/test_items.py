"""Several values in one cell: readable, and whole when they are read again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.formats.tabular import (
    cut_text,
    join_items,
    labelled,
    link_item,
    split_label,
    split_link,
    split_list,
)

_ITEMS = st.text(alphabet='ab;؛；"[] ,\n').map(lambda text: " ".join(text.split())).filter(bool)


def test_split_list_any_semicolon_divides_and_repetition_goes() -> None:
    assert split_list(" C1; C2 ؛ C3；C1\nC4;;") == ["C1", "C2", "C3", "C4"]


@pytest.mark.parametrize(
    ("written", "items"),
    [
        ('"a; b"; c', ["a; b", "c"]),
        ('"say ""yes"""', ['say "yes"']),
        ('"Alfa" Society; b', ['"Alfa" Society', "b"]),
        ('never "closed; b', ['never "closed', "b"]),
        ('"never closed; b', ['"never closed', "b"]),
    ],
)
def test_split_list_quotation_marks_hold_an_item_together(written: str, items: list[str]) -> None:
    assert split_list(written) == items


@given(st.lists(_ITEMS, unique=True))
def test_join_items_come_back_as_they_were(items: list[str]) -> None:
    assert split_list(join_items(items)) == items


@pytest.mark.parametrize("text", ['"' * 100_001, '";' * 50_000, '"""x;' * 20_000, '"x;' * 33_000])
def test_split_list_hostile_text_is_answered_at_once(text: str) -> None:
    started = time.process_time()

    split_list(text)

    assert time.process_time() - started < 0.5


def test_labelled_name_and_marks_come_back() -> None:
    assert labelled("Kenya", "404", "40%") == "Kenya [404, 40%]"
    assert split_label("Kenya [404, 40%]") == ("Kenya", ("404", "40%"))
    assert split_label(labelled("Fund [North]", "O-1")) == ("Fund [North]", ("O-1",))
    assert split_label("Kenya") == ("Kenya", ())
    assert split_label(labelled("", "404", "")) == ("", ("404",))


@pytest.mark.parametrize(
    "link",
    [
        ("https://example.org/", "report", "Final report"),
        ("https://example.org/a;b", "", "[Draft] “x”; y"),
        ("https://example.org/", "homepage", ""),
        ("https://example.org/", "", "Title"),
        ("https://example.org/", "", ""),
    ],
)
def test_link_item_comes_back(link: tuple[str, str, str]) -> None:
    [item] = split_list(join_items([link_item(*link)]))

    assert split_link(item) == link


def test_cut_text_is_what_a_cell_of_a_workbook_holds() -> None:
    assert cut_text("a\r\nb\rc") == "a\nb\nc"
    assert len(cut_text("x" * 40_000)) == 32_767
