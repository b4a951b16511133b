"""The addresses of the site: each area's own list, in one place."""

from django.urls import include, path

urlpatterns = [
    path("", include("stocktake.web.urls")),
    path("accounts/", include("stocktake.web.accounts_urls")),
]

handler403 = "stocktake.web.errors.forbidden"
handler404 = "stocktake.web.errors.not_found"
handler500 = "stocktake.web.errors.failed"
