"""Mapping the activities of a large file in processes beside the one that reads it.

The reader sends pieces of XML to the workers in turn, and takes from each what it has checked
before it gets the next: a line of JSON with the length and the line number of each piece, then the
pieces as they are. The answer is a line of JSON. A worker ends when the reader does, whatever
ended it.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from stocktake.exchange.reading import Checked
from stocktake.exchange.staging import Packed
from stocktake.exchange.summaries import Fault
from stocktake.lib.compactjson import from_json, to_json
from stocktake.lib.formats.iati import ActivityReader, Piece

WORTH_BYTES = 24 * 1024 * 1024
"""From this size of a file on, starting processes takes less time than it saves."""

_PIECES = 100
_MOST = 4


class WorkerError(RuntimeError):
    """A worker ended before its work was done."""


def checked(reader: ActivityReader, file: str) -> Iterator[Checked]:
    """Give the activities of a file in their order, mapped and checked by workers."""
    count = max(2, min(os.cpu_count() or 2, _MOST))
    pieces = reader.pieces()
    workers = [_Worker(reader, file) for _number in range(count)]
    busy: deque[_Worker] = deque()
    try:
        for worker in workers:
            if worker.give(list(islice(pieces, _PIECES))):
                busy.append(worker)
        while busy:
            worker = busy.popleft()
            done = worker.take()
            if worker.give(list(islice(pieces, _PIECES))):
                busy.append(worker)
            yield from done
    finally:
        for worker in workers:
            worker.stop()


class _Worker:
    """One process, which has one batch of pieces at a time."""

    def __init__(self, reader: ActivityReader, file: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "stocktake.exchange.iati.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=False,
        )
        header = reader.header
        self._send([file, header.version, header.default_language])

    def give(self, pieces: Sequence[Piece]) -> bool:
        """Hand over pieces; says whether there were any."""
        if pieces:
            told = [[len(piece.source), piece.line] for piece in pieces]
            self._send(told, *(piece.source for piece in pieces))
        return bool(pieces)

    def take(self) -> list[Checked]:
        """Wait for what was made of the pieces."""
        line = self._process.stdout.readline() if self._process.stdout else b""
        if not line:
            raise WorkerError("A process that maps activities has ended.")
        return [_checked(told) for told in from_json(line)]

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _send(self, told: Any, *sources: bytes) -> None:
        if self._process.stdin:
            try:
                self._process.stdin.write(b"".join((to_json(told).encode(), b"\n", *sources)))
                self._process.stdin.flush()
            except BrokenPipeError as error:
                raise WorkerError("A process that maps activities has ended.") from error


def written(made: Checked) -> list[Any]:
    """Give an entry as it goes from the worker to the reader."""
    told = made.packed
    packed = None
    if told is not None:
        packed = [*told.key, told.file, told.line, told.digest, told.told, told.content]
    faults = [
        [fault.template, dict(fault.values), *_place(fault), fault.code] for fault in made.faults
    ]
    return [*made.key, made.line, packed, faults]


def _place(fault: Fault) -> tuple[str, int, str, str]:
    return fault.file, fault.line, fault.identifier, fault.field


def _checked(told: list[Any]) -> Checked:
    scheme, identifier, line, packed, faults = told
    return Checked(
        (scheme, identifier),
        line,
        Packed(*packed) if packed else None,
        [Fault(*fault) for fault in faults],
    )
