"""Addresses of activities."""

from django.urls import path

from stocktake.web.activities import views

urlpatterns = [
    path("activities/<slug:public_id>/", views.page, name="activity"),
    path("activities/<slug:public_id>/edit/", views.edit, name="activity_edit"),
]
