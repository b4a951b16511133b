"""The indexer: the one process that follows the log of changes into the index.

It goes on from the log number inside the index, so it may be killed at any moment; a replayed
change indexes the record as it is now, which changes nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.db import Error as DatabaseError
from django.db import connections

from stocktake.kernel.history.models import Change
from stocktake.kernel.history.queries import head
from stocktake.kernel.search.declarations import declarations
from stocktake.kernel.search.folders import Folders, damaged_files, folders
from stocktake.kernel.search.readers import State, current
from stocktake.kernel.search.requests import IndexUnavailable
from stocktake.kernel.search.schema import fingerprint
from stocktake.kernel.search.writing import BATCH, IndexWriter
from stocktake.kernel.vocabularies.snapshot import forget

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]

_CHANGES = 2_000  # entries of the log read at a time
_UNCOMMITTED = 20_000  # records indexed before a commit although more changes wait
_VOCABULARY = ("codelist", "code", "area", "area_group", "area_group_membership")
_SEEN = 50_000
_PAUSE = 0.25  # seconds between two looks at the log
_MANY = 100  # records after which more are waited for, as few large commits cost far less
_HELD_SECONDS = 4.0  # how long the first of many waits for a commit at most
_PAUSE_WHILE_HELD = 0.25
_PAUSE_AFTER_ERROR = 2.0


def silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


class Stopped(Exception):
    """The indexer was told to stop in the middle of its work; nothing is lost by it."""


class Indexer:
    """Holds the lock of the index while it lives; use `running_indexer`."""

    def __init__(self, store: Folders, progress: Progress = silent) -> None:
        self.store = store
        self.progress = progress
        self.stop = threading.Event()
        self._writer: IndexWriter | None = None

    def close(self) -> None:
        """Let go of the live index."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def follow(self, *, held_seconds: float = 0.0) -> int:
        """Take in all changes up to now; returns how many records were indexed or removed.

        The index is made anew first when it is missing, damaged, of another version or of
        another log, or when that was asked for.

        Args:
            held_seconds: how long the commit of many may wait for more.
        """
        reason = self.store.requested_rebuild() or self._open()
        if reason is not None:
            return self.rebuild(reason)
        writer = self._open_writer()
        try:
            return follow_log(writer, self._go_on, held_seconds=held_seconds)
        except IndexUnavailable:
            self.close()
            return self.rebuild("the live index could not be written")

    def rebuild(self, reason: str) -> int:
        """Make the index anew beside the live one, which is followed meanwhile, and swap."""
        logger.info("The search index is made anew: %s", reason)
        start = _log_state()
        folder = self.store.create({"fingerprint": fingerprint(declarations())})
        count = 0
        with IndexWriter(folder, is_new=True) as writer:
            for kind, ids, done, total in _all_records():
                self._go_on()
                count += writer.replace(declarations()[kind], ids)
                self._tell(kind, done, total)
                self._follow_live()
            writer.commit(start)
            count += follow_log(writer, self._go_on)
        self.close()
        self.store.go_live(folder)
        self.store.forget_request()
        self.store.write_progress(None)
        logger.info("The search index is ready: %s records, log number %s", count, start.number)
        return count

    def run(self, stop: threading.Event) -> None:
        """Follow the log until told to stop; errors of the database are waited out."""
        self.stop = stop
        while not stop.is_set():
            pause = _PAUSE
            try:
                self.follow(held_seconds=_HELD_SECONDS)
            except Stopped:
                return
            except DatabaseError:
                logger.exception("The indexer waits for the database")
                connections.close_all()
                pause = _PAUSE_AFTER_ERROR
            except (IndexUnavailable, OSError):
                logger.exception("The indexer could not write the search index; it tries again")
                self.close()
                pause = _PAUSE_AFTER_ERROR
            stop.wait(pause)

    def _open(self) -> str | None:
        """Open the live index; returns why it cannot be used, None when it can."""
        folder = self.store.live()
        if self._writer is not None and self._writer.folder == folder:
            return None if (folder / "meta.json").exists() else "its folder was damaged"
        self.close()
        if folder is None:
            return "there is none"
        if self.store.about(folder).get("fingerprint") != fingerprint(declarations()):
            return "it was made by another version"
        damaged = damaged_files(folder)
        if damaged:
            return f"damaged files: {', '.join(damaged[:5])}"
        self.store.remove_all_but(folder)
        try:
            self._writer = IndexWriter(folder)
        except IndexUnavailable:
            return "it cannot be opened"
        if not _is_of_this_log(self._writer.state):
            self.close()
            return "it belongs to another log"
        return None

    def _open_writer(self) -> IndexWriter:
        if self._writer is None:
            raise IndexUnavailable("The live index is not open.")
        return self._writer

    def _follow_live(self) -> None:
        """Keep the live index fresh while another is being made."""
        if self._writer is None:
            return
        try:
            follow_log(self._writer, self._go_on)
        except IndexUnavailable:
            self.close()

    def _go_on(self) -> None:
        if self.stop.is_set():
            raise Stopped

    def _tell(self, stage: str, done: int, total: int) -> None:
        self.progress(stage, done, total)
        self.store.write_progress({"stage": stage, "done": done, "total": total})


@contextmanager
def running_indexer(progress: Progress = silent) -> Iterator[Indexer]:
    """Be the indexer while the context lasts.

    Raises:
        IndexerRunning: another process is.
    """
    store = folders()
    with store.lock():
        indexer = Indexer(store, progress)
        try:
            yield indexer
        finally:
            indexer.close()
            store.write_progress(None)


def run_forever(stop: threading.Event) -> None:
    """Be the indexer until told to stop (the worker's main loop)."""
    with running_indexer() as indexer:
        indexer.run(stop)


def follow_log(
    writer: IndexWriter, go_on: Callable[[], None] = lambda: None, *, held_seconds: float = 0.0
) -> int:
    """Bring one folder up to the end of the log, in batches that keep the memory flat.

    Args:
        go_on: called before each batch; raises to end the work there.
        held_seconds: how long the commit waits for more while many records come in; a few are
            committed at once.
    """
    count = since_commit = seen = 0
    state = writer.state
    committed = time.monotonic()
    while True:
        changes = list(
            Change.objects.filter(number__gt=state.number)
            .order_by("number")
            .values_list("number", "hash", "verb", "kind", "object_id")[:_CHANGES]
        )
        is_end = len(changes) < _CHANGES
        is_held = since_commit > _MANY and time.monotonic() - committed < held_seconds
        if is_held and seen < len(changes) < BATCH:  # a whole batch costs less for each record
            seen = len(changes)
            go_on()
            time.sleep(_PAUSE_WHILE_HELD)
            continue
        if changes:
            seen = 0
            state = State(changes[-1][0], changes[-1][1])
            changed = [(verb, kind, which) for _, _, verb, kind, which in changes]
            indexed = _index_changed(writer, changed, go_on)
            count += indexed
            since_commit += indexed
            is_held = since_commit > _MANY and time.monotonic() - committed < held_seconds
        if is_end and changes and is_held:
            go_on()
            time.sleep(_PAUSE_WHILE_HELD)
            continue
        if state != writer.state and (is_end or since_commit >= _UNCOMMITTED):
            writer.commit(state)
            since_commit, committed = 0, time.monotonic()
        if is_end:
            return count


def _index_changed(
    writer: IndexWriter, changed: list[tuple[str, str, str]], go_on: Callable[[], None]
) -> int:
    by_kind: dict[str, set[str]] = {}
    lent: dict[str, set[str]] = {}
    for verb, kind, public_id in changed:
        by_kind.setdefault(kind, set()).add(public_id)
        if kind in _VOCABULARY:
            forget()
        if verb != "create":  # what shows a new record is changed after it, with its own entry
            lent.setdefault(kind, set()).add(public_id)
    count = 0
    for declared in declarations().values():
        own = sorted(by_kind.get(declared.kind, ()))
        sources: list[Iterable[str]] = [own]
        for kind, ids in lent.items():
            if kind in declared.borrows:
                sources.append(declared.borrows[kind](sorted(ids)))
        for batch in _batches(_once(sources)):
            go_on()
            writer.replace(declared, batch)
            count += len(batch)
    return count


def _once(sources: Iterable[Iterable[str]]) -> Iterator[str]:
    """Leave out repetitions, as far as a bounded memory knows them."""
    seen: set[str] = set()
    for source in sources:
        for public_id in source:
            if public_id not in seen:
                if len(seen) >= _SEEN:
                    seen.clear()
                seen.add(public_id)
                yield public_id


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(ids)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _all_records() -> Iterator[tuple[str, list[str], int, int]]:
    """Yield (kind, identifiers of a batch, records done after it, records in all)."""
    for declared in declarations().values():
        name = declared.id_field
        records = declared.published().order_by(name).prefetch_related(None)
        total, done, last = records.count(), 0, ""
        while True:
            after = records.filter(**{f"{name}__gt": last})
            batch = list(after.values_list(name, flat=True)[:BATCH])
            if not batch:
                break
            done, last = done + len(batch), batch[-1]
            yield declared.kind, batch, done, total


def _log_state() -> State:
    return State(*head())


def _is_of_this_log(state: State) -> bool:
    """Say whether the log still has the entry up to which an index knows it."""
    if state.number <= 0:
        return state.number == 0
    found = Change.objects.filter(number=state.number).values_list("hash", flat=True).first()
    return found == state.hash


def wait_until_followed(seconds: float = 10.0) -> bool:
    """Wait until the live index holds the log as it is now; False when time is up."""
    number, _ = head()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if current().state.number >= number:
                return True
        except IndexUnavailable:
            pass
        time.sleep(0.05)
    return False
