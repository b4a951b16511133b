"""Doing something once, however often the same request is sent."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.models import IdempotencyKey


def once(actor: Actor, key: str, do: Callable[[], str]) -> str:
    """Do something for the first request with a key; later ones are given what the first gave.

    All in one transaction: when `do` fails, the key is free again. Two requests at once wait for
    each other.

    Returns:
        What `do` gave, such as the address of the record that it wrote.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                kept = IdempotencyKey.objects.create(actor_key=actor.actor_key, key=key)
        except IntegrityError:
            known = IdempotencyKey.objects.get(actor_key=actor.actor_key, key=key)
            return known.result
        kept.result = do()
        kept.save(update_fields=["result"])
        return kept.result


def forget_before(moment: datetime) -> int:
    """Drop the keys of requests older than a moment; give how many there were."""
    return IdempotencyKey.objects.filter(created_at__lt=moment).delete()[0]
