"""Invented entries: wherever they are counted, the page says so."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]
TOO = "Invented sample data is counted here too."

PAGES = {
    "/": ("main", 5),
    "/coverage/": ("main", 1),
    "/statistics/": ("main", 11),
    "/countries/": ("main", 1),
    "/countries/710/": ("main", 1),
    "/countries/002/": ("main", 1),
    "/frameworks/": ("main", 0),
    "/frameworks/wsis-al/": ("main", 0),
    "/frameworks/wsis-al/C2/": ("main", 1),
    "/activities/": ("main", 0),
    "/activities/?view=table": ("main", 0),
    "/activities/?view=map": ("main", 2),
    "/activities/?view=chart": ("main", 3),
}
"""Pages, and how many of their figures say so besides the sentence with the number."""


def fill(*, is_invented: bool) -> Any:
    """Enter two activities of one organization, one of which may be invented."""
    where: dict[str, Any] = {
        "areas": placed("710"),
        "elements": filed("wsis-al:C2"),
        "start_date": "2007",
    }
    owner = factories.organization("Ministry of Posts", country="710")
    factories.activity("Told", owner=owner, **where)
    origin: dict[str, Any] = {}
    if is_invented:
        origin = {"origin": "generated", "is_invented": True}
    factories.activity("Made up", owner=owner, **where, **origin)
    return owner


@pytest.mark.parametrize(("is_invented", "told"), [(True, 1), (False, 0)])
def test_every_page_that_counts_invented_entries_says_so(
    is_invented: bool, told: int, visit: Visit, index: Any
) -> None:
    owner = fill(is_invented=is_invented)
    index()

    pages = {**PAGES, f"/organizations/{owner.public_id}/": ("main", 1)}
    found = {}
    for address, (place, _count) in pages.items():
        text = visit(address).text(place)
        sentence = text.count("1 of the entries counted here is invented.")
        found[address] = (sentence, text.count(TOO))

    assert found == {address: (told, told * count) for address, (_, count) in pages.items()}


def test_list_without_invented_entries_does_not_mention_them(visit: Visit, index: Any) -> None:
    fill(is_invented=True)
    index()

    page = visit("/activities/?origin=entry")

    assert page.text("#count") == "1 activity"
    assert "invented." not in page.text("#results")


def test_list_of_organizations_tells_how_many_of_their_activities_are_invented(
    visit: Visit, index: Any
) -> None:
    fill(is_invented=True)
    index()

    page = visit("/organizations/")

    states = page.texts(".entry-state span")
    assert [each for each in states if each != "0 activities"] == ["2 activities (1 invented)"]


def test_list_read_from_the_record_tells_of_invented_entries_too(
    visit: Visit, search_folder: None
) -> None:
    fill(is_invented=True)

    assert "1 of the entries counted here is invented." in visit("/activities/").text("#results")
