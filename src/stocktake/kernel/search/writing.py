"""The one writer of an index folder: replaces and removes records, remembers the log number."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import tantivy

from stocktake.kernel.search import schema
from stocktake.kernel.search.declarations import Declaration, declarations
from stocktake.kernel.search.documents import Prepared, engine_document, key_of, prepare
from stocktake.kernel.search.readers import State, engine_errors, read_state

BATCH = 1_000  # records fetched and analysed at a time
_HEAP = 40_000_000
_THREADS = 1


class IndexWriter:
    """Writes one folder; nothing is visible before `commit`, everything is after it."""

    def __init__(self, folder: Path, *, is_new: bool = False) -> None:
        self.folder = folder
        with engine_errors(asks=False):
            if is_new:
                index = tantivy.Index(schema.build(declarations()), str(folder))
            else:
                index = tantivy.Index.open(str(folder))
            self._writer = index.writer(_HEAP, _THREADS)
            index.reload()
            self.state = read_state(index.searcher(), index.schema)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder; what is not committed is lost."""
        del self._writer

    def replace(self, declared: Declaration, ids: Sequence[str]) -> int:
        """Index records again as they are now; those not published leave the index.

        Returns:
            How many are in the index.
        """
        return self.put(declared.kind, ids, prepare_records(declared, ids))

    def put(self, kind: str, ids: Iterable[str], prepared: Iterable[Prepared]) -> int:
        """Remove the given records and add the prepared ones."""
        count = 0
        with engine_errors(asks=False):
            for public_id in ids:
                self._writer.delete_documents_by_term("key", key_of(kind, public_id))
            for each in prepared:
                self._writer.add_document(engine_document(each))
                count += 1
        return count

    def commit(self, state: State) -> None:
        """Make everything so far visible, and the log number with it, in one step."""
        with engine_errors(asks=False):
            document = tantivy.Document()
            document.add_text("key", schema.STATE_KEY)
            stored = {"number": state.number, "hash": state.hash}
            document.add_bytes("stored", json.dumps(stored).encode())
            self._writer.delete_documents_by_term("key", schema.STATE_KEY)
            self._writer.add_document(document)
            self._writer.commit()
        self.state = state


def prepare_records(declared: Declaration, ids: Sequence[str]) -> list[Prepared]:
    """Fetch the published ones of some records in one go and analyse them."""
    wanted: dict[str, Any] = {f"{declared.id_field}__in": list(ids)}
    with _collecting_once():
        records = declared.published().filter(**wanted)
        return [prepare(declared, document) for document in declared.documents(records)]


@contextmanager
def _collecting_once() -> Iterator[None]:
    """Collect cyclic garbage at the end alone: looking for it meanwhile takes a third longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if was_on:
            gc.enable()
