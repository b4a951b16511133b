"""Activities as rows of their tables, written many at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from stocktake.domain.activities.choices import ActivityState, Origin
from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services.values import CODE_LISTS, CODES, PLAIN, TEXTS, Values
from stocktake.kernel.common import bulk
from stocktake.lib.multilingual import Text

_JSON = (*TEXTS, *CODE_LISTS)
_WORDS = (*CODES, *PLAIN, "start_date", "end_date")
_OWN = (*_JSON, *_WORDS, "budget_amount", "origin", "is_invented", "last_confirmed_on", "state")
_INSERTED = (*_OWN, "owner", "id", "public_id", "version", "created_at", "updated_at")
_UPDATED = (*_OWN, "owner", "version", "updated_at")


def insert(
    rows: Sequence[Mapping[str, Any]],
    *,
    public_ids: Sequence[str],
    owners: Mapping[str, int],
    are_checked: bool,
) -> list[int]:
    """Insert activities without their links, and give their primary keys.

    Args:
        owners: primary keys of organizations by public identifier.
        are_checked: texts are in the form in which they are kept.
    """
    text = _as_it_is if are_checked else _text
    keys = bulk.new_keys(Activity, len(rows))
    now = bulk.moment(timezone.now())
    bulk.insert(
        Activity,
        _INSERTED,
        (
            (*_own(values, text), owners.get(values.get("owner", "")), key, public_id, 1, now, now)
            for values, key, public_id in zip(rows, keys, public_ids, strict=True)
        ),
    )
    return keys


def update(rows: Iterable[tuple[Activity, Values, int | None]]) -> None:
    """Update activities whose version has advanced.

    Args:
        rows: each activity with all its new values and the primary key of its owner.
    """
    bulk.update(
        Activity,
        _UPDATED,
        (
            (
                *_own(values, _text),
                owner,
                activity.version,
                _moment(activity.updated_at),
                activity.pk,
            )
            for activity, values, owner in rows
        ),
    )


def _moment(at: datetime) -> Any:
    return bulk.moment(at)


def _own(values: Mapping[str, Any], text: Callable[[Any], Any]) -> tuple[Any, ...]:
    amount = values.get("budget_amount")
    return (
        *(bulk.as_json(text(values.get(name))) for name in TEXTS),
        *(bulk.as_json(values.get(name) or []) for name in CODE_LISTS),
        *(values.get(name) or "" for name in _WORDS),
        None if amount is None else str(amount),
        values.get("origin") or Origin.ENTRY.value,
        values.get("is_invented") or False,
        values.get("last_confirmed_on") or None,
        values.get("state") or ActivityState.PUBLISHED.value,
    )


def _as_it_is(value: Any) -> Any:
    return value or {}


def _text(value: Any) -> Any:
    """Give a text in the form in which it is kept: languages in order, none empty."""
    return Text.from_json(value).to_json() if value else {}
