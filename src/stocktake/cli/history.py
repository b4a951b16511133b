"""`stocktake history`: the log of changes, checked and read."""

import json
import sys
from datetime import date

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stocktake.kernel.common.actors import System
from stocktake.kernel.history import queries, verification
from stocktake.kernel.history.services import erase_many


@click.group()
def group() -> None:
    """The log of changes."""


@group.command()
@click.option("--head", "published_head", default="", help="A `number:hash` published earlier.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of sentences.")
def verify(published_head: str, as_json: bool) -> None:
    """Find any changed, removed, reordered or cut entry; exit code 1 when there is one."""
    found = verification.verify(published_head=published_head)
    if as_json:
        faults = [{"number": fault.number, "message": fault.message} for fault in found.faults]
        told = {"holds": found.holds, "entries": found.entries, "head": found.head}
        click.echo(json.dumps({**told, "faults": faults}, ensure_ascii=False))
    else:
        for fault in found.faults:
            click.echo(f"Entry {fault.number}: {fault.message}", err=True)
        count = len(found.faults)
        state = "The log is whole" if found.holds else f"The log has {count} faults"
        if count == 1:
            state = "The log has 1 fault"
        click.echo(f"{state}: {found.entries} entries, head {found.head}")
    sys.exit(0 if found.holds else 1)


@group.command()
def head() -> None:
    """Print the number and hash of the last entry, to be published elsewhere."""
    number, value = queries.head()
    click.echo(f"{number}:{value}")


@group.command()
@click.argument("kind")
@click.argument("public_id")
@click.option("--as-of", "day", default="", help="A date, YYYY-MM-DD: the values as known then.")
def show(kind: str, public_id: str, day: str) -> None:
    """List a record's changes, or its values as known on a date, as JSON."""
    if day:
        state = queries.as_of(kind, public_id, date.fromisoformat(day))
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
        return
    for change in queries.changes_of(kind, public_id):
        fields = {told.field: [told.before, told.after] for told in queries.diff(change)}
        told = {
            "number": change.number,
            "at": change.at,
            "actor": change.actor_key,
            "on_behalf_of": change.on_behalf_of,
            "verb": change.verb,
            "note": queries.note_of(change),
            "fields": fields,
        }
        click.echo(json.dumps(told, ensure_ascii=False))


@group.command()
@click.argument("kind")
@click.argument("public_id")
@click.option(
    "--field",
    "fields",
    multiple=True,
    help="A field to blank, once for each; a note is the field `_note`.",
)
@click.option("--all-fields", is_flag=True, help="Blank every field of the entries.")
@click.option(
    "--entry",
    "numbers",
    type=int,
    multiple=True,
    help="Only this entry, by number, once for each; all entries of the record without it.",
)
@click.option("--reason", required=True, help="Why, in public: do not repeat what you erase.")
@click.option("--dry-run", is_flag=True, help="Only list what would be erased.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(
    kind: str,
    public_id: str,
    fields: tuple[str, ...],
    all_fields: bool,
    numbers: tuple[int, ...],
    reason: str,
    dry_run: bool,
    yes: bool,
) -> None:
    """Blank values in the entries of one record, for ever; names and digests of fields stay.

    The record itself is left as it is: correct it first.
    """
    if bool(fields) == all_fields:
        raise click.UsageError(_("Name the fields by --field, or take --all-fields."))
    found = queries.erasable(kind, public_id, numbers=numbers, fields=fields)
    if not found:
        told = {"record": f"{kind} {public_id}"}
        raise click.UsageError(_("No entry of %(record)s holds such values.") % told)
    for number, names in found.items():
        click.echo(_("Entry %(number)s: %(fields)s") % _entry(number, names))
    if dry_run:
        click.echo(_("Nothing was erased."))
        return
    if not yes:
        click.confirm(_("Erase these values for ever?"), abort=True)
    told_by = erase_many(System("operator"), found, reason=reason)
    sentence = ngettext(
        "Erased in %(count)s entry; entry %(number)s tells of it.",
        "Erased in %(count)s entries; the last entry that tells of it is %(number)s.",
        len(told_by),
    )
    click.echo(sentence % {"count": len(told_by), "number": max(told_by.values())})


def _entry(number: int, names: list[str]) -> dict[str, object]:
    return {"number": number, "fields": ", ".join(names)}
