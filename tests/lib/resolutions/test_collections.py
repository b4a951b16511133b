"""Files of several resolutions: each found, nothing lost between them, one chosen by symbol."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stocktake.lib.resolutions import (
    Collection,
    Resolution,
    UnreadableTextError,
    collection_to_akn,
    parse,
    parse_every,
    split,
    to_csv,
    to_json,
    to_markdown,
)
from tests.lib.resolutions.placing import bare
from tests.lib.resolutions.shape import faults
from tests.lib.resolutions.test_lossless import assert_lossless
from tests.lib.resolutions.test_plain_values import SCHEMA
from tests.lib.resolutions.texts import FULL, resolution

LAMPS = resolution("Notes oil;", "Invites all States to lend oil.")
WICKS = resolution("Requests the Secretary-General to count wicks.").replace("2049/1", "2049/2")
ITU = (
    "RESOLUTION 901 (REV. HARBOUR, 2050)\n\nLamp oil\n\nThe Plenipotentiary Conference of the "
    "International Telecommunication Union (Harbour, 2050),\n\nresolves\n\n1 to light lamps;\n"
)
HEALTH = "WHA58.99 Lamps and health\n\nThe Fifty-eighth World Health Assembly,\n\n1. NOTES oil.\n"
COVER = "Resolutions of 2049\n\nContents\n\n2049/1. Care of lamps 3\n\n\f"
PARTS = {"lamps": LAMPS, "full": FULL, "wicks": WICKS, "itu": ITU, "health": HEALTH}


def _collection(text: str) -> Collection:
    parsed = parse_every(text)
    assert isinstance(parsed, Collection)
    return parsed


def test_parse_every_of_several_resolutions_gives_each_as_it_is_alone() -> None:
    parts = [LAMPS, FULL, WICKS, ITU, HEALTH]

    parsed = _collection(COVER + "\f".join(parts))

    assert parsed.front == COVER
    alone = [to_json(parse(part + "\f")) for part in parts[:-1]] + [to_json(parse(HEALTH))]
    assert [to_json(each) for each in parsed.resolutions] == alone
    assert [each.identity.symbol for each in parsed.resolutions] == [
        "E/RES/2049/1", "A/RES/70/999", "E/RES/2049/2", None, "WHA58.99",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        LAMPS,
        FULL,
        # parts A and B of one resolution, each with its own formula
        FULL.replace("Keeping lamps", "B\n\nThe General Assembly,\n\nRecalling oil,"),
        # the number once more, as a running head prints it
        LAMPS.replace("2. Invites", "\f2049/1\n\nThe Economic and Social Council,\n\n2. Invites"),
        "It was a dark night.\n\nThe General Assembly,\n\nThe General Assembly,\n",
    ],
)
def test_split_of_one_resolution_finds_no_second(text: str) -> None:
    assert len(split(text)) <= 1


@settings(max_examples=60, deadline=None)
@given(
    names=st.lists(st.sampled_from(sorted(PARTS)), min_size=1, max_size=5),
    joint=st.sampled_from(["", "\n", "\n\f", "\n\n3\n\n"]),
    cut=st.integers(0, 900),
)
def test_split_of_any_texts_one_after_the_other_loses_nothing(
    names: list[str], joint: str, cut: int
) -> None:
    text = joint.join(PARTS[name] for name in names)[cut:]

    stretches = split(text)

    ends = [0, *(each.end for each in stretches)]
    assert [each.start for each in stretches[1:]] == ends[1:-1]
    assert not stretches or ends[-1] == len(text)
    if text.strip():
        assert_lossless(text)


def test_parse_of_several_resolutions_asks_which_one() -> None:
    with pytest.raises(UnreadableTextError) as caught:
        parse(LAMPS + "\f" + WICKS)

    assert caught.value.problem.code == "text-several"
    assert caught.value.problem.message == (
        "The file holds 2 resolutions (E/RES/2049/1, E/RES/2049/2): name one of them by its symbol."
    )


def test_parse_of_several_resolutions_takes_the_one_that_is_named() -> None:
    parsed = parse(LAMPS + "\f" + WICKS, symbol="E/RES/2049/2")

    assert isinstance(parsed, Resolution)
    assert parsed.source == WICKS


def test_to_json_of_a_collection_has_the_shape_of_the_schema() -> None:
    plain = json.loads(json.dumps(to_json(_collection(LAMPS + "\f" + FULL))))

    assert plain["kind"] == "collection"
    assert list(faults(plain, SCHEMA, SCHEMA)) == []


def test_collection_as_table_and_as_markdown_names_every_text() -> None:
    parsed = _collection(LAMPS + "\f" + WICKS)

    rows = to_csv(parsed).splitlines()

    assert rows[0].startswith("document,path,section,verb")
    assert [row.split(",")[0] for row in rows[1:]] == ["E/RES/2049/1"] * 2 + ["E/RES/2049/2"]
    assert to_markdown(parsed).count("# Care of lamps") == 2


def test_collection_as_akoma_ntoso_comes_back_whole() -> None:
    parsed = _collection(COVER + LAMPS + "\f" + FULL)

    again = parse_every(collection_to_akn(parsed))

    assert isinstance(again, Collection)
    for one, other in zip(parsed.resolutions, again.resolutions, strict=True):
        assert isinstance(one, Resolution)
        assert isinstance(other, Resolution)
        assert [bare(op.text) for op in other.operative] == [bare(op.text) for op in one.operative]
        assert other.identity.symbol == one.identity.symbol
