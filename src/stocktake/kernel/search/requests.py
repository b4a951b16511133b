"""What is asked of the search and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Sort = Literal["relevance", "newest", "oldest", "title", "updated"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "title", "updated")


class IndexUnavailable(RuntimeError):
    """The index is missing, damaged or of another version; it is being made again."""


class BadRequest(ValueError):
    """The request names a sort, facet or page that does not exist."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to the index.

    Args:
        kind: record type; None for all (then no facets).
        text: words, "phrases" and -exclusions in any language; empty for all records.
        language: of the reader, for the order by title.
        filters: chosen codes by facet. Codes of one facet are alternatives, facets add up; of a
            facet with groups each group counts as a facet (`element` or `element/sdg`).
        facets: names of facets to count, also `element/sdg`; None for all of the kind.
        sort: "relevance" without text means "newest".
        page: from 1.
        page_size: records a page; 0 for counts alone.
        since: only records whose period ends on this day or later.
        until: only records whose period begins on this day or earlier.
    """

    kind: str | None
    text: str = ""
    language: str = "en"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] | None = None
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = 20
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits with exact counts.

    `facets` maps a facet (`country`, `element/sdg`) to its codes with their numbers of records,
    under all choices but those of the facet itself; chosen codes are always among them.
    `position` is the log number up to which the index knows the record.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, list[tuple[str, int]]]
    position: int

    @property
    def ids(self) -> list[str]:
        """Public identifiers of the page, in order."""
        return [hit.id for hit in self.hits]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record whose title begins to read like what somebody types."""

    kind: str
    id: str
    title: str
    language: str
