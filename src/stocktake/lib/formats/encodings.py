"""Names of encodings that files of text may be in, and the marks at their beginning."""

import codecs

from stocktake.lib.formats.problems import gettext_noop

NAMED = (
    "windows-1256 (Arabic), gb18030 (Chinese), windows-1251 (Cyrillic), windows-1252 (Western "
    "European), utf-16"
)
"""Encodings that files are often in, for messages."""
UNKNOWN = gettext_noop("No such encoding is known; name one of: %(names)s.")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN = frozenset(
    codecs.lookup(name).name
    for name in (
        *("ascii", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
        *(f"windows-{page}" for page in range(1250, 1259)),
        *(f"iso-8859-{part}" for part in (*range(1, 12), 13, 14, 15, 16)),
        *(f"cp{page}" for page in (437, 720, 850, 852, 855, 858, 862, 864, 866, 874)),
        *("koi8-r", "koi8-u", "koi8-t", "gb18030", "gbk", "gb2312", "big5", "big5hkscs"),
        *("shift_jis", "cp932", "euc-jp", "euc-kr", "cp949", "tis-620"),
        *("mac-roman", "mac-cyrillic", "mac-arabic"),
    )
)


def is_encoding(name: str) -> bool:
    """Say whether a text file may be in an encoding of this name."""
    try:
        return codecs.lookup(name).name in _KNOWN
    except (LookupError, ValueError):
        return False


def marked_encoding(head: bytes) -> str:
    """Return the encoding whose mark a file begins with, empty where there is none."""
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), "")
