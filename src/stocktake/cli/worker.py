"""`stocktake worker`: follows the log into the search index and keeps the timetable."""

import logging
import signal
import threading
from types import FrameType

import click
from django.db import close_old_connections
from django.utils import timezone

from stocktake.kernel.jobs import timetable
from stocktake.kernel.search import services as search
from stocktake.kernel.search.folders import IndexerRunning

logger = logging.getLogger(__name__)

_TICK_SECONDS = 5.0


@click.command()
def group() -> None:
    """Run the worker until it is told to stop."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    following = threading.Thread(target=_follow, args=(stop,), name="indexer")
    following.start()
    while not stop.is_set() and following.is_alive():
        close_old_connections()
        timetable.run_due(timezone.now())
        stop.wait(_TICK_SECONDS)
    stop.set()
    following.join()


def _follow(stop: threading.Event) -> None:
    """Be the indexer; while another process is, wait for its place."""
    while not stop.is_set():
        try:
            search.run_forever(stop)
        except IndexerRunning:
            stop.wait(_TICK_SECONDS)
