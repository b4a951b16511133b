"""The Django app of the register."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """The register of activities."""

    name = "stocktake.domain.activities"
    label = "activities"

    def ready(self) -> None:
        from stocktake.domain.activities import rules, search  # noqa: F401  registration
