"""The Django app of frameworks."""

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Processes, frameworks, elements, mappings."""

    name = "stocktake.domain.frameworks"
    label = "frameworks"

    def ready(self) -> None:
        from stocktake.domain.frameworks import queries, rules  # noqa: F401  registration
