"""Taking an import back: what it entered is removed, what it changed is as before.

Where a person has edited since, the edit stands and is noted. An undo that was killed goes on
when it is asked for again.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import (
    Edit,
    delete_activities,
    update_activities,
    values_of,
)
from stocktake.domain.stakeholders.models import Organization
from stocktake.domain.stakeholders.services import delete_organizations
from stocktake.exchange import merging, staging
from stocktake.exchange.checking import BATCH, Tell
from stocktake.exchange.models import (
    FormerEntry,
    ImportedOrganization,
    ImportRun,
    NoteKind,
    PriorSource,
    RunState,
    Source,
)
from stocktake.exchange.runs import Report, breathe
from stocktake.exchange.summaries import Fault, Summary
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.formats.problems import gettext_noop

_FIELD_STANDS = gettext_noop(
    "%(field)s of %(activity)s was edited in the register after the import; the edit stands."
)
_ENTRY_STANDS = gettext_noop(
    "%(activity)s was edited in the register after the import, so it was not removed."
)
_LATER = gettext_noop(
    "%(activity)s was read again by a later import meanwhile, so it was left as it is."
)


def undo(actor: Actor, run: ImportRun, *, tell: Tell = lambda _p, _d, _t: None) -> Report:
    """Take a run back, whether it is done or was killed.

    Raises:
        ValidationError: it is undone already, is being applied now, ended too long ago, or a later
            run has read the same entries again, which has to be undone first.
        PermissionDenied: nothing was written.
    """
    require(actor, "exchange.import", run)
    run.refresh_from_db()
    _refuse(run)
    work = _Undoing(actor, run, tell)
    work.begin()
    work.put_back()
    work.remove_entries()
    work.remove_organizations()
    work.finish()
    return Report(work.summary, work.run)


def _refuse(run: ImportRun) -> None:
    told = {"run": run.public_id}
    if run.state == RunState.UNDONE:
        raise ValidationError(_("The import %(run)s is undone already.") % told)
    if run.state == RunState.APPLYING and staging.is_in_use(run.public_id):
        raise ValidationError(_("Another process is applying the import %(run)s.") % told)
    if run.is_final:
        raise ValidationError(
            _("The import %(run)s ended too long ago: what it replaced is no longer kept.") % told
        )
    later = ImportRun.objects.filter(replaced__previous_run=run)
    names = sorted(set(later.values_list("public_id", flat=True)))
    if names:
        told["later"] = ", ".join(names)
        raise ValidationError(
            _("Later imports have read entries of %(run)s again; undo them first: %(later)s.")
            % told
        )


class _Undoing:
    """The work of one undo, in transactions of one batch each."""

    def __init__(self, actor: Actor, run: ImportRun, tell: Tell) -> None:
        self.run = run
        self.summary = Summary.of(run)
        self._actor = actor
        self._tell = tell
        self._note = f"Undo of import {run.public_id}"
        self._total = run.replaced.count() + run.created.count()
        self._done = 0

    def begin(self) -> None:
        """Say in the record that the run is being undone, so that nobody goes on with it."""
        with transaction.atomic():
            row = ImportRun.objects.select_for_update().get(pk=self.run.pk)
            if row.state == RunState.UNDOING:
                self.run = row
                return
            before = {"state": row.state}
            row.state = RunState.UNDOING
            row.advance()
            row.save()
            history.record(self._actor, "update", row, before=before, after={"state": row.state})
        self.run = row

    def put_back(self) -> None:
        """Give entries that the run changed their values of before."""
        while True:
            started = time.monotonic()
            with transaction.atomic():
                self._hold()
                priors = list(self.run.replaced.select_related("source").order_by("-pk")[:BATCH])
                self._put_back(priors)
            if not priors:
                return
            self._pause(len(priors), started)

    def _put_back(self, priors: Sequence[PriorSource]) -> None:
        activities = _locked([prior.source.activity_id for prior in priors])
        edits, restored, gone, notes = [], [], [], []
        for prior in priors:
            source = prior.source
            if source.run_id != self.run.pk:
                notes.append(_about(source, _LATER, activities))
                continue
            activity = activities[source.activity_id]
            merged = merging.undo(values_of(activity), prior.changed)
            if merged.changes:
                edits.append(Edit(activity, merged.changes, None, self._note))
            for name in merged.conflicts:
                notes.append(_about(source, _FIELD_STANDS, activities, field=name))
            if prior.previous_run_id is None:
                gone.append(source.pk)
            else:
                restored.append(_restored(source, prior))
        fields = ["run", "digest", "values", "content", "file", "line"]
        if restored:
            Source.objects.bulk_update(restored, fields, batch_size=100)
        PriorSource.objects.filter(pk__in=[prior.pk for prior in priors]).delete()
        Source.objects.filter(pk__in=gone).delete()
        self._tell_notes(notes)
        if edits:
            update_activities(self._actor, edits)

    def remove_entries(self) -> None:
        """Remove entries that the run made, but not those that a person has edited since."""
        while True:
            started = time.monotonic()
            with transaction.atomic():
                self._hold()
                sources = list(self.run.created.defer("content").order_by("pk")[:BATCH])
                self._remove(sources)
            if not sources:
                return
            self._pause(len(sources), started)

    def _remove(self, sources: Sequence[Source]) -> None:
        activities = _locked([source.activity_id for source in sources])
        doomed, standing, notes = [], [], []
        for source in sources:
            activity = activities[source.activity_id]
            if source.run_id != self.run.pk:
                notes.append(_about(source, _LATER, activities))
                standing.append(source.pk)
            elif activity.version != 1 and merging.kept(values_of(activity)) != source.values:
                notes.append(_about(source, _ENTRY_STANDS, activities))
                standing.append(source.pk)
            else:
                doomed.append(activity)
        Source.objects.filter(pk__in=standing).update(created_by=None)
        _remember_addresses(doomed)
        Source.objects.filter(activity__in=doomed).delete()
        self._tell_notes(notes)
        if doomed:
            delete_activities(self._actor, doomed, note=self._note)

    def remove_organizations(self) -> None:
        """Remove organizations that the run made and that nothing refers to any more."""
        while True:
            started = time.monotonic()
            with transaction.atomic():
                self._hold()
                made = list(self.run.organizations.order_by("pk")[:BATCH])
                keys = [row.organization_id for row in made]
                unused = Organization.objects.filter(
                    pk__in=keys,
                    version=1,
                    owned_activities=None,
                    participations=None,
                    children=None,
                    members=None,
                    memberships=None,
                    roles=None,
                )
                ImportedOrganization.objects.filter(pk__in=[row.pk for row in made]).delete()
                delete_organizations(self._actor, list(unused), note=self._note)
            if not made:
                return
            self._pause(0, started)

    def finish(self) -> None:
        """Close the run and drop what was staged for it."""
        with transaction.atomic():
            self._hold()
            run = self.run
            before = {"state": run.state}
            run.state = RunState.UNDONE
            run.finished_at = datetime.now(UTC)
            run.advance()
            run.save()
            history.record(self._actor, "update", run, before=before, after={"state": run.state})
        staging.path_of(run.public_id).unlink(missing_ok=True)

    def _hold(self) -> None:
        self.run = ImportRun.objects.select_for_update().get(pk=self.run.pk)
        if self.run.state != RunState.UNDOING:
            told = {"run": self.run.public_id}
            raise ValidationError(_("The import %(run)s is undone already.") % told)

    def _tell_notes(self, notes: Sequence[Fault]) -> None:
        rows = []
        for fault in notes:
            before = len(self.summary.notes.get(NoteKind.KEPT.value, ()))
            self.summary.add(NoteKind.KEPT, fault)
            if len(self.summary.notes[NoteKind.KEPT.value]) > before:
                rows.append(fault.to_note(self.run, NoteKind.KEPT))
        self.run.notes.bulk_create(rows, batch_size=500)
        self.run.summary = self.summary.stored()
        self.run.updated_at = datetime.now(UTC)
        self.run.save(update_fields=["summary", "updated_at"])

    def _pause(self, settled: int, started: float) -> None:
        self._done += settled
        self._tell("undoing", self._done, self._total)
        breathe(time.monotonic() - started)


def _remember_addresses(doomed: Sequence[Activity]) -> None:
    """Keep the public identifiers of entries, for the day that they are imported again."""
    sources = Source.objects.filter(activity__in=doomed).values_list(
        "scheme", "identifier", "activity__public_id"
    )
    FormerEntry.objects.bulk_create(
        [
            FormerEntry(scheme=scheme, identifier=identifier, public_id=public_id)
            for scheme, identifier, public_id in sources
        ],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["scheme", "identifier"],
        update_fields=["public_id"],
    )


def _locked(keys: Sequence[int]) -> dict[int, Activity]:
    rows = Activity.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    return {activity.pk: activity for activity in rows.with_links()} if keys else {}


def _restored(source: Source, prior: PriorSource) -> Source:
    source.run_id = prior.previous_run_id or source.run_id
    for name in ("digest", "values", "content", "file", "line"):
        setattr(source, name, getattr(prior, name))
    return source


def _about(
    source: Source, template: str, activities: dict[int, Activity], *, field: str = ""
) -> Fault:
    told = {"activity": activities[source.activity_id].public_id}
    if field:
        told["field"] = field
    return Fault(template, told, source.file, source.line, source.identifier, field, "stands")
