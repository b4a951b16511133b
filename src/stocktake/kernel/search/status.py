"""How the index stands: what it holds, how far it is behind, who is at work."""

from dataclasses import asdict, dataclass
from typing import Any

import tantivy

from stocktake.kernel.history.queries import head
from stocktake.kernel.search import readers
from stocktake.kernel.search.declarations import declarations
from stocktake.kernel.search.folders import damaged_files, folders, size_of
from stocktake.kernel.search.requests import IndexUnavailable


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the search; `position` is -1 and `problem` a sentence while it is unusable.

    `progress` has `stage`, `done` and `total` while an index is being made.
    """

    is_available: bool
    problem: str
    position: int
    head: int
    records: dict[str, int]
    folder: str
    bytes: int
    is_indexer_running: bool
    progress: dict[str, Any] | None

    @property
    def behind(self) -> int:
        """How many entries of the log the index does not know yet."""
        return max(0, self.head - self.position)

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {**asdict(self), "behind": self.behind}


def status(*, is_thorough: bool = False) -> Status:
    """Look at the index; thorough also reads every file against its checksum."""
    store = folders()
    folder = store.live()
    problem, position, records = "", -1, dict[str, int]()
    if folder is not None and is_thorough and (damaged := damaged_files(folder)):
        problem = f"Damaged files: {', '.join(damaged)}."
    try:
        reader = readers.current()
        position = reader.state.number
        for kind in declarations():
            query = tantivy.Query.term_query(reader.schema, "kind", kind, "basic")
            with readers.engine_errors():
                records[kind] = readers.number_of_hits(reader.searcher.search(query, limit=1))
    except IndexUnavailable as error:
        problem = problem or str(error)
    return Status(
        is_available=not problem,
        problem=problem,
        position=position,
        head=head()[0],
        records=records,
        folder=folder.name if folder else "",
        bytes=size_of(folder) if folder else 0,
        is_indexer_running=store.is_indexer_running(),
        progress=store.progress(),
    )
