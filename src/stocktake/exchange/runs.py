"""Import runs: files are checked with the record untouched, then applied batch by batch.

A run that was killed goes on (`resume`) from the last batch that was committed whole.
"""

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from stocktake.exchange import applying, reading, staging
from stocktake.exchange.models import ImportRun, NoteKind, RunNote, RunState
from stocktake.exchange.summaries import Fault, Summary
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import new_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.formats.problems import gettext_noop

BATCH = 200
"""Entries of one transaction: under the limit of 500, and short, so that nobody waits long."""

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


@dataclass(frozen=True)
class Report:
    """What came of an import; without a run nothing was written."""

    summary: Summary
    run: ImportRun | None


def import_files(
    actor: Actor,
    form: reading.Format,
    paths: Sequence[Path],
    *,
    is_dry: bool = False,
    tell: Tell = lambda _phase, _done, _total: None,
) -> Report:
    """Check files, then apply them.

    A file that cannot be read to its end is left out whole; an entry that cannot be entered is
    left out and noted. A dry run tells the same and writes nothing.

    Raises:
        PermissionDenied: nothing was written.
    """
    require(actor, "exchange.import")
    checking = _Checking(form, tell)
    if is_dry:
        checking.check(paths, _Rehearsal(checking.summary))
        return Report(checking.summary, None)
    run = ImportRun(format=form.name, actor_key=actor.actor_key)
    run.public_id = new_public_id(ImportRun.id_prefix)
    staged = staging.Staging.create(run.public_id)
    work = _Applying(actor, run, staged, checking.summary, tell)
    try:
        checking.check(paths, _Stage(checking.summary, staged))
        staged.finish()
        run.files, run.mapping, run.total = checking.files, form.mapping(), staged.count
        work.go_on()
    finally:
        work.leave()
    return Report(work.summary, run if work.is_begun else None)


def resume(actor: Actor, run: ImportRun, *, tell: Tell = lambda _p, _d, _t: None) -> Report:
    """Go on with a run that was killed.

    Raises:
        ValidationError: it is not interrupted, or what was staged is gone.
        PermissionDenied: nothing was written.
    """
    require(actor, "exchange.import", run)
    run.refresh_from_db()
    if run.state != RunState.APPLYING:
        raise ValidationError(_("The import %(run)s is not interrupted.") % {"run": run})
    try:
        staged = staging.Staging.open(run.public_id)
    except staging.StagingError as error:
        raise ValidationError(_staging_sentence(run, str(error))) from error
    work = _Applying(actor, run, staged, Summary.of(run), tell, position=run.position)
    try:
        work.go_on()
    finally:
        work.leave()
    return Report(work.summary, run)


def _staging_sentence(run: ImportRun, why: str) -> str:
    told = {"run": run.public_id}
    if why == "in use":
        return _("Another process is applying the import %(run)s.") % told
    return (
        _(
            "What was staged for the import %(run)s is no longer there: undo it with "
            "`stocktake import undo %(run)s`, or import its files again."
        )
        % told
    )


class _Stage:
    """Takes checked entries into the run's file, except those that the record holds already."""

    def __init__(self, summary: Summary, staged: staging.Staging) -> None:
        self._summary = summary
        self._staged = staged

    def take(self, entries: Sequence[staging.Packed]) -> None:
        digests = applying.known_digests(entry.key for entry in entries)
        for entry in entries:
            if digests.get(entry.key) == entry.digest:
                self._summary.unchanged += 1
            else:
                self._staged.add(entry)

    def mark(self) -> tuple[int, int]:
        return self._staged.mark()

    def back_to(self, mark: tuple[int, int]) -> None:
        self._staged.back_to(mark)


class _Rehearsal:
    """Finds out what checked entries would do."""

    def __init__(self, summary: Summary) -> None:
        self._summary = summary
        self._organizations = applying.Organizations()

    def take(self, entries: Sequence[staging.Packed]) -> None:
        made = applying.plan([entry.unpacked() for entry in entries], run=None)
        _count(self._summary, applying.rehearse(made, self._organizations))

    def mark(self) -> tuple[int, int]:
        return 0, 0

    def back_to(self, mark: tuple[int, int]) -> None:
        """The summary goes back by itself."""


class _Checking:
    """The first pass: every file is read and every entry checked; the record is only read."""

    def __init__(self, form: reading.Format, tell: Tell) -> None:
        self.summary = Summary()
        self.files: list[dict[str, object]] = []
        self._form = form
        self._tell = tell
        self._seen: set[int] = set()

    def check(self, paths: Sequence[Path], sink: "_Stage | _Rehearsal") -> None:
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

    def _check_file(self, file: reading.InputFile, sink: "_Stage | _Rehearsal") -> None:
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


class _Applying:
    """The second pass: staged entries go into the record, a batch in a transaction."""

    def __init__(
        self,
        actor: Actor,
        run: ImportRun,
        staged: staging.Staging,
        summary: Summary,
        tell: Tell,
        *,
        position: int = 0,
    ) -> None:
        self.run = run
        self.summary = summary
        self._actor = actor
        self._staged = staged
        self._tell = tell
        self._position = position
        self._organizations = applying.Organizations()
        self._noted = {kind: len(notes) for kind, notes in summary.notes.items()}
        if not self.is_begun:
            self._noted = {}

    @property
    def is_begun(self) -> bool:
        """Whether the run has written something."""
        return self.run.pk is not None

    def go_on(self) -> None:
        """Apply what is left, and finish the run."""
        entries = self._staged.entries(self._position)
        self._tell("applying", self._position, self._staged.count)
        while batch := list(islice(entries, BATCH)):
            started = time.monotonic()
            self._settle(batch)
            self._tell("applying", self._position, self._staged.count)
            breathe(time.monotonic() - started)
        if self.is_begun:
            self._finish()

    def leave(self) -> None:
        """Let go of the staged entries; they stay only where a run may go on with them."""
        if self.is_begun and self.run.state == RunState.APPLYING:
            self._staged.close()
        else:
            self._staged.discard()

    def _settle(self, batch: Sequence[staging.Entry]) -> None:
        """Apply a batch; where it fails, entry by entry, so that one fault costs one entry."""
        mark = self.summary.mark()
        for is_last in (False, True):
            try:
                self._write(batch)
            except (IntegrityError, ValidationError) as error:
                self._organizations.forget()
                self.summary.back_to(mark)
                if is_last and len(batch) == 1:
                    self._refuse(batch[0], error)
            else:
                return
        if len(batch) > 1:
            for entry in batch:
                self._settle([entry])

    def _write(self, batch: Sequence[staging.Entry]) -> None:
        begun, noted = self.is_begun, dict(self._noted)
        position = self._position + len(batch)
        try:
            with transaction.atomic():
                if begun:
                    self._hold()
                made = applying.plan(batch, run=self.run)
                outcome = applying.Outcome(unchanged=made.unchanged, refused=made.refused)
                if not made.is_empty:
                    if not begun:
                        self._begin()
                    note = f"Import {self.run.public_id}"
                    outcome = applying.apply(
                        self._actor, made, self.run, self._organizations, note
                    )
                _count(self.summary, outcome)
                if self.is_begun:
                    self._save(position)
        except BaseException:
            self._noted = noted
            if not begun:
                self.run.pk = None
            raise
        self._position = position
        self._organizations.remember(outcome.organizations)

    def _hold(self) -> None:
        """Lock the run, and make sure that nobody else has gone on with it."""
        row = ImportRun.objects.select_for_update().get(pk=self.run.pk)
        if row.state != RunState.APPLYING or row.position != self.run.position:
            told = {"run": self.run.public_id}
            raise RunTakenError(_("Another process works on the import %(run)s.") % told)

    def _begin(self) -> None:
        run = self.run
        run.summary = self.summary.stored()
        run.save(force_insert=True)
        after = {"format": run.format, "files": _public(run.files), "state": run.state}
        history.record(self._actor, "create", run, before={}, after=after)

    def _save(self, position: int) -> None:
        run = self.run
        self._store_notes()
        run.position = position
        run.summary = self.summary.stored()
        run.updated_at = datetime.now(UTC)
        run.save(update_fields=["position", "summary", "updated_at"])

    def _store_notes(self) -> None:
        """Write the notes that are not in the record yet."""
        fresh = []
        for kind, notes in self.summary.notes.items():
            fresh += [fault.to_note(self.run, kind) for fault in notes[self._noted.get(kind, 0) :]]
            self._noted[kind] = len(notes)
        RunNote.objects.bulk_create(fresh, batch_size=500)

    def _refuse(self, entry: staging.Entry, error: Exception) -> None:
        """Leave out an entry that the record refuses, and note why."""
        told = error.messages if isinstance(error, ValidationError) else [str(error)]
        for message in told:
            fault = Fault(message, {}, entry.file, entry.line, entry.identifier, code="refused")
            self.summary.add(NoteKind.ERROR, fault)
        self.summary.skipped += 1
        self._position += 1

    def _finish(self) -> None:
        run = self.run
        with transaction.atomic():
            self._hold()
            self._store_notes()
            before = {"state": run.state, "summary": {}}
            run.state = RunState.DONE
            run.position = self._position
            run.summary = self.summary.stored()
            run.finished_at = datetime.now(UTC)
            run.advance()
            run.save()
            after = {"state": run.state, "summary": run.summary}
            history.record(self._actor, "update", run, before=before, after=after)


class RunTakenError(RuntimeError):
    """Two processes work on one run; this one stopped."""


def breathe(held_seconds: float) -> None:
    """Let writers that wait get in: SQLite's lock goes to whoever asks at the right moment."""
    if connection.vendor == "sqlite":
        time.sleep(random.uniform(0.05, 0.2) * min(held_seconds, 0.3))  # noqa: S311  no secret


def _count(summary: Summary, outcome: applying.Outcome) -> None:
    """Add what a batch did to the summary."""
    summary.created += outcome.created
    summary.updated += outcome.updated
    summary.unchanged += outcome.unchanged
    summary.skipped += len(outcome.refused)
    for fault in outcome.refused:
        summary.add(NoteKind.ERROR, fault)
    for fault in outcome.conflicts:
        summary.add(NoteKind.CONFLICT, fault)


def _public(files: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out where files lay on the machine."""
    return [{name: told for name, told in file.items() if name != "path"} for file in files]


def _short(key: tuple[str, str]) -> int:
    digest = hashlib.blake2b("\n".join(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
