"""The Django app of documents."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents and their provisions."""

    name = "stocktake.domain.documents"
    label = "documents"

    def ready(self) -> None:
        from stocktake.domain.documents import rules, search  # noqa: F401  registration
