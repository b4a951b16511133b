"""Doing something once."""

import pytest

from stocktake.kernel.common.actors import System
from stocktake.kernel.common.idempotency import once


def test_second_request_is_given_what_the_first_gave(db: None) -> None:
    done: list[int] = []

    def do() -> str:
        done.append(1)
        return f"/done/{len(done)}/"

    results = [once(System("test"), "k1", do) for _time in range(3)]

    assert results == ["/done/1/"] * 3
    assert done == [1]


def test_keys_of_different_actors_and_different_keys_are_apart(db: None) -> None:
    results = [
        once(System("one"), "k1", lambda: "a"),
        once(System("two"), "k1", lambda: "b"),
        once(System("one"), "k2", lambda: "c"),
    ]

    assert results == ["a", "b", "c"]


def test_key_is_free_again_when_nothing_was_done(db: None) -> None:
    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once(System("test"), "k1", fail)

    assert once(System("test"), "k1", lambda: "done") == "done"
