"""Changing an activity on its form."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

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
    return {**filled_in(Page(client.get(address(activity, language)))), **changes}


def filled_in(page: Page) -> dict[str, str]:
    """Read what stands in a form as a browser would send it."""
    return {
        **{each.get("name"): each.get("value") or "" for each in page.find(".form input")},
        **{each.get("name"): each.text or "" for each in page.find(".form textarea")},
        "status": page.find(".form option[selected]")[0].get("value"),
    }


def fresh(activity: Activity) -> Activity:
    return Activity.objects.with_links().get(pk=activity.pk)


def test_form_is_filled_from_the_record(client: Client, anna: Any, activity: Activity) -> None:
    client.force_login(anna)

    values = filled(client, activity)

    values.pop("key"), values.pop("csrfmiddlewaretoken")
    assert values.pop("seen").count("=") == 9
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
        ["Summary", "All schools on the network.", "Schools on the network.", "As on record"],
        ["Status", "Ongoing", "Completed", "Yours"],
        ["End", "2010", "2011", "Yours"],
    ]
    assert page.find(".form textarea[name=summary]")[0].text == "All schools on the network."
    assert page.find(".form input[name=end_date]")[0].get("value") == "2011"
    assert page.find(".form input[name=version]")[0].get("value") == "2"
    assert fresh(activity).end_date == "2010"

    assert client.post(address(activity), filled_in(page)).status_code == 302
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
    assert page.links(".faults a") == ["#id_end_date", "#id_links"]
    assert page.text("#id_links-fault1") == "Fault: nowhere is no web address."
    assert page.text("#id_end_date-fault1") == "Fault: The end is before the start."
    assert fresh(activity).version == 1


def test_faults_of_form_and_service_are_told_in_one_round(
    client: Client, anna: Any, activity: Activity
) -> None:
    client.force_login(anna)
    values = filled(
        client, activity, title=" ", start_date="2005-13", links="nowhere", last_confirmed_on="soon"
    )

    page = Page(client.post(address(activity), values))

    told = ["#id_title", "#id_start_date", "#id_links", "#id_last_confirmed_on"]
    assert (page.status, page.links(".faults a")) == (422, told)


def test_stale_form_with_a_fault_shows_both_at_once(
    client: Client, anna: Any, system: Any, activity: Activity
) -> None:
    client.force_login(anna)
    values = filled(client, activity, links="nowhere")
    theirs = Text.of("en", "Fibre to every school and clinic").to_json()
    update_activity(system, activity, {"title": theirs}, expected_version=1)

    page = Page(client.post(address(activity), values))

    assert (page.status, page.links(".faults a")) == (409, ["#id_links"])
    assert page.find(".form input[name=title]")[0].get("value") == theirs["values"]["en"]
    assert page.find(".form textarea[name=links]")[0].text == "nowhere"


def test_form_writes_only_what_was_changed_on_it(
    client: Client, anna: Any, activity: Activity
) -> None:
    title = Text.of("en", "Fibre  to\nevery school").to_json()
    update_activity(anna, activity, {"title": title}, expected_version=1)
    client.force_login(anna)

    client.post(address(activity), filled(client, activity, results="It  works.\r\n\r\nWell."))

    change = changes_of("activity", activity.public_id)[0]
    assert list(change.payload.values) == ["results"]
    assert fresh(activity).title == Text.from_json(title)


def test_day_of_confirmation_is_refused_while_it_is_still_to_come(
    client: Client, anna: Any, activity: Activity
) -> None:
    client.force_login(anna)
    in_two_days = (timezone.now() + timedelta(days=2)).date().isoformat()

    values = filled(client, activity, last_confirmed_on=in_two_days)
    page = Page(client.post(address(activity), values))

    assert page.text("#id_last_confirmed_on-fault1") == "Fault: This day is still to come."
    assert fresh(activity).last_confirmed_on is None


def test_title_as_long_as_an_import_may_bring_can_be_edited(
    client: Client, anna: Any, activity: Activity
) -> None:
    client.force_login(anna)
    long = "Fibre " * 400 + "everywhere"
    client.post(address(activity), filled(client, activity, title=long))

    client.post(address(activity), filled(client, activity, title=f"{long} else"))

    assert str(fresh(activity).title) == f"{long} else"
    page = Page(client.get(address(activity)))
    assert page.find(".form textarea[name=title]")[0].text == f"{long} else"


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
