"""Addresses of organizations."""

from django.urls import path

from stocktake.web.organizations import views

urlpatterns = [
    path("organizations/<slug:public_id>/", views.page, name="organization"),
]
