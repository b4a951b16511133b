"""The coverage matrix as page and file."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


@pytest.fixture
def four(db: None, index: Callable[[], None]) -> None:
    """Four activities: one in two regions, one in none, one in a part of an element."""
    factories.activity("Two regions", areas=placed("710", "036"), elements=filed("wsis-al:C2"))
    factories.activity("No region", areas=placed("001"), elements=filed("wsis-al:C2"))
    factories.activity(
        "Clinic",
        areas=placed("562"),
        start_date="2005",
        elements=filed("wsis-al:C7.health", "wsis-al:C2"),
    )
    factories.activity("Elsewhere filed", areas=placed("710"), elements=filed("sdg:9.c"))
    index()


def rows_of(page: Page) -> dict[str, list[str]]:
    """Read counts by the code of the row."""
    return {
        row.xpath("string(.//b)"): [cell.text_content().strip() for cell in row.xpath("td")]
        for row in page.find(".matrix tbody tr")
    }


def test_matrix_counts_once_in_sums_and_shows_empty_fields(four: None, visit: Visit) -> None:
    page = visit("/coverage/")

    assert page.text("#matrix") == "WSIS action lines by region"
    assert page.texts(".matrix thead .long") == ["Africa", "Oceania", "Americas", "Asia", "Europe"]
    rows = rows_of(page)
    assert len(rows) == 19
    assert rows["C2"] == ["2", "1", "0", "0", "0", "2"]
    assert rows["C7"] == ["1", "0", "0", "0", "0", "1"]
    assert rows["C7.health"] == ["1", "0", "0", "0", "0", "1"]
    assert page.texts(".matrix tfoot td") == ["2", "1", "0", "0", "0", "2"]
    assert "91 of 95 fields hold no activity." in page.texts("p")


def test_every_field_leads_to_as_many_entries_as_it_counts(four: None, visit: Visit) -> None:
    page = visit("/coverage/")

    fields = [
        (cell.get("href"), int(cell.text_content())) for cell in page.find(".matrix tbody td a")
    ]

    assert len(fields) == 95
    for href, count in [field for field in fields if field[1]] + fields[:3]:
        assert len(visit(href).texts(".entry")) == count


def test_columns_may_be_groups_and_rows_another_framework(four: None, visit: Visit) -> None:
    groups = visit("/coverage/?columns=development_group")
    goals = visit("/coverage/?rows=sdg&columns=regional_commission")

    assert rows_of(groups)["C2"] == ["1", "1", "0", "1", "1"]
    assert groups.texts(".matrix thead .short") == ["LDC", "LLDC", "SIDS", "HIPC"]
    assert goals.text("#matrix") == "Sustainable Development Goals by regional commission"
    assert len(rows_of(goals)) == 17
    assert rows_of(goals)["9"] == ["1", "0", "0", "0", "0", "1"]


def test_file_has_a_row_for_each_field(
    four: None, visit: Visit, file_of: Callable[..., bytes]
) -> None:
    page = visit("/coverage/?columns=development_group")
    address = next(href for href in page.links("a") if "download.csv?" in href)

    rows = list(csv.DictReader(io.StringIO(file_of(address).decode("utf-8-sig"))))

    assert len(rows) == 19 * 4
    assert rows[4] == {
        "Element (code)": "wsis-al:C2",
        "Element": "Information and communication infrastructure: an essential foundation for "
        "the information society",
        "Column (code)": "ldc",
        "Column": "Least developed countries",
        "Activities": "1",
        "Of them invented": "0",
    }


def test_matrix_in_arabic_has_arabic_heads(four: None, visit: Visit) -> None:
    page = visit("/coverage/", "ar")

    assert page.tree.get("dir") == "rtl"
    assert page.texts(".matrix thead .long")[0] == "أفريقيا"
    assert rows_of(page)["C2"] == ["2", "1", "0", "0", "0", "2"]


def test_page_without_an_index_says_that_figures_are_missing(
    visit: Visit, search_folder: None
) -> None:
    page = visit("/coverage/")

    assert page.text(".bar").startswith("The search index is being made again.")


def test_matrix_asks_the_database_as_often_for_one_activity_as_for_three(
    visit: Visit, index: Any, django_assert_num_queries: Any, db: None
) -> None:
    for count in (1, 2):
        for _number in range(count):
            factories.activity(areas=placed("710"), elements=filed("wsis-al:C2"))
        index()
        visit("/coverage/")
        with django_assert_num_queries(1):
            visit("/coverage/")
