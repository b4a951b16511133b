"""`stocktake vocabulary`: codelists, areas and groups, loaded from files and shown."""

import json

import click
from django.utils.translation import gettext as _

from stocktake.kernel.common.actors import System
from stocktake.kernel.vocabularies import queries
from stocktake.kernel.vocabularies.services import load_vocabularies
from stocktake.kernel.vocabularies.snapshot import current

AREAS, GROUPS = "areas", "groups"
"""Names of the two vocabularies that are no codelist."""

_language = click.option("--language", default="en", show_default=True, help="Language of names.")
_json = click.option("--json", "as_json", is_flag=True, help="JSON instead of lines.")


@click.group()
def group() -> None:
    """Codelists, areas of the world and groups of countries."""


@group.command()
@_json
def load(as_json: bool) -> None:
    """Bring the vocabularies in line with the shipped files."""
    outcome = load_vocabularies(System("vocabulary"))
    if as_json:
        click.echo(json.dumps(vars(outcome)))
        return
    told = _(
        "%(created)s created, %(updated)s updated, %(withdrawn)s withdrawn, "
        "%(unchanged)s unchanged."
    )
    click.echo(told % vars(outcome))


@group.command("list")
@_language
@_json
def list_vocabularies(language: str, as_json: bool) -> None:
    """List the vocabularies with the number of their codes."""
    vocabulary = current()
    rows = [
        {"name": name, "title": names.best(language).text, "codes": len(queries.codes_of(name))}
        for name, names in vocabulary.codelists.items()
    ]
    rows.append({"name": AREAS, "title": _("Areas"), "codes": len(vocabulary.areas)})
    rows.append({"name": GROUPS, "title": _("Groups"), "codes": len(vocabulary.groups)})
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(f"{row['name']:<20} {row['codes']:>5}  {row['title']}")


@group.command()
@click.argument("name")
@_language
@_json
def show(name: str, language: str, as_json: bool) -> None:
    """List the codes of a codelist, of `areas` or of `groups`, or the members of a group."""
    found = _codes(name, language)
    if found is None:
        told = {"name": name}
        raise click.ClickException(
            _("There is no vocabulary %(name)s; `stocktake vocabulary list` names them.") % told
        )
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for code, label in found.items():
        click.echo(f"{code:<32} {label}")


def _codes(name: str, language: str) -> dict[str, str] | None:
    vocabulary = current()
    if name == AREAS:
        return dict(queries.area_labels(language))
    if name == GROUPS:
        return dict(queries.group_labels(language))
    if name in vocabulary.groups:
        return dict(queries.area_labels(language, sorted(queries.members_of(name))))
    if name in vocabulary.codelists:
        return dict(queries.labels(name, language))
    return None
