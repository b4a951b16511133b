"""Evidence that waits for a decision, for those who may decide on it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from stocktake.domain.asks.choices import Acceptance
from stocktake.domain.asks.models import Evidence
from stocktake.kernel.common.permissions import is_allowed
from stocktake.web.asks import presenting
from stocktake.web.asks.listing import href_of, place_of
from stocktake.web.asks.views import pages_of
from stocktake.web.environment import formatted_date
from stocktake.web.naming import Naming
from stocktake.web.parts import Cell, Column, Link, Table

_ROWS = 30


@require_safe
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """List the evidence that waits, the oldest first."""
    naming = Naming()
    found = Evidence.objects.visible_to(request.user).filter(acceptance=Acceptance.PROPOSED)
    rows = found.select_related(
        "instance__ask__provision__document", "activity", "document", "asserted_by"
    ).order_by("pk")
    pages = Paginator(rows, _ROWS).get_page(request.GET.get("page"))
    columns = [
        Column(_("Evidence")),
        Column(_("For")),
        Column(_("Document and paragraph")),
        Column(_("Brought forward"), is_whole=True),
        Column(_("Decision")),
    ]
    return render(
        request,
        "desk/evidence.html",
        {
            "breadcrumbs": [Link(_("Your desk"), reverse("desk:home"))],
            "table": Table(
                caption=_("Evidence to decide on"),
                is_caption_unseen=True,
                columns=columns,
                rows=[_row(request.user, each, naming) for each in pages.object_list],
            ),
            "pages": pages_of(pages, reverse("desk:evidence")),
        },
    )


def _row(user: Any, evidence: Evidence, naming: Naming) -> list[Cell]:
    line = presenting.evidence_line(evidence, naming)
    instance = evidence.instance
    address = {"public_id": instance.ask.public_id, "act": "decide", "on": evidence.public_id}
    decide: Cell = _("for the other side")
    if is_allowed(user, "asks.decide_evidence", evidence):
        decide = Link(_("Decide"), reverse("ask_act", kwargs=address))
    return [
        Link(line.title, line.href),
        Link(instance.ask.task, href_of(instance)),
        place_of(instance),
        formatted_date(evidence.created_at),
        decide,
    ]
