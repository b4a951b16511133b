"""Rows of the ledger as pages take them: an ask in a period with what is shown of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from stocktake.domain.asks.models import AskInstance, InstanceQuerySet
from stocktake.domain.asks.queries import instances_in_order, sees_silence, standing


@dataclass(frozen=True)
class Row:
    """An ask in a period; `is_private` tells of silence that the public is not shown yet."""

    instance: AskInstance
    shown: str
    evidence: int
    answers: int
    is_private: bool = False

    @property
    def public_id(self) -> str:
        """The identifier of the ask in that period."""
        return self.instance.public_id


def records(user: Any) -> InstanceQuerySet:
    """Give the asks by period that a person may see."""
    return AskInstance.objects.visible_to(user)


def rows(user: Any, public_ids: Sequence[str]) -> list[Row]:
    """Give rows of the ledger in the order of their identifiers, in a fixed number of queries."""
    return standing_rows(user, instances_in_order(user, public_ids))


def standing_rows(
    user: Any, instances: Iterable[AskInstance], *, today: date | None = None
) -> list[Row]:
    """Say of instances, fetched with their reports, what a person is shown of each."""
    day, is_desk = today or timezone.localdate(), sees_silence(user)
    told = [(each, standing(each, today=day, is_desk=is_desk)) for each in instances]
    return [
        Row(
            instance,
            found.shown,
            getattr(instance, "evidence_count", 0),
            getattr(instance, "answer_count", 0),
            found.is_private,
        )
        for instance, found in told
    ]
