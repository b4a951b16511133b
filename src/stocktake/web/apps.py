"""The Django app of the site; it has no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The server-rendered site."""

    name = "stocktake.web"
    label = "web"
