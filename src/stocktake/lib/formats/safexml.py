"""XML from strangers: no DOCTYPE, no entities, no network, bounded depth, size and memory.

Every parser of this package is made here.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from stocktake.lib.formats._xml_errors import parse_problem
from stocktake.lib.formats.problems import Problem, gettext_noop, shortened

Element = etree._Element  # noqa: SLF001 - the only name lxml has for the type
_CHUNK = 64 * 1024
_OPTIONS: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
}
_AGAIN = etree.XMLParser(**_OPTIONS)


class UnsafeXmlError(Exception):
    """The file can not or must not be read as XML; `problem` says why and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class Limits:
    """How much one file may ask of us.

    `record_bytes` and `record_marks` bound what lies between two ends of records (marks are `<`
    and `=`, so elements and attributes); libxml2 itself refuses a depth over 256 and texts over
    10 MB. `record_seconds` applies only when `clock` (seconds, monotonic) is given.
    """

    prolog_bytes: int = 1024 * 1024
    record_bytes: int = 32 * 1024 * 1024
    record_marks: int = 750_000
    record_seconds: float = 60.0
    clock: Callable[[], float] | None = None


@dataclass(frozen=True)
class Root:
    """The root element's name (Clark notation), attributes, line, and the encoding declared."""

    tag: str
    attributes: dict[str, str]
    encoding: str
    line: int


@dataclass
class XmlSource:
    """A byte stream whose beginning has been looked at: what `records` goes on reading."""

    stream: BinaryIO
    head: bytes
    root: Root
    limits: Limits = field(default_factory=Limits)


def open_xml(stream: BinaryIO, *, limits: Limits | None = None) -> XmlSource:
    """Look at the beginning of the stream, up to the root element's start tag.

    Raises:
        UnsafeXmlError: no XML, packed, with a DOCTYPE, or broken before the root.
    """
    bounds = limits or Limits()
    head = _read(stream)
    _refuse_packed(head)
    while (found := _prolog_end(head)) == "more" and len(head) < bounds.prolog_bytes:
        chunk = _read(stream)
        if not chunk:
            break
        head += chunk
    if found == "doctype":
        raise UnsafeXmlError(_DOCTYPE)
    if found == "more" and len(head) >= bounds.prolog_bytes:
        raise UnsafeXmlError(_LONG_PROLOG)
    return XmlSource(stream, head, _root(head, stream), bounds)


def records(source: XmlSource, tags: Sequence[str] | None) -> Iterator[Element]:
    """Yield each child of the root with one of the names (None: every child) once it is whole.

    It is emptied when the next is asked for.

    Raises:
        UnsafeXmlError: the rest can not be read; what was whole has been yielded before.
    """
    parser = etree.XMLPullParser(
        events=("end",), tag=None if tags is None else tuple(tags), **_OPTIONS
    )
    meter = _Meter(source.limits)
    chunk = source.head
    while chunk:
        failure = _feed(parser, chunk)
        for element in _ready(parser):
            if _is_record(element):
                yield element
                meter.reset()
                _forget(element)
        if failure is not None:
            raise UnsafeXmlError(parse_problem(failure))
        meter.add(chunk)
        chunk = _read(source.stream)
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        raise UnsafeXmlError(parse_problem(error)) from error


def parse_whole(data: bytes) -> Element:
    """Parse a document held in memory and return its root.

    Raises:
        UnsafeXmlError: it can not or must not be read.
    """
    _refuse_packed(data)
    if _prolog_end(data) == "doctype":
        raise UnsafeXmlError(_DOCTYPE)
    try:
        root = etree.fromstring(data, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError as error:
        raise UnsafeXmlError(parse_problem(error)) from error
    _refuse_doctype(root)
    return root


def parse_again(data: bytes) -> Element:
    """Parse a piece that was written from a document that `records` has read, so that it is safe.

    Raises:
        UnsafeXmlError: it is no such piece.
    """
    try:
        return etree.fromstring(data, _AGAIN)
    except etree.XMLSyntaxError as error:
        raise UnsafeXmlError(parse_problem(error)) from error


def load_schema(path: Path) -> etree.XMLSchema:
    """Load an XML schema of our own installation, with the files it includes.

    Raises:
        OSError, lxml.etree.XMLSchemaParseError: it is missing or no schema.
    """
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(**_OPTIONS)))


def line_of(element: Element) -> int:
    """Return the line of the element, 0 when unknown; past 65,535 it may be off by a few."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def _read(stream: BinaryIO) -> bytes:
    try:
        return stream.read(_CHUNK)
    except (OSError, EOFError, zlib.error) as error:
        values: dict[str, str | int] = {"detail": shortened(str(error))}
        raise UnsafeXmlError(Problem("file-unreadable", _UNREADABLE, values)) from error


class _Meter:
    """Counts what has been read since the last record ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.reset()

    def reset(self) -> None:
        clock = self._limits.clock
        self._bytes = self._marks = 0
        self._uncounted: list[bytes] = []
        self._since = clock() if clock else 0.0

    def add(self, chunk: bytes) -> None:
        self._bytes += len(chunk)
        self._uncounted.append(chunk)
        if self._bytes > self._limits.record_marks:  # fewer bytes cannot hold too many marks
            self._marks += sum(each.count(b"<") + each.count(b"=") for each in self._uncounted)
            self._uncounted.clear()
        clock = self._limits.clock
        if self._bytes > self._limits.record_bytes or self._marks > self._limits.record_marks:
            raise UnsafeXmlError(_TOO_BIG)
        if clock and clock() - self._since > self._limits.record_seconds:
            raise UnsafeXmlError(_TOO_SLOW)


def _feed(parser: "etree.XMLPullParser", chunk: bytes) -> etree.XMLSyntaxError | None:
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        return error
    return None


def _ready(parser: "etree.XMLPullParser") -> Iterator[Element]:
    for _, element in parser.read_events():
        if isinstance(element, Element):
            yield element


def _is_record(element: Element) -> bool:
    """True for a child of the root: a record's name may also occur deeper, inside another."""
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _forget(element: Element) -> None:
    element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs lack it
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _root(head: bytes, stream: BinaryIO) -> Root:
    """Read the root's start tag with a parser of its own, which sees the head only."""
    parser = etree.XMLPullParser(events=("start",), **_OPTIONS)
    failure = _feed(parser, head)
    for element in _ready(parser):
        _refuse_doctype(element)
        attributes = {str(name): str(value) for name, value in element.attrib.items()}
        encoding = element.getroottree().docinfo.encoding or "UTF-8"
        return Root(str(element.tag), attributes, encoding, line_of(element))
    if failure is None:
        try:
            parser.close()
        except etree.XMLSyntaxError as error:
            failure = error
    raise UnsafeXmlError(parse_problem(failure))


def _refuse_doctype(element: Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXmlError(_DOCTYPE)


def _refuse_packed(head: bytes) -> None:
    if not head:
        raise UnsafeXmlError(_EMPTY)
    for magic, problem in _PACKED:
        if head.startswith(magic):
            raise UnsafeXmlError(problem)


def _prolog_end(head: bytes) -> str:
    """Return what ends the prolog: "doctype", "root", or "more" when it goes on past `head`.

    NUL bytes are dropped first, so that UTF-16 reads like ASCII.
    """
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        rest = text[at : at + 9]
        if rest.startswith(b"<?"):
            end, width = text.find(b"?>", at), 2
        elif rest.startswith(b"<!--"):
            end, width = text.find(b"-->", at + 4), 3
        elif rest.startswith(b"<!"):
            return "doctype"
        else:
            return "root" if text.find(b">", at) >= 0 else "more"
        if end < 0:
            return "more"
        at = end + width


_UNREADABLE = gettext_noop("The file can not be read to its end: %(detail)s.")
_EMPTY = Problem("xml-empty", gettext_noop("The file is empty."))
_DOCTYPE = Problem(
    "xml-doctype",
    gettext_noop(
        "The file has a document type declaration (<!DOCTYPE …>), which is refused for safety: "
        "remove it and everything up to its closing “>”."
    ),
    line=1,
)
_LONG_PROLOG = Problem(
    "xml-prolog", gettext_noop("The file does not come to its first element soon enough.")
)
_TOO_BIG = Problem(
    "xml-record-too-big",
    gettext_noop(
        "An entry of the file is larger than what one entry may be: 32 MB, or 750,000 elements "
        "and attributes. Reading stopped there."
    ),
)
_TOO_SLOW = Problem(
    "xml-record-too-slow",
    gettext_noop("An entry of the file took too long to read. Reading stopped there."),
)
_PACKED = (
    (
        b"\x1f\x8b",
        Problem("xml-gzip", gettext_noop("The file is compressed with gzip: unpack it first.")),
    ),
    (
        b"PK\x03\x04",
        Problem("xml-zip", gettext_noop("The file is a ZIP archive: unpack it first.")),
    ),
)
