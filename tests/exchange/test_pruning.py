"""What old imports replaced is dropped, and they can no longer be undone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from stocktake.exchange import jobs, queries, undoing
from stocktake.exchange.models import ImportRun, PriorSource, RunState
from stocktake.exchange.pruning import UNDOABLE, prune
from stocktake.kernel.history import queries as history
from stocktake.kernel.jobs import timetable
from tests.exchange.conftest import Import
from tests.exchange.material import activity_xml, record, write_iati

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def two(tmp_path: Path, import_iati: Import) -> tuple[ImportRun, ImportRun]:
    """A run that made an entry and a run that changed it, both ended long ago."""
    file = write_iati(tmp_path / "a.xml", activity_xml("X-1", "One"))
    first = import_iati(file).run
    write_iati(file, activity_xml("X-1", "Two"))
    second = import_iati(file).run
    assert first
    assert second
    ImportRun.objects.update(finished_at=NOW - UNDOABLE - timedelta(seconds=1))
    return first, second


def test_prune_drops_what_an_old_run_replaced_and_closes_it(
    two: tuple[ImportRun, ImportRun], system: Any
) -> None:
    first, second = two

    dropped = prune(system, now=NOW)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (dropped, PriorSource.objects.count()) == (1, 0)
    assert (first.is_final, second.is_final) == (False, True)
    assert queries.details_of(second).commands == ()
    newest = history.changes_of("import_run", second.public_id)[0]
    assert [(told.field, told.before, told.after) for told in history.diff(newest)] == [
        ("is_final", False, True)
    ]
    with pytest.raises(ValidationError, match="ended too long ago"):
        undoing.undo(system, second)
    assert prune(system, now=NOW) == 0


def test_prune_lets_a_run_that_only_made_entries_be_undone(
    two: tuple[ImportRun, ImportRun], system: Any
) -> None:
    first, _second = two
    prune(system, now=NOW)

    report = undoing.undo(system, first)

    [fault] = report.summary.notes["kept"]
    assert "read again by a later import" in fault.message
    assert [str(told["title"]["values"]["en"]) for told in record().values()] == ["Two"]


@pytest.mark.parametrize(
    "change",
    [
        {"finished_at": NOW - UNDOABLE},
        {"state": RunState.UNDOING},
        {"state": RunState.APPLYING, "finished_at": None},
    ],
)
def test_prune_leaves_recent_and_interrupted_runs(
    two: tuple[ImportRun, ImportRun], system: Any, change: dict[str, Any]
) -> None:
    ImportRun.objects.update(**change)

    assert prune(system, now=NOW) == 0
    assert PriorSource.objects.count() == 1


def test_prune_by_somebody_without_permission_is_refused(
    two: tuple[ImportRun, ImportRun], bilal: Any
) -> None:
    with pytest.raises(PermissionDenied):
        prune(bilal, now=NOW)

    assert PriorSource.objects.count() == 1


def test_prune_is_on_the_timetable_every_night(two: tuple[ImportRun, ImportRun]) -> None:
    [job] = [job for job in timetable.jobs() if job.do is jobs.prune_old_imports]

    job.do()

    assert job.every == timedelta(days=1)
    assert PriorSource.objects.count() == 0
