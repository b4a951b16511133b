"""The Django app of exchange."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Import runs and the sources they keep."""

    name = "stocktake.exchange"
    label = "exchange"

    def ready(self) -> None:
        from stocktake.exchange import jobs, rules  # noqa: F401  registration
