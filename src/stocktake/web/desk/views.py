"""Pages of the desk: home, and the link that signs one person in once."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from stocktake.kernel.accounts.adapter import AccountAdapter
from stocktake.kernel.accounts.models import User
from stocktake.kernel.accounts.queries import grants_of
from stocktake.kernel.accounts.services import LinkRefused, use_sign_in_link
from stocktake.kernel.common.permissions import is_allowed
from stocktake.web.desk import work


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, what they may do, and, to the secretariat, what happened last."""
    user = cast("User", request.user)
    values: dict[str, Any] = {"grants": work.granted(list(grants_of(user)))}
    values["queues"] = work.queues(user)
    if is_allowed(user, "history.see_latest"):
        values.update(changes=work.latest(user), runs=work.runs(user))
    return render(request, "desk/home.html", values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask before a one-time link is used, so that a scanner of links does not use it up."""
    if request.method != "POST":
        return render(request, "desk/sign_in.html")
    try:
        user = use_sign_in_link(token)
    except LinkRefused as refusal:
        return render(request, "desk/sign_in.html", {"refusal": refusal.message}, status=410)
    AccountAdapter(request).login(request, user)
    return redirect(settings.LOGIN_REDIRECT_URL)
