"""The page of a document: its paragraphs, what they ask, what it cites and what cites it."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.documents.models import Document, Provision
from stocktake.domain.documents.queries import cited_by, cites, line_of, provisions_of
from stocktake.kernel.history.queries import changes_of
from stocktake.lib.multilingual import OWN_NAMES
from stocktake.web import addresses
from stocktake.web.changes import history_of
from stocktake.web.citing import citation
from stocktake.web.documents import asked, blocks, comparing, presenting, provisions
from stocktake.web.documents.following import Asks, asks_of_document
from stocktake.web.documents.frame import crumbs, frame
from stocktake.web.documents.parts import AskLine, Tally
from stocktake.web.documents.provisions import SUB
from stocktake.web.environment import formatted_date
from stocktake.web.naming import Naming
from stocktake.web.parts import Link, Pages, Value
from stocktake.web.prose import prose

_CHANGES = 10
_PARAS = 120
_MOST_CITED = 60


def page(request: HttpRequest, document: Document) -> HttpResponse:
    """Show a document."""
    naming, today = Naming(), timezone.localdate()
    every = provisions_of(document, request.user)
    asks = asks_of_document(document, request.user, today)
    line = line_of(document, request.user)
    versions = list(document.versions.all())
    before = _before(document, line)
    told = comparing.compared(before, document, request.user, naming.language) if before else None
    shown, pages = _paged(request, document, every)
    permalink = addresses.document_permalink(document.address_key)
    return render(
        request,
        "documents/document.html",
        {
            **frame(request, document, query=_page_query(pages)),
            "breadcrumbs": crumbs(document, naming, to_document=False),
            "document": _document(document, naming),
            "stats": blocks.stats(every, asks),
            "strip": blocks.strip(every, asks) if pages is None else [],
            "sections": provisions.sections(
                shown,
                naming.language,
                lines=_lines(asks, naming, today),
                changes=_changes(told),
            ),
            "pages": pages,
            "is_text_held": any(each.text for each in every),
            "has_summaries_only": any(not each.text for each in every),
            "shown_in": OWN_NAMES.get(provisions.languages_shown(shown, naming.language), ""),
            "original": presenting.original(document, naming.language),
            "against": _against(document, before, told),
            "cites": blocks.cited(cites(document, request.user)),
            "cited_by": blocks.citing(cited_by(document, request.user)),
            "line": presenting.line_items(line, document),
            "facts": presenting.facts(document, naming, versions),
            "provenance": presenting.provenance(document, versions),
            "events": blocks.events(document),
            "decisions": blocks.decisions(document),
            "follow_up": _follow_up(document, line, asks),
            "files": presenting.files(document, has_text=bool(versions)),
            "citation": citation(
                request, document.title or document.symbol, permalink, code=document.symbol
            ),
            **history(request, document.kind, document.public_id, permalink),
        },
    )


def history(request: HttpRequest, kind: str, public_id: str, path: str) -> dict[str, Any]:
    """Give the history of a record in words, the newest changes first."""
    changes = changes_of(kind, public_id)
    shown = changes if "history" in request.GET else changes[:_CHANGES]
    more = len(changes) > len(shown)
    return {
        "history": history_of(shown),
        "history_more": Link(_("All changes"), f"{path}?history=all#history") if more else None,
    }


def _document(document: Document, naming: Naming) -> SimpleNamespace:
    return SimpleNamespace(
        title=presenting.name(document),
        symbols=[each.symbol for each in document.symbols.all()],
        kicker=presenting.kicker(document, naming),
        date=formatted_date(document.date),
        status=presenting.status(document),
        state=presenting.state(document),
        is_invented=document.is_invented,
        is_stub=document.is_stub,
        summary=prose(document.summary, naming.language),
    )


def _before(document: Document, line: Sequence[Document]) -> Document | None:
    """Give the text before this one, if the reader may see it and its paragraphs are held."""
    found = next((each for each in line if each.pk == document.previous_id), None)
    return found if found is not None and not found.is_stub else None


def _paged(
    request: HttpRequest, document: Document, every: Sequence[Provision]
) -> tuple[Sequence[Provision], Pages | None]:
    """Cut a very long document into pages, never between a paragraph and what hangs on it."""
    starts = [place for place, each in enumerate(every) if each.role not in SUB or not place]
    if len(every) <= _PARAS:
        return every, None
    cuts = [0]
    for place in starts:
        if place - cuts[-1] >= _PARAS:
            cuts.append(place)
    asked_page = request.GET.get("page", "")
    is_page = asked_page.isdecimal() and len(asked_page) < 6
    here = min(max(1, int(asked_page)), len(cuts)) if is_page else 1
    ends = [*cuts[1:], len(every)]
    path = addresses.document(document.address_key)
    hrefs = [path if not place else f"{path}?page={place + 1}" for place in range(len(cuts))]
    pages = Pages(
        first=cuts[here - 1] + 1,
        last=ends[here - 1],
        total=len(every),
        previous=hrefs[here - 2] if here > 1 else None,
        next=hrefs[here] if here < len(cuts) else None,
        numbers=[(place + 1, href, place + 1 == here) for place, href in enumerate(hrefs)],
    )
    return every[cuts[here - 1] : ends[here - 1]], pages


def _page_query(pages: Pages | None) -> str:
    """Give the part of the address that names the page of a long document, but the first."""
    here = next((told[0] for told in pages.numbers if told and told[2]), 1) if pages else 1
    return f"?page={here}" if here > 1 else ""


def _lines(asks: Asks, naming: Naming, today: Any) -> dict[int, list[AskLine]]:
    return {key: [asked.line(each, naming, today) for each in found] for key, found in asks.items()}


def _changes(told: comparing.Comparison | None) -> dict[int, Value]:
    """Say at each paragraph how it differs from the text before, where it does."""
    if told is None:
        return {}
    found: dict[int, Value] = {}
    for place, pair in enumerate(told.pairs, start=1):
        if pair.later is None or pair.changes == ("unchanged",):
            continue
        words = ", ".join(str(comparing.CHANGES[change]) for change in pair.changes)
        found[pair.later.pk] = Link(words, f"{_compare_path(told)}#pair-{place}")
    return found


def _compare_path(told: comparing.Comparison) -> str:
    return addresses.document(told.later.address_key, f"compare/{told.earlier.address_key}")


def _against(
    document: Document, before: Document | None, told: comparing.Comparison | None
) -> SimpleNamespace | None:
    """Give what is new and what was dropped against the text before, with its counts."""
    if told is None or before is None or not told.pairs:
        return None
    tallies: list[Tally] = comparing.tallies(told, _compare_path(told))
    return SimpleNamespace(
        link=presenting.link(before),
        href=_compare_path(told),
        tallies=tallies,
        new=[_brief(pair.later) for pair in told.pairs if pair.later and not pair.earlier],
        dropped=[_brief(pair.earlier) for pair in told.pairs if pair.earlier and not pair.later],
    )


def _brief(provision: Provision) -> SimpleNamespace:
    return SimpleNamespace(
        number=provisions.own_number(provision),
        href=provisions.href(provision),
        text=provision.summary or provision.text,
    )


def _follow_up(document: Document, line: Sequence[Document], asks: Asks) -> list[Link]:
    """Lead to the follow-up report of the document, and of its line where there is one."""
    if not asks:
        return []
    path = addresses.document(document.address_key, "follow-up")
    found = [Link(_("Follow-up report"), path)]
    if sum(not each.is_stub for each in line) > 1:
        found.append(Link(_("Follow-up of the whole line"), f"{path}?line=1"))
    return found
