"""Address of the first page."""

from django.urls import path

from stocktake.web.home import views

urlpatterns = [
    path("", views.page, name="home"),
]
