"""What exchange does every night."""

from datetime import timedelta

from django.utils import timezone

from stocktake.exchange.pruning import prune
from stocktake.kernel.common.actors import System
from stocktake.kernel.jobs.timetable import periodic


@periodic("drop what old imports replaced", every=timedelta(days=1))
def prune_old_imports() -> None:
    """Drop what imports replaced that ended too long ago to be undone."""
    prune(System("timetable"), now=timezone.now())
