"""The application object that the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

import stocktake.config  # noqa: F401  swaps sqlite3 before Django loads it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stocktake.config.settings")
application = get_wsgi_application()
