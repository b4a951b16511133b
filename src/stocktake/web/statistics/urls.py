"""Address of the statistics."""

from django.urls import path

from stocktake.web.statistics import views

urlpatterns = [
    path("statistics/", views.page, name="statistics"),
]
