"""The register in figures."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


@pytest.fixture
def two(db: None, index: Callable[[], None]) -> None:
    """An activity of a ministry in Africa and one of a company in Asia."""
    ministry = factories.organization(type="government")
    company = factories.organization(type="private_sector")
    factories.activity(
        owner=ministry,
        start_date="2005-03",
        type="project",
        areas=placed("562"),
        elements=filed("wsis-al:C2", "sdg:9.c"),
    )
    factories.activity(
        owner=company,
        start_date="2007",
        status="completed",
        areas=placed("356"),
        elements=filed("wsis-al:C2"),
    )
    index()


def counts(page: Page, section: str) -> dict[str, str]:
    """Read the bars of a section that are not zero."""
    found = page.find(f"section[aria-labelledby={section}]")[0]
    return {
        row.xpath("string(.//a/@href)"): row.xpath("string(td[last()])")
        for row in found.xpath(".//tr[td]")
        if row.xpath("string(td[last()])") != "0"
    }


def test_every_question_is_answered_with_links_to_its_entries(two: None, visit: Visit) -> None:
    page = visit("/statistics/")

    assert counts(page, "by-wsis-al") == {"/activities/?element=wsis-al:C2": "2"}
    assert counts(page, "by-sdg") == {"/activities/?element=sdg:9": "1"}
    assert counts(page, "by-region") == {
        "/activities/?region=002": "1",
        "/activities/?region=142": "1",
    }
    assert counts(page, "by-group") == {
        "/activities/?group=ldc": "1",
        "/activities/?group=lldc": "1",
        "/activities/?group=hipc": "1",
        "/activities/?group=eca": "1",
        "/activities/?group=escap": "1",
    }
    assert counts(page, "by-organization-type") == {
        "/activities/?organization_type=government": "1",
        "/activities/?organization_type=private_sector": "1",
    }
    assert counts(page, "by-status") == {
        "/activities/?status=ongoing": "1",
        "/activities/?status=completed": "1",
    }
    for href, count in counts(page, "by-group").items():
        assert len(visit(href).texts(".entry")) == int(count)


def test_years_are_drawn_with_a_table_that_keeps_empty_years(two: None, visit: Visit) -> None:
    page = visit("/statistics/")

    section = page.find("section[aria-labelledby=by-year]")[0]
    rows = [
        [cell.text_content() for cell in row.xpath("th|td")] for row in section.xpath(".//tbody/tr")
    ]
    assert rows == [["2005", "1"], ["2006", "0"], ["2007", "1"]]
    assert len(section.xpath(".//*[local-name()='svg'][@role='img']")) == 2


def test_total_and_names_follow_the_language(two: None, visit: Visit) -> None:
    english, arabic = visit("/statistics/"), visit("/statistics/", "ar")

    assert english.texts(".title p")[0].startswith("2 activities on record, counted on ")
    assert "أفريقيا" in arabic.texts("section[aria-labelledby=by-region] th")
    assert arabic.tree.get("dir") == "rtl"


def test_page_asks_the_database_as_often_for_one_activity_as_for_three(
    two: None, visit: Visit, index: Any, django_assert_num_queries: Any
) -> None:
    visit("/statistics/")
    with django_assert_num_queries(1):
        visit("/statistics/")
    factories.activity(areas=placed("710"))
    index()

    with django_assert_num_queries(1):
        visit("/statistics/")
