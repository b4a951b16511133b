"""The first pass of an import: every file read, every entry checked, the record only looked at."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from stocktake.exchange import applying, planning, reading, staging
from stocktake.exchange.models import NoteKind
from stocktake.exchange.organizations import Organizations
from stocktake.exchange.summaries import Fault, Summary
from stocktake.lib.formats.problems import gettext_noop

BATCH = 200
"""Entries that are looked at together."""

HOPELESS = 10_000
"""After so many entries in a row that cannot be entered, the rest of a file is not read."""

Tell = Callable[[str, int, int], None]
"""Told of progress: the phase (`checking` in bytes, `applying` in entries), done, in all."""

_DUPLICATE = gettext_noop(
    "The identifier occurs more than once in these files; the first entry counts, this one was "
    "left out."
)
_HOPELESS = gettext_noop(
    "%(count)s entries in a row cannot be entered; the file was not read further and nothing of "
    "it was taken."
)
_UNOPENED = gettext_noop("The file cannot be opened: %(reason)s.")


class Sink(Protocol):
    """What takes the entries that were checked."""

    def take(self, entries: Sequence[staging.Packed]) -> None:
        """Take some entries."""
        ...

    def mark(self) -> tuple[int, int]:
        """Give the place that `back_to` returns to."""
        ...

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget what was taken since a mark."""
        ...


class Stage:
    """Takes checked entries into the run's file, except those that the record holds already."""

    def __init__(self, summary: Summary, staged: staging.Staging) -> None:
        self._summary = summary
        self._staged = staged

    def take(self, entries: Sequence[staging.Packed]) -> None:
        digests = planning.known_digests(entry.key for entry in entries)
        for entry in entries:
            if digests.get(entry.key) == entry.digest:
                self._summary.unchanged += 1
            else:
                self._staged.add(entry)

    def mark(self) -> tuple[int, int]:
        return self._staged.mark()

    def back_to(self, mark: tuple[int, int]) -> None:
        self._staged.back_to(mark)


class Rehearsal:
    """Finds out what checked entries would do."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._organizations = Organizations()

    def take(self, entries: Sequence[staging.Packed]) -> None:
        made = planning.plan([entry.unpacked() for entry in entries], run=None)
        self._summary.count_outcome(applying.rehearse(made, self._organizations))

    def mark(self) -> tuple[int, int]:
        return 0, 0

    def back_to(self, mark: tuple[int, int]) -> None:
        """The summary goes back by itself."""


class Checking:
    """The first pass: every file is read and every entry checked; the record is only read."""

    def __init__(self, form: reading.Format, tell: Tell) -> None:
        self.summary = Summary()
        self.files: list[dict[str, object]] = []
        self._form = form
        self._tell = tell
        self._seen: set[int] = set()

    def check(self, paths: Sequence[Path], sink: Sink) -> None:
        found = reading.found_files(paths, self._form.suffixes)
        total = sum(path.stat().st_size for path, _name in found if path.is_file())
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            self._tell("checking", done, total)

        for path, name in found:
            self.summary.files += 1
            try:
                file = reading.opened(path, name, tell)
            except OSError as error:
                told = {"reason": error.strerror or str(error)}
                self.summary.add(NoteKind.ERROR, Fault(_UNOPENED, told, name, code="unopened"))
                continue
            with_mark = (self.summary.mark(), sink.mark())
            try:
                self._check_file(file, sink)
                self.files.append(file.facts())
            except reading.UnreadableFileError as error:
                self.summary.back_to(with_mark[0])
                sink.back_to(with_mark[1])
                for fault in error.faults:
                    self.summary.add(NoteKind.ERROR, fault)
            finally:
                file.stream.close()

    def _check_file(self, file: reading.InputFile, sink: Sink) -> None:
        mine: set[int] = set()
        checked = self._checked(file, mine)
        while batch := list(islice(checked, BATCH)):
            sink.take(batch)
        self._seen |= mine

    def _checked(self, file: reading.InputFile, mine: set[int]) -> Iterator[staging.Packed]:
        in_a_row = 0
        for checked in self._form.checked(file):
            self.summary.read += 1
            for fault in checked.faults:
                self.summary.add(NoteKind.ERROR, fault)
            for note in checked.notes:
                self.summary.add(NoteKind.NOTE, note)
            if checked.is_unchanged:
                self.summary.unchanged += 1
                in_a_row = 0
                continue
            if checked.packed is not None and self._is_first(checked, file.name, mine):
                in_a_row = 0
                yield checked.packed
                continue
            self.summary.skipped += 1
            in_a_row += 1
            if in_a_row >= HOPELESS:
                told = {"count": in_a_row}
                raise reading.UnreadableFileError(
                    Fault(_HOPELESS, told, file.name, checked.line, code="hopeless")
                )

    def _is_first(self, checked: reading.Checked, file: str, mine: set[int]) -> bool:
        """Say whether an identifier has not occurred before, and note it otherwise."""
        short = _short(checked.key)
        if short in mine or short in self._seen:
            fault = Fault(_DUPLICATE, {}, file, checked.line, checked.key[1], code="duplicate")
            self.summary.add(NoteKind.ERROR, fault)
            return False
        mine.add(short)
        return True


def _short(key: tuple[str, str]) -> int:
    digest = hashlib.blake2b("\n".join(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
