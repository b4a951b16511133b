"""The live index as web processes see it: opened once, as fresh as the last commit."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy

from stocktake.kernel.search.declarations import declarations
from stocktake.kernel.search.folders import Folders, folders
from stocktake.kernel.search.requests import BadRequest, IndexUnavailable
from stocktake.kernel.search.schema import STATE_KEY, fingerprint

logger = logging.getLogger(__name__)

_MISSING = "The search index is missing; it is being made again."
_DAMAGED = "The search index cannot be read; it is being made again."
_CACHED_COUNTS = 512


@dataclass(frozen=True, slots=True)
class State:
    """The log number that an index holds, and the hash of that entry of the log."""

    number: int
    hash: str


@dataclass(slots=True)
class Reader:
    """One state of the index; it does not change while it is used."""

    root: Path
    folder: Path
    stamp: tuple[int, ...]
    index: tantivy.Index
    searcher: tantivy.Searcher
    state: State
    _counts: dict[Any, Any] = field(default_factory=dict)

    @property
    def schema(self) -> tantivy.Schema:
        """The schema that queries are made with."""
        return self.index.schema

    def remembered(self, key: Any) -> Any:
        """Return counts that were made before in this state of the index."""
        return self._counts.get(key)

    def remember(self, key: Any, counts: Any) -> None:
        """Keep counts until the index changes."""
        if len(self._counts) >= _CACHED_COUNTS:
            self._counts.clear()
        self._counts[key] = counts


_lock = threading.Lock()
_reader: Reader | None = None


def current() -> Reader:
    """Return a reader of the last commit of the live index.

    Raises:
        IndexUnavailable: there is none that can be read; the indexer has been asked for one.
    """
    global _reader
    store = folders()
    with _lock:
        for attempt in (1, 2):  # the folder may be swapped between two looks
            folder = store.live()
            if folder is None:
                raise IndexUnavailable(_MISSING)
            try:
                stamp = _stamp(store, folder)
                if _reader is None or _reader.stamp != stamp or _reader.folder != folder:
                    _reader = _open(store, folder, stamp, _reader)
                return _reader
            except (OSError, IndexUnavailable) as error:
                _reader = None
                if attempt == 2:
                    _ask_for_another(store, error)
                    raise IndexUnavailable(_DAMAGED) from error
    raise AssertionError("unreachable")


def forget() -> None:
    """Close the reader of this process."""
    global _reader
    with _lock:
        _reader = None


@contextmanager
def engine_errors(*, asks: bool = True) -> Iterator[None]:
    """Turn what the engine says of a damaged index into `IndexUnavailable`.

    The engine panics on some damage; such a panic is no `Exception` but ends here all the same.

    Args:
        asks: also ask the indexer for another index.
    """
    try:
        yield
    except BadRequest:
        raise
    except BaseException as error:
        is_panic = type(error).__name__ == "PanicException"
        if not is_panic and not isinstance(error, ValueError | OSError | SystemError):
            raise
        if asks:
            _ask_for_another(folders(), error)
        raise IndexUnavailable(_DAMAGED) from error


def number_of_hits(result: Any) -> int:
    """Return how many records a search found in all (the engine's type stub leaves it out)."""
    return int(result.count or 0)


def read_state(searcher: tantivy.Searcher, schema: tantivy.Schema) -> State:
    """Return what log number an index holds; number -1 when it does not say."""
    query = tantivy.Query.term_query(schema, "key", STATE_KEY, "basic")
    hits = searcher.search(query, limit=1).hits
    if not hits:
        return State(-1, "")
    stored = json.loads(bytes(searcher.doc(hits[0][1])["stored"][0]))
    return State(int(stored["number"]), str(stored["hash"]))


def _stamp(store: Folders, folder: Path) -> tuple[int, ...]:
    seen = (store.pointer.stat(), (folder / "meta.json").stat())
    return tuple(number for each in seen for number in (each.st_ino, each.st_mtime_ns))


def _open(store: Folders, folder: Path, stamp: tuple[int, ...], before: Reader | None) -> Reader:
    if store.about(folder).get("fingerprint") != fingerprint(declarations()):
        raise IndexUnavailable("The search index is of another version.")
    with engine_errors(asks=False):
        if before is not None and before.folder == folder and before.root == store.root:
            index = before.index
        else:
            index = tantivy.Index.open(str(folder))
            index.config_reader("manual")
        index.reload()
        searcher = index.searcher()
        return Reader(
            store.root, folder, stamp, index, searcher, read_state(searcher, index.schema)
        )


def _forget_locked() -> None:
    """Close the reader from inside the lock (or where a late reopening does no harm)."""
    global _reader
    _reader = None


def _ask_for_another(store: Folders, error: BaseException) -> None:
    logger.error("The search index cannot be used: %s", error)
    _forget_locked()
    with suppress(OSError):
        store.request_rebuild(str(error))
