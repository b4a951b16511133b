"""Statuses, which change only with a source, and conditions that wake what they kept asleep."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.activities.services import is_web_address
from stocktake.domain.asks.choices import (
    NO_REPORT_RECEIVED,
    Acceptance,
    AskNature,
    AskStatus,
)
from stocktake.domain.asks.models import Ask, AskInstance, Evidence
from stocktake.domain.asks.services import planning
from stocktake.domain.asks.services.checks import check_day, check_plain, latest_day
from stocktake.domain.asks.services.values import values_of
from stocktake.domain.asks.services.writing import instance_entries, locked, saved
from stocktake.domain.documents.models import Document
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history


@dataclass(frozen=True)
class StatusSource:
    """What shows a status: accepted evidence, a document, or a source by name and address."""

    evidence: Evidence | None = None
    document: Document | None = None
    name: str = ""
    url: str = ""


def set_status(
    actor: Actor,
    instance: AskInstance,
    status: str,
    *,
    source: StatusSource,
    note: str = "",
    expected_version: int | None,
    superseded_by: Ask | None = None,
    on: date | None = None,
) -> AskInstance:
    """Give an ask in a period another status, with the source that shows it.

    Args:
        superseded_by: the ask that takes its place, for `superseded` only; where no other source
            is given its document is the source.
        on: the day of the status as far as the source tells it, today by default.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = locked_instance(instance)
        require(actor, "asks.set_status", current)
        current.expect_version(expected_version)
        if superseded_by is not None and source == StatusSource():
            source = StatusSource(document=superseded_by.provision.document)
        _refuse(current, status, source, superseded_by)
        day = on or timezone.now().date()
        if day > latest_day():
            raise ValidationError({"status_on": [_("This day is still to come.")]})
        entries = change_status(current, status, source, day=day, note=note)
        if superseded_by is not None:
            entries += _superseded(current.ask, superseded_by, note)
        history.record_many(actor, entries)
    return current


def _refuse(
    instance: AskInstance, status: str, source: StatusSource, superseded_by: Ask | None
) -> None:
    """Refuse a status that says nothing, has no source, or does not fit; all faults at once."""
    faults: dict[str, list[str]] = {}
    if instance.ask.nature == AskNature.STANDING:
        faults["status"] = [_("A standing norm carries no status.")]
    elif status == NO_REPORT_RECEIVED:
        faults["status"] = [
            _("“No report received” is no status: it is shown where a due date passed in silence.")
        ]
    elif status not in AskStatus.values:
        told = {"code": status, "list": "status"}
        faults["status"] = [_("%(code)s is not on the list %(list)s.") % told]
    elif status == AskStatus.SLEEPING and not planning.is_asleep(instance.ask):
        faults["status"] = [_("Only an ask whose condition is not recorded sleeps.")]
    elif planning.is_asleep(instance.ask) and status not in (
        AskStatus.SLEEPING,
        AskStatus.SUPERSEDED,
        AskStatus.LAPSED,
    ):
        faults["status"] = [_("Record that the condition is met first; until then the ask sleeps.")]
    told_source = _source_faults(instance, source)
    if told_source:
        faults["source"] = told_source
    told_ask = _superseding_faults(instance, status, superseded_by)
    if told_ask:
        faults["superseded_by"] = told_ask
    if faults:
        raise ValidationError(faults)


def _source_faults(instance: AskInstance, source: StatusSource) -> list[str]:
    if source == StatusSource():
        return [_("A status changes only with a source: evidence, a document, or a named one.")]
    faults = [*check_plain(source.name, 500), *check_plain(source.url, 1000)]
    if source.url and not source.name:
        faults.append(_("The source needs a name."))
    if source.url and not is_web_address(source.url):
        faults.append(_("%(url)s is no web address.") % {"url": source.url[:200]})
    evidence = source.evidence
    if evidence and evidence.instance_id != instance.pk:
        faults.append(_("This evidence is for another ask or period."))
    elif evidence and evidence.acceptance != Acceptance.ACCEPTED:
        faults.append(_("Only evidence that is accepted shows a status."))
    return faults


def _superseding_faults(instance: AskInstance, status: str, superseded_by: Ask | None) -> list[str]:
    if status == AskStatus.SUPERSEDED and superseded_by is None:
        return [_("Name the ask that takes its place.")]
    if status != AskStatus.SUPERSEDED and superseded_by is not None:
        return [_("Only an ask that is superseded has another in its place.")]
    if superseded_by is not None and superseded_by.pk == instance.ask_id:
        return [_("An ask cannot supersede itself.")]
    return []


def _superseded(ask: Ask, by: Ask, note: str) -> list[history.Entry]:
    if ask.superseded_by_id == by.pk:
        return []
    before = ask.superseded_by.public_id if ask.superseded_by else ""
    ask.superseded_by = by
    ask.advance()
    ask.save()
    after = {"superseded_by": by.public_id}
    return [
        history.Entry("update", Ask.kind, ask.public_id, {"superseded_by": before}, after, note)
    ]


def locked_instance(instance: AskInstance) -> AskInstance:
    """Lock the row of an instance and give it as it is now, with what its values read."""
    AskInstance.objects.select_for_update(of=("self",)).filter(pk=instance.pk).first()
    found = AskInstance.objects.select_related(
        "ask__provision__document", "ask__superseded_by", "status_evidence", "status_document"
    )
    return found.get(pk=instance.pk)


def change_status(
    instance: AskInstance, status: str, source: StatusSource, *, day: date, note: str = ""
) -> list[history.Entry]:
    """Write a status that has been checked, and give the entry for the log; none, no change."""
    before = planning.instance_values(instance)
    instance.status = status
    instance.status_evidence = source.evidence
    instance.status_document = source.document
    instance.status_source_name, instance.status_source_url = source.name, source.url
    after = planning.instance_values(instance)
    if all(before[name] == after[name] for name in after):
        return []
    instance.status_on = day
    return [saved(instance, before, note)]


def record_condition(
    actor: Actor,
    ask: Ask,
    *,
    met_on: date,
    source_name: str,
    source_url: str = "",
    expected_version: int | None,
) -> Ask:
    """Record that the condition of an ask is met, with a source; its sleeping periods wake.

    A recurring ask gets its periods from that day on.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    with transaction.atomic():
        current = locked(ask)
        require(actor, "asks.record_condition", current)
        current.expect_version(expected_version)
        _refuse_condition(current, met_on, source_name, source_url)
        before = values_of(current)
        current.condition_met_on = met_on
        current.condition_source_name = source_name
        current.condition_source_url = source_url
        current.advance()
        current.save()
        after = values_of(current)
        changed = [name for name in after if after[name] != before[name]]
        entry = history.Entry(
            "update",
            Ask.kind,
            current.public_id,
            {name: before[name] for name in changed},
            {name: after[name] for name in changed},
        )
        history.record_many(actor, [entry, *_woken(current)])
    return current


def _refuse_condition(ask: Ask, met_on: date, source_name: str, source_url: str) -> None:
    faults: dict[str, list[str]] = {}
    if not ask.condition:
        faults["condition"] = [_("This ask has no condition.")]
    elif ask.condition_met_on is not None:
        faults["condition"] = [_("The condition is recorded already.")]
    told = check_day("met_on", met_on)
    if told or met_on > latest_day():
        faults["met_on"] = told or [_("This day is still to come.")]
    if not source_name.strip():
        faults["source_name"] = [_("A condition is recorded with the source that shows it.")]
    elif check_plain(source_name, 500):
        faults["source_name"] = check_plain(source_name, 500)
    if source_url and not is_web_address(source_url):
        faults["source_url"] = [_("%(url)s is no web address.") % {"url": source_url[:200]}]
    if faults:
        raise ValidationError(faults)


def _woken(ask: Ask) -> list[history.Entry]:
    """Open what slept; of a recurring ask the first period takes the first due date."""
    today = timezone.now().date()
    instances = list(ask.instances.select_for_update(of=("self",)).order_by("pk"))
    names = {each.period for each in instances}
    plans = planning.planned(ask, today, dated=ask.provision.document.date)
    plans = [plan for plan in plans if plan.period not in names]
    entries = []
    for instance in instances:
        if instance.status != AskStatus.SLEEPING:
            continue
        instance.ask = ask
        before = planning.instance_values(instance)
        instance.status = planning.first_status(ask)
        if plans and not instance.period and instance.due_on in (None, plans[0].due_on):
            plan = plans.pop(0)
            instance.period, instance.starts_on = plan.period, plan.starts_on
            instance.due_on = plan.due_on
            instance.silence_public_on = planning.silence_day(plan.due_on)
        entries.append(saved(instance, before))
    made = [planning.instance_of(ask, plan, today) for plan in plans]
    AskInstance.objects.bulk_create(made, batch_size=500)
    return [*entries, *instance_entries(made)]
