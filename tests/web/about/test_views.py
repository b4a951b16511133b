"""Pages about the record, and small pages for machines."""

from collections.abc import Callable

import pytest
from django.test import Client

from stocktake.kernel.history.queries import head
from stocktake.lib.multilingual import LANGUAGES
from tests.web.conftest import Page

Visit = Callable[..., Page]


def test_sources_name_every_data_file_with_source_and_licence(visit: Visit) -> None:
    page = visit("/about/sources/")

    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        for row in page.find("tbody tr")
    ]
    areas = next(row for row in rows if "geo/areas" in row[0])
    assert areas[0].startswith("Countries, areas and regions")
    assert areas[1].startswith("United Nations Statistics Division")
    assert all(row[1] and row[2] and row[3] for row in rows)
    assert len(rows) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "address", ["/about/", "/about/method/", "/about/accessibility/", "/components/", "/nothing/"]
)
def test_page_of_words_is_shown_in_every_language(
    visit: Visit, address: str, language: str
) -> None:
    page = visit(address, language)

    assert page.tree.get("lang") == language
    assert page.tree.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert page.texts(".languages a[aria-current]") == [
        page.texts(".languages a")[LANGUAGES.index(language)]
    ]


def test_health_names_the_last_entry_of_the_log(db: None, client: Client) -> None:
    answer = client.get("/health/")

    assert answer.content == f"ok {head()[0]}\n".encode()
    assert "no-cache" in answer["Cache-Control"]


def test_robots_are_kept_from_what_is_no_page_of_the_record(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")

    assert answer.content.decode().splitlines()[:3] == [
        "User-agent: *",
        "Disallow: /desk/",
        "Disallow: /accounts/",
    ]


def test_unknown_address_is_a_page_of_the_site(visit: Visit) -> None:
    page = visit("/nothing/")

    assert page.status == 404
    assert page.text("h1") == "There is nothing on record at this address"
