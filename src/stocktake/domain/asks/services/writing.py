"""Entering, editing and withdrawing asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.asks.choices import AskNature, AskStatus
from stocktake.domain.asks.models import Ask, AskInstance
from stocktake.domain.asks.services import linking, planning
from stocktake.domain.asks.services.checks import as_day
from stocktake.domain.asks.services.values import (
    DAYS,
    FIELDS,
    FLAGS,
    LINKED,
    PLAIN,
    ROUTES,
    TEXTS,
    Values,
    clean_values,
    in_normal_form,
    kept,
    values_of,
)
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.multilingual import Text

BATCH = 500
"""The most asks that one transaction writes."""

_OWN = (*PLAIN, *ROUTES, *FLAGS, "position", "force", "nature")
_NEEDED = ("provision", "task", "lemma", "force")
_MOVES = ("due_on", "due_session", "nature", "condition", "condition_met_on")


def create_ask(actor: Actor, values: Mapping[str, Any], *, note: str = "") -> Ask:
    """Enter one ask; see `create_asks`."""
    return create_asks(actor, [values], note=note)[0]


def create_asks(
    actor: Actor,
    rows: Sequence[Mapping[str, Any]],
    *,
    public_ids: Sequence[str] = (),
    note: str = "",
) -> list[Ask]:
    """Enter at most 500 asks with their periods in one transaction, one change each.

    Args:
        rows: values by the names of `FIELDS`, and `instances` for the periods that a source
            states: `{period, starts_on, due_on, silence_public_on}`. Without any, an ask has one
            period, a recurring one those up to the current one.
        public_ids: identifiers that sample data brings, in the order of the rows.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    require(actor, "asks.create")
    if len(rows) > BATCH:
        raise ValueError(f"One transaction writes at most {BATCH} asks, not {len(rows)}.")
    periods = [planning.stated(row.get("instances", ())) for row in rows]
    told = [_checked(row) for row in rows]
    made = [Ask() for _row in rows]
    for ask, public_id in zip(made, public_ids, strict=False):
        ask.public_id = public_id
    with transaction.atomic():
        known = linking.Known.of(told)
        for ask, values in zip(made, told, strict=True):
            ask.give_public_id()
            _assign(ask, values, known)
        Ask.objects.bulk_create(made, batch_size=BATCH)
        linking.write(
            ((ask.pk, values) for ask, values in zip(made, told, strict=True)), known, are_new=True
        )
        instances = _first_instances(made, periods)
        AskInstance.objects.bulk_create(instances, batch_size=BATCH)
        entries = [
            history.Entry("create", Ask.kind, ask.public_id, {}, kept(values), note)
            for ask, values in zip(made, told, strict=True)
        ]
        history.record_many(actor, [*entries, *instance_entries(instances, note)])
    return made


def _checked(row: Mapping[str, Any]) -> Values:
    values = {name: value for name, value in row.items() if name != "instances"}
    missing = {name: [_("This is needed.")] for name in _NEEDED if name not in values}
    if missing:
        raise ValidationError(missing)
    clean_values({"nature": AskNature.ONCE.value, "recurrence": "", **values})
    return in_normal_form(values)


def _first_instances(
    asks: Sequence[Ask], stated: Sequence[Sequence[planning.Planned]]
) -> list[AskInstance]:
    today = timezone.now().date()
    return [
        planning.instance_of(ask, plan, today)
        for ask, plans in zip(asks, stated, strict=True)
        for plan in plans or planning.planned(ask, today, dated=ask.provision.document.date)
    ]


def instance_entries(instances: Sequence[AskInstance], note: str = "") -> list[history.Entry]:
    """Tell the log of new periods."""
    return [
        history.Entry(
            "create",
            AskInstance.kind,
            instance.public_id,
            {},
            kept(planning.instance_values(instance)),
            note,
        )
        for instance in instances
    ]


def update_ask(
    actor: Actor,
    ask: Ask,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    note: str = "",
) -> Ask:
    """Edit one ask from the version that the editor saw; no difference, no write.

    Its only period follows a due date that moves; a condition that comes puts its open periods to
    sleep, and one that goes wakes them.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    unknown = set(changes) - set(FIELDS) | {"provision"} & set(changes)
    if unknown:
        raise ValidationError({name: [_("There is no field of this name.")] for name in unknown})
    with transaction.atomic():
        current = locked(ask)
        require(actor, "asks.edit", current)
        current.expect_version(expected_version)
        _write_changes(actor, current, changes, note=note)
    return current


def withdraw_ask(
    actor: Actor, ask: Ask, *, reason: str, expected_version: int | None = None
) -> Ask:
    """Take an ask out of public view, as one that the text does not make; it can come back."""
    with transaction.atomic():
        current = locked(ask)
        require(actor, "asks.withdraw", current)
        current.expect_version(expected_version)
        if not reason.strip():
            raise ValidationError({"reason": [_("A reason is needed.")]})
        _write_changes(actor, current, {"is_withdrawn": True}, note=reason)
    return current


def locked(ask: Ask) -> Ask:
    """Lock the row of an ask and give it with its links, as it is now."""
    Ask.objects.select_for_update(of=("self",)).filter(pk=ask.pk).first()
    return Ask.objects.with_links().get(pk=ask.pk)


def _write_changes(actor: Actor, ask: Ask, changes: Mapping[str, Any], *, note: str) -> None:
    before = values_of(ask)
    clean_values({**before, **changes})
    after = {
        name: value for name, value in in_normal_form(changes).items() if before.get(name) != value
    }
    if not after:
        return
    if after.get("superseded_by") == ask.public_id:
        raise ValidationError({"superseded_by": [_("An ask cannot supersede itself.")]})
    known = linking.Known.of([after])
    _assign(ask, after, known)
    ask.advance()
    ask.save()
    linking.write([(ask.pk, after)], known, are_new=False)
    getattr(ask, "_prefetched_objects_cache", {}).clear()
    old = {name: before.get(name) for name in after}
    entries = [history.Entry("update", Ask.kind, ask.public_id, old, after, note)]
    if any(name in after for name in _MOVES):
        entries += _followed(ask, note)
    history.record_many(actor, entries)


def saved(instance: AskInstance, before: Mapping[str, Any], note: str = "") -> history.Entry:
    """Save an instance that changed, and give the entry for the log."""
    instance.advance()
    instance.save()
    after = planning.instance_values(instance)
    return history.Entry("update", AskInstance.kind, instance.public_id, before, after, note)


def _followed(ask: Ask, note: str) -> list[history.Entry]:
    """Let the periods follow their ask, and tell the log what changed in each."""
    entries = []
    instances = list(ask.instances.select_for_update(of=("self",)).order_by("pk"))
    for instance in instances:
        instance.ask = ask
        before = planning.instance_values(instance)
        _follow(ask, instance, is_only=len(instances) == 1)
        if planning.instance_values(instance) != before:
            entries.append(saved(instance, before, note))
    return entries


def _follow(ask: Ask, instance: AskInstance, *, is_only: bool) -> None:
    due = planning.due_of(ask)
    if is_only and not instance.period and instance.due_on != due:
        is_default = instance.silence_public_on == planning.silence_day(instance.due_on)
        instance.due_on, instance.due_announced_on = due, None
        if is_default:
            instance.silence_public_on = planning.silence_day(due)
    fresh = planning.first_status(ask)
    if instance.status in ("", AskStatus.OPEN, AskStatus.SLEEPING) or not fresh:
        instance.status = fresh


def _assign(ask: Ask, values: Mapping[str, Any], known: linking.Known) -> None:
    """Set the fields of the row itself; links are written apart."""
    for name, value in values.items():
        if name in TEXTS:
            setattr(ask, name, Text.from_json(value))
        elif name in DAYS:
            setattr(ask, name, as_day(value))
        elif name in _OWN:
            setattr(ask, name, value)
        elif name == "provision":
            ask.provision = known.provision(value)
        elif name == "superseded_by":
            ask.superseded_by_id = known.ask(value)
        elif name not in LINKED:
            raise ValueError(f"An ask has no field {name!r}.")
