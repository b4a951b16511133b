"""Bringing a table in line with data files: create, change, withdraw, never delete; all logged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models, transaction

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
        model: has the field `withdrawn_on`.
        kind: kind of the record in the log.
        key: gives the identifier of a record in the log.
        fields: names of the fields that the files decide; of a foreign key the column (`area_id`).
    """

    model: type[models.Model]
    kind: str
    key: Callable[[Any], str]
    fields: Sequence[str]


@dataclass
class _Plan:
    steps: list[tuple[models.Model, Entry]] = field(default_factory=list)
    outcome: Outcome = field(default_factory=Outcome)


def reconcile(
    actor: Actor,
    table: Table,
    *,
    wanted: Iterable[models.Model],
    existing: Iterable[models.Model],
    today: date,
    after_batch: Callable[[], None] | None = None,
) -> Outcome:
    """Make the existing records equal to the wanted ones and log each difference.

    Args:
        wanted: unsaved records as the files have them, each once, parents before children.
        existing: the saved records that the same files decided before.
        today: the day on which a record that vanished from the files counts as withdrawn.
        after_batch: called in the transaction of each batch that writes something.
    """
    plan = _plan(table, list(wanted), {table.key(each): each for each in existing}, today)
    for start in range(0, len(plan.steps), BATCH):
        _write(actor, table, plan.steps[start : start + BATCH], after_batch)
    return plan.outcome


def _plan(
    table: Table, wanted: list[models.Model], existing: Mapping[str, models.Model], today: date
) -> _Plan:
    plan = _Plan()
    seen = set()
    for new in wanted:
        key = table.key(new)
        seen.add(key)
        old = existing.get(key)
        after = _values(table, new)
        if old is None:
            plan.steps.append((new, Entry("create", table.kind, key, {}, after)))
            plan.outcome.created += 1
            continue
        before = _values(table, old)
        if before == after:
            plan.outcome.unchanged += 1
            continue
        for name in table.fields:
            setattr(old, name, getattr(new, name))
        _note_change(plan, table, old, before, after)
    for key, old in existing.items():
        if key in seen:
            continue
        before = _values(table, old)
        if before["withdrawn_on"] is not None:
            plan.outcome.unchanged += 1
            continue
        old.withdrawn_on = today  # type: ignore[attr-defined]
        _note_change(plan, table, old, before, _values(table, old))
    return plan


def _note_change(
    plan: _Plan, table: Table, old: models.Model, before: dict[str, Any], after: dict[str, Any]
) -> None:
    was, now = before["withdrawn_on"], after["withdrawn_on"]
    verb = "withdraw" if now and not was else "restore" if was and not now else "update"
    if verb == "withdraw":
        plan.outcome.withdrawn += 1
    else:
        plan.outcome.updated += 1
    if isinstance(old, Record):
        old.advance()
    plan.steps.append((old, Entry(verb, table.kind, table.key(old), before, after)))


def _write(
    actor: Actor,
    table: Table,
    steps: list[tuple[models.Model, Entry]],
    after_batch: Callable[[], None] | None,
) -> None:
    new = [each for each, entry in steps if entry.verb == "create"]
    old = [each for each, entry in steps if entry.verb != "create"]
    fields = list(dict.fromkeys(_field_names(table)))
    with transaction.atomic():
        table.model._default_manager.bulk_create(new, batch_size=BATCH)
        table.model._default_manager.bulk_update(old, fields, batch_size=100)
        if after_batch is not None:
            after_batch()
        record_many(actor, [entry for _, entry in steps])


def _field_names(table: Table) -> Iterable[str]:
    for name in table.fields:
        yield table.model._meta.get_field(name.removesuffix("_id")).name
    if issubclass(table.model, Record):
        yield from ("version", "updated_at")


def _values(table: Table, obj: models.Model) -> dict[str, Any]:
    return {name: _plain(getattr(obj, name)) for name in table.fields}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return value.to_json()
    if isinstance(value, date):
        return value.isoformat()
    return value
