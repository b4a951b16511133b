"""What the command line and the worker ask of the search: make again, catch up, follow."""

import threading
import time

from stocktake.kernel.search import indexer, readers
from stocktake.kernel.search.folders import IndexerRunning, folders
from stocktake.kernel.search.indexer import Progress, run_forever, running_indexer, silent

__all__ = ["catch_up", "rebuild", "run_forever", "start_following"]

_PAUSE = 0.2


def rebuild(progress: Progress = silent) -> None:
    """Make the index anew and swap it in; a running indexer is asked, else this process is it."""
    try:
        with running_indexer(progress) as own:
            own.rebuild("asked for")
            return
    except IndexerRunning:
        _ask_and_wait(progress)


def catch_up(progress: Progress = silent) -> bool:
    """Bring the index up to the end of the log; returns whether it is there.

    A running indexer is waited for (half a minute), else this process does it.
    """
    try:
        with running_indexer(progress) as own:
            own.follow()
            return True
    except IndexerRunning:
        return indexer.wait_until_followed(30.0)


def start_following(stop: threading.Event) -> threading.Thread:
    """Follow the log in a thread of this process until `stop` is set."""
    thread = threading.Thread(target=run_forever, args=(stop,), name="indexer", daemon=True)
    thread.start()
    return thread


def _ask_and_wait(progress: Progress) -> None:
    store = folders()
    store.request_rebuild("asked for")
    while store.requested_rebuild() is not None:
        told = store.progress()
        if told:
            progress(told["stage"], told["done"], told["total"])
        if not store.is_indexer_running():  # it died; the lock is free
            rebuild(progress)
            return
        time.sleep(_PAUSE)
    readers.forget()
