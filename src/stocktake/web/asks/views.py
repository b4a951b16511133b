"""The page of an ask, the forms by which it is followed, and the asks that were dropped."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from stocktake.domain.asks.models import Answer, Ask, Evidence
from stocktake.domain.asks.queries import (
    answering_organizations,
    ask_visible_to,
    orphans,
)
from stocktake.domain.asks.queries.ledger import answer_rows, evidence_rows
from stocktake.domain.asks.rules import own_organizations
from stocktake.kernel.common.errors import StaleVersion
from stocktake.kernel.common.idempotency import once
from stocktake.kernel.common.permissions import is_allowed
from stocktake.web import addresses, ask_parts
from stocktake.web.asks import changes, presenting, reading
from stocktake.web.asks.acts import ACTS, Act
from stocktake.web.asks.forms import ActForm
from stocktake.web.asks.matrix import column_of
from stocktake.web.asks.presenting import AnswerLine, EvidenceLine, PeriodPart
from stocktake.web.asks.reading import Row
from stocktake.web.citing import citation
from stocktake.web.environment import code
from stocktake.web.explore.facets import natural
from stocktake.web.naming import Naming
from stocktake.web.parts import Link, Pages

_CHANGES = 10
_ORPHANS = 25


@require_safe
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one ask with all its periods."""
    ask = _visible(request, public_id)
    naming = Naming()
    path = addresses.ask(public_id)
    rows = reading.standing_rows(request.user, _instances(ask))
    rows.sort(key=lambda row: natural(column_of(row.instance)), reverse=True)
    logged = changes.logged_of(ask, request.user)
    shown = logged if "history" in request.GET else logged[:_CHANGES]
    more = len(logged) > len(shown)
    provision = ask.provision
    key = provision.document.address_key
    told = f"{provision.document}, {provision.number or provision.path}"
    return render(
        request,
        "asks/page.html",
        {
            "canonical": addresses.permanent(request, path),
            "breadcrumbs": [
                Link(_("Ledger"), reverse("ledger")),
                Link(code(told), addresses.document(key, provision.path)),
            ],
            "ask": presenting.ask_head(ask, naming),
            "summary": presenting.summary_of(rows),
            "facts": presenting.facts(ask, rows, naming),
            "periods": _periods(request, ask, rows, naming),
            "actions": _ask_actions(request.user, ask),
            "citation": citation(request, ask.task, path, code=public_id),
            "history": changes.history_of(shown),
            "history_more": Link(_("All changes"), f"{path}?history=all#history") if more else None,
        },
    )


def _visible(request: HttpRequest, public_id: str) -> Ask:
    ask = ask_visible_to(request.user, public_id)
    if ask is None:
        raise Http404
    return ask


def _instances(ask: Ask) -> list[Any]:
    found = list(ask.instances.all())
    for instance in found:
        instance.ask = ask
    return found


def _periods(
    request: HttpRequest, ask: Ask, rows: Sequence[Row], naming: Naming
) -> list[PeriodPart]:
    """Show each period with its evidence and answers; the number of queries is fixed."""
    user, today = request.user, timezone.localdate()
    wanted = [row.instance.pk for row in rows]
    evidence: dict[int, list[EvidenceLine]] = {}
    can = _Can(user, ask)
    for each in evidence_rows(user).filter(instance__in=wanted).order_by("dated", "pk"):
        line = presenting.evidence_line(each, naming, can.with_evidence(each))
        evidence.setdefault(each.instance_id, []).append(line)
    answers: dict[int, list[AnswerLine]] = {}
    for answer in answer_rows(user).filter(instance__in=wanted).order_by("answered_on", "pk"):
        told = presenting.answer_line(answer, naming, can.with_answer(answer))
        answers.setdefault(answer.instance_id, []).append(told)
    return [
        presenting.period_part(
            row,
            naming,
            evidence=evidence.get(row.instance.pk, ()),
            answers=answers.get(row.instance.pk, ()),
            actions=can.with_period(row),
            silence=presenting.silence_words(row.instance, today) if row.is_private else "",
        )
        for row in rows
    ]


class _Can:
    """What a reader can do, asked once for the page and not for each period."""

    def __init__(self, user: Any, ask: Ask) -> None:
        self.user = user
        self.ask = ask
        self.is_secretariat = is_allowed(user, "asks.set_status", ask)
        own = [] if self.is_secretariat else own_organizations(self.user)
        self.may_bring = self.is_secretariat or bool(own)
        self.may_answer = self.is_secretariat or bool(own and answering_organizations(ask, own))

    def with_period(self, row: Row) -> list[Link]:
        """List what can be done to a period."""
        on = row.instance.public_id
        found = []
        if self.may_answer:
            found.append(_act(self.ask, "answer", on))
        if self.may_bring:
            found.append(_act(self.ask, "evidence", on))
        if self.is_secretariat and row.shown != ask_parts.STANDING:
            found.append(_act(self.ask, "status", on))
        return found

    def with_evidence(self, evidence: Evidence) -> list[Link]:
        """List what can be done to a piece of evidence."""
        if not self.may_bring:
            return []
        evidence.instance.ask = self.ask
        return [
            _act(self.ask, name, evidence.public_id)
            for name in ("decide", "withdraw-evidence")
            if ACTS[name].may(self.user, evidence)
        ]

    def with_answer(self, answer: Answer) -> list[Link]:
        """List what can be done to an answer."""
        if not self.may_bring or not ACTS["change-answer"].may(self.user, answer):
            return []
        names = ("change-answer", "withdraw-answer")
        return [_act(self.ask, name, answer.public_id) for name in names]


def _act(ask: Ask, name: str, on: str) -> Link:
    return Link(
        str(ACTS[name].title),
        reverse("ask_act", kwargs={"public_id": ask.public_id, "act": name, "on": on}),
    )


def _ask_actions(user: Any, ask: Ask) -> list[Link]:
    is_asleep = bool(ask.condition) and ask.condition_met_on is None
    if is_asleep and is_allowed(user, "asks.record_condition", ask):
        return [_act(ask, "condition", ask.public_id)]
    return []


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, public_id: str, act: str, on: str) -> HttpResponseBase:
    """Do one of the things that can be done to an ask, with a form."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    ask, doing = _visible(request, public_id), ACTS.get(act)
    subject = doing.subject(request.user, ask, on) if doing else None
    if doing is None or subject is None:
        raise Http404
    if not doing.may(request.user, subject):
        raise PermissionDenied
    if request.method != "POST":
        first = doing.first(request.user, subject)
        form = doing.form.fresh(first, version=subject.version if doing.is_versioned else None)
        form.offer(doing.choices(request.user, subject))
        return _form_page(request, ask, doing, subject, form)
    form = doing.form(request.POST)
    form.offer(doing.choices(request.user, subject))
    if not form.is_valid():
        _find_further(request, doing, subject, form)
        return _form_page(request, ask, doing, subject, form, status=422)
    try:
        return redirect(_done(request, ask, doing, subject, form.cleaned_data))
    except StaleVersion:
        fresh = doing.subject(request.user, ask, on)
        form = form.renewed(fresh.version)
        return _form_page(request, ask, doing, fresh, form, status=409, is_stale=True)
    except ValidationError as error:
        form.take_faults(error)
        return _form_page(request, ask, doing, subject, form, status=422)


def _done(
    request: HttpRequest, ask: Ask, doing: Act, subject: Any, values: Mapping[str, Any]
) -> str:
    """Do it once for a key, however often the form is sent."""
    user: Any = request.user
    period = getattr(subject, "instance", subject)

    def save() -> str:
        doing.save(user, subject, values)
        return f"{addresses.ask(ask.public_id)}#{period.public_id}"

    return once(user, str(values["key"]), save)


class _NothingDone(Exception):
    """Takes back what was tried to find faults."""


def _find_further(request: HttpRequest, doing: Act, subject: Any, form: ActForm) -> None:
    """Let the service find its faults too, in a form with some already; nothing is kept."""
    try:
        with transaction.atomic():
            doing.save(request.user, subject, form.cleaned_data)
            raise _NothingDone
    except StaleVersion:
        return
    except ValidationError as error:
        form.take_faults(error)
    except _NothingDone:
        return


def _form_page(
    request: HttpRequest,
    ask: Ask,
    doing: Act,
    subject: Any,
    form: ActForm,
    *,
    status: int = 200,
    is_stale: bool = False,
) -> HttpResponse:
    instance = getattr(subject, "instance", subject)
    naming = Naming()
    evidence = presenting.evidence_line(subject, naming) if isinstance(subject, Evidence) else None
    return render(
        request,
        "asks/act.html",
        {
            "act_title": str(doing.title),
            "button": str(doing.button),
            "hint": str(doing.hint),
            "form": form,
            "suggest": addresses.suggestions("activity") if "activity" in form.fields else "",
            "is_stale": is_stale,
            "period": getattr(instance, "period", ""),
            "evidence": evidence,
            "back": Link(ask.task, addresses.ask(ask.public_id)),
            "place": ask_parts.place(ask.provision),
            "breadcrumbs": [
                Link(_("Ledger"), reverse("ledger")),
                Link(code(ask.public_id), addresses.ask(ask.public_id)),
            ],
        },
        status=status,
    )


@require_safe
def dropped(request: HttpRequest) -> HttpResponse:
    """List asks that the next text dropped and on which nothing was ever reported."""
    naming = Naming()
    pages = Paginator(orphans(request.user), _ORPHANS)
    shown = pages.get_page(request.GET.get("page"))
    rows = []
    for ask in shown.object_list:
        standings = reading.standing_rows(request.user, _instances(ask))
        row = ask_parts.row(ask, naming, [(each.instance, each.shown) for each in standings])
        provision = ask.provision
        address = addresses.document(provision.document.address_key, provision.path)
        rows.append((Link(ask_parts.place(provision), address), row))
    return render(
        request,
        "asks/orphans.html",
        {
            "canonical": addresses.permanent(request, reverse("ledger_orphans")),
            "breadcrumbs": [Link(_("Ledger"), reverse("ledger"))],
            "rows": rows,
            "pages": pages_of(shown, reverse("ledger_orphans")),
        },
    )


def pages_of(shown: Any, path: str) -> Pages:
    """Give the pager of a list that stands in the database."""
    pages, here = shown.paginator, shown.number
    near = sorted(
        {1, pages.num_pages, *range(max(1, here - 2), min(pages.num_pages, here + 2) + 1)}
    )
    numbers: list[tuple[int, str, bool] | None] = []
    for place, each in enumerate(near):
        if place and each - near[place - 1] > 1:
            numbers.append(None)
        numbers.append((each, f"{path}?page={each}", each == here))
    return Pages(
        first=shown.start_index(),
        last=shown.end_index(),
        total=pages.count,
        previous=f"{path}?page={here - 1}" if shown.has_previous() else None,
        next=f"{path}?page={here + 1}" if shown.has_next() else None,
        numbers=numbers if pages.num_pages > 1 else [],
    )
