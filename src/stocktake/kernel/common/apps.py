"""The Django app of what every record shares; its one table keeps what must be done once."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Fields, records, actors and permission."""

    name = "stocktake.kernel.common"
    label = "common"
