"""Letting go of what old imports replaced: kept so that they can be undone, but not for ever."""

from datetime import datetime, timedelta

from django.db import transaction

from stocktake.exchange.models import ImportRun, PriorSource, RunState
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history

UNDOABLE = timedelta(days=180)
"""How long after its end an import that changed entries can be undone."""

_BATCH = 500


def prune(actor: Actor, *, now: datetime) -> int:
    """Close imports that ended long ago to undoing, and drop what they replaced.

    An import that only made entries replaced nothing, so it can still be undone. One that was
    interrupted, or whose undo was, is left alone.

    Args:
        now: the moment, with a time zone.

    Returns:
        How many replaced sources were dropped.

    Raises:
        PermissionDenied: nothing was written.
    """
    require(actor, "exchange.import")
    old = ImportRun.objects.filter(
        state=RunState.DONE, finished_at__lt=now - UNDOABLE, replaced__isnull=False
    )
    return sum(_prune(actor, run) for run in old.distinct().order_by("pk"))


def _prune(actor: Actor, run: ImportRun) -> int:
    with transaction.atomic():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state != RunState.DONE:
            return 0
        if not row.is_final:
            row.is_final = True
            row.advance()
            row.save(update_fields=["is_final", "version", "updated_at"])
            history.record(
                actor, "update", row, before={"is_final": False}, after={"is_final": True}
            )
    dropped = 0
    while keys := list(run.replaced.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            PriorSource.objects.filter(pk__in=keys).delete()
        dropped += len(keys)
    return dropped
