"""Statuses only with a source, conditions that wake, and each refusal as a sentence."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.domain.asks.services import StatusSource, record_condition, set_status
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.history import queries as history
from tests.domain.asks import making

pytestmark = pytest.mark.django_db

NAMED = StatusSource(name="Report of the invented session", url="https://example.org/report")


def test_set_status_with_a_named_source_keeps_and_tells_it(anna: Any) -> None:
    period = making.instance()

    changed = set_status(
        anna, period, "in_progress", source=NAMED, note="read", expected_version=1,
        on=date(2011, 3, 14),
    )  # fmt: skip

    assert (changed.status, changed.status_on, changed.version) == (
        "in_progress",
        date(2011, 3, 14),
        2,
    )
    change = history.changes_of("ask_instance", period.public_id)[0]
    assert {told.field: told.after for told in history.diff(change)} == {
        "status": "in_progress",
        "status_on": "2011-03-14",
        "status_source_name": NAMED.name,
        "status_source_url": NAMED.url,
    }
    assert history.note_of(change) == "read"


def test_set_status_again_without_difference_writes_nothing(anna: Any) -> None:
    period = making.instance()
    set_status(anna, period, "in_progress", source=NAMED, expected_version=1)
    number = history.head()

    same = set_status(anna, period, "in_progress", source=NAMED, expected_version=2)

    assert (same.version, history.head()) == (2, number)


def test_set_status_by_another_source_replaces_the_first(anna: Any) -> None:
    period, report = making.instance(), making.document("A/66/64", type="report")
    set_status(anna, period, "in_progress", source=NAMED, expected_version=1)

    changed = set_status(
        anna, period, "reported_done", source=StatusSource(document=report), expected_version=2
    )

    assert (changed.status_document, changed.status_source_name) == (report, "")


def test_set_status_denied_or_stale_writes_nothing(anna: Any, clara: Any, bilal: Any) -> None:
    period = making.instance()

    for person in (clara, bilal):
        with pytest.raises(PermissionDenied):
            set_status(person, period, "lapsed", source=NAMED, expected_version=1)
    with pytest.raises(StaleVersion):
        set_status(anna, period, "lapsed", source=NAMED, expected_version=5)

    period.refresh_from_db()
    assert (period.status, period.version) == ("open", 1)


@pytest.mark.parametrize(
    ("values", "status", "source", "fields"),
    [
        ({}, "reported_done", StatusSource(), {"source"}),
        ({}, "no_report_received", NAMED, {"status"}),
        ({}, "not_started", StatusSource(url="ftp://example.org"), {"status", "source"}),
        ({}, "reported_done", StatusSource(url="https://example.org"), {"source"}),
        ({}, "sleeping", NAMED, {"status"}),
        ({}, "superseded", NAMED, {"superseded_by"}),
        ({"nature": "standing"}, "reported_done", NAMED, {"status"}),
        ({"condition": making.text("Should it be so")}, "in_progress", NAMED, {"status"}),
    ],
)
def test_set_status_that_does_not_fit_is_refused_with_sentences(
    anna: Any, values: dict[str, Any], status: str, source: StatusSource, fields: set[str]
) -> None:
    period = making.instance(**values)

    with pytest.raises(ValidationError) as caught:
        set_status(anna, period, status, source=source, expected_version=1)

    assert set(caught.value.message_dict) == fields
    period.refresh_from_db()
    assert period.version == 1


def test_set_status_superseded_names_the_ask_in_its_place(anna: Any) -> None:
    period, later = making.instance(), making.ask()

    changed = set_status(
        anna,
        period,
        "superseded",
        source=StatusSource(),
        expected_version=1,
        superseded_by=later,
    )

    assert (changed.status, changed.status_document) == (
        "superseded",
        later.provision.document,
    )
    assert changed.ask.superseded_by == later
    change = history.changes_of("ask", period.ask.public_id)[0]
    assert [(told.field, told.after) for told in history.diff(change)] == [
        ("superseded_by", later.public_id)
    ]
    with pytest.raises(ValidationError):
        set_status(
            anna,
            later.instances.get(),
            "superseded",
            source=NAMED,
            expected_version=1,
            superseded_by=later,
        )


def test_record_condition_wakes_the_ask_and_tells_why(anna: Any) -> None:
    ask = making.ask(condition=making.text("Should the mandate be extended"), due_on="2020-01-01")

    woken = record_condition(
        anna, ask, met_on=date(2011, 12, 22), source_name="A/RES/66/184", expected_version=1
    )

    assert (woken.condition_met_on, woken.version) == (date(2011, 12, 22), 2)
    period = ask.instances.get()
    assert (period.status, period.due_on) == ("open", date(2020, 1, 1))
    change = history.changes_of("ask", ask.public_id)[0]
    assert {told.field: told.after for told in history.diff(change)} == {
        "condition_met_on": "2011-12-22",
        "condition_source_name": "A/RES/66/184",
    }
    change = history.changes_of("ask_instance", period.public_id)[0]
    assert [(told.before, told.after) for told in history.diff(change)] == [("sleeping", "open")]


def test_record_condition_of_a_recurring_ask_starts_its_periods(anna: Any) -> None:
    ask = making.ask(
        condition=making.text("Should the mandate be extended"), nature="recurring",
        recurrence="P1Y",
    )  # fmt: skip
    met = making.day(-500)

    record_condition(anna, ask, met_on=met, source_name="A/RES/66/184", expected_version=1)

    found = list(ask.instances.order_by("due_on"))
    assert [each.period for each in found] == [str(met.year + 1), str(met.year + 2)]
    assert [each.status for each in found] == ["open", "open"]
    assert found[0].starts_on == met


def test_record_condition_refused_denied_or_stale_writes_nothing(anna: Any, clara: Any) -> None:
    ask = making.ask(condition=making.text("Should the mandate be extended"))
    good: dict[str, Any] = {"met_on": date(2011, 12, 22), "source_name": "A/RES/66/184"}

    with pytest.raises(PermissionDenied):
        record_condition(clara, ask, **good, expected_version=1)
    with pytest.raises(StaleVersion):
        record_condition(anna, ask, **good, expected_version=2)
    with pytest.raises(ValidationError) as caught:
        record_condition(
            anna, ask, met_on=making.day(9), source_name="", source_url="x", expected_version=1
        )
    assert set(caught.value.message_dict) == {"met_on", "source_name", "source_url"}
    with pytest.raises(ValidationError) as caught:
        record_condition(anna, making.ask(), **good, expected_version=1)
    assert set(caught.value.message_dict) == {"condition"}
    assert ask.instances.get().status == "sleeping"
