"""An ask as its page shows it: what is asked, its periods, evidence, answers and facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from stocktake.domain.asks.choices import (
    Acceptance,
    AnswerState,
    AskNature,
    AskStatus,
    EvidenceKind,
)
from stocktake.domain.asks.models import Answer, Ask, AskInstance, Evidence
from stocktake.web import addresses, ask_parts
from stocktake.web.ask_parts import Mark
from stocktake.web.asks.listing import due_of
from stocktake.web.asks.reading import Row
from stocktake.web.environment import code, formatted_date, number, run
from stocktake.web.naming import Naming
from stocktake.web.parts import Fact, Label, Link, Value


@dataclass(frozen=True)
class EvidenceLine:
    """One piece of evidence: what it is, of what kind and day, who asserted it, what it shows."""

    public_id: str
    title: Label
    href: str
    facts: Sequence[Value]
    note: Label
    claims: Mark | None
    acceptance: str = ""
    reason: str = ""
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class AnswerLine:
    """What an addressee says, in its own words."""

    public_id: str
    organization: Value
    when: date
    text: Label
    is_withdrawn: bool = False
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class PeriodPart:
    """One period of an ask with all that is known of it; `silence` tells of silence to come."""

    public_id: str
    period: str
    due: Label
    mark: Mark
    since: str = ""
    source: Value = ""
    silence: str = ""
    evidence: Sequence[EvidenceLine] = ()
    answers: Sequence[AnswerLine] = ()
    actions: Sequence[Link] = ()


def ask_head(ask: Ask, naming: Naming) -> SimpleNamespace:
    """Give the head of the page."""
    provision = ask.provision
    return SimpleNamespace(
        public_id=ask.public_id,
        task=ask.task,
        force=ask_parts.force(ask.force, ask.lemma),
        kicker=kicker(ask, naming),
        condition=ask.condition,
        is_invented=ask.is_invented,
        state="withdrawn" if ask.is_withdrawn else provision.document.state,
        paragraph=ask_parts.place(provision),
        paragraph_href=addresses.document(provision.document.address_key, provision.path),
        text=provision.text or provision.summary,
        is_official=bool(provision.text),
    )


def kicker(ask: Ask, naming: Naming) -> list[Value]:
    """Give the line over the title: body, document, section."""
    provision = ask.provision
    document = provision.document
    name = code(document.symbol) if document.symbol else document.title
    found: list[Value] = [
        naming.code("document_body", document.body) if document.body else "",
        Link(name, addresses.document(document.address_key)),
        formatted_date(document.date),
        provision.section or "",
    ]
    return [each for each in found if each]


def facts(ask: Ask, rows: Sequence[Row], naming: Naming) -> list[Fact]:
    """Give the facts at the side."""
    nearest = [row.instance for row in rows if row.instance.due_on]
    due = due_of(nearest[-1]) if len(nearest) == 1 else ask_parts.due_of(ask)
    written = ask.due_as_written or ask.recurrence_as_written
    return [
        Fact(_("Asked of"), asked_of(ask, naming)),
        Fact(_("Verb and force"), _force(ask)),
        Fact(_("Due"), [due] if due else []),
        Fact(_("How it recurs"), [str(AskNature(ask.nature).label), *_interval(ask)]),
        Fact(_("As written"), [Markup('<q dir="auto">{}</q>').format(written)] if written else []),
        Fact(_("Through"), [_code(each, naming) for each in ask.through]),
        Fact(_("Reported to"), [_code(each, naming) for each in ask.report_to]),
        Fact(_("Condition"), _condition(ask)),
        Fact(_("In its place"), _superseding(ask)),
        Fact(_("Elements"), [_element(tag) for tag in ask_parts.elements(ask, naming)]),
        Fact(_("In the ledger"), [code(ask.public_id)]),
    ]


def asked_of(ask: Ask, naming: Naming) -> list[Value]:
    """Name all of whom it is asked, each with what qualifies it."""
    found: list[Value] = []
    for told in ask.addressees.all():
        value = ask_parts.addressee(told, naming)
        if told.qualifier and isinstance(value, Link):
            label = value.label if isinstance(value.label, str) else run(value.label)
            link = Markup('<a href="{}">{}</a>').format(value.href, label)
            value = Markup('{} <small dir="auto">{}</small>').format(link, told.qualifier)
        found.append(value)
    return found


def _force(ask: Ask) -> list[Value]:
    force = ask_parts.force(ask.force, ask.lemma)
    told = {"words": force.words, "level": number(force.level)}
    return [force.verb, _("Force %(level)s of 4: %(words)s") % told]


def _interval(ask: Ask) -> list[str]:
    return [ask_parts.every(ask.recurrence)] if ask.recurrence else []


def _code(each: str, naming: Naming) -> Value:
    return naming.code("addressee", each)


def _condition(ask: Ask) -> list[Value]:
    if not ask.condition:
        return []
    if ask.condition_met_on is None:
        return [ask.condition, _("Not recorded as met: the ask sleeps until then.")]
    told = _("Met on %(day)s.") % {"day": formatted_date(ask.condition_met_on)}
    source: Value = ask.condition_source_name
    if ask.condition_source_url:
        source = Link(ask.condition_source_name, ask.condition_source_url)
    return [ask.condition, told, source]


def _superseding(ask: Ask) -> list[Value]:
    by = ask.superseded_by
    return [Link(by.task, addresses.ask(by.public_id))] if by else []


def _element(tag: Any) -> Link:
    label = Markup("<b>{}</b> {}").format(
        code(tag.code), tag.label if isinstance(tag.label, str) else run(tag.label)
    )
    if tag.is_suggested:
        label += Markup(" <small>({})</small>").format(_("suggested"))
    return Link(label, tag.href)


def period_part(
    row: Row,
    naming: Naming,
    *,
    evidence: Sequence[EvidenceLine],
    answers: Sequence[AnswerLine],
    actions: Sequence[Link],
    silence: str = "",
) -> PeriodPart:
    """Give one period with what is shown of it and where that comes from."""
    instance = row.instance
    is_kept = row.shown == instance.status and instance.status != AskStatus.OPEN
    return PeriodPart(
        public_id=instance.public_id,
        period=instance.period,
        due=due_of(instance),
        mark=ask_parts.mark(row.shown),
        since=formatted_date(instance.status_on) if is_kept and instance.status_on else "",
        source=source_of(instance) if is_kept else "",
        silence=silence,
        evidence=evidence,
        answers=answers,
        actions=actions,
    )


def source_of(instance: AskInstance) -> Value:
    """Give the source of a status with its address; its records must be fetched."""
    document = instance.status_document
    if document is None and instance.status_evidence is not None:
        document = instance.status_evidence.document
        if document is None and instance.status_evidence.activity is not None:
            activity = instance.status_evidence.activity
            return Link(activity.title, addresses.activity(activity.public_id))
        if document is None:
            told = instance.status_evidence
            return Link(told.title or told.url, told.url)
    if document is not None:
        name = code(document.symbol) if document.symbol else document.title
        return Link(name, addresses.document(document.address_key))
    if instance.status_source_url:
        return Link(instance.status_source_name, instance.status_source_url)
    return instance.status_source_name


def evidence_line(evidence: Evidence, naming: Naming, actions: Sequence[Link] = ()) -> EvidenceLine:
    """Show one piece of evidence; activity, document and organization must be fetched."""
    title, href = _evidence_title(evidence)
    by = naming.organization_link(evidence.asserted_by)
    known: list[Value] = [
        str(EvidenceKind(evidence.evidence_kind).label),
        code(evidence.document.symbol) if evidence.document and evidence.document.symbol else "",
        _paragraph(evidence.paragraph),
        formatted_date(evidence.dated),
        escape(_("asserted by %(organization)s")) % {"organization": _linked(by)} if by else "",
    ]
    is_open = evidence.acceptance != Acceptance.ACCEPTED
    return EvidenceLine(
        public_id=evidence.public_id,
        title=title,
        href=href,
        facts=[each for each in known if each],
        note=evidence.note,
        claims=ask_parts.mark(evidence.claims) if evidence.claims else None,
        acceptance=str(Acceptance(evidence.acceptance).label) if is_open else "",
        reason=evidence.reason,
        actions=actions,
    )


def _evidence_title(evidence: Evidence) -> tuple[Label, str]:
    if evidence.activity is not None:
        return evidence.activity.title, addresses.activity(evidence.activity.public_id)
    if evidence.document is not None:
        document = evidence.document
        title: Label = evidence.title or document.title or code(document.symbol)
        return title, addresses.document(document.address_key)
    return evidence.title or _host(evidence.url), evidence.url


def _paragraph(number: str) -> str:
    return _("paragraph %(number)s") % {"number": number} if number else ""


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _linked(link: Link | None) -> Markup:
    if link is None:
        return Markup("")
    label = link.label if isinstance(link.label, str) else run(link.label)
    return Markup('<a class="quiet" href="{}">{}</a>').format(link.href, label)


def answer_line(answer: Answer, naming: Naming, actions: Sequence[Link] = ()) -> AnswerLine:
    """Show what an addressee answered; the organization must be fetched."""
    who = naming.organization_link(answer.organization)
    return AnswerLine(
        public_id=answer.public_id,
        organization=who or naming.organization(answer.organization),
        when=answer.answered_on,
        text=answer.text,
        is_withdrawn=answer.state == AnswerState.WITHDRAWN,
        actions=actions,
    )


def silence_words(instance: AskInstance, today: date) -> str:
    """Say from which day on silence about an ask is public, to those who see it before."""
    day = instance.silence_public_on
    if day is None or day <= today:
        return ""
    told = {"day": formatted_date(day)}
    return _("Seen at the desk only; shown to everybody from %(day)s on.") % told


def summary_of(rows: Sequence[Row]) -> list[tuple[Mark, int]]:
    """Count the periods by what is shown of them, in the order of the first of each."""
    counts: Mapping[str, int] = {}
    counts = {}
    for row in rows:
        counts[row.shown] = counts.get(row.shown, 0) + 1
    return [(ask_parts.mark(shown), count) for shown, count in counts.items()]
