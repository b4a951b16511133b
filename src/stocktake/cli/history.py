"""`stocktake history`: the log of changes, checked and read."""

import json
import sys
from datetime import date

import click

from stocktake.kernel.history import queries, verification


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
        state = "The log is whole" if found.holds else f"The log has {len(found.faults)} faults"
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
