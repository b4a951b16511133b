"""Bytes of a file → its text: plain text in any usual encoding, HTML, DOCX, PDF text layer."""

import codecs
import io

import pypdf
from pypdf.errors import PyPdfError

from stocktake.lib.formats.zipsafety import UnsafeArchiveError, check_archive
from stocktake.lib.resolutions._docx import read_docx
from stocktake.lib.resolutions._html import looks_like_html, read_html
from stocktake.lib.resolutions.errors import (
    BAD_DOCX,
    BAD_PDF,
    BINARY,
    EMPTY,
    SCANNED,
    TOO_LONG,
    UnreadableTextError,
)

MAX_CHARACTERS = 20_000_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes | str) -> str:
    """Return the text of a file, told by its first bytes.

    Raises:
        UnreadableTextError: nothing to read, too long, damaged, or a format that is not read.
    """
    text = data if isinstance(data, str) else _from_bytes(data)
    if isinstance(data, str) and looks_like_html(text):
        text = read_html(text)
    if not text.strip():
        raise UnreadableTextError(EMPTY)
    if len(text) > MAX_CHARACTERS:
        raise UnreadableTextError(TOO_LONG)
    return text


def _from_bytes(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        return _read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _read_zip(data)
    text = _decoded(data)
    return read_html(text) if looks_like_html(text) else text


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:4096]:
        raise UnreadableTextError(BINARY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _read_zip(data: bytes) -> str:
    try:
        names = check_archive(io.BytesIO(data))
    except UnsafeArchiveError as error:
        raise UnreadableTextError(error.problem) from error
    if "word/document.xml" not in names:
        raise UnreadableTextError(BAD_DOCX)
    return read_docx(data)


def _read_pdf(data: bytes) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        pages = [page.extract_text(extraction_mode="layout") for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableTextError(BAD_PDF) from error
    text = "\n\f".join(pages)
    if not text.strip():
        raise UnreadableTextError(SCANNED)
    return text
