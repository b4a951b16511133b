"""Documents in the index: found by symbol, name and the words of their provisions."""

from typing import Any

import pytest

from stocktake.domain.documents.models import Document
from stocktake.domain.documents.search import DECLARATIONS, documents
from stocktake.domain.documents.services import (
    add_language_version,
    create_document,
    resolve_documents,
    withdraw_document,
    withdraw_provisions,
    write_provisions,
)
from stocktake.domain.documents.services.resolving import DocumentRef
from stocktake.kernel.search import services
from stocktake.kernel.search.folders import Folders
from stocktake.kernel.search.requests import SearchRequest
from stocktake.kernel.search.searcher import search
from tests.domain.documents.counting import queries_of

pytestmark = pytest.mark.django_db


def _found(text: str) -> list[str]:
    return search(SearchRequest("document", text=text)).ids


def _words(path: str, language: str, words: str) -> dict[str, Any]:
    text = {"original": language, "values": {language: words}}
    return {"path": path, "role": "operative", "summary": text}


def test_search_finds_by_symbol_title_and_words_of_provisions(
    store: Folders, system: Any, make: Any
) -> None:
    document = make("E/RES/2041/7", type="resolution", body="UN-ECOSOC", date="2041-07-19")
    other = make("E/RES/2042/8")
    write_provisions(system, document, [_words("para/1", "fr", "Prie le bureau des lagunes")])
    write_provisions(system, other, [_words("para/1", "en", "Asks for telecentres")])
    services.catch_up()
    before = (_found("lagunes"), _found("telecentre"))
    write_provisions(system, other, [_words("para/1", "en", "Asks for lagunes")])
    services.catch_up()

    assert before == ([document.public_id], [other.public_id])
    assert _found("E/RES/2041/7")[0] == document.public_id
    assert _found("Text of") == [document.public_id, other.public_id]
    assert sorted(_found("lagunes")) == sorted([document.public_id, other.public_id])


def test_search_document_without_title_shows_its_symbol(store: Folders, system: Any) -> None:
    create_document(system, {"symbols": ["A/96/64"]})
    services.catch_up()

    (stub,) = documents(Document.objects.published())

    assert (dict(stub.titles), stub.original) == ({"": "A/96/64"}, "")
    assert _found("A/96/64") == [stub.id]


def test_search_withdrawn_documents_and_provisions_are_in_no_hit(
    store: Folders, system: Any, make: Any
) -> None:
    gone, stays, working = make("A/96/1"), make("A/96/2"), make("A/96/3", state="working")
    for document in (gone, stays, working):
        write_provisions(system, document, [_words("para/1", "en", "Invented lagoons")])
    services.catch_up()
    before = sorted(_found("lagoons"))
    withdraw_document(system, gone, reason="twice")
    withdraw_provisions(system, stays, ["para/1"])
    services.catch_up()

    assert before == sorted([gone.public_id, stays.public_id])
    assert _found("lagoons") == []


def test_search_facets_tell_what_is_held(store: Folders, system: Any, make: Any) -> None:
    full = make("E/RES/2041/7", type="resolution", body="UN-ECOSOC", date="2041-07", languages=[])
    add_language_version(
        system,
        full,
        language="en",
        text="Words",
        content=b"Words",
        file_name="a.txt",
        media_type="text/plain",
    )
    make("E/2041/1", status="agreed", languages=["fr"], origin="sample")
    resolve_documents(system, [DocumentRef(("A/RES/96/2",))])
    services.catch_up()

    facets = search(SearchRequest("document")).facets

    assert {name: sorted(values) for name, values in facets.items()} == {
        "type": [("resolution", 2)],
        "body": [("UN-ECOSOC", 1), ("UN-GA", 1)],
        "year": [("2041", 1)],
        "status": [("agreed", 1)],
        "language": [("en", 1), ("fr", 1)],
        "held": [("cited", 1), ("record", 1), ("text", 1)],
        "origin": [("cited", 1), ("entry", 1), ("sample", 1)],
    }


def test_search_every_facet_names_its_values_in_words() -> None:
    (declared,) = DECLARATIONS
    asked = {"type": "resolution", "body": "UN-GA", "year": "2041", "status": "agreed"}
    asked |= {"language": "fr", "held": "cited", "origin": "cited"}

    told = {each.name: each.labels([asked[each.name]], "en") for each in declared.facets}

    assert told == {
        "type": {"resolution": "Resolution"},
        "body": {"UN-GA": "General Assembly"},
        "year": {"2041": "2041"},
        "status": {"agreed": "Agreed"},
        "language": {"fr": "French"},
        "held": {"cited": "Known from citations only"},
        "origin": {"cited": "Known from a citation only"},
    }


def test_search_describes_documents_in_a_fixed_number_of_queries(make: Any) -> None:
    make("A/96/1", "para/1")
    one = queries_of(lambda: list(documents(Document.objects.published())))
    make("A/96/2", "para/1", "para/2")
    make("A/96/3", "para/1", "para/2", "para/3")

    three = queries_of(lambda: list(documents(Document.objects.published())))

    assert one == three == 4
