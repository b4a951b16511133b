"""Declaring jobs and running those that are due, each by one worker only."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from stocktake.kernel.jobs.models import Run

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One entry of the timetable."""

    name: str
    every: timedelta
    do: Callable[[], object]


_jobs: dict[str, Job] = {}


def periodic(
    name: str, *, every: timedelta
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Put a function on the timetable; called from an app's `ready`."""

    def put(do: Callable[[], object]) -> Callable[[], object]:
        _jobs[name] = Job(name, every, do)
        return do

    return put


def jobs() -> list[Job]:
    """List the timetable by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(now: datetime) -> list[str]:
    """Run every job whose interval has passed and return their names.

    A job is claimed by moving its start forward, so of two workers one runs it. A job that fails
    leaves its error and is tried again after its interval.
    """
    return [job.name for job in jobs() if _claim(job, now) and _run(job, now)]


def _claim(job: Job, now: datetime) -> bool:
    Run.objects.get_or_create(job=job.name)
    due = Q(started_at=None) | Q(started_at__lte=now - job.every)
    return bool(Run.objects.filter(due, job=job.name).update(started_at=now))


def _run(job: Job, now: datetime) -> bool:
    error = ""
    try:
        job.do()
    except Exception as caught:  # the edge of the worker: one job must not stop the others
        logger.exception("The job %s failed", job.name)
        error = f"{type(caught).__name__}: {caught}"
    Run.objects.filter(job=job.name).update(finished_at=now, error=error)
    return True
