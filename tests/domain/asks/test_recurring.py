"""What time brings: next periods, due dates that passed, and never twice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from stocktake.domain.asks.services import (
    announce_due,
    create_ask,
    ensure_instances,
    update_ask,
    withdraw_ask,
)
from stocktake.kernel.history import queries as history
from stocktake.kernel.jobs import timetable
from tests.domain.asks import making

pytestmark = pytest.mark.django_db

YEARLY: dict[str, Any] = {"nature": "recurring", "recurrence": "P1Y"}


def yearly(**values: Any) -> Any:
    """Make an ask with the period 2011 alone."""
    stated = [{"period": "2011", "due_on": "2011-05-27"}]
    return making.ask(**YEARLY, instances=stated, **values)


def names(ask: Any) -> list[str]:
    """Give the names of an ask's periods."""
    return list(ask.instances.order_by("due_on").values_list("period", flat=True))


def test_ensure_instances_adds_the_missing_periods_once(system: Any) -> None:
    ask = yearly()

    counts = [ensure_instances(system, date(2013, 6, 1)) for _ in range(2)]

    assert (counts, names(ask)) == ([3, 0], ["2011", "2012", "2013", "2014"])
    newest = ask.instances.get(period="2014")
    assert (newest.due_on, newest.status) == (date(2014, 5, 27), "open")
    [change] = history.changes_of("ask_instance", newest.public_id)
    assert (change.verb, change.actor_key) == ("create", "system:test")


def test_ensure_instances_lets_the_desk_look_before_silence_about_old_periods_is_public(
    system: Any,
) -> None:
    ask = yearly()
    today = date(2013, 6, 1)

    ensure_instances(system, today)

    days = dict(ask.instances.values_list("period", "silence_public_on"))
    assert days == {
        "2011": date(2011, 11, 23),
        "2012": today + timedelta(days=180),
        "2013": today + timedelta(days=180),
        "2014": date(2014, 5, 27) + timedelta(days=180),
    }


def test_ensure_instances_ends_where_the_next_text_begins(system: Any) -> None:
    source = making.document("E/RES/2010/2", date="2010-07-19")
    ask = yearly(of=making.provision(source))
    making.document("E/RES/2012/5", date="2012-07-24", previous=source.public_id)

    ensure_instances(system, date(2016, 1, 1))

    assert names(ask) == ["2011", "2012", "2013"]


def test_ensure_instances_leaves_the_rest_alone(system: Any) -> None:
    asleep = making.ask(**YEARLY, condition=making.text("Should it be extended"))
    withdrawn, superseded, once, unknown = (
        yearly(),
        yearly(),
        making.ask(),
        making.ask(nature="periodic"),
    )
    withdraw_ask(system, withdrawn, reason="no ask")
    update_ask(system, superseded, {"superseded_by": once.public_id}, expected_version=None)

    assert ensure_instances(system, making.day(0)) == 0
    assert [len(names(ask)) for ask in (asleep, withdrawn, superseded, once, unknown)] == [1] * 5


def test_ensure_and_announce_by_a_person_without_right_are_denied(bilal: Any) -> None:
    for job in (ensure_instances, announce_due):
        with pytest.raises(PermissionDenied):
            job(bilal, date(2013, 6, 1))


def test_announce_due_tells_the_log_of_each_passed_day_once(system: Any) -> None:
    due = making.day(10)
    period = making.instance(due_on=str(due))
    public = period.silence_public_on
    assert public is not None
    days = [making.day(10), making.day(11), making.day(12), public, making.day(250)]

    counts = [announce_due(system, day) for day in days]

    assert counts == [0, 1, 0, 1, 0]
    period.refresh_from_db()
    assert (period.due_announced_on, period.version, period.status) == (public, 3, "open")
    changes = history.changes_of("ask_instance", period.public_id)
    assert [change.verb for change in changes] == ["update", "update", "create"]
    [told] = history.diff(changes[1])
    assert (told.field, told.before, told.after) == ("due_announced_on", None, str(days[1]))


def test_announce_due_is_silent_about_norms_and_what_was_late_from_the_start(system: Any) -> None:
    making.ask(nature="standing", due_on=str(making.day(-5)))
    making.ask(due_on=str(making.day(-5)))

    assert announce_due(system, making.day(0)) == 0


def test_jobs_are_on_the_timetable_and_write_as_the_system(system: Any) -> None:
    source = making.provision()
    stated = [{"period": "old", "due_on": str(making.day(-30))}]
    ask = create_ask(
        system,
        {
            "provision": source.public_id,
            "task": making.text("Report"),
            "lemma": "request",
            "force": 3,
            **YEARLY,
            "instances": stated,
        },
    )

    found = {job.name: job for job in timetable.jobs()}
    found["add periods of recurring asks"].do()
    found["tell of due dates that passed"].do()

    newest = ask.instances.order_by("-due_on").first()
    assert newest is not None
    assert newest.due_on is not None
    assert newest.due_on > making.day(0)
    [change] = history.changes_of("ask_instance", newest.public_id)
    assert change.actor_key == "system:timetable"
