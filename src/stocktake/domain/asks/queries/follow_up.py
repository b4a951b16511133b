"""What came of a resolution, paragraph by paragraph, or of a line of them across years."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from stocktake.domain.asks.models import Answer, Ask, AskInstance, Evidence
from stocktake.domain.asks.queries.ledger import answer_rows, evidence_rows, with_instances
from stocktake.domain.asks.queries.standing import Standing, sees_silence, standing
from stocktake.domain.documents.models import Document, Provision


@dataclass(frozen=True)
class PeriodFollowUp:
    """An ask in one period: what is shown of it, what was brought, what was answered."""

    instance: AskInstance
    standing: Standing
    evidence: tuple[Evidence, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class AskFollowUp:
    """One ask with its periods, the earliest first."""

    ask: Ask
    periods: tuple[PeriodFollowUp, ...]


@dataclass(frozen=True)
class ProvisionFollowUp:
    """One provision with its asks, none where it asks nothing."""

    provision: Provision
    asks: tuple[AskFollowUp, ...]


@dataclass(frozen=True)
class DocumentFollowUp:
    """One document with all its provisions in order."""

    document: Document
    provisions: tuple[ProvisionFollowUp, ...]


def follow_up(
    documents: Sequence[Document], user: Any, *, today: date | None = None
) -> list[DocumentFollowUp]:
    """Report on every provision of some documents, in a fixed number of queries.

    Args:
        documents: in the order wanted; those that the person may not see are left out.
        today: the day as of which silence is told.
    """
    day = today or timezone.localdate()
    seen = Document.objects.visible_to(user).filter(pk__in=[each.pk for each in documents])
    keys = set(seen.values_list("pk", flat=True))
    provisions = Provision.objects.filter(document__in=keys, is_withdrawn=False)
    by_document = _grouped(provisions.order_by("position", "pk"), "document_id")
    asks = _asks(keys, user, day)
    return [
        DocumentFollowUp(
            document,
            tuple(
                ProvisionFollowUp(provision, tuple(asks[provision.pk]))
                for provision in by_document[document.pk]
            ),
        )
        for document in documents
        if document.pk in keys
    ]


def _asks(documents: set[int], user: Any, today: date) -> dict[int, list[AskFollowUp]]:
    """Give the asks of documents by the key of their provision."""
    found = Ask.objects.visible_to(user).filter(
        provision__document__in=documents, is_withdrawn=False
    )
    within = {"instance__ask__provision__document__in": documents}
    evidence = _grouped(evidence_rows(user).filter(**within), "instance_id")
    answers = _grouped(answer_rows(user).filter(**within), "instance_id")
    is_desk = sees_silence(user)
    asks: dict[int, list[AskFollowUp]] = defaultdict(list)
    for ask in with_instances(found).order_by("position", "pk"):
        periods = tuple(
            PeriodFollowUp(
                instance,
                standing(instance, today=today, is_desk=is_desk),
                tuple(evidence[instance.pk]),
                tuple(answers[instance.pk]),
            )
            for instance in ask.instances.all()
        )
        asks[ask.provision_id].append(AskFollowUp(ask, periods))
    return asks


def _grouped(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
