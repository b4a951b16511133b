"""Addresses of the desk."""

from django.urls import path

from stocktake.web.desk import drafts, evidence, silence, views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("silence/", silence.page, name="silence"),
    path("evidence/", evidence.page, name="evidence"),
    path("drafts/", drafts.index, name="drafts"),
    path("drafts/<str:public_id>/", drafts.page, name="draft"),
    path("drafts/<str:public_id>/<slug:unit>/", drafts.unit, name="draft_unit"),
    path("sign-in/<slug:token>/", views.sign_in, name="sign_in"),
]
