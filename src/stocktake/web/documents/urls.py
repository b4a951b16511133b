"""Addresses of documents; a symbol holds strokes, so that one view reads all that follows."""

from django.urls import path

from stocktake.web.documents import views
from stocktake.web.explore import views as explore

urlpatterns = [
    path("documents/", explore.documents, name="documents"),
    path("documents/download.<str:format>", explore.documents_file, name="documents_download"),
    path("documents/<path:address>", views.at, name="document"),
]
