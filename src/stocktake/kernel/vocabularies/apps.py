"""Registers the vocabularies as an app."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    """Codelists, areas and groups of countries."""

    name = "stocktake.kernel.vocabularies"
    label = "vocabularies"
