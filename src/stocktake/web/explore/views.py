"""Lists of records of any declared kind: as list, table, map, chart, and as files."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from stocktake.kernel.search.declarations import declaration
from stocktake.web import addresses
from stocktake.web.environment import page_language
from stocktake.web.explore import files
from stocktake.web.explore.finding import FINDERS, named, titles
from stocktake.web.explore.kinds import (
    ACTIVITIES,
    ASK_INSTANCES,
    DOCUMENTS,
    ORGANIZATIONS,
    ListKind,
)
from stocktake.web.explore.page import list_page
from stocktake.web.explore.state import read_state

_LONGEST = 100


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """List activities."""
    return _list(request, ACTIVITIES)


@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """List organizations."""
    return _list(request, ORGANIZATIONS)


@require_safe
def activities_file(request: HttpRequest, format: str) -> HttpResponseBase:  # noqa: A002
    """Download the list of activities."""
    return _file(request, ACTIVITIES, format)


@require_safe
def organizations_file(request: HttpRequest, format: str) -> HttpResponseBase:  # noqa: A002
    """Download the list of organizations."""
    return _file(request, ORGANIZATIONS, format)


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """List asks by period."""
    return _list(request, ASK_INSTANCES)


@require_safe
def ledger_file(request: HttpRequest, format: str) -> HttpResponseBase:  # noqa: A002
    """Download the ledger, its feed of changes, or its calendar."""
    return _file(request, ASK_INSTANCES, format)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """List documents."""
    return _list(request, DOCUMENTS)


@require_safe
def documents_file(request: HttpRequest, format: str) -> HttpResponseBase:  # noqa: A002
    """Download the list of documents."""
    return _file(request, DOCUMENTS, format)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Name records, or values of a long facet, that begin as somebody types."""
    typed = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:_LONGEST]
    kind, facet = request.GET.get("kind", ""), request.GET.get("facet", "")
    if kind not in addresses.LISTS or (facet and facet not in FINDERS):
        raise Http404
    language = page_language()
    found = FINDERS[facet](typed, language).values() if facet else titles(typed, language, kind)
    return JsonResponse({"names": list(found)})


def _list(request: HttpRequest, kind: ListKind) -> HttpResponse:
    declared = declaration(kind.kind)
    path = reverse(addresses.LISTS[kind.kind])
    state = kind.in_its_views(read_state(path, request.GET, declared))
    download = reverse(kind.download, kwargs={"format": "csv"}).replace(".csv", ".{}")
    asked = named(state, page_language())
    if asked.state is not state:
        return redirect(asked.state.href())
    shown = list_page(asked, declared, kind, user=request.user, download_path=download)
    shown["canonical"] = addresses.permanent(request, state.href(page=state.page, lang=""))
    return render(request, "explore/list.html", shown)


def _file(request: HttpRequest, kind: ListKind, wanted: str) -> HttpResponseBase:
    if wanted not in (*files.FORMATS, *kind.writers):
        raise Http404
    declared = declaration(kind.kind)
    state = read_state(reverse(addresses.LISTS[kind.kind]), request.GET, declared)
    return files.answer(request, state, declared, kind, wanted)
