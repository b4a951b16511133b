"""The asks of provisions as pages show them: lines in a document, rows with what came of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.domain.asks.choices import Acceptance, AnswerState, AskNature
from stocktake.domain.asks.models import AskInstance, Evidence
from stocktake.domain.asks.queries import AskFollowUp, PeriodFollowUp
from stocktake.web import addresses, ask_parts
from stocktake.web.documents import presenting
from stocktake.web.documents.parts import AnswerLine, AskLine, EvidenceLine, FollowedAsk, Period
from stocktake.web.environment import english, formatted_date, number
from stocktake.web.naming import Naming
from stocktake.web.parts import Label, Link, Value

_MANY = 3


def line(asked: AskFollowUp, naming: Naming, today: date) -> AskLine:
    """Give an ask in one line, with the period that matters now: the last begun or the first."""
    now = _now(asked.periods, today)
    due = ask_parts.due_of(asked.ask)
    if now is not None and now.instance.due_on:
        due = formatted_date(now.instance.due_on)
    shown = now.standing.shown if now else ask_parts.STANDING
    return AskLine(
        href=addresses.ask(asked.ask.public_id),
        task=asked.ask.task,
        addressees=ask_parts.addressees(asked.ask, naming),
        due=due,
        mark=ask_parts.mark(shown),
        force=ask_parts.force(asked.ask.force, asked.ask.lemma),
        note="" if shown == ask_parts.STANDING else _recurrence(asked),
    )


def _recurrence(asked: AskFollowUp) -> str:
    """Say how often it is asked, and how many periods there are if several."""
    often, count = ask_parts.recurrence(asked.ask), len(asked.periods)
    if count < 2:
        return often
    periods = ngettext("%(count)s period", "%(count)s periods", count) % {"count": number(count)}
    return _("%(often)s (%(periods)s)") % {"often": often, "periods": periods}


def followed(asked: AskFollowUp, naming: Naming) -> FollowedAsk:
    """Give an ask with all its periods, their evidence, answers and sources."""
    periods = sorted(asked.periods, key=_when)
    shown = [(each.instance, each.standing.shown) for each in periods]
    row = ask_parts.row(asked.ask, naming, shown)
    if asked.ask.nature == AskNature.STANDING:
        row = replace(row, facts=())
    return FollowedAsk(row, _joined([_period(each, naming) for each in periods]))


def _joined(periods: Sequence[Period]) -> list[Period]:
    """Put periods that follow one another, and of which the same is all that is known, in one."""
    found: list[Period] = []
    for _key, group in groupby(periods, key=lambda each: (each.is_bare, each.mark)):
        alike = list(group)
        first, last = alike[0], alike[-1]
        if not first.is_bare or len(alike) < _MANY:
            found += alike
            continue
        told = {"first": first.label, "last": last.label}
        found.append(replace(first, label=_("%(first)s to %(last)s") % told, due=""))
    return found


def evidence_line(evidence: Evidence, naming: Naming) -> EvidenceLine:
    """Give one piece of evidence with its source; document and activity must be fetched."""
    return EvidenceLine(
        link=evidence_link(evidence),
        kind=str(evidence.get_evidence_kind_display()),
        dated=formatted_date(evidence.dated),
        note=evidence.note,
        source=_source(evidence.source_name, evidence.source_url),
        by=naming.organization_link(evidence.asserted_by) or "",
    )


def _period(period: PeriodFollowUp, naming: Naming) -> Period:
    told = period.standing
    note = ""
    if told.is_private and told.public_on:
        day = {"day": formatted_date(told.public_on)}
        note = _("Shown to the public from %(day)s on.") % day
    return Period(
        label=period.instance.period,
        due=formatted_date(period.instance.due_on),
        mark=ask_parts.mark(told.shown),
        source=_status_source(period.instance),
        evidence=[
            evidence_line(each, naming)
            for each in period.evidence
            if each.acceptance == Acceptance.ACCEPTED
        ],
        answers=[
            AnswerLine(
                by=naming.organization_link(each.organization) or "",
                text=each.text,
                day=formatted_date(each.answered_on),
            )
            for each in period.answers
            if each.state == AnswerState.PUBLISHED
        ],
        note=note,
    )


def _status_source(instance: AskInstance) -> Value:
    """Give the source of a status: a document, a piece of evidence, or a named one."""
    if instance.status_document is not None:
        return presenting.link(instance.status_document)
    shown = instance.status_evidence
    if shown is not None:
        return presenting.link(shown.document) if shown.document else evidence_link(shown)
    return _source(instance.status_source_name, instance.status_source_url)


def evidence_link(evidence: Evidence) -> Value:
    """Lead to what was brought forward: a document, an activity or a source."""
    if evidence.document is not None:
        target = presenting.full_link(evidence.document)
        tail = f"#para-{evidence.paragraph}" if evidence.paragraph else ""
        return Link(target.label, f"{target.href}{tail}")
    if evidence.activity is not None:
        return Link(evidence.activity.title, addresses.activity(evidence.activity.public_id))
    label: Label = evidence.title or presenting.host(evidence.url)
    return Link(label, evidence.url)


def _source(name: str, url: str) -> Value:
    if not url:
        return english(name)
    return Link(english(name) or presenting.host(url), url)


def _now(periods: Sequence[PeriodFollowUp], today: date) -> PeriodFollowUp | None:
    """Give the period that a line shows: the latest that has begun, else the first."""
    if not periods:
        return None
    ordered = sorted(periods, key=_when)
    begun = [
        each for each in ordered if not each.instance.starts_on or each.instance.starts_on <= today
    ]
    return (begun or ordered[:1])[-1]


def _when(period: PeriodFollowUp) -> str:
    """Give what periods are ordered by: the day, else the year or name of the period."""
    instance = period.instance
    return str(instance.due_on or instance.starts_on or instance.period)
