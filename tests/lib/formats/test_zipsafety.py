"""Archives: what is refused before anything is unpacked."""

import io
import struct
import zipfile

import pytest

from stocktake.lib.formats.zipsafety import ArchiveLimits, UnsafeArchiveError, check_archive


def _archive(**entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _refusal(data: bytes, limits: ArchiveLimits | None = None) -> str:
    with pytest.raises(UnsafeArchiveError) as caught:
        check_archive(io.BytesIO(data), limits=limits)
    return caught.value.problem.code


def test_check_archive_harmless_one_gives_its_names() -> None:
    assert check_archive(io.BytesIO(_archive(a=b"text", b=b"more" * 100))) == ["a", "b"]


def test_check_archive_ratio_over_the_limit_is_refused() -> None:
    assert _refusal(_archive(a=b"\0" * 20_000_000)) == "zip-bomb"


def test_check_archive_total_over_the_limit_is_refused() -> None:
    assert _refusal(_archive(a=b"x" * 500, b=b"y" * 600), ArchiveLimits(1000)) == "zip-bomb"


def test_check_archive_too_many_entries_are_refused() -> None:
    data = _archive(**{f"n{n}": b"" for n in range(20)})

    assert _refusal(data, ArchiveLimits(entries=10)) == "zip-entries"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"no archive", _archive(a=b"x")[:-10]],
    ids=["empty", "head", "text", "cut"],  # an archive holds the time, and tests need fixed names
)
def test_check_archive_damaged_one_is_refused(data: bytes) -> None:
    assert _refusal(data) == "zip-damaged"


def test_check_archive_encrypted_one_is_refused() -> None:
    data = bytearray(_archive(a=b"text"))
    at = data.index(b"PK\x01\x02") + 8
    data[at] |= 1

    assert _refusal(bytes(data)) == "zip-encrypted"


def test_check_archive_entries_over_the_same_bytes_are_refused() -> None:
    """Twice the same bytes: the directory's second entry points at the first one's data."""
    data = _archive(a=b"x" * 1000, b=b"y" * 1000)
    directory = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", directory + 4)
    field = second + 42
    changed = data[:field] + struct.pack("<I", 0) + data[field + 4 :]

    assert _refusal(changed) == "zip-overlap"


def test_check_archive_entry_reaching_into_the_next_is_refused() -> None:
    data = _archive(a=b"x" * 1000, b=b"y" * 1000)
    directory = data.index(b"PK\x01\x02")
    size = struct.unpack_from("<I", data, directory + 20)[0]
    changed = bytearray(data)
    struct.pack_into("<I", changed, directory + 20, size + 5)

    assert _refusal(bytes(changed)) == "zip-overlap"


def test_check_archive_entry_pointing_nowhere_is_refused() -> None:
    data = bytearray(_archive(a=b"x"))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 42, 7)

    assert _refusal(bytes(data)) in ("zip-damaged", "zip-overlap")
