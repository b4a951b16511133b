"""Registers the search as an app without models."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The search index is a projection: it has no tables."""

    name = "stocktake.kernel.search"
    label = "search"
