"""The encoding of a text file: shown by a mark, by being UTF-8, or named; never guessed."""

import codecs
import csv
import io
from pathlib import Path

from stocktake.lib.formats.encodings import NAMED, UNKNOWN, is_encoding, marked_encoding
from stocktake.lib.formats.problems import Problem, gettext_noop
from stocktake.lib.formats.tabular._csv import delimiter_of
from stocktake.lib.formats.tabular.model import UnreadableTableError

_PIECE = 1 << 20
_SAMPLE = 64 * 1024


def encoding_of(path: Path, named: str = "") -> str:
    """Return the encoding of a file: that of its mark, else the one that was named, else UTF-8.

    Raises:
        UnreadableTableError: some byte does not fit it; the problem names the first one.
    """
    with path.open("rb") as file:
        head = file.read(4)
    named = marked_encoding(head) or named
    if named and not is_encoding(named):
        raise UnreadableTableError(Problem("table-encoding", UNKNOWN, {"names": NAMED}))
    encoding = named or "utf-8"
    place = _first_misfit(path, encoding)
    if place is None:
        return encoding
    at, byte = place
    row = _row_of(path, encoding, at)
    values: dict[str, str | int] = {
        "row": row,
        "byte": f"0x{byte:02X}",
        "place": at + 1,
        "encoding": encoding,
        "names": NAMED,
    }
    template = _MISFIT if named else _NO_UTF8
    raise UnreadableTableError(Problem("table-encoding", template, values, row))


def _first_misfit(path: Path, encoding: str) -> tuple[int, int] | None:
    """Return place (from 0) and value of the first byte that is not of the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while True:
            piece = file.read(_PIECE)
            pending = decoder.getstate()[0]
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeError as error:
                start = error.start if isinstance(error, UnicodeDecodeError) else 0
                at = max(done - len(pending) + start, 0)
                file.seek(at)
                return at, (file.read(1) or b"\0")[0]
            if not piece:
                return None
            done += len(piece)


def _row_of(path: Path, encoding: str, at: int) -> int:
    """Return the number of the row in which the byte at a place stands."""
    with path.open("rb") as file:
        before = file.read(at).decode(encoding, errors="replace") + "x"
    rows = csv.reader(io.StringIO(before, newline=""), delimiter=delimiter_of(before[:_SAMPLE]))
    number = 0
    try:
        for number, _row in enumerate(rows, start=1):  # noqa: B007  the last one is wanted
            pass
    except csv.Error:
        return number + 1
    return number


_NO_UTF8 = gettext_noop(
    "The file is not in UTF-8: in row %(row)s stands the byte %(byte)s (number %(place)s of the "
    "file). Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”), or name its encoding with "
    "--encoding or in the mapping: %(names)s."
)
_MISFIT = gettext_noop(
    "The file is not in %(encoding)s: in row %(row)s stands the byte %(byte)s (number %(place)s "
    "of the file). Name another encoding, such as %(names)s."
)
