"""Addresses of imports."""

from django.urls import path

from stocktake.web.imports import views

urlpatterns = [
    path("imports/<slug:public_id>/", views.page, name="import_run"),
]
