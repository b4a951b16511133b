"""Addresses of documents; a symbol holds strokes, so that one view reads all that follows."""

from django.urls import path

from stocktake.web.explore import views as explore
from stocktake.web.later import Later

_at = Later("stocktake.web.documents.views", "at")

urlpatterns = [
    path("documents/", explore.documents, name="documents"),
    path("documents/download.<str:format>", explore.documents_file, name="documents_download"),
    path("documents/<path:address>", _at, name="document"),
]
