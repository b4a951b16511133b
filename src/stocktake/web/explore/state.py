"""The state of a list page, all of which stands in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast, get_args

from django.http import QueryDict

from stocktake.kernel.search.declarations import Declaration, Facet
from stocktake.kernel.search.requests import SearchRequest, Sort
from stocktake.lib.multilingual import LANGUAGES
from stocktake.lib.textsearch import parse_query
from stocktake.web import addresses

VIEWS = ("list", "table", "map", "chart", "matrix", "timeline")
YEARS = "year"
"""Name of the pair of fields `year_from` and `year_to`."""

NAMED = "_named"
"""What the field for a name in a long facet is called after the facet."""

_LONGEST_TEXT = 300
_LONGEST_CODE = 100
_MOST_CODES = 100
_LAST_PAGE = 100_000
_SORTS: tuple[str, ...] = get_args(Sort)

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class ListState:
    """What was asked: words, chosen codes by facet, years, order, view, page, language.

    An empty `sort` is the order that fits the request; `lang` is kept only where it was given.
    `named` holds names typed into long facets, which no address of a page keeps; `is_turned` tells
    that the years were given the wrong way round.
    """

    path: str
    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    sort: str = ""
    view: str = "list"
    page: int = 1
    lang: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    is_turned: bool = False

    @property
    def is_wordless(self) -> bool:
        """Whether signs were given that hold nothing to search for."""
        return bool(self.text) and not parse_query(self.text)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the whole list was asked for."""
        return bool(self.text or self.chosen or self.year_from or self.year_to)

    @property
    def filters_set(self) -> int:
        """How many filters are set, the words aside."""
        years = bool(self.year_from or self.year_to)
        return sum(len(codes) for codes in self.chosen.values()) + years

    def href(self, **changes: Any) -> str:
        """Give the address of the list with some of its state changed, at its first page."""
        changed = replace(self, **{"page": 1, **changes})
        pairs = changed.pairs()
        return f"{self.path}?{addresses.query_string(pairs)}" if pairs else self.path

    def without(self, facet: str, code: str) -> str:
        """Give the address of the list without one filter."""
        kept = tuple(each for each in self.chosen.get(facet, ()) if each != code)
        others = {name: codes for name, codes in self.chosen.items() if name != facet}
        return self.href(chosen={**others, facet: kept} if kept else others)

    def only(self, facet: Facet, code: str, **changes: Any) -> str:
        """Give the address of the list with one code as the only choice in its facet.

        In a facet with groups, the choices in other groups stay.
        """
        others = tuple(
            each
            for each in self.chosen.get(facet.name, ())
            if group_of(facet, each) != group_of(facet, code)
        )
        return self.href(chosen={**self.chosen, facet.name: (*others, code)}, **changes)

    def pairs(self, *leaving_out: str) -> Pairs:
        """List what stands in the address, in one fixed order."""
        found: Pairs = [("q", self.text)]
        found += [(name, code) for name, codes in self.chosen.items() for code in codes]
        found += [
            (f"{YEARS}_from", str(self.year_from or "")),
            (f"{YEARS}_to", str(self.year_to or "")),
            ("sort", self.sort),
            ("view", self.view if self.view != VIEWS[0] else ""),
            ("page", str(self.page) if self.page > 1 else ""),
            ("lang", self.lang),
        ]
        return [(name, value) for name, value in found if value and name not in leaving_out]

    def request(self, declared: Declaration, *, language: str, sort: str) -> SearchRequest:
        """Give the question to the index."""
        return SearchRequest(
            kind=declared.kind,
            text=self.text,
            language=language,
            filters=self.chosen,
            sort=cast("Sort", sort),
            page=self.page,
            since=date(self.year_from, 1, 1) if self.year_from else None,
            until=date(self.year_to, 12, 31) if self.year_to else None,
        )


def read_state(path: str, query: QueryDict, declared: Declaration) -> ListState:
    """Read the state from an address; what is not known in it is dropped.

    Years are for records that have them; given the wrong way round they are turned.
    """
    chosen, named = {}, {}
    for facet in declared.facets:
        typed = query.get(f"{facet.name}{NAMED}", "").replace("\x00", " ").strip()
        if typed and facet.limit:
            named[facet.name] = typed[:_LONGEST_CODE]
        codes = (code.strip() for code in query.getlist(facet.name)[:_MOST_CODES])
        kept = dict.fromkeys(code for code in codes if 0 < len(code) <= _LONGEST_CODE)
        if kept:
            chosen[facet.name] = tuple(kept)
    start, end = (_year(query.get(f"{YEARS}_{edge}", "")) for edge in ("from", "to"))
    if not declared.facet(YEARS):
        start = end = None
    is_turned = bool(start and end and start > end)
    sort, view, lang = (query.get(name, "") for name in ("sort", "view", "lang"))
    return ListState(
        path=path,
        text=" ".join(query.get("q", "").replace("\x00", " ").split())[:_LONGEST_TEXT],
        chosen=chosen,
        year_from=end if is_turned else start,
        year_to=start if is_turned else end,
        sort=sort if sort in _SORTS else "",
        view=view if view in VIEWS else VIEWS[0],
        page=_page(query.get("page", "")),
        lang=lang if lang in LANGUAGES else "",
        named=named,
        is_turned=is_turned,
    )


def group_of(facet: Facet, code: str) -> str:
    """Give the group of a code in a facet with groups, else nothing."""
    return code.partition(":")[0] if facet.groups else ""


def _year(written: str) -> int | None:
    plain = written.strip()
    is_year = len(plain) == 4 and plain.isdecimal() and int(plain) >= 1000
    return int(plain) if is_year else None


def _page(written: str) -> int:
    plain = written.strip()
    is_page = plain.isdecimal() and len(plain) <= 6
    return min(max(1, int(plain)), _LAST_PAGE) if is_page else 1
