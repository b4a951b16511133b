"""Drafts of documents: start one, correct it paragraph by paragraph with undo, publish it."""

import uuid
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods

from stocktake.domain.asks.choices import AskForce
from stocktake.domain.documents.choices import ProvisionRole
from stocktake.exchange.models import Draft, DraftState
from stocktake.exchange.resolutions.drafts import (
    correct_draft,
    discard_draft,
    redo_step,
    start_draft,
    undo_step,
)
from stocktake.exchange.resolutions.publishing import publish_draft
from stocktake.exchange.resolutions.queries import (
    DraftDetails,
    details_of,
    draft_visible_to,
    drafts_visible_to,
)
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.common.idempotency import once
from stocktake.kernel.common.permissions import is_allowed
from stocktake.lib.multilingual import OWN_NAMES, direction
from stocktake.web import addresses, ask_parts
from stocktake.web.asks.views import pages_of
from stocktake.web.desk.draft_forms import StartForm, addressee_lines, step_of
from stocktake.web.environment import code, formatted_date
from stocktake.web.parts import Cell, Column, Link, Option, Table

_ROWS = 30
_UNITS = 40

_STEPS: Mapping[str, Promise] = {
    "split": _lazy("split a paragraph"),
    "merge": _lazy("merge two paragraphs"),
    "retype": _lazy("change what a paragraph is"),
    "reassign": _lazy("move an ask"),
    "edit": _lazy("edit"),
    "head": _lazy("edit what the document is"),
    "add_ask": _lazy("add an ask"),
    "remove_ask": _lazy("remove an ask"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponseBase:
    """List drafts, and start one."""
    user: Any = request.user
    if not is_allowed(user, "exchange.draft"):
        raise PermissionDenied
    if request.method != "POST":
        return _index(request, StartForm())
    form = StartForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, status=422)
    told, file = form.cleaned_data, form.cleaned_data["file"]

    def start() -> str:
        draft = start_draft(
            user,
            text="" if file else told["text"],
            content=file.read() if file else b"",
            file_name=file.name if file else "",
            media_type=(file.content_type or "") if file else "",
            language=told["language"],
            symbol=told["symbol"],
        )
        return _address(draft)

    try:
        return redirect(once(user, _key(request), start))
    except ValidationError as error:
        form.add_error(None, error)
        return _index(request, form, status=422)


def _index(request: HttpRequest, form: StartForm, *, status: int = 200) -> HttpResponse:
    pages = Paginator(drafts_visible_to(request.user), _ROWS).get_page(request.GET.get("page"))
    rows: list[list[Cell]] = [
        [
            Link(draft.symbol or draft.title or draft.public_id, _address(draft)),
            str(DraftState(draft.state).label),
            OWN_NAMES.get(draft.language, draft.language),
            formatted_date(draft.created_at),
            draft.position,
        ]
        for draft in pages.object_list
    ]
    columns = [
        Column(_("Draft")),
        Column(_("State")),
        Column(_("Language")),
        Column(_("Begun"), is_whole=True),
        Column(_("Corrections"), is_number=True),
    ]
    shown = {
        "breadcrumbs": [Link(_("Your desk"), reverse("desk:home"))],
        "form": form,
        "key": uuid.uuid4(),
        "table": Table(_("Drafts"), columns, rows, is_caption_unseen=True),
        "pages": pages_of(pages, reverse("desk:drafts")),
    }
    return render(request, "desk/drafts.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Show a draft, and do with it as a whole: undo, redo, correct its head, publish, discard."""
    draft = _visible(request, public_id)
    if request.method != "POST":
        return _page(request, draft)
    name = request.POST.get("step", "")
    user: Any = request.user
    version = _version(request)

    def do() -> str:
        if name in _WHOLE:
            done = _WHOLE[name](user, draft, expected_version=version)
            return (
                _address(draft) if isinstance(done, Draft) else addresses.document(done.address_key)
            )
        correct_draft(user, draft, step_of(request.POST, None), expected_version=version)
        return _address(draft)

    return _answered(request, do, lambda faults, status: _page(request, draft, faults, status))


_WHOLE: Mapping[str, Callable[..., Any]] = {
    "undo": undo_step,
    "redo": redo_step,
    "publish": publish_draft,
    "discard": discard_draft,
}


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: HttpRequest, public_id: str, unit: str) -> HttpResponseBase:
    """Show one paragraph of a draft, and correct it."""
    draft = _visible(request, public_id)
    details = details_of(draft)
    found = next((each for each in details.units if each["id"] == unit), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _unit_page(request, details, found)
    user: Any = request.user

    def do() -> str:
        step = step_of(request.POST, found)
        correct_draft(user, draft, step, expected_version=_version(request))
        if step["step"] == "merge":
            return f"{_address(draft)}#{_before(details, unit)}"
        return _unit_address(draft, unit)

    return _answered(
        request, do, lambda faults, status: _unit_page(request, details, found, faults, status)
    )


def _answered(
    request: HttpRequest, do: Callable[[], str], again: Callable[[list[str], int], HttpResponse]
) -> HttpResponseBase:
    """Do something once for a key and lead on, or show the page again with what was refused."""
    user: Any = request.user
    try:
        return redirect(once(user, _key(request), do))
    except StaleVersion:
        told = _("Someone else corrected the draft meanwhile. This is how it is now; try again.")
        return again([told], 409)
    except ValidationError as error:
        return again(list(error.messages), 422)


def _page(
    request: HttpRequest, draft: Draft, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    draft = _visible(request, draft.public_id)
    details = details_of(draft)
    pages = Paginator(details.units, _UNITS).get_page(request.GET.get("page"))
    told = str(_STEPS.get(details.undo, "")), str(_STEPS.get(details.redo, ""))
    shown = {
        **_frame(draft, details, faults),
        "head": details.head,
        "warnings": details.warnings,
        "units": [_shown(draft, each, details) for each in pages.object_list],
        "pages": pages_of(pages, _address(draft)),
        "undo": told[0],
        "redo": told[1],
        "document": _document(draft),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "desk/draft.html", shown, status=status)


def _unit_page(
    request: HttpRequest,
    details: DraftDetails,
    found: Mapping[str, Any],
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    draft = details.draft
    if status == 409:
        draft = _visible(request, draft.public_id)
        details = details_of(draft)
        found = next((each for each in details.units if each["id"] == found["id"]), found)
    place = next(at for at, each in enumerate(details.units) if each["id"] == found["id"])
    near = [details.units[at] for at in (place - 1, place + 1) if 0 <= at < len(details.units)]
    asks = [{**ask, "lines": addressee_lines(ask["addressees"])} for ask in found["asks"]]
    shown = {
        **_frame(draft, details, faults),
        "unit": _shown(draft, found, details),
        "printed": found["number"],
        "unit_section": found["section"],
        "asks": asks,
        "roles": [
            Option(each.value, str(each.label), each == found["role"]) for each in ProvisionRole
        ],
        "forces": [Option(str(each.value), f"{each.value} {each.label}") for each in AskForce],
        "is_first": place == 0,
        "goals": [
            Option(each["id"], each["path"], False)
            for each in details.units
            if each["id"] != found["id"]
        ],
        "near": [Link(code(each["path"]), _unit_address(draft, each["id"])) for each in near],
        "breadcrumbs": [*_crumbs(), Link(_name(draft), f"{_address(draft)}#{found['id']}")],
    }
    return render(request, "desk/draft_unit.html", shown, status=status)


def _frame(draft: Draft, details: DraftDetails, faults: list[str] | None) -> dict[str, Any]:
    return {
        "name": _name(draft),
        "state": str(DraftState(draft.state).label),
        "is_open": details.is_open,
        "version": draft.version,
        "key": uuid.uuid4(),
        "faults": faults or [],
        "language": draft.language,
        "text_direction": direction(draft.language),
    }


def _shown(draft: Draft, each: Mapping[str, Any], details: DraftDetails) -> SimpleNamespace:
    """Give a paragraph as the page shows it."""
    return SimpleNamespace(
        id=each["id"],
        path=each["path"],
        role=str(ProvisionRole(each["role"]).label),
        section=each["section"],
        text=each["text"],
        depth=bool(each["parent"]),
        footnotes=each["footnotes"],
        verbs=[ask_parts.force(each["force"], each["lemma"]) for each in each["clauses"]],
        asks=[
            SimpleNamespace(
                task=ask["task"],
                force=ask_parts.force(int(ask["force"]), ask["lemma"]),
                addressees=[one.get("code") or one.get("raw", "") for one in ask["addressees"]],
                due=ask["due_on"] or ask["due_session"] or ask["due_as_written"],
            )
            for ask in each["asks"]
        ],
        href=_unit_address(draft, each["id"]) if details.is_open else "",
    )


def _crumbs() -> list[Link]:
    return [
        Link(_("Your desk"), reverse("desk:home")),
        Link(_("Drafts"), reverse("desk:drafts")),
    ]


def _visible(request: HttpRequest, public_id: str) -> Draft:
    draft = draft_visible_to(request.user, public_id)
    if draft is None:
        raise Http404
    return draft


def _document(draft: Draft) -> Link | None:
    document = draft.document
    if document is None or draft.state != DraftState.PUBLISHED:
        return None
    return Link(str(document), addresses.document(document.address_key))


def _before(details: DraftDetails, unit_id: str) -> str:
    ids = [each["id"] for each in details.units]
    return ids[max(0, ids.index(unit_id) - 1)]


def _name(draft: Draft) -> str:
    return draft.symbol or draft.title or draft.public_id


def _address(draft: Draft) -> str:
    return reverse("desk:draft", kwargs={"public_id": draft.public_id})


def _unit_address(draft: Draft, unit_id: str) -> str:
    return reverse("desk:draft_unit", kwargs={"public_id": draft.public_id, "unit": unit_id})


def _version(request: HttpRequest) -> int:
    told = request.POST.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 10 else 0


def _key(request: HttpRequest) -> str:
    """Give the key of the form; one that was tampered with is a key like another."""
    return request.POST.get("key", "")[:80] or str(uuid.uuid4())
