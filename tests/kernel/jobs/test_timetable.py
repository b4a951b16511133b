"""The timetable: what is due runs once, a failure is kept and stops nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from stocktake.kernel.jobs import timetable
from stocktake.kernel.jobs.models import Run

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch) -> list[str]:
    """A timetable of a job that counts and one that fails; gives what the first did."""
    told: list[str] = []
    monkeypatch.setattr(timetable, "_jobs", {})
    timetable.periodic("count", every=timedelta(hours=1))(lambda: told.append("counted"))
    timetable.periodic("fail", every=timedelta(hours=1))(lambda: 1 / 0)
    return told


def test_run_due_runs_each_job_once_an_interval(done: list[str]) -> None:
    first = timetable.run_due(NOON)
    second = timetable.run_due(NOON + timedelta(minutes=59))
    third = timetable.run_due(NOON + timedelta(minutes=60))

    assert (first, second, third) == (["count", "fail"], [], ["count", "fail"])
    assert done == ["counted", "counted"]


def test_run_due_keeps_the_error_of_a_job_that_fails(done: list[str]) -> None:
    timetable.run_due(NOON)

    errors = dict(Run.objects.values_list("job", "error"))
    assert errors == {"count": "", "fail": "ZeroDivisionError: division by zero"}
