"""Writing activities: happy, denied and history cases of each service."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import (
    Edit,
    confirm_activity,
    create_activities,
    create_activity,
    delete_activities,
    update_activities,
    update_activity,
    values_of,
    withdraw_activity,
)
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history import queries as history
from tests import factories

pytestmark = pytest.mark.django_db


def test_create_logs_what_the_record_then_holds(system: Any) -> None:
    values = {
        "title": {"original": "fr", "values": {"fr": "Accès", "en": "Access"}},
        "languages": ["fr", "en", "fr"],
        "budget_amount": 12,
        "elements": [{"element": "wsis-al:C2"}, {"element": "sdg:9", "is_primary": True}],
        "links": [{"url": "https://example.org/"}],
    }

    activity = create_activity(system, values)

    held = {k: v for k, v in values_of(_read(activity)).items() if v not in ("", None, [], {})}
    assert history.as_of("activity", activity.public_id, timezone.now()) == held


def test_update_with_the_same_values_in_another_order_writes_nothing(system: Any) -> None:
    activity = create_activity(
        system, {"title": {"original": "en", "values": {"en": "One"}}, "languages": ["en", "fr"]}
    )
    before = history.head()

    update_activity(system, activity, {"languages": ["fr", "en"]}, expected_version=None)

    assert history.head() == before


def _whole(owner: str, partner: str) -> dict:
    return {
        "title": {"original": "fr", "values": {"fr": "Accès rural", "en": "Rural access"}},
        "summary": {"original": "fr", "values": {"fr": "Des centres d’accès."}},
        "description": {},
        "results": {"original": "en", "values": {"en": "12 centres"}},
        "obstacles": {},
        "lessons": {},
        "type": "project",
        "status": "ongoing",
        "scope_level": "national",
        "start_date": "2007-10",
        "end_date": "2009",
        "owner": owner,
        "budget_amount": "1200.50",
        "budget_currency": "USD",
        "beneficiaries": [],
        "impediments": ["connectivity"],
        "languages": ["fr"],
        "elements": [
            {"element": "sdg:9", "is_primary": False, "is_suggested": True, "note": ""},
            {"element": "wsis-al:C2", "is_primary": True, "is_suggested": False, "note": ""},
        ],
        "areas": [{"area": "466", "percentage": None}, {"area": "854", "percentage": "40.00"}],
        "participations": [{"organization": partner, "role": "funding"}],
        "links": [{"url": "https://example.org/a", "title": "Site", "kind": ""}],
        "external_identifiers": [{"scheme": "iati", "value": "XX-1"}],
        "origin": "entry",
        "source_name": "",
        "source_url": "",
        "is_invented": False,
        "last_confirmed_on": "2010-09-12",
        "state": "published",
    }


NEW = {"scheme": "iati", "value": "XX-2"}


def _read(activity: Activity) -> Activity:
    return Activity.objects.with_links().get(pk=activity.pk)


def test_create_activity_keeps_every_value(anna) -> None:
    owner, partner = factories.organization(), factories.organization()
    values = _whole(owner.public_id, partner.public_id)

    activity = create_activity(anna, values)

    assert values_of(_read(activity)) == values
    assert activity.public_id.startswith("A-")
    assert activity.version == 1


def test_create_activity_is_logged_with_its_values(anna) -> None:
    activity = create_activity(anna, {"title": {"original": "en", "values": {"en": "One"}}})

    [change] = history.changes_of("activity", activity.public_id)
    assert (change.verb, change.actor_key) == ("create", anna.actor_key)
    assert {told.field: told.after for told in history.diff(change)} == {
        "title": {"original": "en", "values": {"en": "One"}},
        "is_invented": False,
        "origin": "entry",
        "state": "published",
    }


def test_create_activity_by_someone_without_grant_is_denied(bilal) -> None:
    with pytest.raises(PermissionDenied):
        create_activity(bilal, {"title": {"original": "en", "values": {"en": "One"}}})

    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", {}, "A title is needed."),
        ("title", {"original": "en", "values": {"en": "a\x00b"}}, "control characters"),
        ("status", "asleep", "asleep is not on the list activity_status."),
        ("impediments", ["fog"], "fog is not on the list impediment."),
        ("start_date", "2007-13", "2007-13 is no date"),
        ("start_date", "2007-02-30", "2007-02-30 is no date"),
        ("start_date", "0001", "0001 is no date"),
        ("end_date", "9999-12-31", "9999-12-31 is no date"),
        ("end_date", "2001", "The end is before the start."),
        ("budget_amount", "much", "much is no amount."),
        ("budget_amount", "1e30", "1e30 is no amount."),
        ("links", [{"url": "javascript:alert(1)"}], "is no web address"),
        ("elements", [{"element": "wsis-al:C99"}], "There is no wsis-al:C99 here."),
        ("last_confirmed_on", "2098-01-01", "This day is still to come."),
        (
            "links",
            [{"url": "https://example.org/", "title": "t" * 501}],
            "The words behind https://example.org/ are longer than 500 characters.",
        ),
        ("areas", [{"area": "000"}], "There is no 000 here."),
        ("owner", "O-NOBODY", "There is no O-NOBODY here."),
        ("state", "secret", "secret is not on the list state."),
        ("colour", "red", "There is no field of this name."),
    ],
)
def test_create_activity_of_wrong_values_names_the_field(
    anna, field: str, value: object, told: str
) -> None:
    values = {
        "title": {"original": "en", "values": {"en": "One"}},
        "start_date": "2005",
        field: value,
    }

    with pytest.raises(ValidationError) as caught:
        create_activity(anna, values)

    assert list(caught.value.message_dict) == [field]
    assert told in caught.value.message_dict[field][0]
    assert not Activity.objects.exists()


def test_create_activities_writes_all_or_nothing(anna) -> None:
    good = {"title": {"original": "en", "values": {"en": "One"}}}
    before = history.head()

    with pytest.raises(ValidationError):
        create_activities(anna, [good, {**good, "owner": "O-NOBODY"}])

    assert not Activity.objects.exists()
    assert history.head() == before


def test_create_activity_with_an_identifier_of_another_is_refused(anna) -> None:
    values = {
        "title": {"original": "en", "values": {"en": "One"}},
        "external_identifiers": [{"scheme": "iati", "value": "XX-1"}],
    }
    create_activity(anna, values)

    for rows in ([values], [{**values, "external_identifiers": [NEW]}] * 2):
        with pytest.raises(ValidationError, match="belongs to another activity"):
            create_activities(anna, rows)


def test_update_activity_changes_only_what_differs(anna) -> None:
    activity = factories.activity("One", start_date="2007")

    edited = update_activity(
        anna, activity, {"status": "completed", "start_date": "2007"}, expected_version=1
    )

    assert (edited.status, edited.version) == ("completed", 2)
    told = history.diff(history.changes_of("activity", activity.public_id)[0])
    assert [(one.field, one.before, one.after) for one in told] == [
        ("status", "ongoing", "completed")
    ]


def test_update_activity_with_nothing_new_writes_nothing(anna) -> None:
    activity = factories.activity("One")
    before = history.head()

    edited = update_activity(anna, activity, {"status": "ongoing"}, expected_version=1)

    assert edited.version == 1
    assert history.head() == before


def test_update_activity_from_an_old_version_is_refused(anna) -> None:
    activity = factories.activity("One")
    update_activity(anna, activity, {"status": "completed"}, expected_version=1)

    with pytest.raises(StaleVersion) as caught:
        update_activity(anna, activity, {"status": "planned"}, expected_version=1)

    assert (caught.value.current, caught.value.given) == (2, 1)
    assert Activity.objects.get(pk=activity.pk).status == "completed"


def test_update_activity_replaces_links_that_are_named_and_keeps_the_others(anna) -> None:
    owner = factories.organization()
    activity = create_activity(anna, _whole(owner.public_id, owner.public_id))

    update_activity(
        anna, activity, {"areas": [{"area": "710", "percentage": None}]}, expected_version=1
    )

    values = values_of(_read(activity))
    assert values["areas"] == [{"area": "710", "percentage": None}]
    assert [link["element"] for link in values["elements"]] == ["sdg:9", "wsis-al:C2"]


def test_update_activity_by_someone_without_grant_is_denied(bilal) -> None:
    activity = factories.activity("One")

    with pytest.raises(PermissionDenied):
        update_activity(bilal, activity, {"status": "completed"}, expected_version=1)

    assert Activity.objects.get(pk=activity.pk).status == "ongoing"


@pytest.mark.parametrize(
    ("role", "kind", "of_owner", "allowed"),
    [
        ("editor", "organization", True, True),
        ("editor", "organization", False, False),
        ("contributor", "organization", True, False),
        ("focal_point", "area", True, True),
        ("focal_point", "area", False, False),
    ],
)
def test_update_activity_is_for_those_whose_scope_it_is(
    db: None, role: str, kind: str, of_owner: bool, allowed: bool
) -> None:
    owner = factories.organization()
    activity = factories.activity(owner=owner, areas=[{"area": "710", "percentage": None}])
    scopes = {"organization": owner.public_id, "area": "710"}
    scope = scopes[kind] if of_owner else "O-OTHER"
    person = factories.user(role=role, scope_kind=kind, scope_id=scope)

    if allowed:
        edited = update_activity(person, activity, {"status": "planned"}, expected_version=1)
        assert edited.status == "planned"
    else:
        with pytest.raises(PermissionDenied):
            update_activity(person, activity, {"status": "planned"}, expected_version=1)


def test_update_activities_edits_many_in_one_go(anna) -> None:
    activities = [factories.activity() for _number in range(3)]
    start, _hash = history.head()

    update_activities(anna, [Edit(one, {"status": "completed"}) for one in activities])

    assert set(Activity.objects.values_list("status", flat=True)) == {"completed"}
    assert history.head()[0] == start + 3


def test_update_activities_refuses_more_than_a_batch(anna) -> None:
    activity = factories.activity()

    with pytest.raises(ValueError, match="at most 500"):
        update_activities(anna, [Edit(activity, {})] * 501)


def test_confirm_activity_notes_the_day(anna) -> None:
    activity = factories.activity()

    confirm_activity(anna, activity)

    assert history.diff(history.changes_of("activity", activity.public_id)[0])[0].field == (
        "last_confirmed_on"
    )


def test_withdraw_activity_hides_it_and_keeps_the_reason(anna) -> None:
    activity = factories.activity()

    withdraw_activity(anna, activity, reason="entered twice")

    change = history.changes_of("activity", activity.public_id)[0]
    assert not Activity.objects.published().exists()
    assert history.note_of(change) == "entered twice"


def test_delete_activities_leaves_their_values_in_the_log(anna) -> None:
    owner = factories.organization()
    activity = create_activity(anna, _whole(owner.public_id, owner.public_id))

    delete_activities(anna, [activity], note="undone")

    change = history.changes_of("activity", activity.public_id)[0]
    assert not Activity.objects.exists()
    assert change.verb == "delete"
    before = {told.field: told.before for told in history.diff(change)}
    assert before["areas"][0]["area"] == "466"


def test_delete_activities_by_someone_without_grant_is_denied(bilal) -> None:
    activity = factories.activity()

    with pytest.raises(PermissionDenied):
        delete_activities(bilal, [activity], note="no")

    assert Activity.objects.filter(pk=activity.pk).exists()
