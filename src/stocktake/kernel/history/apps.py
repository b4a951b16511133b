"""The Django app of the log."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """The log of changes."""

    name = "stocktake.kernel.history"
    label = "history"
