"""The asks of documents and paragraphs with their periods, shown status, evidence and answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from stocktake.domain.asks.models import Ask
from stocktake.domain.asks.queries import (
    AskFollowUp,
    PeriodFollowUp,
    follow_up,
    sees_silence,
    standing,
    with_instances,
)
from stocktake.domain.asks.queries.ledger import answer_rows, evidence_rows
from stocktake.domain.documents.models import Document, Provision

Asks = dict[int, Sequence[AskFollowUp]]
"""Asks by the key of their provision."""


def asks_of_document(document: Document, user: Any, today: date) -> Asks:
    """Give the asks of a document in a fixed number of queries."""
    return {
        each.provision.pk: each.asks
        for told in follow_up([document], user, today=today)
        for each in told.provisions
        if each.asks
    }


def asks_of_provisions(provisions: Sequence[Provision], user: Any, today: date) -> Asks:
    """Give the asks of some provisions in a fixed number of queries."""
    keys = [each.pk for each in provisions]
    within = {"instance__ask__provision__in": keys}
    evidence, answers = evidence_rows(user).filter(**within), answer_rows(user).filter(**within)
    brought, said = list(evidence), list(answers)
    is_desk = sees_silence(user)
    asks = Ask.objects.visible_to(user).filter(provision__in=keys, is_withdrawn=False)
    found: dict[int, list[AskFollowUp]] = {}
    for ask in with_instances(asks).order_by("provision__position", "position", "pk"):
        periods = tuple(
            PeriodFollowUp(
                instance,
                standing(instance, today=today, is_desk=is_desk),
                tuple(each for each in brought if each.instance_id == instance.pk),
                tuple(each for each in said if each.instance_id == instance.pk),
            )
            for instance in ask.instances.all()
        )
        found.setdefault(ask.provision_id, []).append(AskFollowUp(ask, periods))
    return dict(found)
