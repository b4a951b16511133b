"""Tables as files to download, safe against formulas."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.encoding import iri_to_uri

from stocktake.lib.formats.tabular.writers import Value, csv_rows, xlsx_rows

Row = Sequence[Value]
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_MEMORY = 2_000_000


def csv_file(name: str, heads: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """Send a table as CSV, piece by piece."""
    pieces = csv_rows(_with_heads(heads, rows))
    response = StreamingHttpResponse(
        in_language(translation.get_language() or "en", pieces),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{iri_to_uri(name)}"'
    return response


def xlsx_file(name: str, heads: Sequence[str], rows: Iterable[Row]) -> HttpResponseBase:
    """Send a table as a workbook."""
    file: BinaryIO = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115  the response closes it
    xlsx_rows(_with_heads(heads, rows), file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=_WORKBOOK)


def in_language(language: str, pieces: Iterator[Any]) -> Iterator[Any]:
    """Make each piece in the language of the request, which is over when pieces are sent."""
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _with_heads(heads: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
    yield heads
    yield from rows
