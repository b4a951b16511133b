"""The index on disk: numbered folders, one pointer to the live one, one lock for the indexer."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings

_POINTER = "current"
_LOCK = "indexer.lock"
_REQUEST = "rebuild-requested"
_PROGRESS = "progress.json"
_ABOUT = "about.json"
_PREFIX = "index-"
_FOOTER_MAGIC = 1337
_BLOCK = 1 << 20
_PARTS = ("store", "term", "idx", "pos", "fast", "fieldnorm")
_UNCHECKED_SUFFIXES = (".json", ".lock", ".lock.json")


class IndexerRunning(RuntimeError):
    """Another process is the indexer of this index."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folder of the search: `index-000001`, `index-000002`, ... and `current`."""

    root: Path

    @property
    def pointer(self) -> Path:
        """File that names the live folder."""
        return self.root / _POINTER

    def live(self) -> Path | None:
        """Return the folder that readers use, None when there is none."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except OSError:
            return None
        folder = self.root / name
        return folder if name.startswith(_PREFIX) and folder.is_dir() else None

    def create(self, about: Mapping[str, Any]) -> Path:
        """Make the next folder and write what it is."""
        self.root.mkdir(parents=True, exist_ok=True)
        numbers = [int(each.name.removeprefix(_PREFIX)) for each in self.root.glob(f"{_PREFIX}*")]
        folder = self.root / f"{_PREFIX}{max(numbers, default=0) + 1:06d}"
        folder.mkdir()
        _write(folder / _ABOUT, json.dumps(dict(about)))
        return folder

    def about(self, folder: Path) -> dict[str, Any]:
        """Return what was written at creation; empty when it cannot be read."""
        try:
            found = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def go_live(self, folder: Path) -> None:
        """Point all readers to a folder, in one step, and remove the others."""
        _write(self.pointer, folder.name)
        self.remove_all_but(folder)

    def remove_all_but(self, folder: Path | None) -> None:
        """Remove folders nobody is pointed to; readers that hold one open keep their files."""
        for each in self.root.glob(f"{_PREFIX}*"):
            if each != folder:
                shutil.rmtree(each, ignore_errors=True)

    @contextmanager
    def lock(self, *, patience: float = 1.0) -> Iterator[None]:
        """Be the one indexer; the system frees the lock when the process dies.

        Args:
            patience: seconds to wait for one that is just ending.

        Raises:
            IndexerRunning: another process holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / _LOCK).open("w", encoding="utf-8") as handle:
            until = time.monotonic() + patience
            while not _is_locked(handle):
                if time.monotonic() >= until:
                    raise IndexerRunning("Another process is the indexer of this index.")
                time.sleep(0.05)
            yield

    def is_indexer_running(self) -> bool:
        """Say whether some process holds the lock."""
        try:
            with self.lock(patience=0):
                return False
        except IndexerRunning:
            return True

    def request_rebuild(self, reason: str) -> None:
        """Ask the indexer to make the index again."""
        self.root.mkdir(parents=True, exist_ok=True)
        _write(self.root / _REQUEST, reason)

    def requested_rebuild(self) -> str | None:
        """Return why a rebuild was asked for, None when it was not."""
        try:
            return (self.root / _REQUEST).read_text(encoding="utf-8") or "asked for"
        except OSError:
            return None

    def forget_request(self) -> None:
        """Say that the rebuild that was asked for is done."""
        (self.root / _REQUEST).unlink(missing_ok=True)

    def write_progress(self, progress: Mapping[str, Any] | None) -> None:
        """Tell pages and the command line how far long work is; None when it is over."""
        if progress is None:
            (self.root / _PROGRESS).unlink(missing_ok=True)
        else:
            _write(self.root / _PROGRESS, json.dumps(dict(progress)), is_durable=False)

    def progress(self) -> dict[str, Any] | None:
        """Return how far long work is."""
        try:
            found = json.loads((self.root / _PROGRESS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None


def folders() -> Folders:
    """Return the folders that the settings name."""
    return Folders(Path(settings.STOCKTAKE_SEARCH_DIR))


def damaged_files(folder: Path) -> list[str]:
    """Return the files of an index whose content is not what the engine wrote.

    Each file of the engine ends in a footer with the CRC-32 of what is before it.
    """
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        segments = {each["segment_id"].replace("-", "") for each in meta["segments"]}
    except (OSError, ValueError, KeyError, TypeError):
        return ["meta.json"]
    present = {path.name: path for path in folder.iterdir() if path.is_file()}
    needed = (f"{each}.{part}" for each in sorted(segments) for part in _PARTS)
    missing = [name for name in needed if name not in present]
    checked = (
        path
        for name, path in sorted(present.items())
        if name.partition(".")[0] in segments and not name.endswith(_UNCHECKED_SUFFIXES)
    )
    return missing + [path.name for path in checked if not _is_whole(path)]


def size_of(folder: Path) -> int:
    """Return the bytes of a folder."""
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def _is_locked(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as handle:
            size = handle.seek(0, os.SEEK_END)
            handle.seek(max(0, size - 8))
            tail = handle.read(8)
            length = int.from_bytes(tail[:4], "little")
            if int.from_bytes(tail[4:], "little") != _FOOTER_MAGIC or length > size - 8:
                return False
            handle.seek(size - 8 - length)
            expected = json.loads(handle.read(length))["crc"]
            handle.seek(0)
            left, crc = size - 8 - length, 0
            while left > 0 and (block := handle.read(min(_BLOCK, left))):
                crc, left = zlib.crc32(block, crc), left - len(block)
            return bool(left == 0 and crc == expected)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(path: Path, text: str, *, is_durable: bool = True) -> None:
    """Replace a file in one step, on disk before anybody sees it."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with temporary.open("w", encoding="utf-8") as handle:
        handle.write(text)
        if is_durable:
            handle.flush()
            os.fsync(handle.fileno())
    temporary.replace(path)
    if is_durable:
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
