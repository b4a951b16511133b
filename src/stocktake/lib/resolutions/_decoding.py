"""Bytes of a text → characters: by mark, by name, as UTF-8, or recognised and then named."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass

from stocktake.lib.formats.encodings import NAMED, UNKNOWN, is_encoding, marked_encoding
from stocktake.lib.formats.problems import Problem, shortened
from stocktake.lib.resolutions.errors import (
    BINARY,
    ENCODING_MISFIT,
    ENCODING_UNKNOWN,
    UnreadableTextError,
)
from stocktake.lib.resolutions.model import Caveat

_SAMPLE = 200_000
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})"
    rb"|^\s{0,99}<\?xml[^>]{0,99}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
_WIDER = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
"""What browsers read for a declared name. Source: WHATWG Encoding Standard, 4.2."""
_ASCII = bytes(range(128))
_NO_LETTERS = bytes(set(range(256)) - set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
_WESTERN = frozenset(
    "àâæçèéêëîïôœùûüÿÀÂÆÇÈÉÊËÎÏÔŒÙÛÜáíóúñÁÍÓÚÑäöåßÄÖÅãõ¿¡ªº«»‘’“”–—…•°§£€©®²³¹·´†\u00a0\u00ad"
    "½¼".encode("windows-1252")
)
_FEW, _MOST = 0.25, 0.9
_ENOUGH = 0.04
_RUSSIAN = frozenset(["и", "в", "на", "по", "с", "о", "не", "к", "для", "что", "от", "об", "их"])
_ARABIC = frozenset(["في", "من", "على", "إلى", "أن", "التي", "عن", "وإذ", "بشأن", "هذا", "هذه"])
_CHINESE = frozenset("的和在国会一是不为有各关于以及其中人对请年國會為對關發议議")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a file, and what is to be said of how they were found."""

    text: str
    caveats: tuple[Caveat, ...] = ()


def decode(data: bytes, *, encoding: str = "") -> Decoded:
    """Return the text of a file; what was guessed is named in a caveat.

    Args:
        encoding: that of the file, where somebody knows it; a mark in the file goes before it.

    Raises:
        UnreadableTextError: no text, a name that is no encoding, or bytes that do not fit it.
    """
    if encoding and not is_encoding(encoding):
        raise UnreadableTextError(Problem("text-encoding", UNKNOWN, {"names": NAMED}))
    known = marked_encoding(data[:4]) or encoding
    if known:
        return Decoded(_strict(data, known).removeprefix("\ufeff"))
    if b"\0" in data[:4096]:
        return _wide(data)
    declared = _declared(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _foreign(data, declared, error)
    if declared not in ("", "utf-8") and not data.isascii():
        told = f"The page says that it is in {declared}, but it is in UTF-8 and was read so."
        return Decoded(text, (Caveat("text-encoding", told),))
    return Decoded(text)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        values = {"encoding": encoding, **_place(data, error)}
        raise UnreadableTextError(Problem("text-encoding", ENCODING_MISFIT, values)) from error


def _place(data: bytes, error: UnicodeDecodeError) -> dict[str, str | int]:
    at = error.start
    return {
        "line": data.count(b"\n", 0, at) + 1,
        "byte": f"0x{data[at]:02X}",
        "place": at + 1,
        "names": NAMED,
    }


def _declared(data: bytes) -> str:
    """The encoding that an HTML or XML file names itself."""
    m = _DECLARED.search(data[:4096])
    if m is None:
        return ""
    name = (m[1] or m[2]).decode("ascii", errors="replace")
    if not is_encoding(name):
        return ""
    plain = codecs.lookup(name).name
    return _WIDER.get(plain, plain if plain.startswith("utf") else name.lower())


def _wide(data: bytes) -> Decoded:
    """UTF-16 without its mark: zero bytes stand in every second place only."""
    odd, even = data[1:4096:2].count(0), data[:4096:2].count(0)
    encoding = "utf-16-le" if not even else "utf-16-be" if not odd else ""
    try:
        text = data.decode(encoding) if encoding else ""
    except UnicodeDecodeError:
        text = ""
    head = text[:2000]
    if not head or sum(c.isprintable() or c.isspace() for c in head) < len(head) * 0.99:
        raise UnreadableTextError(BINARY)
    return Decoded(text, (_caveat("utf-16"),))


def _foreign(data: bytes, declared: str, error: UnicodeDecodeError) -> Decoded:
    """Text that is not in UTF-8: by the name in the page, else recognised by its words."""
    if declared and not declared.startswith("utf"):
        told = f"The text was read as {shortened(declared)}, as the page itself says."
        return Decoded(_strict(data, declared), (Caveat("text-encoding", told),))
    found = _recognised(data)
    if found:
        try:
            return Decoded(data.decode(found), (_caveat(found),))
        except UnicodeDecodeError:
            pass
    raise UnreadableTextError(
        Problem("text-encoding", ENCODING_UNKNOWN, _place(data, error))
    ) from error


def _caveat(encoding: str) -> Caveat:
    told = (
        f"The file does not say in which encoding it is: it was read as {encoding}. Name another "
        "one if letters are wrong."
    )
    return Caveat("text-encoding", told)


def _recognised(data: bytes) -> str:
    """Tell the encoding by what a text of one of the six languages must hold, empty if unsure."""
    high = data.translate(None, _ASCII)
    letters = len(data.translate(None, _NO_LETTERS))
    if len(high) < _FEW * (len(high) + letters):
        usual = sum(byte in _WESTERN for byte in high)
        return "windows-1252" if usual >= _MOST * len(high) else ""
    sample = data[:_SAMPLE]
    scored = sorted(
        ((measure(_sampled(sample, name)), name) for name, measure in _CANDIDATES), reverse=True
    )
    (best, name), (second, _) = scored[:2]
    return name if best >= _ENOUGH and best >= 2 * second else ""


def _sampled(sample: bytes, encoding: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return ""


def _share(small: frozenset[str]) -> Callable[[str], float]:
    def measure(text: str) -> float:
        words = text.split()
        return sum(word in small for word in words) / len(words) if words else 0.0

    return measure


def _share_of_characters(text: str) -> float:
    return sum(character in _CHINESE for character in text) / len(text) if text else 0.0


_CANDIDATES: tuple[tuple[str, Callable[[str], float]], ...] = (
    *((name, _share(_RUSSIAN)) for name in ("windows-1251", "koi8-r", "iso-8859-5", "cp866")),
    *((name, _share(_ARABIC)) for name in ("windows-1256", "iso-8859-6")),
    *((name, _share_of_characters) for name in ("gb18030", "big5")),
)
