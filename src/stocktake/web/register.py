"""The search index as a page asks it: counts and identifiers, or nothing while it is being made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from stocktake.domain.activities.choices import Origin
from stocktake.kernel.search.requests import IndexUnavailable, Results, SearchRequest
from stocktake.kernel.search.searcher import count_values, search

Filters = Mapping[str, tuple[str, ...]]

INVENTED: Filters = {"origin": (Origin.GENERATED.value,)}
"""What narrows a list to invented records."""

_NOTHING = Results(total=0, hits=(), facets={}, position=0)


@dataclass
class Register:
    """Asks the index about one kind of record and remembers whether it answered."""

    language: str
    kind: str = "activity"
    is_missing: bool = field(default=False, init=False)

    def counts(self, facet: str, filters: Filters | None = None) -> dict[str, int]:
        """Count all values of a facet (`region`, `element/sdg`) that have any record."""
        found = self.search(filters or {}, facets=(facet,))
        return dict(found.facets.get(facet, ()))

    def counts_of(
        self, facet: str, codes: Collection[str], filters: Filters | None = None
    ) -> dict[str, int]:
        """Count some values of a facet, those with no record too."""
        request = self._request(filters or {})
        try:
            return count_values(request, facet, codes)
        except IndexUnavailable:
            self.is_missing = True
            return dict.fromkeys(codes, 0)

    def total(self, filters: Filters | None = None) -> int:
        """Count records."""
        return self.search(filters or {}).total

    def invented(self, filters: Filters | None = None) -> int:
        """Count the invented records among those that some filters leave."""
        return self.total({**(filters or {}), **INVENTED})

    def newest(self, filters: Filters, *, size: int) -> list[str]:
        """List the identifiers of the newest records."""
        return self.search(filters, size=size, sort="newest").ids

    def search(
        self,
        filters: Filters,
        *,
        facets: Sequence[str] = (),
        size: int = 0,
        **more: Any,
    ) -> Results:
        """Ask the index; while it cannot answer, find nothing and say so with `is_missing`."""
        request = self._request(filters)
        try:
            return search(replace(request, facets=tuple(facets), page_size=size, **more))
        except IndexUnavailable:
            self.is_missing = True
            return _NOTHING

    @property
    def notice(self) -> str:
        """The sentence over the page while figures are missing."""
        if not self.is_missing:
            return ""
        return _(
            "The search index is being made again. Until it is ready, figures are missing here; "
            "they do not mean that nothing is on record."
        )

    def _request(self, filters: Filters) -> SearchRequest:
        return SearchRequest(self.kind, language=self.language, filters=filters, facets=())
