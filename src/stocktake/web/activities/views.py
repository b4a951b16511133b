"""The page of an activity, and the page where those who may change it."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.queries import activities_in_order, activity_visible_to
from stocktake.domain.activities.services import update_activity
from stocktake.domain.frameworks.queries import framework_labels
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.common.idempotency import once
from stocktake.kernel.common.permissions import is_allowed
from stocktake.kernel.history.queries import changes_of
from stocktake.lib.multilingual import LANGUAGES, OWN_NAMES
from stocktake.web import addresses
from stocktake.web.activities import presenting
from stocktake.web.activities.forms import ActivityForm, conflicts
from stocktake.web.changes import history_of
from stocktake.web.citing import citation
from stocktake.web.naming import Naming
from stocktake.web.parts import Entry, Label, Link, View
from stocktake.web.prose import prose
from stocktake.web.register import Register

_RELATED = 6
_CHANGES = 10


@require_safe
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one activity."""
    activity = _visible(request, public_id)
    naming = Naming()
    path = addresses.activity(public_id)
    changes = changes_of(Activity.kind, public_id)
    shown = changes if "history" in request.GET else changes[:_CHANGES]
    more = len(changes) > len(shown)
    return render(
        request,
        "activities/page.html",
        {
            "canonical": addresses.permanent(request, path),
            "breadcrumbs": [
                Link(_("Activities"), reverse("explore")),
                *filter(None, [naming.owner(activity)]),
            ],
            "activity": _activity(activity, naming),
            "elements": presenting.element_groups(activity, naming, _framework_names(naming)),
            "facts": presenting.facts(activity, naming),
            "provenance": presenting.provenance(activity),
            "links": presenting.out_links(activity, naming),
            "obstacle_tags": naming.codes("impediment", activity.impediments),
            "related": _related(request, activity, naming),
            "fallback": presenting.fallback(activity, naming),
            "citation": citation(request, activity.title, path, code=public_id),
            "history": history_of(shown),
            "history_more": Link(_("All changes"), f"{path}?history=all#history") if more else None,
            "edit_href": _edit_href(request, activity),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Change the main fields of an activity, in one language at a time."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    activity = _visible(request, public_id)
    if not is_allowed(request.user, "activities.edit", activity):
        raise PermissionDenied
    language = request.GET.get("text", "")
    if language not in LANGUAGES:
        language = activity.title.best(Naming().language).language
    if request.method != "POST":
        return _form_page(request, activity, ActivityForm.of(activity, language), language)
    form = ActivityForm(request.POST)
    if not form.check(activity, language):
        stale = form.is_stale(activity)
        status = 409 if stale else 422
        return _form_page(request, activity, form, language, is_stale=stale, status=status)
    try:
        return redirect(_save(request, activity, form, language))
    except StaleVersion:
        activity = _visible(request, public_id)
        return _form_page(request, activity, form, language, is_stale=True, status=409)
    except ValidationError as error:
        form.take_faults(error)
        return _form_page(request, activity, form, language, status=422)


def _save(request: HttpRequest, activity: Activity, form: ActivityForm, language: str) -> str:
    """Save what was filled in, once for a key however often it is sent."""
    values = form.cleaned_data
    user: Any = request.user

    def save() -> str:
        update_activity(
            user,
            activity,
            form.changes(activity, language),
            expected_version=values["version"],
            note=values["note"],
        )
        return addresses.activity(activity.public_id)

    return once(user, str(values["key"]), save)


def _form_page(
    request: HttpRequest,
    activity: Activity,
    form: ActivityForm,
    language: str,
    *,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    path = addresses.activity(activity.public_id)
    here = reverse("activity_edit", kwargs={"public_id": activity.public_id})
    told = conflicts(activity, form, language) if is_stale else []
    if is_stale:
        form = form.for_record(activity, language)
    return render(
        request,
        "activities/edit.html",
        {
            "form": form,
            "conflicts": told,
            "is_stale": is_stale,
            "action": f"{here}?text={language}",
            "text_languages": [
                View(OWN_NAMES[code], f"{here}?text={code}", code == language) for code in LANGUAGES
            ],
            "language": language,
            "back": Link(activity.title, path),
            "breadcrumbs": [
                Link(_("Activities"), reverse("explore")),
                Link(activity.public_id, path),
            ],
        },
        status=status,
    )


def _visible(request: HttpRequest, public_id: str) -> Activity:
    activity = activity_visible_to(request.user, public_id)
    if activity is None:
        raise Http404
    return activity


def _activity(activity: Activity, naming: Naming) -> SimpleNamespace:
    language = naming.language
    return SimpleNamespace(
        public_id=activity.public_id,
        title=activity.title,
        kicker=presenting.kicker(activity, naming),
        is_invented=activity.is_invented,
        state=activity.state,
        status=naming.status(activity.status),
        period=presenting.period(activity),
        confirmed=presenting.confirmed(activity),
        summary=activity.summary,
        description=prose(activity.description, language),
        results=prose(activity.results, language),
        obstacles=prose(activity.obstacles, language),
        lessons=prose(activity.lessons, language),
    )


def _framework_names(naming: Naming) -> dict[str, Label]:
    return dict(framework_labels(naming.language))


def _related(request: HttpRequest, activity: Activity, naming: Naming) -> list[Entry]:
    """Give activities under the same first element and in the same first country."""
    elements = presenting.element_links(activity, naming)
    if not elements:
        return []
    filters = {"element": (elements[0].element.public_id,)}
    areas = presenting.area_codes(activity)
    if areas and naming.is_country(areas[0]):
        filters["country"] = (areas[0],)
    ids = Register(naming.language).newest(filters, size=_RELATED)
    others = [public_id for public_id in ids if public_id != activity.public_id]
    found = activities_in_order(request.user, others[: _RELATED - 1])
    return [presenting.brief(each, naming) for each in found]


def _edit_href(request: HttpRequest, activity: Activity) -> str:
    if not request.user.is_authenticated:
        return ""
    may = is_allowed(request.user, "activities.edit", activity)
    return reverse("activity_edit", kwargs={"public_id": activity.public_id}) if may else ""
