"""Rows written many at a time read back as if the model had written them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from stocktake.domain.activities.models import Activity, ExternalIdentifier
from stocktake.kernel.common import bulk
from tests import factories

pytestmark = pytest.mark.django_db

_MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def test_inserted_rows_read_back_as_the_models_own() -> None:
    (key,) = bulk.new_keys(Activity, 1)
    names = {
        "id": key,
        "public_id": "A-BULKBULK",
        "version": 1,
        "created_at": bulk.moment(_MOMENT),
        "updated_at": bulk.moment(_MOMENT),
        "title": bulk.as_json({"original": "ar", "values": {"ar": "محطة"}}),
        "budget_amount": "1250000.50",
        "last_confirmed_on": "2026-01-02",
        "is_invented": True,
    }
    texts = ("summary", "description", "results", "obstacles", "lessons")
    empty = dict.fromkeys(texts, "{}") | dict.fromkeys(
        ("beneficiaries", "impediments", "languages"), "[]"
    )
    words = ("type", "status", "scope_level", "start_date", "end_date", "budget_currency")
    more = dict.fromkeys((*words, "source_name", "source_url"), "")
    row = {**names, **empty, **more, "origin": "generated", "state": "published", "owner": None}

    bulk.insert(Activity, list(row), [list(row.values())])

    made = Activity.objects.get(public_id="A-BULKBULK")
    assert (made.pk, str(made.title), made.created_at) == (key, "محطة", _MOMENT)
    assert made.budget_amount == Decimal("1250000.50")
    assert (made.last_confirmed_on, made.is_invented) == (date(2026, 1, 2), True)
    assert (made.owner, made.languages, bool(made.summary)) == (None, [], False)


def test_keys_are_not_given_twice() -> None:
    keys = bulk.new_keys(ExternalIdentifier, 2)
    activity = factories.activity()

    bulk.insert(
        ExternalIdentifier,
        ("id", "activity", "scheme", "value"),
        [(key, activity.pk, "x", str(key)) for key in keys],
    )
    made = ExternalIdentifier.objects.create(activity=activity, scheme="x", value="own")

    assert made.pk not in keys
    assert len(set(keys)) == 2


def test_constraint_of_the_database_is_an_error_that_django_knows() -> None:
    activity = factories.activity()
    row = (activity.pk, "x", "same")

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(ExternalIdentifier, ("activity", "scheme", "value"), [row, row])

    assert not ExternalIdentifier.objects.filter(scheme="x").exists()


def test_updated_rows_are_those_of_their_keys() -> None:
    one, two = factories.activity("One"), factories.activity("Two")

    bulk.update(Activity, ("status", "version"), [("planned", 7, one.pk)])

    assert list(Activity.objects.order_by("pk").values_list("status", "version")) == [
        ("planned", 7),
        (two.status, 1),
    ]
