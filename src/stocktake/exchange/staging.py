"""Entries that were checked and wait to be applied: one file a run, read again after a kill.

Each line is one entry in JSON; the last line says how many there are, so that a torn file is
noticed. The file is locked while its run is applied, which tells a running import from a dead one.
"""

import base64
import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self

from django.conf import settings
from isal import isal_zlib

from stocktake.domain.activities.services import ActivityDraft, Values, draft_values
from stocktake.domain.stakeholders.services import OrganizationRef
from stocktake.exchange.models import ImportRun, RunState
from stocktake.lib.compactjson import from_json, to_json
from stocktake.lib.multilingual import Text

OUR_SCHEME = "stocktake"
"""The scheme of entries that name a record by its public identifier."""

_FAST = 1


class StagingError(Exception):
    """The file of a run is gone, torn, or in use by another process."""


@dataclass(slots=True)
class Token:
    """Stands for an organization until the entry is applied."""

    public_id: str


@dataclass(slots=True)
class Entry:
    """One entry as staged; organizations in its values are tokens `@0`, `@1` … of `refs`.

    A reference is written in JSON and read by `reference` where its organization is not known.
    """

    scheme: str
    identifier: str
    file: str
    line: int
    digest: str
    values: Values
    refs: Sequence[str]
    content: bytes

    @property
    def names_our_record(self) -> bool:
        """Whether the entry is named by a public identifier of the register itself."""
        return self.scheme == OUR_SCHEME

    @property
    def key(self) -> tuple[str, str]:
        """What names the entry across files."""
        return self.scheme, self.identifier

    def resolved(self, known: Mapping[str, str]) -> Values:
        """Give the values with public identifiers of organizations instead of tokens."""
        by_token = {f"@{number}": known[ref] for number, ref in enumerate(self.refs)}
        values = dict(self.values)
        if "owner" in values:
            values["owner"] = by_token.get(values["owner"], "")
        if "participations" in values:
            links = values["participations"]
            pairs = {(by_token[link["organization"]], link["role"]) for link in links}
            values["participations"] = [
                {"organization": organization, "role": role} for organization, role in sorted(pairs)
            ]
        return values


@dataclass(slots=True)
class Packed:
    """An entry as it is staged: values and references in JSON, the source compressed, as text."""

    scheme: str
    identifier: str
    file: str
    line: int
    digest: str
    told: str
    content: str

    @property
    def key(self) -> tuple[str, str]:
        """What names the entry across files."""
        return self.scheme, self.identifier

    def line_of_file(self) -> bytes:
        """Give the line that a run's file keeps."""
        head = to_json([self.scheme, self.identifier, self.file, self.line, self.digest])
        return f'[{head},{self.told},"{self.content}"]\n'.encode()

    def unpacked(self) -> Entry:
        """Give the entry."""
        return _entry(self.line_of_file())


def values_with_tokens(
    draft: ActivityDraft, fields: Collection[str] | None
) -> tuple[Values, list[OrganizationRef]]:
    """Give the values of a draft, or some of its fields, and the organizations of the tokens."""
    tokens: dict[OrganizationRef, Token] = {}
    for ref in draft.organizations():
        if ref not in tokens:
            tokens[ref] = Token(f"@{len(tokens)}")
    values = draft_values(draft, tokens)
    if fields is not None:
        values = {name: value for name, value in values.items() if name in fields}
    return values, list(tokens)


def pack(
    values: Values,
    refs: Sequence[OrganizationRef],
    *,
    key: tuple[str, str],
    file: str,
    line: int,
    source: bytes,
) -> Packed:
    """Pack what will be staged; the digest covers the source and what was made of it."""
    written = [_written(ref) for ref in refs]
    told = to_json([values, written])
    digest = hashlib.sha256(source + told.encode())
    content = base64.b64encode(isal_zlib.compress(source, _FAST)).decode()
    return Packed(*key, file, line, digest.hexdigest(), told, content)


def folder() -> Path:
    """Give the folder of staged entries."""
    home: Path = settings.STOCKTAKE_HOME
    return home / "imports"


def path_of(run_id: str) -> Path:
    """Give the file of a run."""
    return folder() / f"{run_id}.jsonl"


class Staging:
    """The file of a run, held for as long as this process works on the run."""

    def __init__(self, run_id: str, file: BinaryIO) -> None:
        self.path = path_of(run_id)
        self.count = 0
        self._file = file
        _lock(file)

    @classmethod
    def create(cls, run_id: str) -> Self:
        """Begin the file of a new run; nothing counts until `finish`."""
        folder().mkdir(parents=True, exist_ok=True)
        sweep()
        while True:
            made = cls(run_id, path_of(run_id).open("w+b"))
            if made._is_there():
                return made
            made.close()

    @classmethod
    def open(cls, run_id: str) -> Self:
        """Open the file of a run that was interrupted.

        Raises:
            StagingError: it is missing, torn, or in use by another process.
        """
        try:
            file = path_of(run_id).open("rb")
        except FileNotFoundError as error:
            raise StagingError("missing") from error
        made = cls(run_id, file)
        made.count = made._end()
        return made

    def add(self, entry: Packed) -> None:
        """Append one entry."""
        self._file.write(entry.line_of_file())
        self.count += 1

    def mark(self) -> tuple[int, int]:
        """Give the place that `back_to` returns to."""
        return self._file.tell(), self.count

    def back_to(self, mark: tuple[int, int]) -> None:
        """Drop what was added since a mark."""
        place, self.count = mark
        self._file.seek(place)
        self._file.truncate()

    def finish(self) -> None:
        """Write the end and make sure that it is on the disk."""
        self._file.write(to_json({"count": self.count}).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def entries(self, position: int) -> Iterator[Entry]:
        """Give the entries after the first `position` ones."""
        self._file.seek(0)
        for line in islice(self._file, position, self.count):
            yield _entry(line)

    def close(self) -> None:
        """Let go of the file, which stays for a later run."""
        self._file.close()

    def discard(self) -> None:
        """Remove the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)

    def _is_there(self) -> bool:
        """Whether nobody has swept the file away before it was locked."""
        try:
            return self.path.stat().st_ino == os.fstat(self._file.fileno()).st_ino
        except FileNotFoundError:
            return False

    def _end(self) -> int:
        self._file.seek(max(0, self._file.seek(0, os.SEEK_END) - 200))
        last = self._file.read().rsplit(b"\n", 2)
        try:
            return int(from_json(last[-2])["count"])
        except (ValueError, IndexError, KeyError, TypeError) as error:
            raise StagingError("torn") from error


def sweep() -> None:
    """Remove files that no run needs: their import died before its first write, or is over."""
    files = {file.stem: file for file in folder().glob("*.jsonl")}
    needed = ImportRun.objects.filter(public_id__in=list(files), state=RunState.APPLYING)
    for name in files.keys() - set(needed.values_list("public_id", flat=True)):
        with files[name].open("rb") as file:
            try:
                _lock(file)
            except StagingError:
                continue
            files[name].unlink(missing_ok=True)


def is_in_use(run_id: str) -> bool:
    """Say whether a process of this machine is applying the run now."""
    try:
        with path_of(run_id).open("rb") as file:
            _lock(file)
    except FileNotFoundError:
        return False
    except StagingError:
        return True
    return False


def _lock(file: BinaryIO) -> None:
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StagingError("in use") from error


@lru_cache(maxsize=10_000)
def _written(ref: OrganizationRef) -> str:
    return to_json([ref.name.to_json(), ref.scheme, ref.value, ref.type, ref.country, ref.acronym])


def reference(written: str) -> OrganizationRef:
    """Read a reference to an organization as an entry writes it."""
    name, *more = from_json(written)
    return OrganizationRef(Text.from_json(name), *more)


def _entry(line: bytes) -> Entry:
    head, (values, refs), content = from_json(line)
    scheme, identifier, file, number, digest = head
    source = base64.b64decode(content)
    return Entry(scheme, identifier, file, number, digest, values, refs, source)
