"""Addresses of countries, regions and groups of countries."""

from django.urls import path

from stocktake.web.countries import views

urlpatterns = [
    path("countries/", views.index, name="countries"),
    path("countries/<slug:code>/", views.page, name="country"),
]
