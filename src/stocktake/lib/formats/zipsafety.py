"""Refuse archives that would unpack to more than they should, before anything is unpacked."""

import struct
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from stocktake.lib.formats.problems import Problem, gettext_noop

_LOCAL_HEADER = struct.Struct("<4s22xHH")


class UnsafeArchiveError(Exception):
    """The archive must not be unpacked; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True)
class ArchiveLimits:
    """Bytes of all entries together as declared, times their packed size, number of entries."""

    total_bytes: int = 100 * 1024 * 1024
    ratio: int = 100
    entries: int = 5000


def check_archive(stream: BinaryIO, *, limits: ArchiveLimits | None = None) -> list[str]:
    """Look at a ZIP archive's directory and return the names of its entries.

    Sizes are as declared: an archive that lies about them is stopped by the limits of the process
    that unpacks it.

    Raises:
        UnsafeArchiveError: no archive, damaged, encrypted, too large unpacked, or with entries
            that share bytes.
    """
    bounds = limits or ArchiveLimits()
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            end = archive.start_dir
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise UnsafeArchiveError(_DAMAGED) from error
    if len(entries) > bounds.entries:
        raise UnsafeArchiveError(_MANY)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnsafeArchiveError(_ENCRYPTED)
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > bounds.total_bytes or total > bounds.ratio * max(packed, 1024):
        raise UnsafeArchiveError(_BOMB)
    _refuse_overlaps(stream, entries, end)
    return [entry.filename for entry in entries]


def _refuse_overlaps(stream: BinaryIO, entries: list[zipfile.ZipInfo], end: int) -> None:
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    following = [entry.header_offset for entry in ordered[1:]] + [end]
    for entry, limit in zip(ordered, following, strict=True):
        stream.seek(entry.header_offset)
        header = stream.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise UnsafeArchiveError(_DAMAGED)
        _, name, extra = _LOCAL_HEADER.unpack(header)
        if entry.header_offset + _LOCAL_HEADER.size + name + extra + entry.compress_size > limit:
            raise UnsafeArchiveError(_OVERLAP)


_DAMAGED = Problem("zip-damaged", gettext_noop("The file is no ZIP archive or it is damaged."))
_MANY = Problem("zip-entries", gettext_noop("The archive has more than 5,000 entries."))
_ENCRYPTED = Problem(
    "zip-encrypted", gettext_noop("The file is protected with a password: save it without one.")
)
_BOMB = Problem(
    "zip-bomb",
    gettext_noop(
        "The archive would unpack to more than 100 MB or to more than 100 times its size, which "
        "is refused for safety."
    ),
)
_OVERLAP = Problem(
    "zip-overlap",
    gettext_noop("Entries of the archive share the same bytes, which is refused for safety."),
)
