"""Pages of frameworks and their elements."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stocktake.domain.frameworks import queries
from stocktake.domain.frameworks.services import load_frameworks
from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


@pytest.fixture
def forgetting() -> Iterator[None]:
    """Drops from memory what a test loaded and its end rolled back."""
    yield
    queries.forget()


def test_index_arranges_frameworks_by_process(visit: Visit, index: Any) -> None:
    factories.activity(elements=filed("wsis-al:C2", "wsis-al:C7.health"))
    index()

    page = visit("/frameworks/")

    assert page.texts("section h2") == [
        "World Summit on the Information Society",
        "Internet Governance Forum",
        "Enhanced cooperation",
        "Other frameworks",
        "Crosswalks",
    ]
    assert page.links("section:nth-of-type(1) h3 a") == [
        "/frameworks/wsis-al/",
        "/frameworks/wsis-targets/",
    ]
    assert page.texts("section:nth-of-type(1) .entry-state")[0] == "19 elements 1 activity"
    assert page.texts("section:last-child li") == [
        "WSIS action lines – Sustainable Development Goals 286"
    ]


def test_framework_lists_elements_with_counts_and_holders(visit: Visit, index: Any) -> None:
    factories.activity(elements=filed("wsis-al:C7.health"))
    index()

    page = visit("/frameworks/wsis-al/")

    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        for row in page.find("section[aria-labelledby=elements] tbody tr")
    ]
    assert len(rows) == 19
    assert rows[6] == ["C7 ICT applications: benefits in all aspects of life", "", "1"]
    assert rows[10] == ["C7.health E-health", "WHO", "1"]
    assert rows[16] == ["C9 Media", "UNESCO", "0"]


def test_framework_shows_its_links_to_others(visit: Visit, search_folder: None) -> None:
    there, back = visit("/frameworks/wsis-al/"), visit("/frameworks/sdg/")

    rows = there.texts("section[aria-labelledby=crosswalks] tbody tr")
    assert (len(rows), rows[8]) == (18, "C7.learning E-learning related to 4")
    assert back.links("section[aria-labelledby=crosswalks] tbody a")[0] == "/frameworks/sdg/1/"


def test_element_shows_what_hangs_on_it(visit: Visit, index: Any) -> None:
    factories.activity("Clinic", areas=placed("710"), elements=filed("wsis-al:C7.health"))
    index()

    whole, part = visit("/frameworks/wsis-al/C7/"), visit("/frameworks/wsis-al/C7.health/")

    assert whole.text("h1") == "C7 ICT applications: benefits in all aspects of life"
    assert len(whole.find("section[aria-labelledby=parts] li")) == 8
    assert "C7.health E-health 1" in whole.texts("section[aria-labelledby=parts] li")
    assert whole.texts(".entry h3") == ["Clinic"]
    assert part.texts("section[aria-labelledby=roles] li a")[0].endswith("(WHO)")
    assert part.links("section[aria-labelledby=mapped] a")[0] == "/frameworks/sdg/1/"
    counts = dict(zip(part.links(".bars a"), part.texts(".bars td.number"), strict=True))
    assert counts["/activities/?element=wsis-al:C7.health&region=002"] == "1"
    assert counts["/activities/?element=wsis-al:C7.health&region=150"] == "0"


def test_element_in_arabic_has_its_official_name(visit: Visit, search_folder: None) -> None:
    page = visit("/frameworks/wsis-al/C3/", "ar")

    assert page.text("h1") == "C3 النفاذ إلى المعلومات والمعرفة"
    assert page.tree.get("dir") == "rtl"


def test_element_without_an_index_lists_activities_of_its_parts(
    visit: Visit, search_folder: None
) -> None:
    factories.activity("Clinic", elements=filed("wsis-al:C7.health"))

    assert visit("/frameworks/wsis-al/C7/").texts(".entry h3") == ["Clinic"]


@pytest.mark.parametrize(
    "address", ["/frameworks/none/", "/frameworks/wsis-al/C99/", "/frameworks/none/C1/"]
)
def test_unknown_framework_or_element_is_not_found(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_invented_framework_is_found_on_every_page_without_code(
    visit: Visit, index: Any, system: Any, tmp_path: Path, forgetting: None
) -> None:
    folder = tmp_path / "frameworks"
    folder.mkdir()
    (folder / "moon.toml").write_text(
        'title = "Moon charter"\nsource = "Invented for a test"\nlicence = "CC0"\n'
        'date = "2020-01-01"\ncode = "moon"\norder = 90\n[names]\nen = "Moon charter"\n',
        encoding="utf-8",
    )
    (folder / "moon.csv").write_text(
        "code,broader,name_en,name_fr,name_es,name_ru,name_ar,name_zh,description_en,"
        "valid_from,valid_to\nM1,,Crater libraries,,,,,,,,\nM1.a,M1,Dark side,,,,,,,,\n",
        encoding="utf-8",
    )
    load_frameworks(system, tmp_path)
    factories.activity("Reading room", areas=placed("710"), elements=filed("moon:M1.a"))
    index()

    pages = {
        address: visit(address).source
        for address in (
            "/frameworks/",
            "/frameworks/moon/",
            "/frameworks/moon/M1.a/",
            "/activities/?element=moon:M1",
            "/coverage/?rows=moon",
            "/statistics/",
        )
    }

    assert [address for address, source in pages.items() if "Moon charter" not in source] == []
    assert visit("/activities/?element=moon:M1").texts(".entry h3") == ["Reading room"]
    assert visit("/coverage/?rows=moon").texts(".matrix tbody tr")[0] == (
        "M1 Crater libraries 1 0 0 0 0 1"
    )
