"""Reading the ledger: asks with their periods, evidence, answers; silence, orphans, due dates."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from stocktake.domain.asks.choices import AskNature, AskStatus
from stocktake.domain.asks.models import (
    Answer,
    Ask,
    AskInstance,
    AskQuerySet,
    Evidence,
    InstanceQuerySet,
)
from stocktake.domain.asks.queries.standing import sees_silence
from stocktake.domain.documents.choices import DocumentState
from stocktake.domain.documents.models import Document, Lineage, Provision

_LONG = ("text", "footnotes", "clauses")
_DOCUMENT_LONG = ("summary", "events", "decisions")
_REPORTED = (AskStatus.PARTLY_REPORTED_DONE, AskStatus.REPORTED_DONE)


def ask_visible_to(user: Any, public_id: str) -> Ask | None:
    """Give one ask with everything that its page shows, if the person may see it."""
    return with_instances(Ask.objects.visible_to(user)).filter(public_id=public_id).first()


def with_instances(asks: AskQuerySet) -> AskQuerySet:
    """Fetch asks with their links and periods, in order of the periods."""
    rows = AskInstance.objects.with_reports().select_related("status_document", "status_evidence")
    return asks.with_links().prefetch_related(Prefetch("instances", rows.order_by("period", "pk")))


def asks_of(of: Document | Provision, user: Any) -> list[Ask]:
    """List the asks of a document or of one provision that a person may see, in their order."""
    found = Ask.objects.visible_to(user).filter(is_withdrawn=False)
    if isinstance(of, Document):
        found = found.filter(provision__document=of)
    else:
        found = found.filter(provision=of)
    return list(with_instances(found).order_by("provision__position", "position", "pk"))


def instance_visible_to(user: Any, public_id: str) -> AskInstance | None:
    """Give one instance with its ask and all that a row shows, if the person may see it."""
    found = AskInstance.objects.visible_to(user).with_rows()
    return found.filter(public_id=public_id).first()


def instances_in_order(user: Any, public_ids: Sequence[str]) -> list[AskInstance]:
    """Give the rows of the ledger of a list of identifiers, in its order, as far as visible.

    Each has its ask, provision and document, addressees, elements, and the counts that
    `standing` reads, in a fixed number of queries.
    """
    found = _short(AskInstance.objects.visible_to(user)).filter(public_id__in=public_ids)
    by_id = {instance.public_id: instance for instance in found}
    return [by_id[public_id] for public_id in public_ids if public_id in by_id]


def _short(instances: InstanceQuerySet) -> InstanceQuerySet:
    provision = (f"ask__provision__{name}" for name in _LONG)
    document = (f"ask__provision__document__{name}" for name in _DOCUMENT_LONG)
    return instances.with_rows().defer(*provision, *document)


def silences(user: Any, today: date) -> InstanceQuerySet:
    """List the periods for which nothing was reported by their due date, the oldest first.

    Who is not of the desk is given only those about which silence is public.
    """
    found = _short(AskInstance.objects.visible_to(user)).silent(today)
    if not sees_silence(user):
        found = found.filter(silence_public_on__lte=today)
    return found.order_by("due_on", "pk")


def due_dates(user: Any, first: date, last: date) -> InstanceQuerySet:
    """List the periods that are due within some days, both included, the earliest first."""
    found = _short(AskInstance.objects.visible_to(user)).exclude(status="")
    found = found.filter(due_on__gte=first, due_on__lte=last, ask__is_withdrawn=False)
    return found.order_by("due_on", "pk")


def orphans(user: Any) -> AskQuerySet:
    """List the asks that the next text of the line dropped without a report ever.

    The two texts are aligned, and neither the ask's paragraph nor the one around it has a
    descendant that asks anything; of texts that were never aligned nothing is said. Reports are
    evidence, answers and statuses that tell of one, in any period; standing norms ask for none.
    """
    aligned = Lineage.objects.filter(
        earlier__document=OuterRef("provision__document"),
        later__document__previous=OuterRef("provision__document"),
        later__document__state=DocumentState.PUBLISHED,
    )
    goes_on = Lineage.objects.filter(
        Q(earlier=OuterRef("provision")) | Q(earlier=OuterRef("provision__parent")),
        Q(later__asks__is_withdrawn=False) | Q(later__children__asks__is_withdrawn=False),
        later__document__state=DocumentState.PUBLISHED,
        later__is_withdrawn=False,
    )
    ask = OuterRef("pk")
    evidence = Evidence.objects.published().filter(instance__ask=ask)
    answers = Answer.objects.published().filter(instance__ask=ask)
    told = AskInstance.objects.filter(ask=ask, status__in=_REPORTED)
    found = Ask.objects.visible_to(user).filter(
        Exists(aligned), ~Exists(goes_on), ~Exists(evidence), ~Exists(answers), ~Exists(told)
    )
    found = found.filter(is_withdrawn=False).exclude(nature=AskNature.STANDING)
    return with_instances(found).order_by(
        "provision__document__sort_key", "provision__position", "position", "pk"
    )


def evidence_of(instance: AskInstance, user: Any) -> QuerySet[Evidence]:
    """List the evidence for an instance that a person may see, in order of its date."""
    return evidence_rows(user).filter(instance=instance)


def evidence_rows(user: Any) -> QuerySet[Evidence]:
    """Fetch the evidence that a person may see with the records that it names."""
    found = Evidence.objects.visible_to(user)
    related = found.select_related("activity", "document", "asserted_by", "instance")
    return related.order_by("dated", "pk")


def answers_of(instance: AskInstance, user: Any) -> QuerySet[Answer]:
    """List the answers to an instance that a person may see, in order of their date."""
    return answer_rows(user).filter(instance=instance)


def answer_rows(user: Any) -> QuerySet[Answer]:
    """Fetch the answers that a person may see with the organizations that gave them."""
    found = Answer.objects.visible_to(user).select_related("organization", "instance")
    return found.order_by("answered_on", "pk")
