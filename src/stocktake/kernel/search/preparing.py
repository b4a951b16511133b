"""Records fetched and analysed for the index: here, or in processes beside while this one writes.

The processes beside are asked in lines of JSON and answer in lines of JSON, and end with the one
that asks. Where one fails, the work is done here.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from typing import BinaryIO

from stocktake.kernel.search.declarations import Declaration, declaration
from stocktake.kernel.search.documents import Prepared
from stocktake.kernel.search.writing import prepare_records
from stocktake.kernel.vocabularies.snapshot import forget
from stocktake.lib.compactjson import from_json, to_json

logger = logging.getLogger(__name__)

Batch = tuple[list[str], Iterable[Prepared]]

_PROCESSES = 2
_AHEAD = 2  # batches asked of a process before the first is taken; more could fill both pipes
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
    """Prepares in processes of its own, which are started when first needed."""

    def __init__(self) -> None:
        self._processes: list[_Process] = []
        self._used = 0.0
        self._has_failed = False

    def prepared(self, declared: Declaration, batches: Iterable[list[str]]) -> Iterator[Batch]:
        """Give each batch with its records; the next ones are prepared meanwhile."""
        if not self._is_running():
            yield from super().prepared(declared, batches)
            return
        asked: deque[tuple[_Process, list[str]]] = deque()
        for process, batch in zip(cycle(list(self._processes)), batches, strict=False):
            process.ask(declared.kind, batch)
            asked.append((process, batch))
            if len(asked) == _AHEAD * len(self._processes):
                yield self._taken(declared, *asked.popleft())
        while asked:
            yield self._taken(declared, *asked.popleft())
        self._used = time.monotonic()

    def forget_vocabularies(self) -> None:
        """Have all processes read the vocabularies again."""
        super().forget_vocabularies()
        for process in self._processes:
            process.is_stale = True

    def rest(self) -> None:
        """End the processes when they have not been needed for a while."""
        if self._processes and time.monotonic() - self._used > _IDLE_SECONDS:
            self.close()

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.end()
        self._processes = []

    def _is_running(self) -> bool:
        if not self._processes and not self._has_failed:
            try:
                self._processes = [_Process(_started()) for _number in range(_PROCESSES)]
            except OSError:
                self._has_failed = True
        return bool(self._processes)

    def _taken(self, declared: Declaration, process: _Process, batch: list[str]) -> Batch:
        line = process.take()
        if line is not None:
            return batch, map(_read, from_json(line))
        if not self._has_failed:
            logger.warning("A process that prepares records for the index has ended")
        self._has_failed = True  # none is started again
        self.close()
        return batch, prepare_records(declared, batch)


class _Process:
    """One process that prepares, in the order in which it is asked."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.is_stale = False

    def ask(self, kind: str, batch: Sequence[str]) -> None:
        """Ask for a batch; that the process has ended is seen when it is to answer."""
        told = to_json([kind, self.is_stale, batch])
        self.is_stale = False
        if self._process.stdin:
            with suppress(OSError, ValueError):  # it has ended, or was ended
                self._process.stdin.write(told.encode() + b"\n")
                self._process.stdin.flush()

    def take(self) -> bytes | None:
        """Wait for the next answer; none where the process has ended."""
        if self._process.stdout is None or self._process.stdout.closed:
            return None
        line = self._process.stdout.readline()
        return line if line.endswith(b"\n") else None

    def end(self) -> None:
        """End it."""
        self._process.kill()
        with suppress(OSError):
            self._process.communicate()


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
