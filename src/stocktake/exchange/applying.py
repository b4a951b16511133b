"""One batch of staged entries into the record: all of it in one transaction, or none."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stocktake.domain.activities.choices import Origin
from stocktake.domain.activities.models import Activity, ExternalIdentifier
from stocktake.domain.activities.services import (
    Edit,
    Values,
    enter_activities,
    update_activities,
    values_of,
)
from stocktake.domain.stakeholders.services import find_organizations, resolve_organizations
from stocktake.exchange import merging
from stocktake.exchange.models import ImportedOrganization, ImportRun, PriorSource, Source
from stocktake.exchange.staging import OUR_SCHEME, Entry, reference
from stocktake.exchange.summaries import Fault
from stocktake.kernel.common import bulk
from stocktake.kernel.common.actors import Actor
from stocktake.lib.formats.problems import gettext_noop

Key = tuple[str, str]

_REMEMBERED = 20_000

_EDITED = gettext_noop(
    "%(field)s was edited in the register since the last import; the edit stands."
)
_GONE = gettext_noop("There is no activity %(activity)s in the register; the entry was left out.")
_TWICE = gettext_noop(
    "Another entry stands for the same activity %(activity)s; this one was left out."
)
_ENTERED = gettext_noop(
    "%(field)s differs from what was entered in the register by hand; the entry stands."
)


class Organizations:
    """Public identifiers of organizations by written reference; the latest are remembered."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, str] = OrderedDict()

    def find(self, refs: Iterable[str]) -> dict[str, str]:
        """Give the organizations that exist."""
        wanted = dict.fromkeys(refs)
        found = {ref: self._known[ref] for ref in wanted if ref in self._known}
        unknown = {reference(ref): ref for ref in wanted if ref not in found}
        for ref, organization in find_organizations(unknown).items():
            found[unknown[ref]] = organization.public_id
        return found

    def resolve(self, actor: Actor, refs: Iterable[str], run: ImportRun) -> dict[str, str]:
        """Give every organization, creating those that are missing as the run's own."""
        wanted = list(dict.fromkeys(refs))
        found = self.find(wanted)
        missing = {reference(ref): ref for ref in wanted if ref not in found}
        if missing:
            made = resolve_organizations(actor, missing, origin=Origin.IMPORT)
            for ref, organization in made.items():
                found[missing[ref]] = organization.public_id
            keys = dict.fromkeys(organization.pk for organization in made.values())
            ImportedOrganization.objects.bulk_create(
                ImportedOrganization(run=run, organization_id=key) for key in keys
            )
        return found

    def forget(self) -> None:
        """Look everything up again: something was removed meanwhile."""
        self._known.clear()

    def remember(self, found: Mapping[str, str]) -> None:
        """Keep what a committed transaction found or made."""
        self._known.update(found)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


@dataclass
class Plan:
    """What a batch will do, found out from the record without writing."""

    fresh: list[Entry] = field(default_factory=list)
    known: list[tuple[Entry, Source]] = field(default_factory=list)
    adopted: list[tuple[Entry, Activity]] = field(default_factory=list)
    activities: dict[int, Activity] = field(default_factory=dict)
    refused: list[Fault] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.fresh or self.known or self.adopted)

    def refs(self) -> list[str]:
        """List the references of every entry that will be written, in their order."""
        entries = [*(entry for entry, _source in self.known)]
        entries += [entry for entry, _activity in self.adopted]
        return [ref for entry in [*self.fresh, *entries] for ref in entry.refs]


@dataclass
class Outcome:
    """What a batch did."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    conflicts: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    organizations: dict[str, str] = field(default_factory=dict)


def known_digests(keys: Iterable[Key]) -> dict[Key, str]:
    """Give the digest of what was read last for each entry that was imported before."""
    found: dict[Key, str] = {}
    for scheme, identifiers in _by_scheme(keys).items():
        rows = Source.objects.filter(scheme=scheme, identifier__in=identifiers)
        for identifier, digest in rows.values_list("identifier", "digest"):
            found[scheme, identifier] = digest
    return found


def plan(entries: Sequence[Entry], *, run: ImportRun | None) -> Plan:
    """Find out what each entry is: new, unchanged, changed, or entered by hand before.

    Args:
        run: the run that will write the plan, so that the activities are locked, in the order of
            their keys; none for a rehearsal.
    """
    made = Plan()
    digests = known_digests(entry.key for entry in entries)
    changed = [entry for entry in entries if digests.get(entry.key, entry.digest) != entry.digest]
    fresh = [entry for entry in entries if entry.key not in digests]
    made.unchanged = len(entries) - len(changed) - len(fresh)
    sources = _sources(changed)
    owners = _owners(fresh)
    keys = {source.activity_id for source in sources.values()} | set(owners.values())
    made.activities = _activities(keys, for_update=run is not None)
    taken = _touched_by(run, keys)
    for entry in [*changed, *fresh]:
        source = sources.get(entry.key)
        key = source.activity_id if source else owners.get(entry.key)
        if key is None:
            if entry.names_our_record:
                made.refused.append(_fault(entry, _GONE, {"activity": entry.identifier}))
            else:
                made.fresh.append(entry)
        elif key in taken:
            told = {"activity": made.activities[key].public_id}
            made.refused.append(_fault(entry, _TWICE, told))
        elif source:
            made.known.append((entry, source))
        else:
            made.adopted.append((entry, made.activities[key]))
        if key is not None:
            taken.add(key)
    return made


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
        merged = merging.merge(source.values, theirs, ours)
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
        merged = merging.merge(source.values, theirs, ours)
        outcome.conflicts += _conflicts(entry, merged, _EDITED)
    for entry, activity in made.adopted:
        theirs = entry.resolved(_with_tokens(entry, found))
        merged = _adopt(entry, theirs, values_of(activity))
        outcome.conflicts += _conflicts(entry, merged, _ENTERED)
    outcome.updated = len(made.known) + len(made.adopted)
    return outcome


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
    keys, _public_ids = enter_activities(actor, rows, note=note, are_checked=True)
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


def _fault(entry: Entry, template: str, values: Mapping[str, str]) -> Fault:
    return Fault(template, values, entry.file, entry.line, entry.identifier, code="refused")


def _by_scheme(keys: Iterable[Key]) -> dict[str, list[str]]:
    schemes: dict[str, list[str]] = {}
    for scheme, identifier in keys:
        schemes.setdefault(scheme, []).append(identifier)
    return schemes


def _sources(entries: Sequence[Entry]) -> dict[Key, Source]:
    found: dict[Key, Source] = {}
    for scheme, identifiers in _by_scheme(entry.key for entry in entries).items():
        rows = Source.objects.filter(scheme=scheme, identifier__in=identifiers)
        found.update({(scheme, source.identifier): source for source in rows})
    return found


def _owners(entries: Sequence[Entry]) -> dict[Key, int]:
    """Find activities that were entered by hand under the identifier of an entry."""
    found: dict[Key, int] = {}
    own = {entry.identifier: entry.key for entry in entries if entry.names_our_record}
    rows = Activity.objects.filter(public_id__in=list(own))
    found.update({own[public_id]: key for public_id, key in rows.values_list("public_id", "pk")})
    named = {
        (link["scheme"], link["value"]): entry.key
        for entry in entries
        for link in entry.values.get("external_identifiers", ())
    }
    for scheme, values in _by_scheme(named).items():
        known = ExternalIdentifier.objects.filter(scheme=scheme, value__in=values)
        for value, key in known.values_list("value", "activity_id"):
            found.setdefault(named[scheme, value], key)
    return found


def _touched_by(run: ImportRun | None, keys: Iterable[int]) -> set[int]:
    """Find activities that another entry of the run stands for already."""
    wanted = sorted(keys)
    if run is None or run.pk is None or not wanted:
        return set()
    touched = Source.objects.filter(run=run, activity__in=wanted)
    return set(touched.values_list("activity_id", flat=True))


def _activities(keys: Iterable[int], *, for_update: bool) -> dict[int, Activity]:
    wanted: Any = Activity.objects.filter(pk__in=sorted(keys)).order_by("pk")
    if for_update:
        list(wanted.select_for_update(of=("self",)).values_list("pk", flat=True))
    return {activity.pk: activity for activity in wanted.with_links()} if keys else {}
