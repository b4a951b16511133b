"""Tampering with the log behind the database's back, and looking whether the check finds it.

Needs Django set up and a migrated database; everything is rolled back.
"""

import json
import random
from collections import Counter
from dataclasses import dataclass, field

from django.db import connection, transaction

from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries
from stocktake.kernel.history.models import Change, Payload
from stocktake.kernel.history.services import Entry, record_many
from stocktake.kernel.history.triggers import NAMES
from stocktake.kernel.history.verification import verify

KINDS = ("change", "change value", "delete", "delete value", "reorder", "cut", "blank")


@dataclass
class Tampering:
    """How many tampers were done and found, by kind, and what was missed."""

    done: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


def write_log(entries: int, seed: int) -> None:
    """Write a log of some entries to tamper with."""
    chance = random.Random(seed)
    told = [
        Entry(
            "update",
            "activity",
            f"A-{chance.randrange(20)}",
            {"title": f"old {number}", "status": "planned"},
            {"title": f"new {number} {chance.random()}", "status": "ongoing"},
        )
        for number in range(entries)
    ]
    with transaction.atomic():
        record_many(System("drill"), told)


def tamper(times: int, seed: int) -> Tampering:
    """Tamper one way at a time, check, and roll back."""
    chance = random.Random(seed)
    number, value = queries.head()
    found = Tampering()
    for turn in range(times):
        kind = KINDS[turn % len(KINDS)]
        with transaction.atomic():
            _drop_triggers()
            what = _tamper(kind, chance, number)
            verification = verify(published_head=f"{number}:{value}")
            transaction.set_rollback(True)
        found.done[kind] += 1
        if verification.holds:
            found.missed.append(f"{kind}: {what}")
        else:
            found.found[kind] += 1
    return found


def _drop_triggers() -> None:
    with connection.cursor() as cursor:
        for name in NAMES:
            table = "_".join(name.split("_")[:2])
            of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{of_table}")
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE history_payload DISABLE TRIGGER ALL")


def _tamper(kind: str, chance: random.Random, last: int) -> str:
    number = chance.randrange(1, last + 1)
    if kind == "cut":
        Payload.objects.filter(pk__gte=number).delete()
        Change.objects.filter(pk__gte=number).delete()
        row = Change.objects.filter(pk=number - 1).first()
        _set_head(number - 1, row.hash if row else "")
        return f"from {number} on, the head set back"
    if kind == "delete":
        Payload.objects.filter(pk=number).delete()
        Change.objects.filter(pk=number).delete()
        return str(number)
    if kind == "delete value":
        Payload.objects.filter(pk=number).delete()
        return str(number)
    if kind == "reorder":
        return _swap(number if number < last else number - 1)
    if kind == "change":
        return _change_row(number, chance)
    return _change_value(number, chance, blank=kind == "blank")


def _change_row(number: int, chance: random.Random) -> str:
    row = Change.objects.get(pk=number)
    name = chance.choice(["at", "actor_key", "on_behalf_of", "verb", "kind", "object_id", "hash"])
    old = getattr(row, name)
    place = chance.randrange(len(old)) if old else 0
    letter = "0" if not old or old[place] != "0" else "1"
    Change.objects.filter(pk=number).update(**{name: old[:place] + letter + old[place + 1 :]})
    return f"{name} of {number}"


def _change_value(number: int, chance: random.Random, *, blank: bool) -> str:
    payload = Payload.objects.get(pk=number)
    values = json.loads(json.dumps(payload.values))
    name = chance.choice(sorted(values))
    if blank:
        values[name] = None
    else:
        part = chance.randrange(3)
        values[name][part] = f"{values[name][part]}x"
    Payload.objects.filter(pk=number).update(values=values)
    return f"{name} of {number}"


def _swap(number: int) -> str:
    """Exchange the content of two neighbours and keep their numbers."""
    names = ("at", "actor_key", "verb", "kind", "object_id", "digests", "previous_hash", "hash")
    one, two = Change.objects.get(pk=number), Change.objects.get(pk=number + 1)
    first = {name: getattr(one, name) for name in names}
    second = {name: getattr(two, name) for name in names}
    Change.objects.filter(pk=number).update(**second)
    Change.objects.filter(pk=number + 1).update(**first)
    values = dict(Payload.objects.filter(pk__in=[number, number + 1]).values_list("pk", "values"))
    Payload.objects.filter(pk=number).update(values=values[number + 1])
    Payload.objects.filter(pk=number + 1).update(values=values[number])
    return f"{number} and {number + 1}"


def _set_head(number: int, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE history_head SET number = %s, hash = %s", [number, value])
