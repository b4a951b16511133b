"""Pages of countries, regions and groups of countries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


def facts(page: Page) -> dict[str, list[str]]:
    return {
        row.xpath("string(dt)"): [" ".join(dd.text_content().split()) for dd in row.xpath("dd")]
        for row in page.find(".aside .facts div")
    }


def test_country_shows_its_place_groups_and_codes(visit: Visit, search_folder: None) -> None:
    page = visit("/countries/462/")

    assert page.text("h1") == "Maldives"
    assert page.texts(".crumbs li") == ["Countries", "Asia", "Southern Asia", "Maldives"]
    told = facts(page)
    assert told["Region"] == ["Asia"]
    assert told["Groups"][0] == "Least developed countries, 1971 to 1 January 2011"
    assert told["Member of the United Nations"] == ["Yes"]
    assert told["Code M49"] == ["462"]
    assert told["Codes ISO 3166-1"] == ["MV", "MDV"]


def test_country_keeps_elements_without_an_activity_in_its_bars(visit: Visit, index: Any) -> None:
    factories.activity("Fibre", areas=placed("710"), elements=filed("wsis-al:C2"))
    index()

    page = visit("/countries/710/")

    counts = dict(zip(page.links(".bars a"), page.texts(".bars td.number"), strict=True))
    assert len(counts) == 19
    assert counts["/activities/?element=wsis-al:C2&country=710"] == "1"
    assert counts["/activities/?element=wsis-al:C9&country=710"] == "0"
    assert page.texts(".entry h3") == ["Fibre"]


def test_country_without_an_activity_says_no_report_received(visit: Visit, index: Any) -> None:
    index()

    page = visit("/countries/798/")

    assert page.text("section[aria-labelledby=activities] .lead") == "No report received."


def test_country_lists_its_organizations(visit: Visit, search_folder: None) -> None:
    made = factories.organization("Ministry of Posts", country="798")

    page = visit("/countries/798/")

    assert page.links("section[aria-labelledby=organizations] a") == [
        f"/organizations/{made.public_id}/"
    ]


def test_region_counts_its_countries(visit: Visit, index: Any) -> None:
    factories.activity("Both", areas=placed("036", "554"))
    factories.activity("One", areas=placed("554"))
    factories.activity("Region", areas=placed("009"))
    index()

    page = visit("/countries/009/")

    parts = dict(
        zip(
            page.links("section[aria-labelledby=parts] a"),
            page.texts("section[aria-labelledby=parts] .whole"),
            strict=True,
        )
    )
    assert (parts["/countries/036/"], parts["/countries/554/"], parts["/countries/798/"]) == (
        "1",
        "2",
        "0",
    )
    assert page.texts(".aside .listing li")[0] == "Activities 3"
    assert sorted(page.texts(".entry h3")) == ["Both", "One", "Region"]


def test_group_has_its_members_of_today(visit: Visit, index: Any) -> None:
    factories.activity("Then", areas=placed("462"), start_date="2005")
    factories.activity("Now", areas=placed("462"), start_date="2015")
    index()

    page = visit("/countries/ldc/")

    assert page.text("h1") == "Least developed countries"
    assert page.texts(".entry h3") == ["Then"]
    members = page.links("section[aria-labelledby=parts] a")
    assert "/countries/104/" in members
    assert "/countries/462/" not in members


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/countries/ZA/", "/countries/710/"),
        ("/countries/za/", "/countries/710/"),
        ("/countries/zaf/", "/countries/710/"),
        ("/countries/LDC/", "/countries/ldc/"),
    ],
)
def test_other_codes_lead_to_the_one_address(
    db: None, client: Client, address: str, target: str
) -> None:
    answer: Any = client.get(address)

    assert (answer.status_code, answer.url) == (301, target)


def test_unknown_code_is_not_found(db: None, client: Client) -> None:
    assert client.get("/countries/xx/").status_code == 404


def test_index_groups_countries_by_region_in_the_order_of_the_language(
    visit: Visit, index: Any
) -> None:
    factories.activity(areas=placed("710"))
    index()

    english, arabic = visit("/countries/"), visit("/countries/", "ar")

    assert english.texts("#regions h2") == ["Africa", "Oceania", "Americas", "Asia", "Europe"]
    assert english.links("#regions section:nth-of-type(1) li a")[:2] == [
        "/countries/012/",
        "/countries/024/",
    ]
    assert "South Africa 1" in english.texts("#regions li")
    assert arabic.texts("#regions h2")[0] == "أفريقيا"
    assert arabic.tree.get("dir") == "rtl"


def test_map_of_a_group_lays_out_its_countries_alone(visit: Visit, search_folder: None) -> None:
    page = visit("/countries/?group=lldc")

    assert len(page.find(".tiles li")) == 32
    assert page.text(".tabs a[aria-current]") == "Landlocked developing countries"
