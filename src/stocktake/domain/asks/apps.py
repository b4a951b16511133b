"""The Django app of asks."""

from datetime import timedelta

from django.apps import AppConfig


class AsksConfig(AppConfig):
    """What was asked of whom by when, and what came of it."""

    name = "stocktake.domain.asks"
    label = "asks"

    def ready(self) -> None:
        from stocktake.domain.asks import rules, search  # noqa: F401  registration
        from stocktake.domain.asks.services import recurring
        from stocktake.kernel.jobs.timetable import periodic

        day = timedelta(days=1)
        periodic("add periods of recurring asks", every=day)(recurring.make_next_periods)
        periodic("tell of due dates that passed", every=day)(recurring.announce_passed_days)
