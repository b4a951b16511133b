"""What time brings: the next periods of recurring asks, and due dates that have passed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from stocktake.domain.asks.choices import AskNature
from stocktake.domain.asks.models import Ask, AskInstance
from stocktake.domain.asks.services import planning
from stocktake.domain.asks.services.writing import BATCH, instance_entries
from stocktake.domain.documents.choices import DocumentState
from stocktake.domain.documents.models import Document
from stocktake.kernel.common.actors import Actor, System
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.kernel.vocabularies.terms import first_day

_T = TypeVar("_T")


def ensure_instances(actor: Actor, today: date) -> int:
    """Add the periods that recurring asks have come to have, and say how many.

    An ask gets no period that would begin after the next text of its line, which asks again or no
    longer, nor once it is superseded, withdrawn or asleep. Silence about a period that is due
    already when it is added is public later, so that the desk can look for reports first.
    """
    require(actor, "asks.edit")
    found = Ask.objects.filter(
        nature=AskNature.RECURRING, is_withdrawn=False, superseded_by=None
    ).exclude(recurrence="")
    count = 0
    for keys in _batches(found.order_by("pk").values_list("pk", flat=True).iterator()):
        with transaction.atomic():
            made = _missing(_locked_asks(keys), today)
            AskInstance.objects.bulk_create(made, batch_size=BATCH)
            history.record_many(actor, instance_entries(made))
            count += len(made)
    return count


def _locked_asks(keys: Sequence[int]) -> QuerySet[Ask]:
    list(Ask.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    return Ask.objects.filter(pk__in=keys).select_related("provision__document").order_by("pk")


def _missing(asks: Iterable[Ask], today: date) -> list[AskInstance]:
    told = list(asks)
    had: dict[int, list[AskInstance]] = defaultdict(list)
    for instance in AskInstance.objects.filter(ask__in=told).order_by("due_on", "pk"):
        had[instance.ask_id].append(instance)
    ends = _next_texts({ask.provision.document_id for ask in told})
    return [
        planning.instance_of(ask, plan, today)
        for ask in told
        if not planning.is_asleep(ask)
        for plan in _new_plans(ask, had[ask.pk], today, ends.get(ask.provision.document_id))
    ]


def _new_plans(
    ask: Ask, had: Sequence[AskInstance], today: date, until: date | None
) -> list[planning.Planned]:
    first = next((each.due_on for each in had if each.due_on), None)
    if ask.due_on is None and not ask.due_session and first is not None:
        ask.due_on = first  # the interval runs from the first period known; not saved
    names = {each.period for each in had}
    days = {each.due_on for each in had}
    dated = ask.provision.document.date
    return [
        replace(plan, silence_public_on=_silence_day(plan, today))
        for plan in planning.planned(ask, today, dated=dated, until=until)
        if plan.period not in names and plan.due_on not in days
    ]


def _silence_day(plan: planning.Planned, today: date) -> date | None:
    return planning.silence_day(max(plan.due_on, today) if plan.due_on else None)


def _next_texts(documents: Iterable[int]) -> Mapping[int, date]:
    """Give the day of the next text of each line, by the key of the document before it."""
    found = Document.objects.filter(previous__in=documents, state=DocumentState.PUBLISHED)
    days: dict[int, date] = {}
    for previous, dated in found.exclude(date="").values_list("previous_id", "date"):
        day = first_day(dated)
        days[previous] = min(day, days.get(previous, day))
    return days


def announce_due(actor: Actor, today: date) -> int:
    """Tell the log of due dates and days of public silence that have passed since the last time.

    What the public sees of an instance changes with them, so that each projection must be told.

    Returns:
        How many instances it told of.
    """
    require(actor, "asks.edit")
    told = F("due_announced_on")
    is_due = Q(due_on__lt=today) & (Q(due_announced_on=None) | Q(due_on__gte=told))
    is_public = Q(silence_public_on__lte=today) & (
        Q(due_announced_on=None) | Q(silence_public_on__gt=told)
    )
    found = AskInstance.objects.filter(is_due | is_public).exclude(status="").order_by("pk")
    count = 0
    for keys in _batches(found.values_list("pk", flat=True).iterator()):
        with transaction.atomic():
            rows = AskInstance.objects.select_for_update(of=("self",)).filter(pk__in=keys)
            count += _announce(actor, list(rows.order_by("pk")), today)
    return count


def _announce(actor: Actor, instances: Sequence[AskInstance], today: date) -> int:
    entries = []
    for instance in instances:
        before = {"due_announced_on": planning.day_text(instance.due_announced_on)}
        instance.due_announced_on = today
        instance.advance()
        after = {"due_announced_on": today.isoformat()}
        entries.append(history.Entry("update", AskInstance.kind, instance.public_id, before, after))
    AskInstance.objects.bulk_update(
        instances, ["due_announced_on", "version", "updated_at"], batch_size=BATCH
    )
    history.record_many(actor, entries)
    return len(instances)


def _batches(keys: Iterable[_T]) -> Iterator[list[_T]]:
    told: Any = list(keys)  # read before the first write: no cursor stays open over transactions
    iterator = iter(told)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def make_next_periods() -> int:
    """Do `ensure_instances` as the timetable does it."""
    return ensure_instances(System("timetable"), timezone.now().date())


def announce_passed_days() -> int:
    """Do `announce_due` as the timetable does it."""
    return announce_due(System("timetable"), timezone.now().date())
