"""The addresses of the site, area by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("stocktake.web.home.urls")),
    path("", include("stocktake.web.explore.urls")),
    path("", include("stocktake.web.activities.urls")),
    path("", include("stocktake.web.documents.urls")),
    path("", include("stocktake.web.asks.urls")),
    path("", include("stocktake.web.organizations.urls")),
    path("", include("stocktake.web.countries.urls")),
    path("", include("stocktake.web.frameworks.urls")),
    path("", include("stocktake.web.coverage.urls")),
    path("", include("stocktake.web.statistics.urls")),
    path("", include("stocktake.web.about.urls")),
    path("", include("stocktake.web.imports.urls")),
    path("desk/", include("stocktake.web.desk.urls")),
]
