"""Looks into an installation from a process of its own: `python -m tests.drills.looking NAME …`.

Each command prints one JSON value. What runs in the drill itself asks with `ask`.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from tests.homes import Home

Told = Any


def ask(home: Home, name: str, *arguments: str) -> Told:
    """Run a command of this module in an installation."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.looking", name, *arguments],
        env=home.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise AssertionError(f"{name} {arguments}: {done.stderr}")
    return json.loads(done.stdout)


def enter(count: str) -> list[str]:
    """Enter activities by hand, and give their public identifiers."""
    from stocktake.domain.activities.services import create_activities
    from stocktake.kernel.common.actors import System
    from stocktake.lib.multilingual import Text

    rows: list[dict[str, Any]] = [
        {
            "title": Text.of("en", f"Telecentres of district {number}").to_json(),
            "summary": Text.of("en", "An invented entry of a drill.").to_json(),
            "elements": [
                {"element": "wsis-al:C2", "is_primary": True, "is_suggested": False, "note": ""}
            ],
            "areas": [{"area": "710", "percentage": None}],
            "is_invented": True,
        }
        for number in range(int(count))
    ]
    return [activity.public_id for activity in create_activities(System("drill"), rows)]


def titles(*public_ids: str) -> dict[str, list[str]]:
    """Give every title that the log knows of some activities, oldest first, then today's."""
    from stocktake.domain.activities.models import Activity
    from stocktake.kernel.history import queries

    told = {}
    for public_id in public_ids:
        changes = reversed(queries.changes_of("activity", public_id))
        fields = (field for change in changes for field in queries.diff(change))
        logged = [_words(field.after) for field in fields if field.field == "title"]
        told[public_id] = [
            *logged,
            _words(Activity.objects.get(public_id=public_id).title.to_json()),
        ]
    return told


def _words(title: Any) -> str:
    values = title["values"]
    return str(values.get("en") or values[title["original"]])


def read_ledger(asks: str, seed: str, times: str, languages: str) -> dict[str, Any]:
    """Invent asks and measure the pages of the ledger."""
    from tests.drills.ledger import filled_and_read

    return filled_and_read(int(asks), int(seed), int(times), languages.split(","))


def compare(file: str, queries: str, seed: str) -> dict[str, Any]:
    """Import a file, ask the language probes, and compare the index with the record."""
    from stocktake.exchange import runs
    from stocktake.exchange.iati.importer import IatiFormat
    from stocktake.kernel.common.actors import System
    from stocktake.kernel.search import verification

    report = runs.import_files(System("drill"), IatiFormat(), [Path(file)])
    told = probes()
    found = verification.verify(int(queries), int(seed))
    return {"created": report.summary.created, "probes": told, "report": asdict(found)}


def probes() -> dict[str, bool]:
    """Enter one activity a language probe, and say which are found through the index."""
    from stocktake.domain.activities.services import create_activities
    from stocktake.kernel.common.actors import System
    from stocktake.kernel.search import services
    from stocktake.kernel.search.requests import SearchRequest
    from stocktake.kernel.search.searcher import search
    from stocktake.lib.multilingual import Text
    from tests.lib.textsearch.test_queries import PROBES

    rows: list[dict[str, Any]] = [
        {
            "title": Text.of("en", f"Probe {number}").to_json(),
            "description": Text.of(language, text).to_json(),
            "external_identifiers": [{"scheme": "probe", "value": f"probe-{number}"}],
            "is_invented": True,
        }
        for number, (_name, text, language, _query) in enumerate(PROBES)
    ]
    made = create_activities(System("drill"), rows)
    assert services.catch_up()
    told = {}
    for activity, (name, _text, language, query) in zip(made, PROBES, strict=True):
        wanted = SearchRequest("activity", query, language, page_size=1000)
        told[name] = activity.public_id in search(wanted).ids
    return told


def judge(queries: str, seed: str, *public_ids: str) -> dict[str, Any]:
    """Say how record, log and index stand, and everything that `imported` and `titles` tell."""
    from stocktake.kernel.history.verification import verify as verify_log
    from stocktake.kernel.search import services, verification

    assert services.catch_up()
    return {
        "titles": titles(*public_ids),
        "halves": halves(),
        "log faults": [f"{fault.number}: {fault.message}" for fault in verify_log().faults],
        "search differences": verification.verify(int(queries), int(seed)).differences,
        "imported": imported(),
    }


def import_all(*files: str) -> dict[str, Any]:
    """Import files one after another without interruption, and tell what `imported` does."""
    from stocktake.exchange import runs
    from stocktake.exchange.iati.importer import IatiFormat
    from stocktake.kernel.common.actors import System

    for file in files:
        runs.import_files(System("import"), IatiFormat(), [Path(file)])
    return imported()


def imported() -> dict[str, Any]:
    """Give all that imports made, by external identifier, free of keys that differ by chance."""
    from stocktake.domain.activities.models import Activity
    from stocktake.domain.stakeholders.models import Organization
    from stocktake.exchange.models import Source

    names = _organization_names()
    found: dict[str, Any] = {"activities": {}}
    seen: set[int] = set()
    sources = iter(Source.objects.order_by("pk").iterator(chunk_size=200))
    while batch := list(islice(sources, 200)):
        keys = [source.activity_id for source in batch]
        activities = Activity.objects.with_links().in_bulk(keys)
        seen.update(activities)
        for source in batch:
            found["activities"][str(source)] = {
                "values": _free(_values(activities[source.activity_id]), names),
                "source values": _free(source.values, names),
                "source": [source.digest, source.file, source.line],
                "content": hashlib.sha256(source.content).hexdigest(),
            }
    left = Activity.objects.filter(origin="import").exclude(pk__in=seen)
    found["without source"] = sorted(left.values_list("public_id", flat=True))
    made = Organization.objects.filter(origin="import").values_list("public_id", flat=True)
    found["organizations"] = sorted(names[public_id] for public_id in made)
    return found


def halves() -> list[str]:
    """List records that are not what the log says of them, and the other way round."""
    from stocktake.domain.activities.models import Activity
    from stocktake.domain.stakeholders.models import Organization
    from stocktake.domain.stakeholders.services import values_of as values_of_organization

    activities = Activity.objects.with_links().order_by("pk")
    made = Organization.objects.filter(origin="import").order_by("pk")
    organizations = made.select_related("parent").prefetch_related("identifiers")
    return [
        *_differing("activity", activities.iterator(chunk_size=500), _values),
        *_differing("organization", organizations.iterator(chunk_size=500), values_of_organization),
        *_vanished("activity", set(Activity.objects.values_list("public_id", flat=True))),
        *_vanished("organization", set(Organization.objects.values_list("public_id", flat=True))),
    ]


def _values(activity: Any) -> dict[str, Any]:
    from stocktake.domain.activities.services import values_of

    return values_of(activity)


def _differing(
    kind: str, records: Iterator[Any], values: Callable[[Any], dict[str, Any]]
) -> Iterator[str]:
    from django.utils import timezone

    from stocktake.kernel.history import queries

    for record in records:
        logged = queries.as_of(kind, record.public_id, timezone.now())
        if logged is None:
            yield f"{record.public_id} has no entry in the log"
            continue
        ours, theirs = _filled(values(record)), _filled(logged)
        for name in sorted({*ours, *theirs}):
            if ours.get(name) != theirs.get(name):
                yield f"{record.public_id}: {name} is {ours.get(name)}, logged {theirs.get(name)}"


def _vanished(kind: str, existing: set[str]) -> Iterator[str]:
    from stocktake.kernel.history.models import Change

    alive: set[str] = set()
    told = Change.objects.filter(kind=kind).order_by("number").values_list("verb", "object_id")
    for verb, public_id in told.iterator(chunk_size=2000):
        (alive.discard if verb == "delete" else alive.add)(public_id)
    yield from (f"{public_id} is in the log alone" for public_id in sorted(alive - existing))


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing, in links as well, and the order of links that have none."""
    defaults = {"origin": "entry", "state": "published"}
    filled = {name: _plain(name, value) for name, value in values.items()}
    return {
        name: value
        for name, value in filled.items()
        if not _is_empty(value) and value != defaults.get(name)
    }


def _plain(name: str, value: Any) -> Any:
    """Give a value in one form: amounts with two decimals, links without what says nothing."""
    if name == "budget_amount" and value is not None:
        return f"{Decimal(value):.2f}"
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return value
    links = [{name: told for name, told in each.items() if not _is_empty(told)} for each in value]
    return sorted(links, key=lambda link: json.dumps(link, sort_keys=True))


def _is_empty(value: Any) -> bool:
    return value in ("", None, [], {}, False, {"original": "", "values": {}})


def _organization_names() -> dict[str, str]:
    from stocktake.domain.stakeholders.models import Organization

    found = Organization.objects.prefetch_related("identifiers")
    return {
        each.public_id: json.dumps(
            [
                sorted(map(str, each.identifiers.all())),
                each.names.to_json(),
                each.type,
                each.country,
            ]
        )
        for each in found
    }


def _free(values: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Name organizations by what they are instead of by their public identifiers."""
    told = dict(values)
    if told.get("owner"):
        told["owner"] = names[told["owner"]]
    if "participations" in told:
        pairs = ((names[link["organization"]], link["role"]) for link in told["participations"])
        told["participations"] = sorted(pairs)
    return told


COMMANDS: dict[str, Callable[..., Told]] = {
    each.__name__: each for each in (enter, titles, compare, judge, import_all, read_ledger)
}


def main() -> None:
    """Run the command of the arguments."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stocktake.config.settings"
    import django

    django.setup()
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))


if __name__ == "__main__":
    main()
