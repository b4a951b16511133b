"""What the views that only one kind of record has are made from, and the pager they share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stocktake.kernel.search.requests import SearchRequest
from stocktake.lib.textsearch import Query
from stocktake.web.explore.state import ListState
from stocktake.web.naming import Naming
from stocktake.web.parts import Pages


@dataclass(frozen=True)
class Asked:
    """The state of the list, its question to the index, the records of the page, the reader.

    `query` are the words to mark; `note` is the sentence for figures that count invented records.
    """

    state: ListState
    request: SearchRequest
    records: Sequence[Any]
    naming: Naming
    user: Any
    query: Query | None = None
    note: str = ""


@dataclass(frozen=True)
class Listed:
    """A whole list for a file: the identifiers in order, and the records, fetched in batches."""

    ids: Sequence[str]
    rows: Iterator[Any]


def pager(state: ListState, *, total: int, page: int, size: int) -> Pages:
    """Give the pager: the first and last page and those around the current one."""
    last = max(1, -(-total // size))
    near = sorted({1, last, *range(max(1, page - 2), min(last, page + 2) + 1)})
    numbers: list[tuple[int, str, bool] | None] = []
    for place, each in enumerate(near):
        if place and each - near[place - 1] > 1:
            numbers.append(None)
        numbers.append((each, state.href(page=each), each == page))
    first = (page - 1) * size + 1
    return Pages(
        first=first,
        last=min(total, first + size - 1),
        total=total,
        previous=state.href(page=page - 1) if page > 1 else None,
        next=state.href(page=page + 1) if page < last else None,
        numbers=numbers if last > 1 else [],
    )
