"""The Django app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Account holders and their grants."""

    name = "stocktake.kernel.accounts"
    label = "accounts"

    def ready(self) -> None:
        from stocktake.kernel.accounts import jobs, rules  # noqa: F401  registration
