"""Addresses of the pages about the record."""

from django.urls import path

from stocktake.web.about import views

urlpatterns = [
    path("about/", views.plain("about/what.html", "about"), name="about"),
    path("about/method/", views.plain("about/method.html", "about_method"), name="about_method"),
    path("about/sources/", views.sources, name="about_sources"),
    path(
        "about/accessibility/",
        views.plain("about/accessibility.html", "about_accessibility"),
        name="about_accessibility",
    ),
    path("components/", views.components, name="components"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
