"""A file → its text: plain text in any usual encoding, HTML, DOCX, PDF text layer."""

import io
from dataclasses import dataclass

from stocktake.lib.formats.zipsafety import UnsafeArchiveError, check_archive
from stocktake.lib.resolutions._decoding import decode
from stocktake.lib.resolutions._extraction import MAX_CHARACTERS, extract
from stocktake.lib.resolutions._html import looks_like_html, read_html
from stocktake.lib.resolutions.errors import BAD_DOCX, EMPTY, TOO_LONG, UnreadableTextError
from stocktake.lib.resolutions.model import Caveat

_LOST = "\ufffd"
_BROKEN = ("â€™", "â€œ", "â€“", "Ã©", "Ã¨", "Ã³", "Ã±", "Ð°", "Ð¸", "Ø§Ù")
"""What UTF-8 looks like once somebody has read it as windows-1252."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, and what is to be said of how it was read."""

    text: str
    caveats: tuple[Caveat, ...] = ()


def read_source(data: bytes | str, *, encoding: str = "") -> Source:
    """Return the text of a file, told by its first bytes.

    Args:
        encoding: that of a text that is not in UTF-8, where somebody knows it.

    Raises:
        UnreadableTextError: nothing to read, too long, damaged, or a format that is not read.
    """
    source = Source(data) if isinstance(data, str) else _from_bytes(data, encoding)
    text, caveats = source.text, source.caveats
    if len(text) > MAX_CHARACTERS:
        raise UnreadableTextError(TOO_LONG)
    if looks_like_html(text):
        text = read_html(text)
    if not text.strip():
        raise UnreadableTextError(EMPTY)
    return Source(text, caveats + _damage(text))


def _from_bytes(data: bytes, encoding: str) -> Source:
    if data.startswith(b"%PDF-"):
        return Source(extract(data, "pdf"))
    if data.startswith(b"PK\x03\x04"):
        return Source(_read_zip(data))
    decoded = decode(data, encoding=encoding)
    return Source(decoded.text, decoded.caveats)


def _damage(text: str) -> tuple[Caveat, ...]:
    """Letters that were lost or garbled before the file came to us."""
    lost = text.count(_LOST)
    garbled = sum(text.count(each) for each in _BROKEN)
    made = []
    if lost:
        made.append(Caveat("text-lost", f"{lost} characters of the text are lost (“{_LOST}”)."))
    if garbled > 2:
        told = f"{garbled} letters are garbled (such as “Ã©”): the text was saved in a wrong way."
        made.append(Caveat("text-garbled", told))
    return tuple(made)


def _read_zip(data: bytes) -> str:
    try:
        names = check_archive(io.BytesIO(data))
    except UnsafeArchiveError as error:
        raise UnreadableTextError(error.problem) from error
    if "word/document.xml" not in names:
        raise UnreadableTextError(BAD_DOCX)
    return extract(data, "docx")
