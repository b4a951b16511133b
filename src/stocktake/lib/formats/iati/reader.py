"""Stream activities out of an IATI file of any version, one at a time, in constant memory."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from lxml import etree

from stocktake.lib.formats.iati import _elements
from stocktake.lib.formats.iati import _values as v
from stocktake.lib.formats.iati.model import Activity, FileHeader
from stocktake.lib.formats.problems import Problem, gettext_noop, shortened
from stocktake.lib.formats.safexml import (
    Element,
    Limits,
    UnsafeXmlError,
    XmlSource,
    line_of,
    open_xml,
    parse_again,
    records,
)

KINDS = {"iati-activities": "activity", "iati-organisations": "organisation"}


class Piece(NamedTuple):
    """One activity as it stands in a file, in UTF-8, and the line where it begins."""

    source: bytes
    line: int


class ActivityReader:
    """Read an activity file.

    `header` is known at once; iterating yields each activity with its own problems; `problems`
    holds those of the file as a whole and is complete when the iteration has ended. Nothing of an
    unreadable file is raised. An organisation file yields nothing (`header.kind` tells).
    """

    def __init__(self, stream: BinaryIO, *, limits: Limits | None = None) -> None:
        self.problems: list[Problem] = []
        self.header = FileHeader("unknown", "", "", "")
        self._source: XmlSource | None = None
        try:
            self._source = open_xml(stream, limits=limits)
        except UnsafeXmlError as error:
            self.problems.append(error.problem)
            return
        self.header = header_of(self._source)
        if self.header.kind == "unknown":
            self.problems.append(unknown_root(self._source))

    def __iter__(self) -> Iterator[Activity]:
        for element in self._elements():
            yield read_activity(
                element,
                version=self.header.version,
                default_language=self.header.default_language,
            )

    def pieces(self) -> Iterator[Piece]:
        """Yield activities unread, to be read by `read_piece` elsewhere."""
        for element in self._elements():
            yield Piece(_written(element), line_of(element))

    def _elements(self) -> Iterator[Element]:
        if self._source is None or self.header.kind != "activity":
            return
        source, self._source = self._source, None
        try:
            yield from records(source, ["iati-activity"])
        except UnsafeXmlError as error:
            self.problems.append(error.problem)


def header_of(source: XmlSource) -> FileHeader:
    """Return what the root element says."""
    root = source.root
    return FileHeader(
        kind=KINDS.get(root.tag, "unknown"),
        version=root.attributes.get("version", "").strip(),
        generated_at=root.attributes.get("generated-datetime", "").strip(),
        encoding=root.encoding,
        line=root.line,
        default_language=root.attributes.get(v.XML_LANG, "").strip().lower(),
    )


def unknown_root(source: XmlSource) -> Problem:
    """Return the problem of a file that is XML but not IATI."""
    values: dict[str, str | int] = {"name": shortened(source.root.tag)}
    return Problem("iati-root", _ROOT, values, line=source.root.line)


def read_piece(piece: Piece, *, version: str = "", default_language: str = "") -> Activity:
    """Read one activity apart from its file; gives the same as reading the file."""
    return read_activity(
        parse_again(piece.source),
        version=version,
        default_language=default_language,
        first_line=piece.line,
        source=piece.source,
    )


def read_activity(
    element: Element,
    *,
    version: str = "",
    default_language: str = "",
    first_line: int = 1,
    source: bytes = b"",
) -> Activity:
    """Read one `iati-activity` element; what is wrong in it is in the activity's `problems`.

    Args:
        first_line: where the element begins in its file, when it was parsed apart from it.
        source: the element as it stands there, when it is at hand.
    """
    context = v.Context(first_line=first_line)
    identifier = v.flat(_text(element, "iati-identifier"))
    context.identifier = identifier
    context.default_language = v.language_of(element, context) or default_language
    context.default_currency = v.attribute(element, "default-currency").upper()
    activity = Activity(
        identifier=identifier,
        line=context.line_of(element),
        version=v.attribute(element, "version") or version,
        default_language=context.default_language,
        default_currency=context.default_currency,
        last_updated_at=v.datetime_of(element, context, "last-updated-datetime"),
        hierarchy=v.attribute(element, "hierarchy"),
        is_humanitarian=v.attribute(element, "humanitarian") in ("1", "true"),
        problems=context.problems,
        source=source or _written(element),
    )
    transactions = []
    for child in element:
        tag = child.tag  # of a comment or an instruction it is no text, and nothing's name
        if tag == "transaction":
            transactions.append(child)
        elif (handler := _elements.HANDLERS.get(tag)) is not None:
            handler(child, activity, context)
    if transactions:
        _elements.read_transactions(transactions, activity, context)
    _require(element, activity, context)
    return activity


def open_source(path: Path) -> BinaryIO:
    """Open a file for reading; one whose name ends in `.gz` is unpacked on the way.

    Raises:
        OSError: the file can not be opened.
    """
    if path.suffix.lower() == ".gz":
        return cast("BinaryIO", gzip.open(path, "rb"))
    return path.open("rb")


def _written(element: Element) -> bytes:
    text: bytes = etree.tostring(element, encoding="utf-8", xml_declaration=False, with_tail=False)
    return text


def _text(element: Element, name: str) -> str:
    for child in element:
        if child.tag == name:
            return v.content(child)
    return ""


def _require(element: Element, activity: Activity, context: v.Context) -> None:
    if activity.key == ("", ""):
        context.add(element, "no-identifier", _NO_IDENTIFIER)
    if not activity.titles:
        context.add(element, "no-title", _NO_TITLE)


_ROOT = gettext_noop(
    "The file is XML but no IATI file: its root element is “%(name)s”, where “iati-activities” or "
    "“iati-organisations” is expected."
)
_NO_IDENTIFIER = gettext_noop("The activity has no identifier (iati-identifier).")
_NO_TITLE = gettext_noop("The activity has no title.")
