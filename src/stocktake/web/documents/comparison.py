"""The page that sets two documents side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Document
from stocktake.web import addresses
from stocktake.web.citing import citation
from stocktake.web.documents import comparing, presenting
from stocktake.web.documents.frame import crumbs, frame
from stocktake.web.naming import Naming
from stocktake.web.parts import View


def page(request: HttpRequest, document: Document, other: Document) -> HttpResponse:
    """Compare a document with another, the older of them first."""
    naming = Naming()
    earlier, later = _in_order(document, other)
    told = comparing.compared(earlier, later, request.user, naming.language)
    tail = f"compare/{other.address_key}"
    found = frame(request, document, tail)
    path = addresses.document(document.address_key, tail)
    counts = told.counts
    asked = request.GET.get("only", "")
    only = next((each for each in counts if each.replace(" ", "-") == asked), "")
    names = {"earlier": _short(earlier), "later": _short(later)}
    heading = _("%(later)s compared with %(earlier)s") % names
    return render(
        request,
        "documents/comparison.html",
        {
            **found,
            "breadcrumbs": crumbs(document, naming),
            "heading": heading,
            "earlier": presenting.full_link(earlier),
            "later": presenting.full_link(later),
            "earlier_name": presenting.reference(earlier),
            "later_name": presenting.reference(later),
            "basis": comparing.BASES[told.basis],
            "views": [
                View(_("All paragraphs"), path, not only),
                *(
                    View(f"{tally.label} ({tally.count})", tally.href, tally.code == only)
                    for tally in comparing.tallies(told, path)
                ),
            ],
            "rows": comparing.rows(told, only=only),
            "missing": [
                presenting.full_link(each)
                for each in (earlier, later)
                if not told.pairs and not each.provisions.exists()
            ],
            "citation": citation(request, heading, found["permalink"]),
        },
    )


def _in_order(one: Document, other: Document) -> tuple[Document, Document]:
    if one.previous_id == other.pk or other.previous_id == one.pk:
        return (other, one) if one.previous_id == other.pk else (one, other)
    first, second = sorted((other, one), key=lambda each: each.date or "9999")
    return first, second


def _short(document: Document) -> str:
    return document.symbol or presenting.plain_name(document)
