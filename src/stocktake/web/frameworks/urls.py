"""Addresses of frameworks and elements."""

from django.urls import path

from stocktake.web.frameworks import views

urlpatterns = [
    path("frameworks/", views.index, name="frameworks"),
    path("frameworks/<slug:framework>/", views.page, name="framework"),
    path("frameworks/<slug:framework>/<str:code>/", views.element, name="element"),
]
