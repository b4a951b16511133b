"""Who was asked and has said nothing: the desk's own list, before the public sees it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from stocktake.domain.asks.models import Addressee, AskInstance
from stocktake.domain.asks.queries import sees_silence, silences
from stocktake.domain.stakeholders.queries import organization_labels
from stocktake.web import addresses, ask_parts
from stocktake.web.asks.listing import href_of, place_of
from stocktake.web.asks.views import pages_of
from stocktake.web.environment import formatted_date, listed, number, plain
from stocktake.web.naming import Naming
from stocktake.web.parts import Cell, Column, Counted, Link, Table

_ROWS = 50
_MOST_ADDRESSEES = 60
_LONGEST_CODE = 100


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what is silent, the oldest first, of one addressee or of all."""
    if not sees_silence(request.user):
        raise PermissionDenied
    naming, today = Naming(), timezone.localdate()
    chosen = request.GET.get("addressee", "").replace("\x00", "")[:_LONGEST_CODE]
    silent = silences(request.user, today)
    shown = silent.filter(_of(chosen)) if chosen else silent
    pages = Paginator(shown, _ROWS).get_page(request.GET.get("page"))
    path = reverse("desk:silence")
    here = addresses.with_query(path, {"addressee": chosen})
    public = shown.filter(silence_public_on__lte=today).count()
    return render(
        request,
        "desk/silence.html",
        {
            "breadcrumbs": [Link(_("Your desk"), reverse("desk:home"))],
            "count_text": _count(pages.paginator.count),
            "public": public,
            "private": pages.paginator.count - public,
            "addressees": _addressees(silent, path, naming),
            "chosen": _name(chosen, naming),
            "all_href": path,
            "table": _table([each for each in pages.object_list], naming, today),  # noqa: C416
            "pages": pages_of(pages, here),
        },
    )


def _count(count: int) -> str:
    told = {"count": number(count)}
    return (
        ngettext(
            "%(count)s ask without a report", "%(count)s asks by period without a report", count
        )
        % told
    )


def _of(chosen: str) -> Q:
    """Narrow to one addressee: an organization by its identifier, else a code of the list."""
    asked = Addressee.objects.filter(Q(organization__public_id=chosen) | Q(code=chosen))
    return Q(ask__in=asked.values("ask"))


def _addressees(silent: Any, path: str, naming: Naming) -> list[Counted]:
    """Count the silent asks by addressee, the most first; two queries."""
    within = AskInstance.objects.filter(pk__in=silent.order_by().values("pk"))
    found = (
        within.order_by()
        .values_list("ask__addressees__organization__public_id", "ask__addressees__code")
        .annotate(number=Count("pk", distinct=True))
        .order_by("-number", "ask__addressees__code")[:_MOST_ADDRESSEES]
    )
    rows = [(organization or code, count) for organization, code, count in found]
    ids = [organization for organization, _code, _count in found if organization]
    labels = organization_labels(ids, naming.language) if ids else {}
    return [
        Counted(
            labels.get(key) or naming.code("addressee", key),
            addresses.with_query(path, {"addressee": key}),
            count,
        )
        for key, count in rows
        if key
    ]


def _name(chosen: str, naming: Naming) -> str:
    if not chosen:
        return ""
    found = organization_labels([chosen], naming.language) if chosen.startswith("O-") else {}
    return found.get(chosen) or naming.code("addressee", chosen)


def _table(instances: list[AskInstance], naming: Naming, today: Any) -> Table:
    return Table(
        caption=_("Asks without a report"),
        is_caption_unseen=True,
        columns=[
            Column(_("What is asked")),
            Column(_("Document and paragraph")),
            Column(_("Asked of")),
            Column(_("Due"), is_whole=True),
            Column(_("Public from"), is_whole=True),
        ],
        rows=[_row(each, naming, today) for each in instances],
    )


def _row(instance: AskInstance, naming: Naming, today: Any) -> list[Cell]:
    names = [
        plain(each.label) if isinstance(each, Link) else plain(each)
        for each in ask_parts.addressees(instance.ask, naming)
    ]
    day = instance.silence_public_on
    public = formatted_date(day)
    if day and day <= today:
        public = _("%(day)s: public") % {"day": public}
    return [
        Link(instance.ask.task, href_of(instance)),
        place_of(instance),
        listed(names),
        formatted_date(instance.due_on),
        public,
    ]
