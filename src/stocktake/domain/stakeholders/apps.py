"""The Django app of stakeholders."""

from django.apps import AppConfig


class StakeholdersConfig(AppConfig):
    """Organizations, memberships, roles."""

    name = "stocktake.domain.stakeholders"
    label = "stakeholders"

    def ready(self) -> None:
        from stocktake.domain.stakeholders import queries, rules, search  # noqa: F401  registration
