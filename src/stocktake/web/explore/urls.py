"""Addresses of the lists."""

from django.urls import path

from stocktake.web.explore import views

urlpatterns = [
    path("activities/", views.activities, name="explore"),
    path("activities/download.<str:format>", views.activities_file, name="explore_download"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/download.<str:format>", views.ledger_file, name="ledger_download"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("organizations/", views.organizations, name="organizations"),
    path(
        "organizations/download.<str:format>",
        views.organizations_file,
        name="organizations_download",
    ),
]
