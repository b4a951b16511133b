"""JSON as the record keeps it: what is written reads back, and one value has one canonical form."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktake.lib.compactjson import from_json, to_canonical_json, to_json

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(values)
def test_value_written_reads_back_here_and_by_the_standard_library(value: object) -> None:
    assert from_json(to_json(value)) == json.loads(to_json(value)) == value


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 9), max_size=6))
def test_canonical_form_does_not_depend_on_the_order_of_names(value: dict[str, int]) -> None:
    turned = dict(reversed(value.items()))

    assert to_canonical_json(turned) == to_canonical_json(value)
    assert list(json.loads(to_canonical_json(value))) == sorted(value)


@pytest.mark.parametrize("value", [2**64, "\ud800", {1: "a"}, {"a": {1}}])
def test_value_that_the_form_has_not_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_json(value)
