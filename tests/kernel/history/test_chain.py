"""The arithmetic of the log, by properties and by one entry worked out by hand."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from stocktake.kernel.history import chain

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(values, values)
def test_digests_of_one_salt_are_equal_only_for_equal_values(one: object, other: object) -> None:
    salt = chain.new_salts(1)[0]

    same = chain.field_digest(salt, "f", None, one) == chain.field_digest(salt, "f", None, other)

    assert same == (chain.canonical(one) == chain.canonical(other))


def test_salts_of_many_fields_differ() -> None:
    salts = chain.new_salts(1000)

    assert len(set(salts)) == 1000
    assert {len(salt) for salt in salts} == {16}


def test_entry_hash_is_sha256_of_the_canonical_list() -> None:
    told = [7, "2010-07-19T00:00:00.000000+00:00", "user:U-1", "", "create", "activity", "A-1"]
    by_hand = json.dumps(
        [*told, {"a": "x", "b": "y"}, "00"], separators=(",", ":"), ensure_ascii=False
    )

    found = chain.entry_hash(
        number=7,
        at="2010-07-19T00:00:00.000000+00:00",
        actor_key="user:U-1",
        on_behalf_of="",
        verb="create",
        kind="activity",
        object_id="A-1",
        digests={"b": "y", "a": "x"},
        previous_hash="00",
    )

    assert found == hashlib.sha256(by_hand.encode()).hexdigest()
