"""Creating, editing, confirming, withdrawing and deleting activities, one or many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stocktake.domain.activities.choices import ActivityState, Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import linking
from stocktake.domain.activities.services import rows as own_rows
from stocktake.domain.activities.services.normal_form import in_normal_form
from stocktake.domain.activities.services.shapes import check_shapes
from stocktake.domain.activities.services.values import (
    FIELDS,
    LINKED,
    TEXTS,
    Values,
    clean_values,
    values_of,
)
from stocktake.kernel.common.actors import Actor
from stocktake.kernel.common.identifiers import new_public_id
from stocktake.kernel.common.permissions import require
from stocktake.kernel.history import services as history
from stocktake.lib.multilingual import Text

BATCH = 500
"""The most records that one transaction writes."""

_DEFAULTS: Values = {
    "origin": Origin.ENTRY.value,
    "is_invented": False,
    "state": ActivityState.PUBLISHED.value,
}
_OWN_FIELDS = tuple(name for name in FIELDS if name not in LINKED)


@dataclass(frozen=True)
class Edit:
    """Some new values of one activity; a version, when given, must still be the current one."""

    activity: Activity
    changes: Mapping[str, Any]
    expected_version: int | None = None
    note: str = ""


def create_activity(
    actor: Actor, values: Values, *, note: str = "", on_behalf_of: Actor | None = None
) -> Activity:
    """Enter one activity.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    return create_activities(actor, [values], note=note, on_behalf_of=on_behalf_of)[0]


def create_activities(
    actor: Actor,
    rows: Sequence[Values],
    *,
    public_ids: Sequence[str] = (),
    note: str = "",
    on_behalf_of: Actor | None = None,
) -> list[Activity]:
    """Enter at most 500 activities in one transaction, one change each.

    Args:
        public_ids: identifiers that sample or reference data brings, in the order of the rows.

    Raises:
        PermissionDenied, ValidationError: nothing was written.
    """
    keys, identifiers = enter_activities(
        actor, rows, public_ids=public_ids, note=note, on_behalf_of=on_behalf_of
    )
    activities = []
    for key, public_id, values in zip(keys, identifiers, rows, strict=True):
        activity = Activity(pk=key, public_id=public_id)
        activity._state.adding = False
        _assign(activity, values)
        activities.append(activity)
    found = Activity.objects.filter(pk__in=keys).values_list("pk", "owner_id")
    owners = dict(found)
    for activity in activities:
        activity.owner_id = owners[activity.pk]
    return activities


def enter_activities(
    actor: Actor,
    rows: Sequence[Values],
    *,
    public_ids: Sequence[str] = (),
    note: str = "",
    on_behalf_of: Actor | None = None,
    are_checked: bool = False,
) -> tuple[list[int], list[str]]:
    """Enter at most 500 activities like `create_activities`, without making the records.

    Args:
        are_checked: the caller has called `clean_values` on each already.

    Returns:
        The primary keys and the public identifiers.
    """
    require(actor, "activities.create")
    _limit(rows)
    for values in rows:
        if "title" not in values:
            raise ValidationError({"title": _("A title is needed.")})
        if not are_checked:
            check_shapes(values)
            clean_values(values)
    if not are_checked:
        rows = [{**_DEFAULTS, **in_normal_form(values)} for values in rows]
    given = list(public_ids) or [new_public_id(Activity.id_prefix) for _row in rows]
    with transaction.atomic():
        known = linking.Known.of(rows)
        for values in rows:
            known.organization(values.get("owner", ""))
        keys = own_rows.insert(
            rows, public_ids=given, owners=known.organizations, are_checked=are_checked
        )
        linking.write(list(zip(keys, rows, strict=True)), known, are_new=True)
        entries = [
            history.Entry("create", Activity.kind, public_id, {}, _kept(values), note)
            for public_id, values in zip(given, rows, strict=True)
        ]
        history.record_many(actor, entries, on_behalf_of=on_behalf_of)
    return keys, given


def update_activity(
    actor: Actor,
    activity: Activity,
    changes: Mapping[str, Any],
    *,
    expected_version: int | None,
    note: str = "",
    on_behalf_of: Actor | None = None,
) -> Activity:
    """Edit one activity from the version that the editor saw.

    Raises:
        StaleVersion: someone else changed it meanwhile.
        PermissionDenied, ValidationError: nothing was written.
    """
    edit = Edit(activity, changes, expected_version, note)
    return update_activities(actor, [edit], on_behalf_of=on_behalf_of)[0]


def update_activities(
    actor: Actor, edits: Sequence[Edit], *, on_behalf_of: Actor | None = None
) -> list[Activity]:
    """Edit at most 500 activities in one transaction; what does not differ is not written.

    Returns:
        The records as they are now, in the order of the edits.
    """
    _limit(edits)
    with transaction.atomic():
        current = _locked([edit.activity.pk for edit in edits])
        told: list[tuple[Activity, Values, Values, str]] = []
        for edit in edits:
            activity = current[edit.activity.pk]
            require(actor, "activities.edit", activity)
            activity.expect_version(edit.expected_version)
            before = values_of(activity)
            check_shapes(edit.changes)
            clean_values({**_dates(before), **edit.changes})
            changes = {
                name: value
                for name, value in in_normal_form(edit.changes).items()
                if before.get(name) != value
            }
            if changes:
                told.append((activity, before, changes, edit.note))
        known = linking.Known.of([changes for _activity, _before, changes, _note in told])
        for activity, _before, changes, _note in told:
            _assign(activity, changes)
            if "owner" in changes:
                activity.owner_id = known.organization(changes["owner"])
            activity.advance()
        own_rows.update(
            (activity, {**before, **changes}, activity.owner_id)
            for activity, before, changes, _note in told
        )
        linking.write([(activity.pk, changes) for activity, _b, changes, _n in told], known)
        for activity, *_rest in told:
            getattr(activity, "_prefetched_objects_cache", {}).clear()
        history.record_many(
            actor,
            [
                history.Entry(
                    "update",
                    Activity.kind,
                    activity.public_id,
                    {name: before.get(name) for name in changes},
                    changes,
                    note,
                )
                for activity, before, changes, note in told
            ],
            on_behalf_of=on_behalf_of,
        )
    return [current[edit.activity.pk] for edit in edits]


def confirm_activity(actor: Actor, activity: Activity, *, on: date | None = None) -> Activity:
    """Note that an entry is still true as of a day (today by default)."""
    day = (on or timezone.now().date()).isoformat()
    changes = {"last_confirmed_on": day}
    return update_activity(actor, activity, changes, expected_version=None)


def withdraw_activity(actor: Actor, activity: Activity, *, reason: str) -> Activity:
    """Take an entry out of public view; it can be published again."""
    require(actor, "activities.withdraw", activity)
    changes = {"state": ActivityState.WITHDRAWN.value}
    return update_activity(actor, activity, changes, expected_version=None, note=reason)


def delete_activities(actor: Actor, activities: Sequence[Activity], *, note: str) -> None:
    """Remove at most 500 activities, as undoing an import does; the log keeps their values."""
    _limit(activities)
    with transaction.atomic():
        current = _locked([activity.pk for activity in activities])
        entries = []
        for activity in current.values():
            require(actor, "activities.delete", activity)
            before = _kept(values_of(activity))
            entries.append(
                history.Entry("delete", Activity.kind, activity.public_id, before, {}, note)
            )
        linking.clear(list(current))
        Activity.objects.filter(pk__in=list(current)).delete()
        history.record_many(actor, entries)


def _limit(rows: Sequence[object]) -> None:
    if len(rows) > BATCH:
        raise ValueError(f"One transaction writes at most {BATCH} activities, not {len(rows)}.")


def _locked(keys: Sequence[int]) -> dict[int, Activity]:
    """Lock rows in the order of their keys, so that two writers never wait for each other."""
    rows = Activity.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    list(rows.values_list("pk", flat=True))
    found = Activity.objects.filter(pk__in=keys).with_links().order_by("pk")
    return {activity.pk: activity for activity in found}


def _assign(activity: Activity, values: Mapping[str, Any]) -> None:
    """Set the fields of the row itself; links are written apart."""
    for name, value in values.items():
        if name in TEXTS:
            setattr(activity, name, Text.from_json(value))
        elif name == "budget_amount":
            activity.budget_amount = None if value is None else Decimal(value)
        elif name == "last_confirmed_on":
            activity.last_confirmed_on = date.fromisoformat(value) if value else None
        elif name in _OWN_FIELDS:
            setattr(activity, name, value)


def _dates(values: Values) -> Values:
    return {name: values[name] for name in ("start_date", "end_date")}


def _kept(values: Values) -> Values:
    """Leave out what is empty: an empty field is no change from nothing."""
    return {name: value for name, value in values.items() if value not in ("", None, [], {})}
