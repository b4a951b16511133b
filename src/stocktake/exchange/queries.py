"""Reading import runs: the list, one run with its notes, and what can be done with it now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from stocktake.domain.activities.models import Activity
from stocktake.exchange import staging
from stocktake.exchange.models import FormerEntry, ImportRun, NoteKind, RunNote, RunState, Source
from stocktake.exchange.summaries import COUNTS

_QUIET = timedelta(seconds=30)


@dataclass(frozen=True)
class RunDetails:
    """What a page or the command line shows of a run.

    `is_running` tells a working import from one that was killed; `commands` are what one can type
    now: to go on, to undo, or none.
    """

    run: ImportRun
    counts: dict[str, int]
    error_count: int
    conflict_count: int
    kept_count: int
    note_count: int
    is_running: bool
    percent: int
    files: list[dict[str, Any]]
    commands: tuple[str, ...]


def runs_visible_to(user: Any) -> QuerySet[ImportRun]:
    """List import runs, the newest first."""
    return ImportRun.objects.visible_to(user).order_by("-pk")


def run_visible_to(user: Any, public_id: str) -> ImportRun | None:
    """Give one run, if the person may see it."""
    return ImportRun.objects.visible_to(user).filter(public_id=public_id).first()


def run_by_id(public_id: str) -> ImportRun | None:
    """Give one run to the operator at the command line."""
    return ImportRun.objects.filter(public_id=public_id).first()


def latest_runs(limit: int) -> list[ImportRun]:
    """List the newest runs for the operator at the command line."""
    return list(ImportRun.objects.order_by("-pk")[:limit])


def details_of(run: ImportRun) -> RunDetails:
    """Tell how far a run is and what can be done with it."""
    totals = run.summary.get("totals", {})
    running = _is_running(run)
    return RunDetails(
        run=run,
        counts={name: run.summary.get(name, 0) for name in COUNTS},
        error_count=totals.get(NoteKind.ERROR.value, 0),
        conflict_count=totals.get(NoteKind.CONFLICT.value, 0),
        kept_count=totals.get(NoteKind.KEPT.value, 0),
        note_count=totals.get(NoteKind.NOTE.value, 0),
        is_running=running,
        percent=100 * run.position // run.total if run.total else 100,
        files=[{name: told for name, told in file.items() if name != "path"} for file in run.files],
        commands=() if running else _commands(run),
    )


def notes_of(run: ImportRun, kind: NoteKind | None = None) -> QuerySet[RunNote]:
    """List what a run has to tell, in its order: all of it, or one kind."""
    found = RunNote.objects.filter(run=run).order_by("pk")
    return found if kind is None else found.filter(note_kind=kind)


def sources_of(activity: Activity) -> QuerySet[Source]:
    """List where an activity was read from, without the kept source itself."""
    found = Source.objects.filter(activity=activity).select_related("run")
    return found.defer("content", "values").order_by("pk")


def interrupted_runs() -> list[RunDetails]:
    """List the imports and undos that were killed, the newest first, with what ends them."""
    open_states = (RunState.APPLYING, RunState.UNDOING)
    found = ImportRun.objects.filter(state__in=open_states).order_by("-pk")
    return [told for told in map(details_of, found) if not told.is_running]


def former_public_ids(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Give the public identifiers that undone entries had, where they are free.

    Args:
        keys: scheme and identifier of entries that are about to be entered.
    """
    schemes: dict[str, list[str]] = {}
    for scheme, identifier in keys:
        schemes.setdefault(scheme, []).append(identifier)
    found: dict[tuple[str, str], str] = {}
    for scheme, identifiers in schemes.items():
        rows = FormerEntry.objects.filter(scheme=scheme, identifier__in=identifiers)
        for identifier, public_id in rows.values_list("identifier", "public_id"):
            found[scheme, identifier] = public_id
    held = Activity.objects.filter(public_id__in=list(found.values()))
    taken = set(held.values_list("public_id", flat=True)) if found else set()
    free: dict[str, tuple[str, str]] = {}
    for key, public_id in found.items():
        if public_id not in taken:
            free.setdefault(public_id, key)
    return {key: public_id for public_id, key in free.items()}


def _is_running(run: ImportRun) -> bool:
    if run.state not in (RunState.APPLYING, RunState.UNDOING):
        return False
    if run.state == RunState.APPLYING and staging.path_of(run.public_id).exists():
        return staging.is_in_use(run.public_id)
    return timezone.now() - run.updated_at < _QUIET


def _commands(run: ImportRun) -> tuple[str, ...]:
    undo = f"stocktake import undo {run.public_id}"
    if run.state == RunState.APPLYING:
        resume = f"stocktake import resume {run.public_id}"
        return (resume, undo) if staging.path_of(run.public_id).exists() else (undo,)
    return () if run.state == RunState.UNDONE or run.is_final else (undo,)
