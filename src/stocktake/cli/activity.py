"""`stocktake activity`: one activity shown, edited, confirmed, withdrawn."""

import json
from datetime import date
from typing import Any

import click
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stocktake.domain.activities.models import Activity
from stocktake.domain.activities.services import (
    FIELDS,
    confirm_activity,
    update_activity,
    values_of,
    withdraw_activity,
)
from stocktake.domain.activities.services.values import TEXTS
from stocktake.kernel.common.actors import System
from stocktake.lib.multilingual import Text, TextError

_ACTOR = System("operator")


@click.group()
def group() -> None:
    """Single activities of the register."""


@group.command()
@click.argument("public_id")
def show(public_id: str) -> None:
    """Print an activity's values as JSON."""
    activity = _activity(public_id)
    told = {"public_id": public_id, "version": activity.version, **values_of(activity)}
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


@group.command()
@click.argument("public_id")
@click.option(
    "--set",
    "settings",
    multiple=True,
    required=True,
    help="FIELD=VALUE, once for each field; a text may name its language, as in title.fr=…; "
    "values that are JSON are taken as such.",
)
@click.option("--note", default="", help="Why, for the public history.")
@click.option("--version", type=int, default=None, help="Refuse when it is not at this version.")
def edit(public_id: str, settings: tuple[str, ...], note: str, version: int | None) -> None:
    """Edit fields of an activity."""
    activity = _activity(public_id)
    changes = _changes(values_of(activity), settings)
    edited = update_activity(_ACTOR, activity, changes, expected_version=version, note=note)
    _tell(edited)


@group.command()
@click.argument("public_id")
@click.option("--on", "day", default="", help="A date, YYYY-MM-DD; today by default.")
def confirm(public_id: str, day: str) -> None:
    """Note that an activity's entry is still true."""
    activity = _activity(public_id)
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise click.UsageError(_("%(day)s is no date.") % {"day": day}) from error
    _tell(confirm_activity(_ACTOR, activity, on=on))


@group.command()
@click.argument("public_id")
@click.option("--reason", required=True, help="Why, for the public history.")
def withdraw(public_id: str, reason: str) -> None:
    """Take an activity out of public view."""
    _tell(withdraw_activity(_ACTOR, _activity(public_id), reason=reason))


def _activity(public_id: str) -> Activity:
    found = Activity.objects.filter(public_id=public_id).with_links().first()
    if found is None:
        raise click.ClickException(_("There is no activity %(id)s.") % {"id": public_id})
    return found


def _changes(before: dict[str, Any], settings: tuple[str, ...]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for setting in settings:
        name, equals, written = setting.partition("=")
        name, _dot, language = name.partition(".")
        if not equals or name not in FIELDS or (language and name not in TEXTS):
            told = {"field": setting.partition("=")[0], "fields": ", ".join(FIELDS)}
            message = _("%(field)s is no field. Write FIELD=VALUE; the fields are: %(fields)s.")
            raise click.UsageError(message % told)
        value = _plain(name, written)
        if name in TEXTS and isinstance(value, str):
            value = _text(name, changes.get(name, before[name]), language or "en", written)
        changes[name] = value
    return changes


def _text(name: str, before: Any, language: str, written: str) -> Any:
    try:
        return Text.from_json(before).with_translation(language, written).to_json()
    except TextError as error:
        raise ValidationError({name: str(error)}) from error


def _plain(name: str, written: str) -> Any:
    """Take lists and objects as JSON, and true, false and null but in prose; all else is text."""
    try:
        value = json.loads(written)
    except (ValueError, RecursionError) as error:
        if name in TEXTS or not written.lstrip().startswith(("[", "{")):
            return written
        told = {"reason": str(error)}
        raise ValidationError({name: _("This is no JSON: %(reason)s.") % told}) from error
    if isinstance(value, list | dict):
        return value
    return value if name not in TEXTS and (value is None or isinstance(value, bool)) else written


def _tell(activity: Activity) -> None:
    told = {"id": activity.public_id, "version": activity.version, "state": activity.state}
    click.echo(_("%(id)s is at version %(version)s (%(state)s).") % told)
