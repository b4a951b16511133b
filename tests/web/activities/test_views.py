"""The page of an activity."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from stocktake.domain.activities.services import (
    confirm_activity,
    update_activity,
    withdraw_activity,
)
from stocktake.lib.multilingual import Text
from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


def full(**more: Any) -> Any:
    """An activity with something in every part of its page."""
    owner = factories.organization("Ministry of Posts", acronym="MP", country="710")
    partner = factories.organization("Cable Company")
    values: dict[str, Any] = {
        "owner": owner,
        "summary": Text(
            "en", {"en": "Schools on the network.", "ar": "مدارس على الشبكة."}
        ).to_json(),
        "description": Text.of("en", "First *part*.\n\nSecond <b>part</b>.").to_json(),
        "type": "project",
        "scope_level": "national",
        "start_date": "2005-03",
        "end_date": "2007",
        "status": "completed",
        "areas": placed("710"),
        "elements": [
            {"element": "wsis-al:C2", "is_primary": True},
            {"element": "sdg:9.c", "is_suggested": True, "note": "By a table."},
        ],
        "participations": [{"organization": partner.public_id, "role": "funding"}],
        "budget_amount": "1200000.50",
        "budget_currency": "USD",
        "beneficiaries": ["children"],
        "impediments": ["connectivity"],
        "languages": ["fr"],
        "links": [{"url": "https://www.example.org/a", "title": "Report", "kind": ""}],
        "external_identifiers": [{"scheme": "iati", "value": "XX-1"}],
        "source_name": "Report of 2008",
        "source_url": "https://example.org/report",
    }
    return factories.activity("Fibre to every school", **{**values, **more})


def facts(page: Page) -> dict[str, list[str]]:
    """Read the facts at the side."""
    return {
        row.xpath("string(dt)"): [" ".join(dd.text_content().split()) for dd in row.xpath("dd")]
        for row in page.find(".aside .facts div")
    }


def test_page_shows_the_facts_of_an_activity(visit: Visit, search_folder: None) -> None:
    activity = full()

    page = visit(f"/activities/{activity.public_id}/")

    assert page.text("h1") == "Fibre to every school"
    assert page.text(".kicker") == "Ministry of Posts (MP) · Project"
    told = facts(page)
    assert told["Owner"] == ["Ministry of Posts (MP)"]
    assert told["Countries and areas"] == ["South Africa"]
    assert told["Funding"] == ["Cable Company"]
    assert told["Budget"] == ["1,200,000.5 USD"]
    assert told["Beneficiaries"] == ["Children"]
    assert told["Languages of the activity"] == ["French"]
    assert told["Source"] == ["Report of 2008"]
    assert told["Other identifiers"] == ["XX-1 (iati)"]
    assert page.texts(".record-head .row span") == ["Completed", "March 2005 to 2007"]


def test_page_says_which_elements_are_only_suggested(visit: Visit, search_folder: None) -> None:
    activity = full()

    page = visit(f"/activities/{activity.public_id}/")

    elements = page.find("section[aria-labelledby=elements]")[0]
    lines = [" ".join(each.text_content().split()) for each in elements.xpath(".//li")]
    assert lines == [
        "C2 Information and communication infrastructure: an essential foundation for the "
        "information society main",
        "9.c Access to ICT and universal affordable Internet suggested, not confirmed by the "
        "ownerBy a table.",
    ]
    assert page.links("section[aria-labelledby=elements] li a") == [
        "/frameworks/wsis-al/C2/",
        "/frameworks/sdg/9.c/",
    ]


def test_page_shows_text_as_paragraphs_without_its_markup(
    visit: Visit, search_folder: None
) -> None:
    activity = full()

    page = visit(f"/activities/{activity.public_id}/")

    paragraphs = page.texts(".prose p")
    assert paragraphs == ["First part .", "Second <b>part</b>."]
    assert page.texts(".prose em") == ["part"]


def test_page_in_arabic_marks_what_is_in_another_language(
    visit: Visit, search_folder: None
) -> None:
    activity = full()

    page = visit(f"/activities/{activity.public_id}/", "ar")

    assert page.tree.get("dir") == "rtl"
    assert page.text(".lead") == "مدارس على الشبكة."
    title = page.find("h1 [lang=en]")[0]
    assert (title.text_content(), title.get("dir")) == ("Fibre to every school", "ltr")
    assert page.find(".prose [lang=en]")[0].get("dir") == "ltr"
    assert "جنوب أفريقيا" in [each for values in facts(page).values() for each in values]


def test_page_tells_its_history_without_naming_persons(
    visit: Visit, search_folder: None, anna: Any
) -> None:
    activity = full()
    changed = update_activity(
        anna, activity, {"status": "ongoing", "end_date": ""}, expected_version=1, note="Goes on."
    )
    confirm_activity(anna, changed)

    page = visit(f"/activities/{activity.public_id}/")

    lines = [line.split(" · ", 1)[1] for line in page.texts(".history li")]
    assert lines == [
        "Confirmed (an editor)",
        "Changed: end and status (an editor) Goes on.",
        "Entered (the system)",
    ]
    assert anna.public_id not in page.source
    assert anna.email not in page.source


def test_page_has_a_citation_with_its_permanent_address(visit: Visit, search_folder: None) -> None:
    activity = full()

    page = visit(f"/activities/{activity.public_id}/?lang=en")

    address = f"http://testserver/activities/{activity.public_id}/"
    assert page.text(".citation code") == address
    assert page.links("link[rel=canonical]") == [address]
    told = page.find(".citation p")[0].text_content()
    assert told.startswith(f"“Fibre to every school” ({activity.public_id}), Stocktake")


def test_page_leads_to_entries_under_the_same_element_in_the_same_country(
    visit: Visit, index: Any
) -> None:
    activity = full()
    near = factories.activity("Near", areas=placed("710"), elements=filed("wsis-al:C2"))
    factories.activity("Elsewhere", areas=placed("404"), elements=filed("wsis-al:C2"))
    index()

    page = visit(f"/activities/{activity.public_id}/")

    assert page.links("section[aria-labelledby=related] a")[0] == f"/activities/{near.public_id}/"
    assert "Elsewhere" not in page.source


def test_page_of_an_invented_entry_says_so(visit: Visit, search_folder: None) -> None:
    activity = full(is_invented=True, origin="generated")

    page = visit(f"/activities/{activity.public_id}/")

    assert page.texts(".sample")[0] == "Invented sample data"
    assert page.text(".notice-sample").startswith("This entry is invented.")


def test_page_of_a_withdrawn_entry_is_found_by_the_secretariat_alone(
    client: Client, anna: Any, bilal: Any, search_folder: None
) -> None:
    activity = full(state="withdrawn")
    address = f"/activities/{activity.public_id}/"

    statuses = [client.get(address).status_code]
    for person in (bilal, anna):
        client.force_login(person)
        statuses.append(client.get(address).status_code)

    assert statuses == [404, 404, 200]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x"])
def test_text_never_links_to_a_script(visit: Visit, search_folder: None, address: str) -> None:
    text = Text.of("en", f"[press]({address}) and [read](https://example.org/)").to_json()
    activity = full(description=text)

    page = visit(f"/activities/{activity.public_id}/")

    assert page.links(".prose a") == ["https://example.org/"]


def test_page_is_titled_by_its_record(visit: Visit, search_folder: None) -> None:
    activity = factories.activity("Rural access")

    page = visit(f"/activities/{activity.public_id}/")

    assert page.text("title") == "Rural access · Stocktake"


def test_page_in_arabic_keeps_codes_titles_and_notes_in_their_own_direction(
    visit: Visit, search_folder: None
) -> None:
    note = {"element": "sdg:9.c", "is_primary": True, "note": "Assigned from the description."}
    activity = factories.activity(
        "Fibre to every school",
        origin="sample",
        summary=Text.of("en", "Schools on the network.").to_json(),
        elements=[note],
        external_identifiers=[{"scheme": "iati", "value": "44000-P1"}],
    )

    page = visit(f"/activities/{activity.public_id}/", "ar")

    codes = [each.text for each in page.find("bdi[dir=ltr]") if not each.get("lang")]
    assert codes == [activity.public_id, "9.c", "44000-P1 (iati)", activity.public_id]
    cited = page.find(".citation bdi[lang=en]")[0]
    assert (cited.text, cited.get("dir")) == ("Fibre to every school", "ltr")
    summary = page.find(".lead [lang=en]")[0]
    assert (summary.text, summary.get("dir")) == ("Schools on the network.", "ltr")
    told = page.find("section[aria-labelledby=elements] p [lang=en]")[0]
    assert (told.text, told.get("dir")) == ("Assigned from the description.", "ltr")


def test_withdrawn_entry_says_so_to_the_secretariat(
    client: Any, anna: Any, search_folder: None
) -> None:
    activity = factories.activity("Gone")
    withdraw_activity(anna, activity, reason="Entered twice.")
    client.force_login(anna)

    page = Page(client.get(f"/activities/{activity.public_id}/"))

    assert page.text(".notice").startswith("Withdrawn. This entry was taken out of public view.")
