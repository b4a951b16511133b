"""The page of an organization."""

from collections.abc import Callable
from typing import Any

from stocktake.domain.stakeholders.models import Membership, Organization, Role
from tests import factories
from tests.web.conftest import Page, filed, placed

Visit = Callable[..., Page]


def test_page_shows_facts_offices_and_groups(visit: Visit, search_folder: None) -> None:
    group = factories.organization("Group of Bodies", acronym="GB")
    made = factories.organization(
        "Ministry of Posts",
        acronym="MP",
        type="government",
        country="710",
        website="https://www.example.org/posts",
        identifiers=["XM-DAC:1"],
    )
    child = factories.organization("Post Academy", parent=made.public_id)
    Membership.objects.create(organization=made, group=group, joined="2006")
    Role.objects.create(
        organization=made,
        role="facilitator",
        scope_kind="element",
        scope_id="wsis-al:C9",
        starts="2006",
        ends="2008",
        source="Memorandum",
    )

    page = visit(f"/organizations/{made.public_id}/")

    assert page.text("h1") == "Ministry of Posts (MP)"
    assert page.text(".kicker") == "Government · South Africa"
    assert page.texts("section[aria-labelledby=roles] li") == [
        "C9 Media Facilitator · 2006 to 2008 · Source: Memorandum"
    ]
    assert page.links("section[aria-labelledby=roles] a") == ["/frameworks/wsis-al/C9/"]
    assert page.texts("section[aria-labelledby=memberships] li") == [
        "Group of Bodies (GB) Since 2006"
    ]
    assert page.links("section[aria-labelledby=children] a") == [
        f"/organizations/{child.public_id}/"
    ]
    assert page.links(".aside .facts a") == ["https://www.example.org/posts"]
    assert page.text("section[aria-labelledby=activities] .lead") == "No report received."


def test_page_counts_activities_by_role_and_element(visit: Visit, index: Any) -> None:
    made = factories.organization("Ministry of Posts")
    first = factories.activity("First", owner=made, elements=filed("wsis-al:C2"))
    factories.activity("Hidden", owner=made, state="draft", elements=filed("wsis-al:C2"))
    factories.activity(
        "Third",
        elements=filed("wsis-al:C7.health"),
        participations=[{"organization": made.public_id, "role": "funding"}],
    )
    index()

    page = visit(f"/organizations/{made.public_id}/")

    assert page.texts(".aside .listing li") == ["Activities as owner 1", "Activities (Funding) 1"]
    assert sorted(page.texts(".entry h3")) == ["First", "Third"]
    assert page.text("section[aria-labelledby=activities] .more") == "All 2 activities"
    assert [
        (href, count)
        for href, count in zip(page.links(".bars a"), page.texts(".bars td.number"), strict=True)
    ] == [
        (f"/activities/?element=wsis-al:C2&organization={made.public_id}", "1"),
        (f"/activities/?element=wsis-al:C7&organization={made.public_id}", "1"),
        (f"/activities/?element=wsis-al:C7.health&organization={made.public_id}", "1"),
    ]
    for href in page.links(".bars a"):
        assert len(visit(href).texts(".entry")) == 1
    assert first.owner == made


def test_page_without_an_index_lists_activities_from_the_record(
    visit: Visit, search_folder: None
) -> None:
    made = factories.organization("Ministry of Posts")
    factories.activity("First", owner=made, start_date="2001")
    factories.activity("Second", owner=made, start_date="2002", areas=placed("710"))
    factories.activity("Elsewhere")

    page = visit(f"/organizations/{made.public_id}/")

    assert page.texts(".entry h3") == ["Second", "First"]
    assert page.text(".bar").startswith("The search index is being made again.")


def test_page_in_arabic_is_written_from_right_to_left(visit: Visit, search_folder: None) -> None:
    itu = Organization.objects.get(acronym="ITU")

    page = visit(f"/organizations/{itu.public_id}/", "ar")

    assert (page.tree.get("lang"), page.tree.get("dir")) == ("ar", "rtl")
    assert page.text("h1") == f"{itu.names.values['ar']} (ITU)"


def test_page_asks_the_database_as_often_for_one_activity_as_for_three(
    visit: Visit, index: Any, django_assert_num_queries: Any
) -> None:
    made = factories.organization("Ministry of Posts")
    factories.activity(owner=made, areas=placed("710"), elements=filed("wsis-al:C2"))
    index()
    visit(f"/organizations/{made.public_id}/")
    with django_assert_num_queries(13):
        visit(f"/organizations/{made.public_id}/")
    for _number in range(2):
        factories.activity(owner=made, areas=placed("710"), elements=filed("wsis-al:C2"))
    index()

    with django_assert_num_queries(13):
        page = visit(f"/organizations/{made.public_id}/")

    assert len(page.texts(".entry")) == 3
