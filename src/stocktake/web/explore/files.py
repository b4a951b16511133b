"""A list as a file: exactly the records that the page lists, on all its pages."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase

from stocktake.kernel.search.declarations import Declaration
from stocktake.web import addresses
from stocktake.web.explore.kinds import ListKind
from stocktake.web.explore.results import whole_list
from stocktake.web.explore.state import ListState
from stocktake.web.files import Row, csv_file, xlsx_file
from stocktake.web.naming import Naming

FORMATS = ("csv", "xlsx")


def answer(
    request: HttpRequest, state: ListState, declared: Declaration, kind: ListKind, wanted: str
) -> HttpResponseBase:
    """Send a list in one of the formats."""
    naming = Naming()
    listed = whole_list(state, declared, kind, user=request.user, language=naming.language)
    if wanted in kind.writers:
        return kind.writers[wanted](request, state, listed)
    columns = kind.sheet(naming, lambda path: addresses.permanent(request, path))

    def rows() -> Iterator[Row]:
        for record in listed.rows:
            yield [value(record) for _head, value in columns]

    heads = [head for head, _value in columns]
    name = f"{kind.file}.{wanted}"
    return csv_file(name, heads, rows()) if wanted == "csv" else xlsx_file(name, heads, rows())
