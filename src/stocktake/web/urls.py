"""The addresses of the site, area by area."""

from django.urls import include, path

urlpatterns = [
    path("desk/", include("stocktake.web.desk.urls")),
]
