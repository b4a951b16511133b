"""Records fetched and analysed for the index: here, or in a process beside while this one writes.

The process beside is asked in lines of JSON and answers in lines of JSON, and ends with the one
that asks. Where it fails, the work is done here.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from stocktake.kernel.search.declarations import Declaration, declaration
from stocktake.kernel.search.documents import Prepared
from stocktake.kernel.search.writing import prepare_records
from stocktake.kernel.vocabularies.snapshot import forget
from stocktake.lib.compactjson import from_json, to_json

logger = logging.getLogger(__name__)

Batch = tuple[list[str], Iterable[Prepared]]

_AHEAD = 2  # batches asked for before the first is taken; more could fill both pipes
_IDLE_SECONDS = 15.0


class Here:
    """Prepares in this process."""

    def prepared(self, declared: Declaration, batches: Iterable[list[str]]) -> Iterator[Batch]:
        """Give each batch of identifiers with what the index stores of its records."""
        return ((batch, prepare_records(declared, batch)) for batch in batches)

    def forget_vocabularies(self) -> None:
        """Read the vocabularies again before the next record."""
        forget()


class Beside(Here):
    """Prepares in a process of its own, which is started when first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._used = 0.0
        self._is_stale = False
        self._has_failed = False

    def prepared(self, declared: Declaration, batches: Iterable[list[str]]) -> Iterator[Batch]:
        """Give each batch with its records; the next ones are prepared meanwhile."""
        asked: deque[list[str]] = deque()
        for batch in batches:
            asked.append(batch)
            self._ask(declared.kind, batch)
            if len(asked) == _AHEAD:
                yield self._taken(declared, asked.popleft())
        while asked:
            yield self._taken(declared, asked.popleft())

    def forget_vocabularies(self) -> None:
        """Have both processes read the vocabularies again."""
        super().forget_vocabularies()
        self._is_stale = True

    def rest(self) -> None:
        """End the process when it has not been needed for a while."""
        if self._process is not None and time.monotonic() - self._used > _IDLE_SECONDS:
            self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _ask(self, kind: str, batch: Sequence[str]) -> None:
        if self._has_failed:
            return
        self._used = time.monotonic()
        try:
            if self._process is None:
                self._process = _started()
            if self._process.stdin:
                told = to_json([kind, self._is_stale, batch])
                self._process.stdin.write(told.encode() + b"\n")
                self._process.stdin.flush()
                self._is_stale = False
        except OSError:
            self._fail()

    def _taken(self, declared: Declaration, batch: list[str]) -> Batch:
        line = b""
        if self._process is not None and self._process.stdout:
            line = self._process.stdout.readline()
        if line.endswith(b"\n"):
            return batch, map(_read, from_json(line))
        self._fail()
        return batch, prepare_records(declared, batch)

    def _fail(self) -> None:
        """Go on without the process; it is not started again."""
        if not self._has_failed:
            logger.warning("The process that prepares records for the index has ended")
        self._has_failed = True
        self.close()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "stocktake.kernel.search.beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _written(prepared: Prepared) -> list[object]:
    stored = prepared.stored.decode()
    return [prepared.key, prepared.kind, prepared.texts, prepared.integers, stored]


def _read(told: list[object]) -> Prepared:
    key, kind, texts, integers, stored = told
    return Prepared(key, kind, texts, integers, stored.encode())  # type: ignore[arg-type, attr-defined]


def answer(questions: Iterable[bytes], answers: BinaryIO) -> None:
    """Answer each line that names records with a line of what the index stores of them."""
    for line in questions:
        kind, is_stale, batch = from_json(line)
        if is_stale:
            forget()
        told = [_written(each) for each in prepare_records(declaration(kind), batch)]
        answers.write(to_json(told).encode() + b"\n")
        answers.flush()
