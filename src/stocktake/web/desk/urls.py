"""Addresses of the desk."""

from django.urls import path

from stocktake.web.desk import evidence, silence, views
from stocktake.web.later import Later

app_name = "desk"

_DRAFTS = "stocktake.web.desk.drafts"

urlpatterns = [
    path("", views.home, name="home"),
    path("silence/", silence.page, name="silence"),
    path("evidence/", evidence.page, name="evidence"),
    path("drafts/", Later(_DRAFTS, "index"), name="drafts"),
    path("drafts/<str:public_id>/", Later(_DRAFTS, "page"), name="draft"),
    path("drafts/<str:public_id>/<slug:unit>/", Later(_DRAFTS, "unit"), name="draft_unit"),
    path("sign-in/<slug:token>/", views.sign_in, name="sign_in"),
]
