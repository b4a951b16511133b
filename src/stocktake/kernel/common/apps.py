"""The Django app of what every record shares; it has no tables of its own."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Fields, records, actors and permission."""

    name = "stocktake.kernel.common"
    label = "common"
