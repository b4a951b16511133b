"""The follow-up report of a document or of its line: each paragraph that asks, and what came."""

from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.domain.asks.choices import Acceptance
from stocktake.domain.asks.queries import (
    AskFollowUp,
    DocumentFollowUp,
    ProvisionFollowUp,
    follow_up,
)
from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.queries import line_of
from stocktake.kernel.history.queries import head
from stocktake.web import addresses, ask_parts
from stocktake.web.citing import citation
from stocktake.web.documents import asked, presenting, provisions
from stocktake.web.documents.frame import crumbs, frame
from stocktake.web.documents.parts import Chapter, Followed, Tally
from stocktake.web.environment import formatted_date, number
from stocktake.web.naming import Naming

_TAIL = "follow-up"


def page(request: HttpRequest, document: Document) -> HttpResponse:
    """Show what came of each ask of a document, or with `?line=1` of its whole line."""
    naming, today = Naming(), timezone.localdate()
    is_line = request.GET.get("line") == "1"
    line = line_of(document, request.user)
    texts = [each for each in line if not each.is_stub] if is_line else [document]
    found = follow_up(texts, request.user, today=today)
    every = [each for told in found for each in told.provisions if each.asks]
    query = "?line=1" if is_line else ""
    told = frame(request, document, _TAIL, query)
    title = _title(document, is_line=is_line)
    return render(
        request,
        "documents/report.html",
        {
            **told,
            "breadcrumbs": crumbs(document, naming),
            "heading": title,
            "name": presenting.name(document),
            "is_invented": any(each.is_invented for each in texts),
            "document": presenting.link(document),
            "is_line": is_line,
            "other": _other(document, line, is_line=is_line),
            "cut_off": formatted_date(today),
            "log_number": number(head()[0]),
            "chapters": [_chapter(each, place, naming) for place, each in enumerate(found, 1)],
            "tallies": tallies(every),
            "counts": _counts(every),
            "citation": citation(request, title, told["permalink"], code=document.symbol),
        },
    )


def tallies(every: Sequence[ProvisionFollowUp]) -> list[Tally]:
    """Count periods by what is shown of them; plain counts, of no one in particular."""
    shown = Counter(
        period.standing.shown for each in every for ask in each.asks for period in ask.periods
    )
    return [
        Tally(code, ask_parts.mark(code).label, shown[code])
        for code in ask_parts.STATUS_WORDS
        if shown[code]
    ]


def _chapter(told: DocumentFollowUp, place: int, naming: Naming) -> Chapter:
    paras = [each for each in told.provisions if each.asks]
    for each in paras:
        each.provision.document = told.document
    return Chapter(
        id=f"text-{place}",
        link=presenting.link(told.document),
        title=told.document.title if told.document.symbol else "",
        date=formatted_date(told.document.date),
        paras=[_followed(each.provision, each.asks, naming) for each in paras],
    )


def _followed(provision: Provision, asks: Sequence[AskFollowUp], naming: Naming) -> Followed:
    text, is_ours = provisions.shown_text(provision, naming.language)
    return Followed(
        number=provisions.called(provision),
        href=provisions.href(provision),
        section=provision.section,
        text=text,
        is_ours=is_ours,
        asks=[asked.followed(each, naming) for each in asks],
    )


def _title(document: Document, *, is_line: bool) -> str:
    told = {"document": document.symbol or presenting.plain_name(document)}
    if is_line:
        return _("Follow-up of %(document)s and the texts of its line") % told
    return _("Follow-up of %(document)s") % told


def _other(
    document: Document, line: Sequence[Document], *, is_line: bool
) -> SimpleNamespace | None:
    """Lead from the report of one text to that of its line, and back."""
    path = addresses.document(document.address_key, _TAIL)
    if is_line:
        return SimpleNamespace(label=_("This text alone"), href=path)
    if sum(not each.is_stub for each in line) > 1:
        return SimpleNamespace(label=_("The whole line across years"), href=f"{path}?line=1")
    return None


def _counts(every: Sequence[ProvisionFollowUp]) -> list[str]:
    """Say how many paragraphs, asks, periods and pieces of evidence the report holds."""
    asks = [ask for each in every for ask in each.asks]
    periods = [period for ask in asks for period in ask.periods]
    evidence = sum(
        each.acceptance == Acceptance.ACCEPTED for period in periods for each in period.evidence
    )
    told = [
        (
            len(every),
            ngettext("%(count)s paragraph that asks", "%(count)s paragraphs that ask", len(every)),
        ),
        (len(asks), ngettext("%(count)s ask", "%(count)s asks", len(asks))),
        (len(periods), ngettext("%(count)s period", "%(count)s periods", len(periods))),
        (
            evidence,
            ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", evidence),
        ),
    ]
    return [words % {"count": number(count)} for count, words in told]
