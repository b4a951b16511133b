"""How pages arrange sources and frameworks."""

import pytest

from stocktake.web.parts import Link
from stocktake.web.structure import sourced, structure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Own table", "Own table"),
        (
            "ITU Matrix (2015), https://www.itu.int/sdg/",
            Link("ITU Matrix (2015)", "https://www.itu.int/sdg/"),
        ),
        (
            "Journal (https://example.org/articles/1957): chair",
            Link("Journal: chair", "https://example.org/articles/1957"),
        ),
        ("https://example.org/a.", Link("https://example.org/a", "https://example.org/a")),
    ],
)
def test_source_with_an_address_becomes_a_link(text: str, value: object) -> None:
    assert sourced(text) == value


def test_frameworks_of_the_first_process_come_first(db: None) -> None:
    known = structure()

    assert [each.public_id for each in known.frameworks] == [
        "wsis-al",
        "wsis-targets",
        "sdg",
        "mdg",
    ]
    assert known.main is not None
    assert known.main.public_id == "wsis-al"
    assert [each.public_id for each in known.of_process()] == ["wsis-al", "wsis-targets"]
