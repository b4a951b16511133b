"""Looks into an installation from a process of its own: `python -m tests.drills.looking NAME …`.

Each command prints one JSON value. What runs in the drill itself asks with `ask`.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
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


def runs() -> list[list[str]]:
    """List the import runs, oldest first: identifier and state."""
    from stocktake.exchange.models import ImportRun

    return [list(row) for row in ImportRun.objects.order_by("pk").values_list("public_id", "state")]


def head() -> int:
    """Give the number of the log's last entry."""
    from stocktake.kernel.history import queries

    return queries.head()[0]


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
    return str(title["values"][title["original"]])


def imported() -> dict[str, Any]:
    """Give all that imports made, by external identifier, free of keys that differ by chance."""
    from stocktake.domain.activities.models import Activity
    from stocktake.domain.stakeholders.models import Organization
    from stocktake.exchange.models import Source

    names = _organization_names()
    found: dict[str, Any] = {"activities": {}, "without source": [], "organizations": []}
    sources = Source.objects.select_related("activity").order_by("pk")
    seen = set()
    for source in sources.iterator(chunk_size=500):
        activity = Activity.objects.with_links().get(pk=source.activity_id)
        seen.add(activity.pk)
        found["activities"][str(source)] = {
            "values": _free(_values(activity), names),
            "source values": _free(source.values, names),
            "source": [
                source.digest,
                source.file,
                source.line,
                hashlib.sha256(source.content).hexdigest(),
            ],
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
    empty = ("", None, [], {}, False, {"original": "", "values": {}})
    defaults = {"origin": ("entry",), "state": ("published",)}
    return {
        name: value
        for name, value in values.items()
        if value not in empty and value not in defaults.get(name, ())
    }


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
    each.__name__: each for each in (enter, runs, head, titles, imported, halves)
}


def main() -> None:
    """Run the command of the arguments."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "stocktake.config.settings"
    import django

    django.setup()
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))


if __name__ == "__main__":
    main()
