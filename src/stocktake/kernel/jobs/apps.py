"""The Django app of the timetable."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs that are due at intervals."""

    name = "stocktake.kernel.jobs"
    label = "jobs"
