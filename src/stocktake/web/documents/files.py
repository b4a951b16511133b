"""A document as a file: JSON, a table of its asks, Markdown, Akoma Ntoso of the official text."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import Acceptance
from stocktake.domain.asks.queries import AskFollowUp, PeriodFollowUp
from stocktake.domain.documents.models import Document, LanguageVersion, Provision
from stocktake.domain.documents.queries import cites, provisions_of
from stocktake.kernel.history.queries import head
from stocktake.lib.resolutions import UnreadableTextError, parse, to_akn
from stocktake.web import addresses, ask_parts
from stocktake.web.documents import markdown, presenting
from stocktake.web.documents.following import Asks, asks_of_document
from stocktake.web.environment import page_language
from stocktake.web.files import Row, csv_file
from stocktake.web.naming import Naming

FORMATS = ("json", "csv", "md", "xml")


def answer(request: HttpRequest, document: Document, wanted: str) -> HttpResponseBase:
    """Send a document in one of the formats."""
    if wanted not in FORMATS:
        raise Http404
    if wanted == "xml":
        return _akn(request, document)
    every = provisions_of(document, request.user)
    asks = asks_of_document(document, request.user, timezone.localdate())
    if wanted == "json":
        return _json(request, document, every, asks)
    if wanted == "csv":
        return csv_file(_name(document, "csv"), _heads(), _rows(request, document, every, asks))
    text = markdown.of(document, every, asks, lambda path: addresses.permanent(request, path))
    return _sent(text, "text/markdown; charset=utf-8", _name(document, "md"))


def _akn(request: HttpRequest, document: Document) -> HttpResponse:
    version = _version(document)
    if version is None:
        told = {"original": presenting.original(document, page_language())}
        return render(request, "documents/no_text.html", told, status=404)
    try:
        parsed = parse(version.text, symbol=document.symbol or None, language=version.language)
    except UnreadableTextError as error:
        raise Http404 from error
    return _sent(to_akn(parsed), "application/akn+xml; charset=utf-8", _name(document, "xml"))


def _version(document: Document) -> LanguageVersion | None:
    """Give the official text in the page's language, or the first that is held."""
    held = list(LanguageVersion.objects.filter(document=document).defer("content").order_by("pk"))
    held = [each for each in held if each.text]
    language = page_language()
    return next((each for each in held if each.language == language), held[0] if held else None)


def _json(
    request: HttpRequest,
    document: Document,
    every: Sequence[Provision],
    asks: Asks,
) -> JsonResponse:
    permanent = addresses.permanent
    told = {
        "id": document.public_id,
        "address": permanent(request, addresses.document_permalink(document.address_key)),
        "as_of": timezone.localdate().isoformat(),
        "log_number": head()[0],
        "symbols": [each.symbol for each in document.symbols.all()],
        "title": document.title.to_json(),
        "summary": document.summary.to_json(),
        **{
            name: getattr(document, name)
            for name in (
                *("type", "body", "session", "meeting", "date", "agenda_item", "presented_by"),
                *("author", "languages", "status", "is_stub", "is_invented", "events"),
                *("decisions", "origin", "source_name", "source_url"),
            )
        },
        "official_text_in": sorted(each.language for each in document.versions.all()),
        "cites": [
            {
                "symbol": each.cited.symbol,
                "id": each.cited.public_id,
                "at": each.provision.path if each.provision else "",
                "paragraphs": each.paragraphs,
            }
            for each in cites(document, request.user)
        ],
        "provisions": [_provision(request, document, each, asks) for each in every],
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{_name(document, "json")}"'
    return response


def _provision(
    request: HttpRequest, document: Document, provision: Provision, asks: Asks
) -> dict[str, Any]:
    path = addresses.document_permalink(document.address_key, provision.path)
    return {
        "path": provision.path,
        "address": addresses.permanent(request, path),
        "number": provision.number,
        "role": provision.role,
        "parent": provision.parent.path if provision.parent is not None else "",
        "section": provision.section.to_json(),
        "summary": provision.summary.to_json(),
        "text": provision.text.to_json(),
        "force": provision.force,
        "clauses": provision.clauses,
        "footnotes": provision.footnotes,
        "asks": [_ask(each) for each in asks.get(provision.pk, ())],
    }


def _ask(asked: AskFollowUp) -> dict[str, Any]:
    ask = asked.ask
    return {
        "id": ask.public_id,
        "lemma": ask.lemma,
        "force": ask.force,
        "task": ask.task.to_json(),
        "addressees": [
            {
                "code": each.code,
                "organization": each.organization.public_id if each.organization else "",
                "qualifier": each.qualifier,
            }
            for each in ask.addressees.all()
        ],
        "nature": ask.nature,
        "due_on": _day(ask.due_on),
        "due_session": ask.due_session,
        "recurrence": ask.recurrence,
        "condition": ask.condition.to_json(),
        "report_to": ask.report_to,
        "through": ask.through,
        "elements": [each.element.public_id for each in ask.ask_elements.all()],
        "is_invented": ask.is_invented,
        "periods": [
            {
                "id": period.instance.public_id,
                "period": period.instance.period,
                "due_on": _day(period.instance.due_on),
                "shown": period.standing.shown,
                "evidence": _evidence(period),
            }
            for period in asked.periods
        ],
    }


def _evidence(period: PeriodFollowUp) -> list[dict[str, Any]]:
    return [
        {
            "id": each.public_id,
            "kind": each.evidence_kind,
            "document": each.document.address_key if each.document else "",
            "activity": each.activity.public_id if each.activity else "",
            "title": each.title.to_json(),
            "url": each.url,
            "dated": each.dated,
            "note": each.note.to_json(),
            "source_name": each.source_name,
            "source_url": each.source_url,
        }
        for each in period.evidence
        if each.acceptance == Acceptance.ACCEPTED
    ]


def _heads() -> list[str]:
    return [
        _("Document"),
        _("Paragraph"),
        _("Address"),
        _("Section"),
        _("What it is"),
        _("Force"),
        _("Verbs"),
        _("Summary"),
        _("Official text"),
        _("Ask"),
        _("Asked of"),
        _("Task"),
        _("Period"),
        _("Due"),
        _("Recurrence"),
        _("Status"),
    ]


def _rows(
    request: HttpRequest,
    document: Document,
    every: Sequence[Provision],
    asks: Asks,
) -> Iterator[Row]:
    """Give one row a period of an ask, and one for each paragraph that asks nothing."""
    naming = Naming()
    for each in every:
        path = addresses.document_permalink(document.address_key, each.path)
        start: list[Any] = [
            document.symbol or document.public_id,
            each.path,
            addresses.permanent(request, path),
            naming.plain(each.section),
            str(each.get_role_display()),
            each.force,
            "; ".join(str(told.get("lemma", "")) for told in each.clauses),
            naming.plain(each.summary),
            naming.plain(each.text),
        ]
        found = asks.get(each.pk, ())
        if not found:
            yield [*start, "", "", "", "", "", "", ""]
        for asked in found:
            for period in asked.periods or (None,):
                yield [*start, *_ask_cells(asked, period, naming)]


def _ask_cells(asked: AskFollowUp, period: PeriodFollowUp | None, naming: Naming) -> list[Any]:
    ask = asked.ask
    due = (period.instance.due_on if period else None) or ask.due_on
    shown = period.standing.shown if period else ask_parts.STANDING
    return [
        ask.public_id,
        "; ".join(
            naming.code("addressee", each.code) if each.code else each.raw
            for each in ask.addressees.all()
        ),
        naming.plain(ask.task),
        period.instance.period if period else "",
        _day(due) or ask.due_session,
        ask.recurrence,
        ask_parts.mark(shown).label,
    ]


def _day(value: Any) -> str:
    return value.isoformat() if value else ""


def _name(document: Document, ending: str) -> str:
    key = document.address_key.replace("/", "-").replace("(", "-").replace(")", "")
    return f"{key}.{ending}"


def _sent(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
