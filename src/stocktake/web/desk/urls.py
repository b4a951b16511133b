"""Addresses of the desk."""

from django.urls import path

from stocktake.web.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/<slug:token>/", views.sign_in, name="sign_in"),
]
