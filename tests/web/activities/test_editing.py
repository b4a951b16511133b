"""Changing an activity on its form."""

from typing import Any

import pytest
from django.test import Client

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import update_activity
from stocktake.kernel.history.queries import changes_of
from stocktake.lib.multilingual import Text
from tests import factories
from tests.web.conftest import Page


@pytest.fixture
def activity(db: None, search_folder: None) -> Activity:
    """An activity in two languages with one link."""
    return factories.activity(
        "Fibre to every school",
        summary=Text.of("en", "Schools on the network.").to_json(),
        start_date="2005-03",
        links=[{"url": "https://example.org/a", "title": "Report", "kind": "news"}],
    )


def address(activity: Activity, language: str = "en") -> str:
    return f"/activities/{activity.public_id}/edit/?text={language}"


def filled(
    client: Client, activity: Activity, language: str = "en", **changes: str
) -> dict[str, str]:
    """Read the form and fill in some of its fields."""
    page = Page(client.get(address(activity, language)))
    values = {
        **{each.get("name"): each.get("value") or "" for each in page.find(".form input")},
        **{each.get("name"): each.text or "" for each in page.find(".form textarea")},
        "status": page.find(".form option[selected]")[0].get("value"),
    }
    return {**values, **changes}


def fresh(activity: Activity) -> Activity:
    return Activity.objects.with_links().get(pk=activity.pk)


def test_form_is_filled_from_the_record(client: Client, anna: Any, activity: Activity) -> None:
    client.force_login(anna)

    values = filled(client, activity)

    values.pop("key"), values.pop("csrfmiddlewaretoken")
    assert values == {
        "version": "1",
        "title": "Fibre to every school",
        "summary": "Schools on the network.",
        "description": "",
        "results": "",
        "status": "ongoing",
        "start_date": "2005-03",
        "end_date": "",
        "links": "https://example.org/a Report",
        "last_confirmed_on": "",
        "note": "",
    }


def test_saving_writes_the_changes_and_the_log(
    client: Client, anna: Any, activity: Activity
) -> None:
    client.force_login(anna)
    values = filled(
        client,
        activity,
        status="completed",
        end_date="2010",
        links="https://example.org/a Report\nhttps://example.org/b",
        note="The work is done.",
    )

    answer: Any = client.post(address(activity), values)

    saved = fresh(activity)
    assert (answer.status_code, answer.url) == (302, f"/activities/{activity.public_id}/")
    assert (saved.status, saved.end_date, saved.version) == ("completed", "2010", 2)
    assert [(link.url, link.title, link.kind) for link in saved.links.all()] == [
        ("https://example.org/a", "Report", "news"),
        ("https://example.org/b", "", ""),
    ]
    change = changes_of("activity", activity.public_id)[0]
    assert change.actor_key == anna.actor_key
    assert sorted(change.payload.values) == ["_note", "end_date", "links", "status"]


def test_saving_in_another_language_keeps_the_original(
    client: Client, anna: Any, activity: Activity
) -> None:
    client.force_login(anna)

    client.post(address(activity, "ar"), filled(client, activity, "ar", title="ألياف لكل مدرسة"))

    title = fresh(activity).title
    assert title == Text("en", {"en": "Fibre to every school", "ar": "ألياف لكل مدرسة"})


def test_form_sent_twice_is_saved_once(client: Client, anna: Any, activity: Activity) -> None:
    client.force_login(anna)
    values = filled(client, activity, status="completed")

    first: Any = client.post(address(activity), values)
    second: Any = client.post(address(activity), values)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert fresh(activity).version == 2
    assert len(changes_of("activity", activity.public_id)) == 2


def test_stale_form_shows_both_sides_and_can_be_saved_again(
    client: Client, anna: Any, system: Any, activity: Activity
) -> None:
    client.force_login(anna)
    values = filled(client, activity, status="completed", end_date="2011")
    theirs = Text.of("en", "All schools on the network.").to_json()
    update_activity(system, activity, {"summary": theirs, "end_date": "2010"}, expected_version=1)

    answer = client.post(address(activity), values)

    page = Page(answer)
    assert page.status == 409
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
        for row in page.find(".table tbody tr")
    ]
    assert rows == [
        ["Summary", "All schools on the network.", "Schools on the network."],
        ["Status", "ongoing", "completed"],
        ["End", "2010", "2011"],
    ]
    assert page.find(".form input[name=end_date]")[0].get("value") == "2011"
    assert page.find(".form input[name=version]")[0].get("value") == "2"
    assert fresh(activity).end_date == "2010"

    again = {**values, "summary": "All schools on the network."}
    again["version"] = "2"
    again["key"] = page.find(".form input[name=key]")[0].get("value")
    assert client.post(address(activity), again).status_code == 302
    saved = fresh(activity)
    assert (saved.end_date, saved.status, str(saved.summary)) == (
        "2011",
        "completed",
        "All schools on the network.",
    )


def test_refused_values_are_told_at_their_fields(
    client: Client, anna: Any, activity: Activity
) -> None:
    client.force_login(anna)
    values = filled(client, activity, start_date="2010", end_date="2005", links="nowhere")

    page = Page(client.post(address(activity), values))

    assert page.status == 422
    assert page.links(".faults a") == ["#id_links"]
    assert page.text("#id_links-fault1") == "Fault: nowhere is no web address."
    assert fresh(activity).version == 1


def test_missing_title_is_told(client: Client, anna: Any, activity: Activity) -> None:
    client.force_login(anna)

    page = Page(client.post(address(activity), filled(client, activity, title="")))

    assert page.status == 422
    assert page.links(".faults a") == ["#id_title"]


def test_form_is_closed_to_who_may_not_change(
    client: Client, bilal: Any, activity: Activity
) -> None:
    anonymous: Any = client.get(address(activity))
    client.force_login(bilal)

    assert anonymous.status_code == 302
    assert anonymous.url.startswith("/accounts/login/?next=/activities/")
    assert client.get(address(activity)).status_code == 403
    assert client.post(address(activity), {}).status_code == 403


def test_editor_of_the_owner_may_change_and_sees_the_way_to_it(
    client: Client, activity: Activity
) -> None:
    owner = activity.owner
    assert owner is not None
    editor = factories.user(role="editor", scope_kind="organization", scope_id=owner.public_id)
    client.force_login(editor)

    page = Page(client.get(f"/activities/{activity.public_id}/"))

    assert f"/activities/{activity.public_id}/edit/" in page.links("a")
    form = Page(client.get(address(activity)))
    assert form.find("form input[name=version]")[0].get("value") == str(activity.version)
