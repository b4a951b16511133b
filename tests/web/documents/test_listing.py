"""The list of documents: rows, table, facets, search by symbol, files."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.web.conftest import CANARY, Page
from tests.web.documents import making

Visit = Callable[..., Page]


def test_list_shows_documents_with_symbol_and_what_is_only_cited(
    visit: Visit, index: Callable[[], None]
) -> None:
    making.line()
    factories.document("E/RES/2010/8", CANARY, state="working")
    index()

    page = visit("/documents/")
    table = visit("/documents/?view=table")

    assert page.text("#count") == "3 documents"
    assert page.texts(".entry h3, .entry h2") == ["Bridges, 2010", "Bridges, 2009", "A/RES/60/252"]
    assert page.texts(".entry-state b") == ["E/RES/2010/7", "E/RES/2009/7", "A/RES/60/252"]
    assert page.links(".entry a")[0] == "/en/documents/E/RES/2010/7"
    assert page.texts(".entry-state")[2].endswith("Only cited")
    assert table.texts("tbody tr td:last-child") == ["Agreed", "–", "Only cited"]
    assert CANARY not in page.source


def test_list_is_found_by_symbol_and_narrowed_by_body_and_year(
    visit: Visit, index: Callable[[], None]
) -> None:
    making.line()
    index()

    found = visit("/documents/?q=E/RES/2009/7")
    narrowed = visit("/documents/?body=UN-ECOSOC&year_from=2010")

    assert found.texts(".entry-state b")[0] == "E/RES/2009/7"
    assert narrowed.texts(".entry-state b") == ["E/RES/2010/7"]


def test_list_takes_the_same_number_of_queries_for_one_and_three_documents(
    client: Client, index: Callable[[], None], db: None
) -> None:
    counts = []
    for made in (1, 2):
        for _more in range(made):
            factories.document()
        index()
        client.get("/documents/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/documents/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_file_holds_one_row_a_document_with_its_permalink(
    file_of: Any, index: Callable[[], None]
) -> None:
    making.line()
    index()

    lines = file_of("/documents/download.csv").decode("utf-8-sig").splitlines()

    assert len(lines) == 4
    assert lines[0].startswith("Identifier,Address,Symbols,Title")
    assert "http://testserver/documents/E/RES/2010/7,E/RES/2010/7" in lines[1]
