"""Declarations: collected from the apps, refused when they are wrong."""

from typing import Any

import pytest

from stocktake.kernel.search import declarations
from stocktake.kernel.search.declarations import Declaration, Document, Facet


def _declare(*, kind: str = "note", facet: str = "colour") -> Declaration:
    def never(*_: Any) -> Any:
        raise AssertionError

    facets = (Facet(facet, "Facet", never),)
    return Declaration(kind, "Kind", never, never, facets=facets)


def test_only_gives_those_and_then_the_former_again() -> None:
    before = dict(declarations.declarations())

    with declarations.only(_declare()):
        inside = list(declarations.declarations())

    assert inside == ["note"]
    assert dict(declarations.declarations()) == before


def test_declarations_same_kind_twice_is_refused() -> None:
    with (
        pytest.raises(ValueError, match="declared twice"),
        declarations.only(_declare(), _declare()),
    ):
        pass


@pytest.mark.parametrize("name", ["Colour", "a-b", "a/b", ""])
def test_declarations_facet_name_that_is_no_field_is_refused(name: str) -> None:
    with (
        pytest.raises(ValueError, match="not lower-case"),
        declarations.only(_declare(facet=name)),
    ):
        pass


def test_declaration_unknown_kind_names_those_there_are() -> None:
    with (
        declarations.only(_declare()),
        pytest.raises(KeyError, match="note"),
    ):
        declarations.declaration("ghost")


def test_facet_is_found_by_its_name_and_by_a_group_of_it() -> None:
    declared = _declare(facet="topic")

    assert declared.facet("topic") is declared.facets[0]
    assert declared.facet("topic/x") is declared.facets[0]
    assert declared.facet("ghost") is None


def test_document_says_only_what_it_has() -> None:
    assert Document("N-1", {"en": "Title"}).facets == {}
