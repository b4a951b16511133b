"""Reading the log: a record's state on a date, its changes, what came after a number."""

from datetime import UTC, datetime, timedelta

import pytest

from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries
from stocktake.kernel.history.models import Change
from stocktake.kernel.history.services import Entry, record_many

pytestmark = pytest.mark.django_db


def _write(system: System, verb: str, before: dict, after: dict) -> Change:
    [number] = record_many(system, [Entry(verb, "activity", "A-1", before, after)])
    return Change.objects.get(number=number)


def test_as_of_gives_the_values_known_at_a_moment(system: System) -> None:
    first = _write(system, "create", {}, {"title": "one", "status": "planned"})
    second = _write(system, "update", {"title": "one"}, {"title": "two"})
    third = _write(system, "delete", {"title": "two", "status": "planned"}, {})

    at = [datetime.fromisoformat(change.at) for change in (first, second, third)]
    assert queries.as_of("activity", "A-1", at[0] - timedelta(seconds=1)) is None
    assert queries.as_of("activity", "A-1", at[0]) == {"title": "one", "status": "planned"}
    assert queries.as_of("activity", "A-1", at[1]) == {"title": "two", "status": "planned"}
    assert queries.as_of("activity", "A-1", at[2]) is None


def test_as_of_a_day_means_its_end(system: System) -> None:
    _write(system, "create", {}, {"title": "one"})
    today = datetime.now(UTC).date()

    assert queries.as_of("activity", "A-1", today) == {"title": "one"}
    assert queries.as_of("activity", "A-1", today - timedelta(days=1)) is None


def test_changes_of_a_record_are_its_own_newest_first(system: System) -> None:
    first = _write(system, "create", {}, {"title": "one"})
    record_many(system, [Entry("create", "activity", "A-2", {}, {"title": "other"})])
    second = _write(system, "update", {"title": "one"}, {"title": "two"})

    found = queries.changes_of("activity", "A-1")

    assert [change.number for change in found] == [second.number, first.number]


def test_changes_after_a_number_come_in_order_up_to_the_limit(system: System) -> None:
    start, _hash = queries.head()
    for title in "abc":
        _write(system, "update", {}, {"title": title})

    found = queries.changes_after(start, limit=2)

    assert [change.number for change in found] == [start + 1, start + 2]
