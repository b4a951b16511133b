"""The pages of a ledger of invented asks, measured: bytes, queries of the database, time."""

import gzip
import statistics
import time
from dataclasses import dataclass
from typing import Any

from tests.drills.looking import ask
from tests.homes import Home

LIMIT = 50_000
"""The most bytes that a page with its style sheet and script may take over the wire."""

MOST_QUERIES = 15
"""The most queries of the database that a page may ask, at any size."""

PAGES = {
    "list": "/ledger/",
    "list, searched": "/ledger/?q=school",
    "list, the last page": "/ledger/?page=100000",
    "table": "/ledger/?view=table",
    "matrix of all": "/ledger/?view=matrix",
    "matrix of one document": "/ledger/?view=matrix&document=DOCUMENT",
    "timeline": "/ledger/?view=timeline",
    "silent in public": "/ledger/?status=no_report_received",
    "an ask": "/asks/ASK/",
    "home": "/",
}


@dataclass(frozen=True)
class Page:
    """One page: bytes as sent with style sheet and script, queries asked, median seconds."""

    name: str
    language: str
    status: int
    size: int
    queries: int
    seconds: float


@dataclass(frozen=True)
class Measured:
    """A ledger of a size with its pages."""

    asks: int
    rows: int
    pages: list[Page]

    @property
    def heaviest(self) -> Page:
        """The page of the most bytes."""
        return max(self.pages, key=lambda page: page.size)

    def queries(self) -> dict[tuple[str, str], int]:
        """Give how often each page asked the database."""
        return {(page.name, page.language): page.queries for page in self.pages}

    @property
    def holds(self) -> bool:
        """Whether every page answered, and none is too heavy or asks too often."""
        return all(
            page.status == 200 and page.size <= LIMIT and 0 < page.queries <= MOST_QUERIES
            for page in self.pages
        )


def measure(
    home: Home, asks: int, seed: int, *, times: int = 5, languages: str = "en,ar"
) -> Measured:
    """Fill an installation with so many invented asks more, and read its pages.

    Args:
        times: how often each page is read for its median time; `languages`: in which, with commas.
    """
    told = ask(home, "read_ledger", str(asks), str(seed), str(times), languages)
    return Measured(told["asks"], told["rows"], [Page(**page) for page in told["pages"]])


def filled_and_read(asks: int, seed: int, times: int, languages: list[str]) -> dict[str, Any]:
    """Invent asks in this installation, index them, and read every page of the ledger."""
    from stocktake.domain.asks.models import Ask, AskInstance
    from stocktake.exchange.generating_asks import generate_asks
    from stocktake.kernel.common.actors import System
    from stocktake.kernel.search import services as search

    generate_asks(System("drill"), asks, seed=seed)
    search.catch_up()
    busiest = Ask.objects.filter(nature="recurring").order_by("pk").first() or Ask.objects.first()
    assert busiest is not None
    names = {"ASK": busiest.public_id, "DOCUMENT": busiest.provision.document.public_id}
    pages = [
        _read(name, _named(path, names), language, times)
        for name, path in PAGES.items()
        for language in languages
    ]
    return {"asks": Ask.objects.count(), "rows": AskInstance.objects.count(), "pages": pages}


def _named(path: str, names: dict[str, str]) -> str:
    for word, value in names.items():
        path = path.replace(word, value)
    return path


def _read(name: str, path: str, language: str, times: int) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    def get() -> Any:
        return Client().get(
            path,
            HTTP_ACCEPT_LANGUAGE=language,
            HTTP_ACCEPT_ENCODING="gzip",
            HTTP_HOST="localhost",
        )

    get()  # names and drawings are then at hand, as for every visitor but the first
    with CaptureQueriesContext(connection) as queries:
        answer = get()
    asked = len(queries)  # the next request empties what was captured
    seconds = []
    for _number in range(times):
        start = time.perf_counter()
        get()
        seconds.append(time.perf_counter() - start)
    return {
        "name": name,
        "language": language,
        "status": answer.status_code,
        "size": len(answer.content) + _beside(),
        "queries": asked,
        "seconds": round(statistics.median(seconds), 4),
    }


def _beside() -> int:
    """Count the bytes of what a first visit fetches besides: style sheet, script, mark."""
    from stocktake.web.assets import STYLES, joined_styles

    files = [joined_styles().encode()]
    files += [(STYLES.parent / each).read_bytes() for each in ("js/suggest.js", "img/mark.svg")]
    return sum(len(gzip.compress(file)) for file in files)
