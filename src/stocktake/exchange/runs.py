"""Import runs: files are checked with the record untouched, then applied batch by batch.

A run that was killed goes on (`resume`) from the last batch that was committed whole.
"""

import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from stocktake.exchange import applying, checking, planning, reading, staging
from stocktake.exchange.checking import Tell
from stocktake.exchange.models import ImportRun, NoteKind, RunNote, RunState
from stocktake.exchange.organizations import Organizations
from stocktake.exchange.summaries import Fault, Summary
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import new_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history

BATCH = 400
"""Entries of one transaction: under the limit of 500, so that other writers do not wait long."""


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
    first = checking.Checking(form, tell)
    if is_dry:
        first.check(paths, checking.Rehearsal(first.summary))
        return Report(first.summary, None)
    run = ImportRun(format=form.name, actor_key=actor.actor_key)
    run.public_id = new_public_id(ImportRun.id_prefix)
    staged = staging.Staging.create(run.public_id)
    work = _Applying(actor, run, staged, first.summary, tell)
    try:
        first.check(paths, checking.Stage(first.summary, staged))
        staged.finish()
        run.files, run.mapping, run.total = first.files, form.mapping(), staged.count
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
        self._organizations = Organizations()
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
                made = planning.plan(batch, run=self.run)
                outcome = applying.Outcome(unchanged=made.unchanged, refused=made.refused)
                if not made.is_empty:
                    if not begun:
                        self._begin()
                    note = f"Import {self.run.public_id}"
                    outcome = applying.apply(self._actor, made, self.run, self._organizations, note)
                self.summary.count_outcome(outcome)
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


def _public(files: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    """Leave out where files lay on the machine."""
    return [{name: told for name, told in file.items() if name != "path"} for file in files]
