"""The application object that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

import stocktake.config  # noqa: F401  swaps sqlite3 before Django loads it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktake.config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  the pages are imported now, not by the first visitor
