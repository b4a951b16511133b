"""Nothing lost: every character of a source is in exactly one piece, and its words in one place."""

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stocktake.lib.resolutions import Collection, parse, parse_every
from tests.lib.resolutions.gold import DATA
from tests.lib.resolutions.placing import misplaced, unplaced
from tests.lib.resolutions.texts import FULL

OWN = [FULL, *(path.read_text(encoding="utf-8") for path in sorted(DATA.glob("*/*.txt")))]


@functools.cache
def _real(folder: Path, other: Path) -> list[str]:
    paths = [*sorted(folder.glob("0*.txt")), *sorted((other / "un-documents").glob("*.txt"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def assert_lossless(text: str) -> None:
    """Assert that every character of a file is in one place of one of its texts."""
    parsed = parse_every(text)
    parts = parsed.resolutions if isinstance(parsed, Collection) else (parsed,)
    front = parsed.front if isinstance(parsed, Collection) else ""

    assert front + "".join(part.source for part in parts) == text
    assert [unplaced(part) for part in parts] == [[]] * len(parts)
    assert [misplaced(part) for part in parts] == [{}] * len(parts)


@pytest.mark.parametrize("text", OWN)
def test_parse_of_our_texts_places_every_character_once(text: str) -> None:
    assert_lossless(text)


def test_parse_of_real_texts_places_every_character_once(
    shared_seeds: Path, shared_data: Path
) -> None:
    texts = _real(shared_seeds, shared_data)

    assert len(texts) == 9
    for text in texts:
        assert_lossless(text)


@st.composite
def _cuts(draw: st.DrawFn, texts: list[str]) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(texts))
        start = draw(st.integers(0, len(text) - 1))
        parts.append(text[start : start + draw(st.integers(1, 2500))])
    return draw(st.sampled_from(["", " ", "\n", "\n\n", "\n\f"])).join(parts)


@settings(max_examples=60, deadline=None)
@given(text=_cuts(OWN))
def test_parse_of_random_cuts_and_joins_loses_nothing(text: str) -> None:
    if text.strip():
        assert_lossless(text)


def test_parse_of_random_cuts_of_real_texts_loses_nothing(
    shared_seeds: Path, shared_data: Path
) -> None:
    @settings(max_examples=60, deadline=None)
    @given(text=_cuts(_real(shared_seeds, shared_data)))
    def hold(text: str) -> None:
        if text.strip():
            assert_lossless(text)

    hold()


_HARD = st.text(
    alphabet=st.sampled_from("Aa1. \n\t\f*_¹²(),;:/-–•ivx“”\u00ad대请，。عو1"), min_size=1
)


@settings(max_examples=100, deadline=None)
@given(text=_HARD)
def test_parse_of_any_characters_loses_nothing(text: str) -> None:
    if text.strip():
        parsed = parse(text)
        assert unplaced(parsed) == []
