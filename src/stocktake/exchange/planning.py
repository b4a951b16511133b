"""What a batch of entries will do, found out from the record without writing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stocktake.domain.activities.models import Activity, ExternalIdentifier
from stocktake.exchange.models import ImportRun, Source
from stocktake.exchange.staging import Entry
from stocktake.exchange.summaries import Fault
from stocktake.lib.formats.problems import gettext_noop

Key = tuple[str, str]

_GONE = gettext_noop("There is no activity %(activity)s in the register; the entry was left out.")
_TWICE = gettext_noop(
    "Another entry stands for the same activity %(activity)s; this one was left out."
)


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
