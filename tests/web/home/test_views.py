"""The first page."""

import re
from collections.abc import Callable
from typing import Any

from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


def test_page_says_what_was_asked_what_is_done_and_where_is_silence(
    visit: Visit, index: Any
) -> None:
    ministry = factories.organization("Ministry of Posts")
    factories.activity("First", owner=ministry, areas=placed("710"), elements=filed("wsis-al:C2"))
    factories.activity("Second", owner=ministry, areas=placed("710", "356"))
    index()

    page = visit("/")

    assert page.text("h1") == "The public ledger of the World Summit on the Information Society"
    assert page.texts(".figures .figure") == ["11", "2", "94"]
    assert page.texts("section[aria-labelledby=done] p")[1] == (
        "activities on record, kept by 1 organizations in 2 countries."
    )
    assert page.texts("section[aria-labelledby=silence] p")[1] == (
        "of the 95 fields of the table below hold no activity; no activity is on record in 193 of "
        "195 countries."
    )


def test_page_lists_the_newest_entries_and_the_latest_changes(visit: Visit, index: Any) -> None:
    owner = factories.organization("Ministry of Posts")
    factories.activity("Older", owner=owner, start_date="2031")
    factories.activity("Newer", owner=owner, start_date="2009")
    index()

    page = visit("/")

    assert page.texts("section[aria-labelledby=newest] li a")[0::2] == ["Newer", "Older"]
    line = page.text("section[aria-labelledby=newest] li p")
    assert re.fullmatch(r"Ministry of Posts · Entered \d+ \w+ \d{4}", line)
    changes = page.texts("section[aria-labelledby=changes] li p")
    assert changes[:3] == ["Newer : Entered", "Older : Entered", "Ministry of Posts : Entered"]


def test_map_shades_counts_and_leads_to_countries(visit: Visit, index: Any) -> None:
    for _number in range(2):
        factories.activity(areas=placed("710"))
    index()

    page = visit("/")

    named = page.texts("#world-table tbody th")
    assert (len(named), named[:2], named[-1]) == (195, ["Afghanistan", "Albania"], "Zimbabwe")
    tile = page.find(".tiles a[href='/countries/710/']")[0]
    assert tile.text_content() == "ZASouth Africa 2"
    assert len(page.find(".tiles li")) == 195


def test_page_in_arabic_is_written_from_right_to_left(visit: Visit, index: Any) -> None:
    factories.activity("First", areas=placed("710"), elements=filed("wsis-al:C2"))
    index()

    page = visit("/?lang=ar")

    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")
    assert "القمة العالمية لمجتمع المعلومات" in page.text("h1")
    assert page.find("section[aria-labelledby=newest] a [lang=en]")[0].text == "First"


def test_page_asks_the_database_as_often_for_one_activity_as_for_three(
    visit: Visit, index: Any, django_assert_num_queries: Any, db: None
) -> None:
    for count in (1, 2):
        for _number in range(count):
            factories.activity(areas=placed("710"), elements=filed("wsis-al:C2"))
        index()
        visit("/")
        with django_assert_num_queries(6):
            visit("/")


def test_page_without_an_index_says_that_figures_are_missing(
    visit: Visit, search_folder: None
) -> None:
    factories.activity("First")

    page = visit("/")

    assert page.text(".bar").startswith("The search index is being made again.")
    assert page.texts("section[aria-labelledby=newest] li a")[0] == "First"
