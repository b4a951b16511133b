"""The files of an import: found, opened once, hashed and watched while they are read."""

import gzip
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from django.core.exceptions import ValidationError

from stocktake.domain.activities.services import ActivityDraft, clean_values
from stocktake.exchange.staging import Packed, pack, values_with_tokens
from stocktake.exchange.summaries import Fault

MAX_RATIO = 100
"""How many times larger than its packed form a file may be, past the first 16 MB."""

_FREE_BYTES = 16 * 1024 * 1024


class UnreadableFileError(Exception):
    """A file cannot be read to its end, so nothing of it is taken."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


@dataclass
class InputFile:
    """One file of an import; `stream` is its content, unpacked when its name ends in `.gz`."""

    path: Path
    name: str
    size: int
    stream: BinaryIO
    _raw: "_Watched"

    def facts(self) -> dict[str, Any]:
        """Give what a run keeps of the file once it has been read to its end."""
        size, digest = self._raw.rest()
        return {"name": self.name, "path": str(self.path), "size": size, "sha256": digest}


@dataclass(slots=True)
class Item:
    """One entry as a format's reader gives it; without a draft, or when refused, it is left out.

    `fields` are the fields that the source speaks of; none means all.
    """

    key: tuple[str, str]
    line: int
    source: bytes = b""
    draft: ActivityDraft | None = None
    fields: Collection[str] | None = None
    faults: Sequence[Fault] = ()
    is_refused: bool = False


@dataclass(slots=True)
class Checked:
    """One entry that was checked; without a packed one it is left out, and the faults say why.

    One that is unchanged says what the record holds; it is neither packed nor left out. `notes`
    tell what is worth a look though nothing is wrong.
    """

    key: tuple[str, str]
    line: int
    packed: Packed | None
    faults: Sequence[Fault]
    notes: Sequence[Fault] = ()
    is_unchanged: bool = False


def check(item: Item, file: str) -> Checked:
    """Check an entry by the rules of the register, and pack what can be entered."""
    faults = list(item.faults)
    if item.draft is None:
        return Checked(item.key, item.line, None, faults)
    values, refs = values_with_tokens(item.draft, item.fields)
    try:
        clean_values(values)
    except ValidationError as error:
        faults += [
            Fault(message, {}, file, item.line, item.key[1], name, "invalid")
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        return Checked(item.key, item.line, None, faults)
    if item.is_refused:
        return Checked(item.key, item.line, None, faults)
    packed = pack(values, refs, key=item.key, file=file, line=item.line, source=item.source)
    return Checked(item.key, item.line, packed, faults)


class Format(Protocol):
    """How files of one kind are read."""

    @property
    def name(self) -> str:
        """The name that the run keeps."""
        ...

    @property
    def suffixes(self) -> Sequence[str]:
        """Ends of names that are taken from folders."""
        ...

    def checked(self, file: InputFile) -> Iterator[Checked]:
        """Give the entries of a file, checked.

        Raises:
            UnreadableFileError: the file cannot be read to its end.
        """
        ...

    def mapping(self) -> dict[str, Any]:
        """Give what the run keeps of how the files were read."""
        ...


def found_files(paths: Sequence[Path], suffixes: Sequence[str]) -> list[tuple[Path, str]]:
    """List files and those in folders, in order, with the names that messages show."""
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file())
            for file in inside:
                if file.name.lower().endswith(tuple(suffixes)):
                    found.setdefault(file.resolve(), str(file.relative_to(path)))
        else:
            found.setdefault(path.resolve(), path.name)
    return list(found.items())


def opened(path: Path, name: str, tell: Callable[[int], None]) -> InputFile:
    """Open a file.

    Args:
        tell: is told how many bytes more were read.

    Raises:
        OSError: it cannot be opened.
    """
    raw = _Watched(path, tell)
    stream: Any = raw
    if path.suffix.lower() == ".gz":
        stream = _Unpacked(raw)
    return InputFile(path, name, path.stat().st_size, cast("BinaryIO", stream), raw)


class _Watched:
    """A file that is hashed and counted as it is read."""

    def __init__(self, path: Path, tell: Callable[[int], None]) -> None:
        self._file = path.open("rb")
        self._tell = tell
        self._digest = hashlib.sha256()
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._digest.update(chunk)
        self.count += len(chunk)
        self._tell(len(chunk))
        return chunk

    def rest(self) -> tuple[int, str]:
        """Read what nobody asked for, and give the size and the hash of the whole."""
        while self.read(1024 * 1024):
            pass
        return self.count, self._digest.hexdigest()

    def close(self) -> None:
        self._file.close()


class _Unpacked:
    """A packed file as it is unpacked, stopped when it grows out of all proportion."""

    def __init__(self, raw: _Watched) -> None:
        self._raw = raw
        self._unpacked = gzip.GzipFile(fileobj=cast("BinaryIO", raw))
        self._count = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._unpacked.read(size)
        self._count += len(chunk)
        if self._count > _FREE_BYTES + MAX_RATIO * self._raw.count:
            raise OSError(f"unpacked it is over {MAX_RATIO} times larger than packed")
        return chunk

    def close(self) -> None:
        self._raw.close()
