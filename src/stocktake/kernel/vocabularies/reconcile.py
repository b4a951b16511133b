"""Bringing a table in line with data files: create, change, withdraw, never delete; all logged."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.records import Record
from stocktake.kernel.history.services import Entry, record_many
from stocktake.lib.multilingual import Text

BATCH = 500
"""The most records that one transaction writes, so that other writers need not wait long."""


@dataclass
class Outcome:
    """How many records a load created, changed, withdrew and left as they were."""

    created: int = 0
    updated: int = 0
    withdrawn: int = 0
    unchanged: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(
            self.created + other.created,
            self.updated + other.updated,
            self.withdrawn + other.withdrawn,
            self.unchanged + other.unchanged,
        )

    @property
    def written(self) -> int:
        """How many records were written at all."""
        return self.created + self.updated + self.withdrawn


@dataclass(frozen=True)
class Table:
    """One model as a loader sees it.

    Args:
        model: has the text field `withdrawn_on`; its records are told apart by `public_id`.
        fields: what the files decide; of a foreign key the column (`area_id`).
    """

    model: type[Record]
    fields: Sequence[str]


@dataclass
class _Plan:
    steps: list[tuple[Record, Entry]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


def reconcile(
    actor: Actor, table: Table, *, wanted: Iterable[Record], existing: Iterable[Record]
) -> Outcome:
    """Make the existing records equal to the wanted ones and log each difference.

    What is no longer wanted is marked as withdrawn today. At most 500 records are written in one
    transaction.

    Args:
        wanted: unsaved records as the files have them, each once, parents before children.
        existing: the saved records that the same files decided before.
    """
    plan = _plan(table, list(wanted), {each.public_id: each for each in existing})
    for start in range(0, len(plan.steps), BATCH):
        _write(actor, table, plan.steps[start : start + BATCH])
    return plan.outcome


def _plan(table: Table, wanted: list[Record], existing: Mapping[str, Record]) -> _Plan:
    plan = _Plan()
    for new in wanted:
        old = existing.get(new.public_id)
        after = _values(table, new)
        if old is None:
            entry = Entry("create", table.model.kind, new.public_id, {}, _told(after))
            plan.steps.append((new, entry))
            plan.outcome.created += 1
            continue
        before = _values(table, old)
        if before == after:
            plan.outcome.unchanged += 1
            continue
        for name in table.fields:
            setattr(old, name, getattr(new, name))
        _change(plan, table, old, before, after)
    today = timezone.localdate().isoformat()
    kept = {each.public_id for each in wanted}
    for key, old in existing.items():
        if key in kept:
            continue
        before = _values(table, old)
        if before["withdrawn_on"]:
            plan.outcome.unchanged += 1
            continue
        old.withdrawn_on = today  # type: ignore[attr-defined]
        _change(plan, table, old, before, _values(table, old))
    return plan


def _change(
    plan: _Plan, table: Table, old: Record, before: dict[str, Any], after: dict[str, Any]
) -> None:
    was, now = before["withdrawn_on"], after["withdrawn_on"]
    verb = "withdraw" if now and not was else "restore" if was and not now else "update"
    if verb == "withdraw":
        plan.outcome.withdrawn += 1
    else:
        plan.outcome.updated += 1
    old.advance()
    plan.steps.append((old, Entry(verb, table.model.kind, old.public_id, before, after)))


def _write(actor: Actor, table: Table, steps: list[tuple[Record, Entry]]) -> None:
    new = [each for each, entry in steps if entry.verb == "create"]
    old = [each for each, entry in steps if entry.verb != "create"]
    names = [_field(table.model, name) for name in table.fields]
    manager = table.model._default_manager
    with transaction.atomic():
        manager.bulk_create(new)
        for each in old:  # a quarter of the time of one UPDATE with a case for each row
            each.save(update_fields=[*names, "version", "updated_at"])
        record_many(actor, [entry for _, entry in steps])


def _field(model: type[models.Model], name: str) -> str:
    """Give the name of the field that a column belongs to."""
    return next(each.name for each in model._meta.concrete_fields if each.attname == name)


def _values(table: Table, obj: Record) -> dict[str, Any]:
    return {name: _plain(getattr(obj, name)) for name in table.fields}


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing, so that the log of a first load stays short."""
    return {name: value for name, value in values.items() if value not in ("", None, {}, [])}


def _plain(value: Any) -> Any:
    return value.to_json() if isinstance(value, Text) else value
