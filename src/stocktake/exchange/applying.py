"""One batch of staged entries into the record: all of it in one transaction, or none."""

from collections.abc import Mapping, Sequence

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import (
    Edit,
    Values,
    enter_activities,
    update_activities,
    values_of,
)
from stocktake.exchange import merging
from stocktake.exchange.models import ImportRun, PriorSource, Source
from stocktake.exchange.organizations import Organizations
from stocktake.exchange.planning import Plan
from stocktake.exchange.queries import former_public_ids
from stocktake.exchange.staging import Entry
from stocktake.exchange.summaries import Fault, Outcome
from stocktake.kernel.common import bulk
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import new_public_id
from stocktake.lib.formats.problems import gettext_noop

_EDITED = gettext_noop(
    "%(field)s was edited in the register since the last import; the edit stands."
)
_ENTERED = gettext_noop(
    "%(field)s differs from what was entered in the register by hand; the entry stands."
)


def apply(
    actor: Actor, made: Plan, run: ImportRun, organizations: Organizations, note: str
) -> Outcome:
    """Write a plan; to be called in the transaction that made it."""
    outcome = Outcome(unchanged=made.unchanged, refused=made.refused)
    found = organizations.resolve(actor, made.refs(), run)
    outcome.organizations = found
    _create(actor, made.fresh, run, found, note)
    outcome.created = len(made.fresh)
    edits: list[Edit] = []
    priors: list[PriorSource] = []
    for entry, source in made.known:
        activity = made.activities[source.activity_id]
        theirs = entry.resolved(found)
        ours = values_of(activity)
        merged = _merge(entry, source, theirs, ours)
        outcome.conflicts += _conflicts(entry, merged, _EDITED)
        edits += _edit(activity, merged, note)
        priors.append(_prior(run, source, merged, ours))
        _renew(source, entry, theirs, run)
    if made.known:
        Source.objects.bulk_update(
            [source for _entry, source in made.known], _RENEWED, batch_size=100
        )
    for entry, activity in made.adopted:
        theirs = entry.resolved(found)
        ours = values_of(activity)
        merged = _adopt(entry, theirs, ours)
        outcome.conflicts += _conflicts(entry, merged, _ENTERED)
        edits += _edit(activity, merged, note)
        source = _source(entry, theirs, run, activity)
        source.save(force_insert=True)
        priors.append(_prior(run, source, merged, ours, had_source=False))
    PriorSource.objects.bulk_create(priors, batch_size=200)
    if edits:
        update_activities(actor, edits)
    outcome.updated = len(made.known) + len(made.adopted)
    return outcome


def rehearse(made: Plan, organizations: Organizations) -> Outcome:
    """Tell what a plan would do, and write nothing; organizations to be made stay tokens."""
    outcome = Outcome(len(made.fresh), unchanged=made.unchanged, refused=made.refused)
    found = organizations.find(made.refs())
    organizations.remember(found)
    for entry, source in made.known:
        theirs = entry.resolved(_with_tokens(entry, found))
        ours = values_of(made.activities[source.activity_id])
        merged = _merge(entry, source, theirs, ours)
        outcome.conflicts += _conflicts(entry, merged, _EDITED)
    for entry, activity in made.adopted:
        theirs = entry.resolved(_with_tokens(entry, found))
        merged = _adopt(entry, theirs, values_of(activity))
        outcome.conflicts += _conflicts(entry, merged, _ENTERED)
    outcome.updated = len(made.known) + len(made.adopted)
    return outcome


def _merge(entry: Entry, source: Source, theirs: Values, ours: Values) -> merging.Merge:
    """Merge three ways; a row that names our record was written in knowledge of what it holds."""
    if entry.names_our_record:
        return merging.overwrite(theirs, ours)
    return merging.merge(source.values, theirs, ours)


def _adopt(entry: Entry, theirs: Values, ours: Values) -> merging.Merge:
    take = merging.overwrite if entry.names_our_record else merging.adopt
    return take(theirs, ours)


def _with_tokens(entry: Entry, found: Mapping[str, str]) -> dict[str, str]:
    return {ref: found.get(ref, f"@{number}") for number, ref in enumerate(entry.refs)}


def _create(
    actor: Actor,
    entries: Sequence[Entry],
    run: ImportRun,
    found: Mapping[str, str],
    note: str,
) -> None:
    if not entries:
        return
    rows = [entry.resolved(found) for entry in entries]
    former = former_public_ids(entry.key for entry in entries)
    given = [former.get(entry.key) or new_public_id(Activity.id_prefix) for entry in entries]
    keys, _public_ids = enter_activities(actor, rows, public_ids=given, note=note, are_checked=True)
    bulk.insert(
        Source,
        ("scheme", "identifier", "activity", "created_by", *_RENEWED),
        (
            (
                *(entry.scheme, entry.identifier, key, run.pk),
                *(run.pk, entry.digest, bulk.as_json(merging.kept(values))),
                *(entry.content, entry.file[:500], entry.line),
            )
            for entry, values, key in zip(entries, rows, keys, strict=True)
        ),
    )


def _source(entry: Entry, values: Values, run: ImportRun, activity: Activity) -> Source:
    source = Source(scheme=entry.scheme, identifier=entry.identifier, activity=activity)
    _renew(source, entry, values, run)
    return source


_RENEWED = ("run", "digest", "values", "content", "file", "line")


def _renew(source: Source, entry: Entry, values: Values, run: ImportRun) -> None:
    source.run = run
    source.digest = entry.digest
    source.values = merging.kept(values)
    source.content = entry.content
    source.file = entry.file[:500]
    source.line = entry.line


def _prior(
    run: ImportRun,
    source: Source,
    merged: merging.Merge,
    ours: Values,
    *,
    had_source: bool = True,
) -> PriorSource:
    changed = {name: [ours[name], value] for name, value in merged.changes.items()}
    prior = PriorSource(run=run, source=source, changed=changed)
    if had_source:
        prior.previous_run_id = source.run_id
        prior.digest = source.digest
        prior.values = source.values
        prior.content = source.content
        prior.file = source.file
        prior.line = source.line
    return prior


def _edit(activity: Activity, merged: merging.Merge, note: str) -> list[Edit]:
    return [Edit(activity, merged.changes, None, note)] if merged.changes else []


def _conflicts(entry: Entry, merged: merging.Merge, template: str) -> list[Fault]:
    return [
        Fault(template, {"field": name}, entry.file, entry.line, entry.identifier, name, "edited")
        for name in merged.conflicts
    ]
