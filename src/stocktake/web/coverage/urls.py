"""Addresses of the coverage matrix."""

from django.urls import path

from stocktake.web.coverage import views

urlpatterns = [
    path("coverage/", views.page, name="coverage"),
    path("coverage/download.csv", views.download, name="coverage_download"),
]
