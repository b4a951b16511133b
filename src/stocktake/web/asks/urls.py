"""Addresses of asks, of the forms by which they are followed, and of what was dropped."""

from django.urls import path

from stocktake.web.asks import views

urlpatterns = [
    path("asks/<str:public_id>/", views.page, name="ask"),
    path("asks/<str:public_id>/<slug:act>/<str:on>/", views.act, name="ask_act"),
    path("ledger/orphans/", views.dropped, name="ledger_orphans"),
]
