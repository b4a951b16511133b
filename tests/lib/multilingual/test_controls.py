"""Characters that turn the direction of a text: which go and which stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.multilingual import Text, without_turns


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Wells \u202egnp.exe", "Wells gnp.exe"),
        ("\u202aa\u202b\u202cb\u202d", "ab"),
        ("\u2066ITU\u2069 \u2067نص\u2069", "\u2066ITU\u2069 \u2067نص\u2069"),
        ("\u2068a \u2066b\u2069 c\u2069", "\u2068a \u2066b\u2069 c\u2069"),
        ("a\u2067b", "ab"),
        ("a\u2069b", "ab"),
        ("a\u2067b\nc\u2069d", "ab\ncd"),
        ("می\u200cخواهم \u200e\u200f\u061c\u200d", "می\u200cخواهم \u200e\u200f\u061c\u200d"),
    ],
)
def test_turns_are_taken_out_and_what_languages_need_stays(given_text: str, kept: str) -> None:
    assert without_turns(given_text) == kept


def test_text_holds_no_turns_wherever_it_comes_from() -> None:
    told = {"original": "en", "values": {"en": "Wells \u202e", "ar": "\u202e\u202c", "fr": "Puits"}}

    assert Text.from_json(told).to_json() == {
        "original": "en",
        "values": {"en": "Wells ", "fr": "Puits"},
    }


@given(st.text(alphabet="a \n\u0627\u200f\u202a\u202c\u202e\u2066\u2067\u2068\u2069"))
def test_turns_taken_out_twice_changes_nothing_more(text: str) -> None:
    once = without_turns(text)

    assert without_turns(once) == once
    assert not set(once) & set("\u202a\u202c\u202e")
    assert all(
        line.count("\u2069") == sum(line.count(c) for c in "\u2066\u2067\u2068")
        for line in once.split("\n")
    )
